"""Reading the words of an index: which rows of each segment hold a term, how often and where.

Nothing is copied: rows and counts are views of the segment's file, as narrow as they lie there, and positions are read
of the rows alone that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from archive.errors import IntegrityError
from archive.records import Place
from index.arrays import Array
from index.dictionaries import Dictionaries
from index.likeness import Alike
from index.words import Extent, PlaceWords, expanded

Numbers = npt.NDArray[np.int64]

_KNOWN_WORDS, _KNOWN_BEGINNINGS = 20_000, 200  # of which is remembered where they are, and what they stand for
_BLOCK = 256  # rows, by which the beginnings of their positions are counted
_FEW = 16  # times fewer are looked up one by one


class IndexDamagedError(IntegrityError):
    """What is read from the index cannot be what was written."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"The search index is damaged ({what}); make it anew with `scrutiny index --rebuild`.")


class TermPostings:
    """A term in one place of one segment: the `rows` that hold it, ascending, and how often each does (`counts`).

    Or all terms with one beginning, one after the other: then a row may come more than once, and in any order.
    """

    def __init__(self, words: PlaceWords, extent: Extent, *, ascending: bool = True) -> None:
        self._words, self._extent, self.ascending = words, extent, ascending
        with damage("the rows of a word"):
            self.rows, self.counts = words.rows(extent), words.counts(extent)

    @property
    def occurrences(self) -> int:
        """How often it stands there."""
        return self._extent.occurrences

    def at(self, rows: Numbers) -> Numbers:
        """Where in `rows` those of these rows (ascending, each once) stand that hold it."""
        if not len(rows) or not len(self.rows):
            return np.empty(0, np.int64)
        if self.ascending:
            first, last = self._between(int(rows[0]), int(rows[-1]))
            if len(rows) * _FEW < last - first:
                return self._one_by_one(rows, first, last)
            return np.asarray(np.flatnonzero(_among(self.rows[first:last], rows, int(rows[0]), int(rows[-1]))) + first)
        return np.flatnonzero(_among(self.rows, rows, 0, max(int(rows[-1]), int(self.rows.max()))))

    def spots(self, at: Numbers) -> Numbers:
        """Every occurrence in these of its rows as one number, `row << 32 | position`, ascending."""
        if not len(at):
            return at
        counts, starts = self.counts[at].astype(np.int64), self.starts(at)
        with damage("the positions of a word"):
            if int(at[-1]) - int(at[0]) < len(at):  # one stretch
                positions = self.positions[int(starts[0]) : int(starts[-1] + counts[-1])]
            else:
                positions = self.positions[expanded(starts, counts)]
        found = np.repeat(self.rows[at].astype(np.int64) << 32, counts) + positions
        return found if self.ascending else np.sort(found)

    def starts(self, at: Numbers) -> Numbers:
        """At which of its positions those of these of its rows (ascending) begin."""
        if not len(at):
            return at
        first, last = int(at[0]) // _BLOCK, int(at[-1]) // _BLOCK + 1
        if (last - first) * _BLOCK < len(at) * _FEW:
            counts = self.counts[first * _BLOCK : last * _BLOCK]
            ends = np.cumsum(counts, dtype=np.int64) + self._blocks[first]
            return np.asarray((ends - counts)[at - first * _BLOCK])
        blocks, of = np.unique(at // _BLOCK, return_inverse=True)
        counts = self.counts[np.minimum(blocks[:, None] * _BLOCK + np.arange(_BLOCK), len(self.counts) - 1)]
        begins = np.cumsum(counts, axis=1, dtype=np.int64) - counts
        return np.asarray(self._blocks[blocks[of]] + begins[of, at % _BLOCK])

    @cached_property
    def positions(self) -> Array:
        """The positions of all its rows."""
        return self._words.positions(self._extent)

    @cached_property
    def _blocks(self) -> Numbers:
        """How many occurrences there are before each block of rows."""
        begins = np.arange(0, len(self.counts), _BLOCK)
        sums = np.add.reduceat(self.counts, begins, dtype=np.int64) if len(begins) else begins
        return np.asarray(np.cumsum(sums) - sums)

    def _between(self, low: int, high: int) -> tuple[int, int]:
        bounds = np.array([low, high], np.int64).clip(max=np.iinfo(self.rows.dtype).max).astype(self.rows.dtype)
        first = int(np.searchsorted(self.rows, bounds[0]))
        return first, max(first, int(np.searchsorted(self.rows, bounds[1], side="right")))

    def _one_by_one(self, rows: Numbers, first: int, last: int) -> Numbers:
        held = self.rows[first:last]
        wanted = rows[rows <= held[-1]].astype(held.dtype)
        at = np.searchsorted(held, wanted)
        return np.asarray(at[held[at] == wanted] + first)


def _among(held: Array, rows: Numbers, low: int, high: int) -> npt.NDArray[np.bool_]:
    """Which of these, none of them lower or higher, are among those rows."""
    mask = np.zeros(high - low + 1, np.bool_)
    mask[rows - low] = True
    found: npt.NDArray[np.bool_] = mask[held - held.dtype.type(low)]
    return found


@dataclass(frozen=True, slots=True)
class SegmentWords:
    """The words of a segment of so many rows. They need not be on the disk."""

    words: Mapping[Place, PlaceWords]
    rows: int


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """One segment of a state of the index; `base` is its first row among all. Each is the same as itself alone."""

    number: int
    base: int
    rows: int
    words: Mapping[Place, PlaceWords]


class Postings:
    """The words of one state of the index. Row numbers run through the segments in their order."""

    def __init__(self, segments: Sequence[SegmentWords]) -> None:
        bases = list(accumulate((one.rows for one in segments), initial=0))
        self.segments = tuple(
            Segment(number, base, one.rows, one.words)
            for number, (base, one) in enumerate(zip(bases, segments, strict=False))
        )
        self.rows = bases[-1]
        dictionaries = Dictionaries([one.words for one in segments])
        self._forms = lru_cache(_KNOWN_WORDS)(dictionaries.forms)
        self._extents = lru_cache(_KNOWN_WORDS)(dictionaries.extents)
        self._read = lru_cache(_KNOWN_WORDS)(partial(_opened, self._extents))
        self._starting = lru_cache(_KNOWN_BEGINNINGS)(dictionaries.starting)
        self._alike = lru_cache(_KNOWN_BEGINNINGS)(dictionaries.alike)
        self._extents_starting = lru_cache(_KNOWN_BEGINNINGS)(dictionaries.extents_starting)

    def read(self, segment: Segment, place: Place, terms: Iterable[str]) -> list[TermPostings]:
        """The postings of those terms that the segment has in this place. Raises IndexDamagedError."""
        read = (self._read(segment, place, term) for term in terms)
        return [found for found in read if found is not None]

    def holds(self, segment: Segment, place: Place, terms: Iterable[str]) -> bool:
        """Whether the segment has all of these terms in this place. Raises IndexDamagedError."""
        with damage("the dictionary"):
            return all(self._extents(place, term)[segment.number] is not None for term in terms)

    def read_starting(self, segment: Segment, place: Place, prefix: str) -> list[TermPostings]:
        """The postings of all terms with this beginning, as one, where there are any. Raises IndexDamagedError."""
        with damage("the dictionary"):
            extent = self._extents_starting(place, prefix)[segment.number]
        return [] if extent is None else [TermPostings(segment.words[place], extent, ascending=False)]

    def extents(self, place: Place, term: str) -> list[Extent]:
        """How much there is of a term in each segment that has it; nothing is read for it but the dictionary."""
        with damage(f"the word {term!r} in {place}"):
            return [extent for extent in self._extents(place, term) if extent is not None]

    def extents_starting(self, place: Place, prefix: str) -> list[Extent]:
        """The same of all terms with this beginning together."""
        with damage("the dictionary"):
            return [extent for extent in self._extents_starting(place, prefix) if extent is not None]

    def forms(self, word: str) -> tuple[str, ...]:
        """Every word of the dictionary with the same stem, in any place, the word itself always among them."""
        with damage("the dictionary"):
            return self._forms(word)

    def starting(self, prefix: str, most: int) -> tuple[str, ...]:
        """The words of the dictionary that begin with this; the walk ends when there are more than `most`."""
        with damage("the dictionary"):
            return self._starting(prefix, most)

    def alike(self, typed: tuple[str, ...]) -> tuple[tuple[Alike, ...], ...]:
        """For each of these words those of the dictionary that are spelt nearly so; all of it is looked through."""
        with damage("the dictionary"):
            return self._alike(typed)


def _opened(
    extents: Callable[[Place, str], Sequence[Extent | None]], segment: Segment, place: Place, term: str
) -> TermPostings | None:
    with damage(f"the word {term!r} in {place}"):
        extent = extents(place, term)[segment.number]
    return None if extent is None else TermPostings(segment.words[place], extent)


@contextmanager
def damage(where: str) -> Iterator[None]:
    """Damage shows as errors of every kind; one that is about the machine passes as it is."""
    try:
        yield
    except (OSError, MemoryError, IndexDamagedError):
        raise
    except Exception as error:
        raise IndexDamagedError(f"{where}: {error!r}") from error
