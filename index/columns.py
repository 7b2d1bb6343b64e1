"""The facts of every item of one state of the index, as arrays: what filters, facets, order and lengths are made of.

Read once from each segment, which never changes, and put together anew when a commit adds or removes some.
Item numbers count the items that are there, in the order of their rows; `NONE` stands for no item, no document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from archive.records import PLACES
from index.entries import ItemFacts, RowKind
from index.storage import OpenSegment

Codes = npt.NDArray[np.int64]
Counts = npt.NDArray[np.uint32]
Kinds = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
N = TypeVar("N", bound=np.generic)

NONE = -1
OWN_PLACES = tuple(place for place in PLACES if place != "documents")


@dataclass(frozen=True, slots=True)
class Column:
    """One name an element: `codes` index `names`."""

    names: tuple[str, ...]
    codes: Codes

    @classmethod
    def of(cls, values: Iterable[str]) -> Column:
        """The column of these values."""
        known: dict[str, int] = {}
        codes = [known.setdefault(value, len(known)) for value in values]
        return cls(tuple(known), np.array(codes, np.int64))

    @classmethod
    def joined(cls, parts: Sequence[Column]) -> Column:
        """These columns one after the other, under one set of names."""
        known: dict[str, int] = {}
        codes = [np.array([known.setdefault(n, len(known)) for n in p.names], np.int64)[p.codes] for p in parts]
        return cls(tuple(known), np.concatenate(codes) if codes else np.empty(0, np.int64))

    def where(self, keep: Mask) -> Column:
        """The elements kept."""
        return Column(self.names, self.codes[keep])

    def among(self, values: Iterable[str]) -> Mask:
        """The elements whose name is one of these."""
        wanted = set(values)
        return np.array([name in wanted for name in self.names] or [False], np.bool_)[self.codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentColumns:
    """What one segment says of its rows and items, removed ones included."""

    kinds: Kinds  # one a row, like the next two
    pages: Counts  # the number of a page's page, else 0
    words: Counts  # in a document's title or page; an item's own are below
    own_words: Codes  # items x the places of an item's own texts
    documents: Column  # one a document row
    items: tuple[ItemFacts, ...]

    @property
    def owners(self) -> Codes:
        """The item of each row, whose own row is the last of its rows."""
        own = self.kinds == RowKind.ITEM
        return np.asarray(np.cumsum(own) - own)


def read_segment(segment: OpenSegment) -> SegmentColumns:
    """The columns of one segment. Errors of many kinds where it is damaged."""
    table = np.frombuffer(b"".join(segment.column("numbers")), "<u4").reshape(-1, 2 + len(PLACES))
    kinds, stored = table[:, 0].astype(np.uint8), segment.column("facts")
    return SegmentColumns(
        kinds=kinds,
        pages=table[:, 1].copy(),
        words=table[:, 2 + PLACES.index("documents")].copy(),
        own_words=table[kinds == RowKind.ITEM][:, [2 + PLACES.index(place) for place in OWN_PLACES]].astype(np.int64),
        documents=Column.of(stored[row].decode() for row in np.flatnonzero(kinds == RowKind.DOCUMENT)),
        items=tuple(ItemFacts.unpacked(stored[row]) for row in np.flatnonzero(kinds == RowKind.ITEM)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Every row there is, removed ones among them."""

    items: Codes  # the item of each; NONE for removed ones
    documents: Codes  # its place among the documents; NONE for removed ones and items' own
    pages: Counts  # the number of its page; 0 where it is none
    words: Counts  # of documents' titles and pages; 0 for items' own


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item as the index holds it: what it says, in short, and which rows are its own."""

    id: str
    fingerprint: str
    rows: range


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
    documents: Column  # one a document of an item
    document_items: Codes  # the item of each
    document_pages: Codes  # how many pages of each have words
    rows: Rows
    newest: Codes  # each item's rank, newest first
    oldest: Codes

    def __len__(self) -> int:
        return len(self.ids)

    def held(self) -> Iterator[HeldItem]:
        """Every item with its rows, which stand side by side."""
        of = self.rows.items
        first = np.flatnonzero((np.diff(of, prepend=NONE) != 0) & (of != NONE))
        many = np.bincount(of[of != NONE], minlength=len(self))
        for id_, said, row, count in zip(self.ids, self.fingerprints, first.tolist(), many.tolist(), strict=True):
            yield HeldItem(id_, said, range(row, row + count))

    def rows_of(self, some: Codes) -> Mask:
        """Which of all rows are of these items."""
        among = np.zeros(len(self) + 1, np.bool_)  # one more, which is that of removed rows
        among[some] = True
        return among[self.rows.items]

    def topics_of(self, item: int) -> tuple[str, ...]:
        """The slugs of an item's topics."""
        first, last = np.searchsorted(self.topic_items, [item, item + 1])
        return tuple(self.topics.names[code] for code in self.topics.codes[first:last])


