"""What a segment says of its rows and items beside their words, as arrays: gathered, written, read and joined.

An item's own row is the last of its rows, and rows are only ever removed together with their item's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from archive.records import PLACES
from index.arrays import ArraysWriter, narrowed, packed_texts, unpacked_texts
from index.entries import ItemFacts, RowKind
from index.words import Arrays

Codes = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Counts = npt.NDArray[np.uint32]  # at most: of a file, as narrow as they lie there
Kinds = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
N = TypeVar("N", bound=np.generic)

OWN_PLACES = tuple(place for place in PLACES if place != "documents")


@dataclass(frozen=True)
class Column:
    """One name an element: `codes` index `names`."""

    names: tuple[str, ...]
    codes: Codes

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Of each name its code. Kept, for a large column stays the same through many commits."""
        return dict(zip(self.names, range(len(self.names)), strict=True))

    @classmethod
    def of(cls, values: Iterable[str]) -> Column:
        """The column of these values."""
        known: dict[str, int] = {}
        codes = [known.setdefault(value, len(known)) for value in values]
        return cls(tuple(known), np.array(codes, np.int64))

    @classmethod
    def joined(cls, parts: Sequence[Column]) -> Column:
        """These columns one after the other, under one set of names: that of the first, and what others have more."""
        if not parts:
            return cls((), np.empty(0, np.int64))
        first, *others = parts
        if not others:
            return first
        known = dict(first.numbers)
        codes = [np.array([known.setdefault(n, len(known)) for n in p.names], np.int64)[p.codes] for p in others]
        return cls(tuple(known), np.concatenate([first.codes, *codes]))

    def where(self, keep: Mask) -> Column:
        """The elements kept, and the names that any of them has."""
        codes = self.codes[keep]
        used = np.bincount(codes, minlength=len(self.names)) > 0
        names = tuple(name for name, stays in zip(self.names, used.tolist(), strict=True) if stays)
        return Column(names, (np.cumsum(used) - 1)[codes])

    def among(self, values: Iterable[str]) -> Mask:
        """The elements whose name is one of these."""
        wanted = set(values)
        return np.array([name in wanted for name in self.names] or [False], np.bool_)[self.codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentKeys:
    """Which rows there are, and which items: all that an indexer needs to know of what is held."""

    kinds: Kinds  # one a row
    ids: tuple[str, ...]
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFacts(SegmentKeys):
    """Arrays and columns, one element an item unless said otherwise."""

    pages: Counts  # one a row, like the next: the number of a page's page, else 0
    words: Counts  # in a document's title or page; an item's own are below
    own_words: Codes  # items x the places of an item's own texts
    documents: Column  # one a document's row
    boroughs: Column
    committees: Column  # "" where not known
    days: Codes  # 0 where not known
    positions: Codes
    standing: Mask
    topics: Column  # one a topic of an item
    topic_items: Codes  # the item of each

    @property
    def owners(self) -> Numbers:
        """The item of each row."""
        own = self.kinds == RowKind.ITEM
        return np.asarray(np.cumsum(own, dtype=np.int32) - own)


def gathered(
    kinds: Sequence[RowKind],
    pages: Sequence[int],
    words: Codes,
    own_words: Sequence[Codes],
    documents: Iterable[str],
    items: Sequence[ItemFacts],
) -> SegmentFacts:
    """The facts of these rows, and of these items in the order of their rows, whose topics are not known yet.

    `words` is one a row, `own_words` one an item for each place of an item's own texts.
    """
    return SegmentFacts(
        kinds=np.array(kinds, np.uint8),
        pages=np.array(pages, np.uint32),
        words=words.astype(np.uint32),
        own_words=np.stack(own_words, axis=1),
        documents=Column.of(documents),
        ids=tuple(item.id for item in items),
        fingerprints=tuple(item.fingerprint for item in items),
        boroughs=Column.of(item.borough for item in items),
        committees=Column.of(item.committee for item in items),
        days=np.array([item.day for item in items], np.int64),
        positions=np.array([item.position for item in items], np.int64),
        standing=np.array([item.standing for item in items], np.bool_),
        topics=Column.of(()),
        topic_items=np.empty(0, np.int64),
    )


def joined(parts: Sequence[SegmentFacts], alive: Sequence[Mask]) -> SegmentFacts:
    """The facts of these segments as one, without the rows that are not alive."""
    own = [part.kinds == RowKind.ITEM for part in parts]
    there = [stays[is_own] for stays, is_own in zip(alive, own, strict=True)]
    kept = [stays[part.kinds == RowKind.DOCUMENT] for stays, part in zip(alive, parts, strict=True)]
    tagged = [stays[part.topic_items] for stays, part in zip(there, parts, strict=True)]
    bases = np.cumsum([0, *(np.count_nonzero(stays) for stays in there)]).tolist()
    ranks = [np.cumsum(stays) - 1 + base for stays, base in zip(there, bases, strict=False)]
    return SegmentFacts(
        kinds=_run([part.kinds for part in parts], alive, np.uint8),
        pages=_run([part.pages for part in parts], alive, np.uint32),
        words=_run([part.words for part in parts], alive, np.uint32),
        own_words=_run([part.own_words for part in parts], there, np.int64).reshape(-1, len(OWN_PLACES)),
        documents=_column([part.documents for part in parts], kept),
        ids=_texts([part.ids for part in parts], there),
        fingerprints=_texts([part.fingerprints for part in parts], there),
        boroughs=_column([part.boroughs for part in parts], there),
        committees=_column([part.committees for part in parts], there),
        days=_run([part.days for part in parts], there, np.int64),
        positions=_run([part.positions for part in parts], there, np.int64),
        standing=_run([part.standing for part in parts], there, np.bool_),
        topics=_column([part.topics for part in parts], tagged),
        topic_items=_run([rank[part.topic_items] for rank, part in zip(ranks, parts, strict=True)], tagged, np.int64),
    )


def write_facts(file: ArraysWriter, facts: SegmentFacts) -> None:
    """Write them, each array under its name, a column as two."""
    for field in fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, Column):
            file.put(f"{field.name}.names", packed_texts(value.names))
            value = value.codes
        if isinstance(value, tuple):
            file.put(field.name, packed_texts(value))
        else:
            file.put(field.name, narrowed(value.reshape(-1)))


