"""The facts of every item of one state of the index, as arrays: what filters, facets, order and lengths are made of.

Read once from each segment, which never changes, and put together anew when a commit adds or removes some.
Item numbers count the items that are there, in the order of their rows; `NONE` stands for no item, no document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from archive.records import PLACES
from index.entries import ItemFacts, RowKind
from index.storage import OpenSegment

Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

NONE = -1


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

    kinds: Codes
    words: Codes  # rows x places
    owners: Codes  # row -> item of the segment
    documents: Column  # one a document row
    items: tuple[ItemFacts, ...]


def read_segment(segment: OpenSegment) -> SegmentColumns:
    """The columns of one segment. Errors of many kinds where it is damaged."""
    table = np.frombuffer(b"".join(segment.column("numbers")), "<u4").reshape(-1, 1 + len(PLACES)).astype(np.int64)
    kinds, stored = table[:, 0], segment.column("facts")
    return SegmentColumns(
        kinds=kinds,
        words=table[:, 1:],
        owners=np.cumsum(kinds == RowKind.ITEM) - 1,
        documents=Column.of(stored[row].decode() for row in np.flatnonzero(kinds == RowKind.DOCUMENT)),
        items=tuple(ItemFacts.unpacked(stored[row]) for row in np.flatnonzero(kinds == RowKind.ITEM)),
    )


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
    document_pages: Codes  # the pages of each
    row_items: Codes  # row -> item; NONE for removed rows
    newest: Codes  # each item's rank, newest first
    oldest: Codes

    def __len__(self) -> int:
        return len(self.ids)

    def topics_of(self, item: int) -> tuple[str, ...]:
        """The slugs of an item's topics."""
        first, last = np.searchsorted(self.topic_items, [item, item + 1])
        return tuple(self.topics.names[code] for code in self.topics.codes[first:last])


def join_segments(segments: Sequence[SegmentColumns], alive: Mask) -> Items:
    """One set of columns over all segments; `alive` says of each row whether it is still there."""
    kinds = _run([part.kinds for part in segments])
    words = np.concatenate([part.words for part in segments] or [np.empty((0, len(PLACES)), np.int64)])
    bases = np.cumsum([0, *(len(part.items) for part in segments)])
    owners = _run([part.owners + base for part, base in zip(segments, bases, strict=False)])
    there = alive[kinds == RowKind.ITEM]
    row_items = np.where(alive, (np.cumsum(there) - 1)[owners], NONE) if len(owners) else owners
    facts = [one for one, kept in zip((f for part in segments for f in part.items), there, strict=True) if kept]
    titles = kinds == RowKind.DOCUMENT
    pages = np.bincount(np.cumsum(titles)[(kinds == RowKind.PAGE)] - 1, minlength=int(titles.sum()))
    kept = alive[titles]
    documents = Column.joined([part.documents for part in segments]).where(kept)
    return _items(
        facts, _sum_words(words, row_items, len(facts)), row_items, documents, row_items[titles][kept], pages[kept]
    )


def _items(
    facts: list[ItemFacts], words: Codes, row_items: Codes, documents: Column, holders: Codes, pages: Codes
) -> Items:
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
        words=words,
        topics=Column.of(topic for fact in facts for topic in fact.topics),
        topic_items=np.repeat(np.arange(len(facts)), [len(fact.topics) for fact in facts]),
        documents=documents,
        document_items=holders,
        document_pages=pages,
        row_items=row_items,
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


def _sum_words(words: Codes, row_items: Codes, items: int) -> Codes:
    there = row_items >= 0
    sums = [np.bincount(row_items[there], weights=words[there, n], minlength=items) for n in range(len(PLACES))]
    return np.stack(sums, axis=1).astype(np.int64)


def _run(parts: list[Codes]) -> Codes:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)
