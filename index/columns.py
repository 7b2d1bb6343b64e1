"""The facts of every item of one state of the index, as arrays: what filters, facets, order and lengths are made of.

Put together from those of its segments, which never change, anew when a commit adds or removes some. Item numbers count
the items that are there, in the order of their rows; `NONE` stands for no item, no document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from archive.records import PLACES
from index.entries import RowKind
from index.facts import Codes, Column, Counts, Mask, Numbers, SegmentFacts, joined
from index.results import Searched
from index.words import expanded

N = TypeVar("N", bound=np.generic)

NONE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Every row there is, removed ones among them, and of each item the first and its own, which is the last."""

    items: Numbers  # the item of each; NONE for removed ones
    documents: Numbers  # its place among the documents; NONE for removed ones and items' own
    pages: Counts  # the number of its page; 0 where it is none
    words: Counts  # of documents' titles and pages; 0 for items' own
    first: Numbers
    own: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Every item there is. Arrays are one element an item unless said otherwise."""

    ids: tuple[str, ...]
    fingerprints: tuple[str, ...]
    boroughs: Column
    committees: Column  # "" where not known
    years: Column  # "" where not known
    days: Codes  # 0 where not known
    standing: Mask
    words: Codes  # items x places, an item's documents included
    topics: Column  # one a topic of an item
    topic_items: Codes  # the item of each
    topic_starts: Codes  # where those of each item begin, and the last end
    documents: Column  # one a document of an item
    document_items: Codes  # the item of each
    document_pages: Codes  # how many pages of each different document have words
    rows: Rows
    with_text: Mask  # places x items
    newest: Codes  # each item's rank, newest first
    oldest: Codes

    def __len__(self) -> int:
        return len(self.ids)

    def rows_of(self, some: Codes) -> Codes:
        """The rows of these items (ascending), ascending."""
        first = self.rows.first[some].astype(np.int64)
        return expanded(first, self.rows.own[some] - first + 1)

    def searched(self, left: Mask) -> Searched:
        """How much these items are, with the different documents and pages that they list."""
        listed = np.zeros(len(self.documents.names), np.bool_)
        listed[self.documents.codes[left[self.document_items]]] = True
        pages = self.document_pages[listed]
        return Searched(
            items=int(np.count_nonzero(left)),
            documents=len(pages),
            pages=int(pages.sum()),
            unread=int(np.count_nonzero(pages == 0)),
        )

    def topics_of(self, item: int) -> tuple[str, ...]:
        """The slugs of an item's topics."""
        return tuple(self.topics.names[code] for code in self.topics.codes[self.topics_at(np.array([item]))])

    def topics_at(self, some: Codes) -> Codes:
        """Where the topics of these items stand in `topics`."""
        starts = self.topic_starts[some]
        return expanded(starts, self.topic_starts[some + 1] - starts)


def join_segments(segments: Sequence[SegmentFacts], alive: Mask) -> Items:
    """One set of columns over all segments; `alive` says of each row whether it is still there."""
    ends = np.cumsum([len(part.kinds) for part in segments])
    facts = joined(segments, np.split(alive, ends[:-1]) if len(ends) else ())
    owners = facts.owners
    is_document = facts.kinds == RowKind.DOCUMENT
    documents = np.where(facts.kinds == RowKind.ITEM, np.int32(NONE), np.cumsum(is_document, dtype=np.int32) - 1)
    own = np.flatnonzero(_over_all(alive, facts.kinds == RowKind.ITEM, 0)).astype(np.int32)
    rows = Rows(
        items=_over_all(alive, owners, NONE),
        documents=_over_all(alive, documents, NONE),
        pages=_over_all(alive, facts.pages, 0),
        words=_over_all(alive, facts.words, 0),
        first=own - (np.bincount(owners, minlength=len(own)) - 1).astype(np.int32),
        own=own,
    )
    return _items(facts, rows, owners[is_document].astype(np.int64))


def _over_all(alive: Mask, there: npt.NDArray[N], else_: int) -> npt.NDArray[N]:
    """One value for each row, removed ones among them, from those of the others."""
    if len(there) == len(alive):
        return there
    found = np.full(len(alive), else_, there.dtype)
    found[alive] = there
    return found


def _items(facts: SegmentFacts, rows: Rows, holders: Codes) -> Items:
    newest, oldest = _orders(facts)
    words = _words(facts.own_words, rows)
    return Items(
        ids=facts.ids,
        fingerprints=facts.fingerprints,
        boroughs=facts.boroughs,
        committees=facts.committees,
        years=_years(facts.days),
        days=facts.days,
        standing=facts.standing,
        words=words,
        topics=facts.topics,
        topic_items=facts.topic_items,
        topic_starts=np.searchsorted(facts.topic_items, np.arange(len(facts.ids) + 1)),
        documents=facts.documents,
        document_items=holders,
        document_pages=_pages(facts, rows),
        rows=rows,
        with_text=np.ascontiguousarray(words.T > 0),
        newest=newest,
        oldest=oldest,
    )


def _pages(facts: SegmentFacts, rows: Rows) -> Codes:
    """A document is listed by several items with the same pages."""
    begins = np.flatnonzero((rows.documents >= 0) & (rows.pages == 0))
    found = np.zeros(len(facts.documents.names), np.int64)
    if len(begins):
        np.maximum.at(found, facts.documents.codes, np.add.reduceat(rows.pages > 0, begins, dtype=np.int64))
    return found


def _years(days: Codes) -> Column:
    """The year of each day."""
    different, codes = np.unique(days, return_inverse=True)
    years = Column.of(str(date.fromordinal(day).year) if day else "" for day in different.tolist())
    return Column(years.names, years.codes[codes])


def _orders(facts: SegmentFacts) -> tuple[Codes, Codes]:
    """Each item's rank by date, newest and oldest first; then unknown dates; ties by committee, position and id."""
    names = facts.committees.names
    by_name = sorted(range(len(names)), key=lambda code: (not names[code], names[code]))
    committees = _ranks(np.array(by_name, np.int64))[facts.committees.codes]
    ties, unknown = (facts.positions, committees), facts.days == 0
    newest, oldest = ((*ties, -facts.days, unknown), (*ties, facts.days, unknown))
    return _ranks(_ordered(newest, facts.ids)), _ranks(_ordered(oldest, facts.ids))


def _ordered(keys: Sequence[npt.NDArray[Any]], ids: Sequence[str]) -> Codes:
    """The order by these keys, the last of them first, and then by id: few are equal, so no other ids are compared."""
    order = np.lexsort(keys)
    same = np.logical_and.reduce([key[order][1:] == key[order][:-1] for key in keys])
    begins = np.flatnonzero(np.diff(same.astype(np.int8), prepend=0, append=0) > 0)
    ends = np.flatnonzero(np.diff(same.astype(np.int8), prepend=0, append=0) < 0) + 1
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        order[begin:end] = sorted(order[begin:end].tolist(), key=ids.__getitem__)
    return order


def _ranks(order: Codes) -> Codes:
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _words(own: Codes, rows: Rows) -> Codes:
    papers = np.add.reduceat(rows.words, rows.first, dtype=np.int64) if len(own) else np.empty(0, np.int64)
    return np.insert(own, PLACES.index("documents"), papers, axis=1)
