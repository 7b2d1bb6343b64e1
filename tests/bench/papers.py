"""What stands on the pages of the invented documents? Words as in the items, as many pages as papers have in life.

The numbers of pages are lognormal, so that half of the papers are short and a few are as long as a book. Each
document's pages are drawn from its own id: so items are the same with pages and without.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from random import Random

from archive.records import Document
from tests.bench.vocabulary import vocabulary

WORDS_A_PAGE = 350
MOST_PAGES = 600
_SPREAD = 0.9  # standard deviation of the logarithms of the numbers of pages
_A_SENTENCE = 14


@dataclass(frozen=True, slots=True)
class Paper:
    """A document's file, by the hash that names it, and the texts of its pages."""

    sha256: str
    pages: tuple[str, ...]


def paper_of(document: Document, mean_pages: float, planted: Sequence[tuple[str, float]]) -> Paper:
    """The file of this document. Planted phrases, with the share of the pages that get them, end a page."""
    random = Random(f"the pages of {document.id}")
    drawn = random.lognormvariate(0, _SPREAD) * mean_pages / exp(_SPREAD**2 / 2)
    pages = tuple(_page(random, planted) for _ in range(min(MOST_PAGES, max(1, round(drawn)))))
    return Paper(hashlib.sha256(document.id.encode()).hexdigest(), pages)


def _page(random: Random, planted: Sequence[tuple[str, float]]) -> str:
    words = vocabulary().draw(round(random.uniform(0.5, 1.5) * WORDS_A_PAGE), random)
    phrases = (
        f"Reference was made to {phrase} in this connection." for phrase, share in planted if random.random() < share
    )
    return "\n".join((*_sentences(words), *phrases))


def _sentences(words: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(words), _A_SENTENCE):
        yield f"{' '.join(words[start : start + _A_SENTENCE]).capitalize()}."
