"""Which page of a document does a result show, and which of its words? Told by the index: no other page is ever read.

The best stretch of a document holds most of what was asked for, what is everywhere in the document counting little;
then its page counts likewise, then how often that page says it, and the first of equals is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from archive.records import Place
from index.columns import Items
from index.evaluate import Evaluation
from index.facts import Codes
from index.lookup import Lookup
from index.matching import Mark, Matcher
from index.occurrences import WORD_BITS, firsts_of, merged, rows_of_spots
from index.postings import Numbers
from index.tree import Node

_STRETCH_WORDS = 40  # about as many as a snippet shows
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class BestPage:
    """Of a document under an item: the number of its page, and of that page's word where the best stretch begins."""

    item: str
    document: str
    page: int
    word: int


def best_pages(node: Node, places: tuple[Place, ...], evaluation: Evaluation, shown: Codes) -> Iterator[BestPage]:
    """The best page of every document of the items shown that has a page with a hit."""
    items = evaluation.items
    marks = [mark for where, mark in Matcher(node).marks if "documents" in where]
    if marks and "documents" in places:
        for spot in _best_spots(marks, evaluation.lookup.within(_pages_of(items, shown)), items):
            row, word = spot >> WORD_BITS, spot & ((1 << WORD_BITS) - 1)
            document = items.rows.documents[row]
            yield BestPage(
                item=items.ids[items.rows.items[row]],
                document=items.documents.names[items.documents.codes[document]],
                page=int(items.rows.pages[row]),
                word=word,
            )


def _pages_of(items: Items, shown: Codes) -> Numbers:
    """The rows that are pages of these items."""
    rows = items.rows_of(np.sort(shown))
    return np.asarray(rows[items.rows.pages[rows] > 0])


def _best_spots(marks: Iterable[Mark], lookup: Lookup, items: Items) -> list[int]:
    """Where the best stretch of each document begins."""
    found = [spots for mark in marks if len(spots := _each_once(lookup.spots(mark, "documents")))]
    starts = _each_once(merged(found))
    rows = rows_of_spots(starts)
    documents = items.rows.documents[rows]
    different, of = np.unique(documents, return_inverse=True)
    stretch, page = np.zeros(len(starts)), np.zeros(len(starts))
    for spots in found:
        holders = np.searchsorted(different, items.rows.documents[rows_of_spots(spots)])
        worth = 1 / np.sqrt(np.bincount(holders, minlength=len(different))[of].clip(min=1))
        stretch += worth * (_next(spots, starts) - starts < _STRETCH_WORDS)
        page += worth * (rows_of_spots(_next(spots, rows << WORD_BITS)) == rows)
    lengths = np.diff(firsts_of(rows), append=len(rows))
    often = np.repeat(lengths, lengths)
    order = np.lexsort((starts, -often, -np.round(page, _DECIMALS), -np.round(stretch, _DECIMALS), documents))
    best: list[int] = starts[order][firsts_of(documents[order])].tolist()
    return best


def _next(spots: Numbers, wanted: Numbers) -> Numbers:
    """The first spot at or after each one wanted; far beyond all where there is none."""
    return np.append(spots, np.iinfo(np.int64).max)[np.searchsorted(spots, wanted)]


def _each_once(spots: Numbers) -> Numbers:
    return spots[firsts_of(spots)]