def read_keys(file: Arrays) -> SegmentKeys:
    """The keys of a segment. Raises ArraysDamagedError, KeyError."""
    return SegmentKeys(
        kinds=file.whole("kinds").astype(np.uint8, copy=False),
        ids=unpacked_texts(file.whole("ids")),
        fingerprints=unpacked_texts(file.whole("fingerprints")),
    )


def read_facts(file: Arrays, keys: SegmentKeys) -> SegmentFacts:
    """The facts of a segment, whose keys have been read. Raises ArraysDamagedError, KeyError."""

    def column(name: str) -> Column:
        return Column(unpacked_texts(file.whole(f"{name}.names")), codes(name))

    def codes(name: str) -> Codes:
        return file.whole(name).astype(np.int64)

    return SegmentFacts(
        kinds=keys.kinds,
        ids=keys.ids,
        fingerprints=keys.fingerprints,
        pages=file.whole("pages"),
        words=file.whole("words"),
        own_words=codes("own_words").reshape(-1, len(OWN_PLACES)),
        documents=column("documents"),
        boroughs=column("boroughs"),
        committees=column("committees"),
        days=codes("days"),
        positions=codes("positions"),
        standing=file.whole("standing").astype(np.bool_),
        topics=column("topics"),
        topic_items=codes("topic_items"),
    )


def _run(parts: list[npt.NDArray[N]], keep: Sequence[Mask], empty: type[N]) -> npt.NDArray[N]:
    kept = [part if stays.all() else part[stays] for part, stays in zip(parts, keep, strict=True)]
    return np.concatenate(kept) if kept else np.empty(0, empty)


def _column(parts: list[Column], keep: Sequence[Mask]) -> Column:
    return Column.joined([part if stays.all() else part.where(stays) for part, stays in zip(parts, keep, strict=True)])


def _texts(parts: list[tuple[str, ...]], keep: Sequence[Mask]) -> tuple[str, ...]:
    found: list[str] = []
    for part, stays in zip(parts, keep, strict=True):
        found += part if stays.all() else (part[at] for at in np.flatnonzero(stays).tolist())
    return tuple(found)
