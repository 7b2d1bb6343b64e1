"""The words of one segment as they lie on the disk: of each place its dictionary, and of each word where it stands.

A word's postings are three runs of contiguous arrays: the rows that hold it, ascending; how often each does; and the
positions of all its occurrences, row by row. Each array is of the narrowest unsigned numbers that hold what is in it,
and is read as it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from archive.records import PLACES, Place
from index.arrays import Array, ArraysWriter
from index.dictionary import Dictionary, packed_terms

Kind = np.dtype[Any]


class Arrays(Protocol):
    """Where arrays are found by their names: a file, or memory."""

    def whole(self, name: str) -> Array:
        """A whole array."""

    def part(self, name: str, start: int, stop: int) -> Array:
        """These elements of one."""

    def dtype(self, name: str) -> Kind:
        """What its elements are."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a word's postings are: from and to which of the place's rows, and of its positions."""

    first: int
    last: int
    first_position: int
    last_position: int

    @property
    def rows(self) -> int:
        """How many rows hold the word."""
        return self.last - self.first

    @property
    def occurrences(self) -> int:
        """How often it stands there."""
        return self.last_position - self.first_position


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of some words, ascending, one after the other. `held` and `often` are one a word."""

    terms: Sequence[bytes]
    held: npt.NDArray[np.int64]  # by how many rows
    often: npt.NDArray[np.int64]  # at how many positions
    rows: Array
    counts: Array
    positions: Array


@dataclass(frozen=True, slots=True)
class Runs:
    """All words of a place, run by run, ascending; and how many postings and positions there are at most."""

    place: Place
    rows: int
    positions: int
    kinds: tuple[Kind, Kind, Kind]  # of the rows, counts and positions
    runs: Iterable[Run]


def runs_of(place: Place, run: Run) -> Runs:
    """A place whose words are all in one run."""
    kinds = run.rows.dtype, run.counts.dtype, run.positions.dtype
    return Runs(place, len(run.rows), len(run.positions), kinds, (run,))


def write_place(file: ArraysWriter, whole: Runs) -> None:
    """Write the words of one place."""
    place, sizes = whole.place, (whole.rows, whole.rows, whole.positions)
    rows, counts, positions = (
        file.reserve(f"{place}.{name}", kind, most)
        for name, kind, most in zip(("rows", "counts", "positions"), whole.kinds, sizes, strict=True)
    )
    terms: list[bytes] = []
    held, often = [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]
    for run in whole.runs:
        rows.append(run.rows)
        counts.append(run.counts)
        positions.append(run.positions)
        terms += run.terms
        held.append(run.held)
        often.append(run.often)
    packed, begins = packed_terms(terms)
    file.put(f"{place}.terms", np.frombuffer(packed, np.uint8))
    file.put(f"{place}.stretches", begins)
    file.put(f"{place}.held", np.cumsum(np.concatenate(held)).astype(np.uint64))
    file.put(f"{place}.often", np.cumsum(np.concatenate(often)).astype(np.uint64))


class PlaceWords:
    """The words of one place. Everything raises ArraysDamagedError where the file is not as it was written."""

    def __init__(self, file: Arrays, place: Place) -> None:
        self._file, self._place = file, place
        self._held, self._often = file.whole(f"{place}.held"), file.whole(f"{place}.often")
        self.dictionary = Dictionary(
            file.whole(f"{place}.terms"), file.whole(f"{place}.stretches"), len(self._held) - 1
        )

    def extent(self, number: int) -> Extent:
        """Where the postings are of the word with this number."""
        return self.extent_between(number, number + 1)

    def extent_between(self, start: int, stop: int) -> Extent:
        """Where the postings are of the words from one number to another."""
        return Extent(int(self._held[start]), int(self._held[stop]), int(self._often[start]), int(self._often[stop]))

    def extent_of_all(self) -> Extent:
        """Where the postings are of all words."""
        return self.extent_between(0, len(self.dictionary))

    def sizes(self, start: int, stop: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Of each of these words by how many rows it is held, and how often it stands there."""
        return _steps(self._held[start : stop + 1]), _steps(self._often[start : stop + 1])

    def find(self, term: bytes) -> Extent | None:
        """Where the postings of a word are."""
        number = self.dictionary.find(term)
        return None if number is None else self.extent(number)

    def starting(self, prefix: bytes) -> Extent | None:
        """Where the postings are of all words that begin with this, one after the other."""
        found = self.dictionary.starting(prefix)
        return self.extent_between(found.start, found.stop) if found else None

    def rows(self, extent: Extent) -> Array:
        """The rows that hold the word."""
        return self._file.part(f"{self._place}.rows", extent.first, extent.last)

    def counts(self, extent: Extent) -> Array:
        """How often each of these rows holds it."""
        return self._file.part(f"{self._place}.counts", extent.first, extent.last)

    def positions(self, extent: Extent) -> Array:
        """Where, row by row."""
        return self._file.part(f"{self._place}.positions", extent.first_position, extent.last_position)

    def kinds(self) -> tuple[Kind, Kind, Kind]:
        """What rows, counts and positions are."""
        rows, counts, positions = (self._file.dtype(f"{self._place}.{name}") for name in _RUNS)
        return rows, counts, positions


_RUNS = ("rows", "counts", "positions")


def read_words(file: Arrays) -> dict[Place, PlaceWords]:
    """The words of every place of a segment."""
    return {place: PlaceWords(file, place) for place in PLACES}


def _steps(ends: Array) -> npt.NDArray[np.int64]:
    return np.asarray(ends[1:].astype(np.int64) - ends[:-1].astype(np.int64))


def expanded(starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The numbers from each start on, as many as its length says, one stretch after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(total)


def cut_by(sizes: npt.NDArray[np.int64], most: int) -> Iterator[tuple[int, int]]:
    """From and to which, so that the sizes of each stretch together are at most this, or it is a single one."""
    ends, first, begun = np.cumsum(sizes), 0, 0
    while first < len(sizes):
        last = max(int(np.searchsorted(ends, begun + most, side="right")), first + 1)
        yield first, last
        first, begun = last, int(ends[last - 1])