def join_segments(segments: Sequence[SegmentColumns], alive: Mask) -> Items:
    """One set of columns over all segments; `alive` says of each row whether it is still there."""
    kinds = _run([part.kinds for part in segments], np.uint8)
    bases = np.cumsum([0, *(len(part.items) for part in segments)])
    owners = _run([part.owners + base for part, base in zip(segments, bases, strict=False)], np.int64)
    there, kept = alive[kinds == RowKind.ITEM], alive[kinds == RowKind.DOCUMENT]
    of_document, place = alive & (kinds != RowKind.ITEM), np.cumsum(kinds == RowKind.DOCUMENT) - 1
    rows = Rows(
        items=np.where(alive, _ranks_of(there, owners), NONE),
        documents=np.where(of_document, _ranks_of(kept, place), NONE),
        pages=_run([part.pages for part in segments], np.uint32),
        words=_run([part.words for part in segments], np.uint32),
    )
    facts = [one for one, stays in zip((f for part in segments for f in part.items), there, strict=True) if stays]
    own = np.concatenate([part.own_words for part in segments] or [np.empty((0, len(OWN_PLACES)), np.int64)])[there]
    documents = Column.joined([part.documents for part in segments]).where(kept)
    return _items(facts, own, documents, rows, rows.items[(kinds == RowKind.DOCUMENT) & alive])


def _ranks_of(kept: Mask, which: Codes) -> Codes:
    """The places of these among those that are kept."""
    ranks = np.append(np.cumsum(kept) - 1, NONE)
    return np.asarray(ranks[np.minimum(which, len(kept))])


def _items(facts: list[ItemFacts], own: Codes, documents: Column, rows: Rows, holders: Codes) -> Items:
    days = np.array([fact.day for fact in facts], np.int64)
    newest, oldest = _orders(facts, days)
    return Items(
        ids=tuple(fact.id for fact in facts),
        fingerprints=tuple(fact.fingerprint for fact in facts),
        boroughs=Column.of(fact.borough for fact in facts),
        committees=Column.of(fact.committee for fact in facts),
        years=Column.of(str(date.fromordinal(fact.day).year) if fact.day else "" for fact in facts),
        days=days,
        standing=np.array([fact.standing for fact in facts], np.bool_),
        words=_words(own, rows),
        topics=Column.of(topic for fact in facts for topic in fact.topics),
        topic_items=np.repeat(np.arange(len(facts)), [len(fact.topics) for fact in facts]),
        documents=documents,
        document_items=holders,
        document_pages=np.bincount(rows.documents[(rows.documents >= 0) & (rows.pages > 0)], minlength=len(holders)),
        rows=rows,
        newest=newest,
        oldest=oldest,
    )


def _orders(facts: list[ItemFacts], days: Codes) -> tuple[Codes, Codes]:
    """Each item's rank by date, newest and oldest first; then unknown dates; ties by committee, position and id."""
    tied = sorted(
        range(len(facts)), key=lambda n: (not facts[n].committee, facts[n].committee, facts[n].position, facts[n].id)
    )
    place = np.empty(len(facts), np.int64)
    place[tied] = np.arange(len(facts))
    unknown = days == 0
    return _ranks(np.lexsort((place, -days, unknown))), _ranks(np.lexsort((place, days, unknown)))


def _ranks(order: npt.NDArray[np.intp]) -> Codes:
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _words(own: Codes, rows: Rows) -> Codes:
    there = rows.items >= 0
    papers = np.bincount(rows.items[there], weights=rows.words[there], minlength=len(own)).astype(np.int64)
    return np.insert(own, PLACES.index("documents"), papers, axis=1)


def _run(parts: list[npt.NDArray[N]], empty: type[N]) -> npt.NDArray[N]:
    return np.concatenate(parts) if parts else np.empty(0, empty)
