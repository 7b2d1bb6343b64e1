"""What may a query that found nothing have been meant to say? Offered only where that does find something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from archive.records import PLACES
from index.costing import Bounds, refusal
from index.finding import Found
from index.language import QueryReading
from index.postings import Postings
from index.suggestions import MOST_QUERIES, MOST_WORDS, doubtful, suggestions
from index.tree import Everything, Word


def meant(found: Found, postings: Postings, bounds: Bounds, read: Callable[[str], QueryReading]) -> str | None:
    """The query that was probably meant; None where something was found, or nothing like it would be."""
    if found.total or found.refused:
        return None
    doubted = (word for word in doubtful(found.question.node or Everything()) if not _stands(word, postings))
    words = tuple(dict.fromkeys(word.text for word in doubted))
    if not words or len(words) > MOST_WORDS:
        return None
    # Whatever is tried, all of it together costs no more than one query may.
    share = replace(bounds, steps=bounds.steps // MOST_QUERIES)
    tried = suggestions(found.question.request.text, dict(zip(words, postings.alike(words), strict=True)))
    return next((text for text in tried if _finds(read(text), found, postings, share)), None)


def _stands(word: Word, postings: Postings) -> bool:
    """Whether a word is found anywhere, in one of its forms where these count."""
    terms = postings.forms(word.text) if word.forms else (word.text,)
    return any(postings.extents(place, term) for place in PLACES for term in terms)


def _finds(reading: QueryReading, found: Found, postings: Postings, bounds: Bounds) -> bool:
    """Whether there is an answer to this in place of what was asked."""
    if reading.refused or refusal(reading.node, PLACES, postings, bounds):
        return False
    question = found.question
    return bool((question.evaluation.answers(reading.node, question.places) & question.filters.all_but()).any())
