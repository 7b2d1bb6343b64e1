"""What may a query that found nothing have been meant to say? Offered only where that does find something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from archive.records import PLACES
from index.costing import Bounds, refusal
from index.finding import Found
from index.language import QueryReading
from index.postings import Postings
from index.suggestions import MOST_QUERIES, MOST_WORDS, doubtful, in_capitals, suggestions
from index.tree import Everything, Word


def meant(found: Found, postings: Postings, bounds: Bounds, read: Callable[[str], QueryReading]) -> str | None:
    """The query that was probably meant; None where something was found, or nothing like it would be."""
    if found.total or found.refused:
        return None
    # Whatever is tried, all of it together costs no more than one query may.
    share = replace(bounds, steps=bounds.steps // (1 + MOST_QUERIES))
    typed = found.question.request.text
    tried = (text for text in chain([in_capitals(typed)], _without_slips(typed, found, postings)) if text != typed)
    return next((text for text in tried if _finds(read(text), found, postings, share)), None)


def _without_slips(typed: str, found: Found, postings: Postings) -> Iterator[str]:
    """The query with other words in place of those that stand nowhere."""
    doubted = (word for word in doubtful(found.question.node or Everything()) if not _stands(word, postings))
    words = tuple(dict.fromkeys(word.text for word in doubted))
    if words and len(words) <= MOST_WORDS:
        yield from suggestions(typed, dict(zip(words, postings.alike(words), strict=True)))


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
