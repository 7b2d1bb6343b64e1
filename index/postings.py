"""Reading the words of an index: which rows hold a term, how often and where.

A term's rows and counts are read once from every segment and kept, under a bound of memory, as arrays over the whole
index. Its positions are not: they are read where they lie, of the rows that are asked for alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

import numpy as np
import numpy.typing as npt

from archive.errors import IntegrityError
from archive.records import Place
from index.dictionaries import Dictionaries
from index.storage import OpenSegment
from index.words import Extent, PlaceWords, expanded

Numbers = npt.NDArray[np.int64]

_KNOWN_WORDS, _KNOWN_BEGINNINGS = 20_000, 200  # of which is remembered where they are, and what they stand for


class IndexDamagedError(IntegrityError):
    """What is read from the index cannot be what was written."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"The search index is damaged ({what}); make it anew with `scrutiny index --rebuild`.")


@dataclass(frozen=True, slots=True)
class Part:
    """Which of a term's rows, from one to another, are of one segment, and where that keeps its positions."""

    first: int
    last: int
    words: PlaceWords
    extent: Extent


@dataclass(frozen=True, slots=True)
class TermPostings:
    """A term in one place: `rows` ascending, `counts` a row, and at which of its part's positions each row begins."""

    rows: Numbers
    counts: Numbers
    starts: Numbers
    parts: tuple[Part, ...] = ()

    @property
    def size(self) -> int:
        """Bytes held."""
        return self.rows.nbytes + self.counts.nbytes + self.starts.nbytes

    def spots(self, chosen: Numbers | None = None) -> Numbers:
        """Every occurrence as one number, `row << 32 | position`, ascending; of these of its rows alone, or of all.

        `chosen` are places in `rows`, ascending. Raises IndexDamagedError.
        """
        found = [np.empty(0, np.int64)]
        which = np.arange(len(self.rows)) if chosen is None else chosen
        for part in self.parts:
            first, last = np.searchsorted(which, (part.first, part.last)).tolist()
            if first < last:
                found.append(self._spots(part, which[first:last]))
        return np.concatenate(found)

    def _spots(self, part: Part, which: Numbers) -> Numbers:
        with damage("the positions of a word"):
            positions = part.words.positions(part.extent)
        counts = self.counts[which]
        return np.repeat(self.rows[which] << 32, counts) + positions[expanded(self.starts[which], counts)]

    def among(self, rows: npt.NDArray[np.bool_]) -> TermPostings:
        """What of it stands in these of all rows."""
        kept = np.flatnonzero(rows[self.rows])
        if len(kept) == len(self.rows):
            return self
        ends = [np.searchsorted(kept, (part.first, part.last)).tolist() for part in self.parts]
        parts = (replace(part, first=end[0], last=end[1]) for part, end in zip(self.parts, ends, strict=True))
        return TermPostings(self.rows[kept], self.counts[kept], self.starts[kept], tuple(parts))


_NONE = np.empty(0, np.int64)
NOTHING = TermPostings(_NONE, _NONE, _NONE)


class Postings:
    """The words of one state of the index. Row numbers run through the segments in their order."""

    def __init__(self, segments: Sequence[OpenSegment], alive: npt.NDArray[np.bool_], cache_bytes: int) -> None:
        self._alive = alive
        self._all_alive = bool(alive.all())
        dictionaries = Dictionaries(segments)
        self._forms = lru_cache(_KNOWN_WORDS)(dictionaries.forms)
        self._extents = lru_cache(_KNOWN_WORDS)(dictionaries.extents)
        self._starting = lru_cache(_KNOWN_BEGINNINGS)(dictionaries.starting)
        self._lock = Lock()
        self._cache_bytes = cache_bytes
        self.held = 0
        self._cache: OrderedDict[tuple[Place, str], TermPostings] = OrderedDict()

    @property
    def rows(self) -> int:
        """How many rows there are, removed ones among them."""
        return len(self._alive)

    def read(self, place: Place, term: str) -> TermPostings:
        """The term's postings in this place, without removed rows. Raises IndexDamagedError."""
        key = (place, term)
        with self._lock:
            held = self._cache.get(key)
            if held is not None:
                self._cache.move_to_end(key)
                return held
        found = self._read(place, term)
        with self._lock:
            self._keep(key, found)
        return found

    def occurrences(self, place: Place, term: str) -> int:
        """How often the term stands in this place, removed rows included; nothing is read for it but the dictionary."""
        with damage(f"the word {term!r} in {place}"):
            return sum(extent.occurrences for _, _, extent in self._extents(place, term))

    def forms(self, word: str) -> tuple[str, ...]:
        """Every word of the dictionary with the same stem, in any place, the word itself always among them."""
        with damage("the dictionary"):
            return self._forms(word)

    def starting(self, prefix: str, most: int) -> tuple[str, ...]:
        """The words of the dictionary that begin with this; the walk ends when there are more than `most`."""
        with damage("the dictionary"):
            return self._starting(prefix, most)

    def _read(self, place: Place, term: str) -> TermPostings:
        read: list[tuple[Numbers, Numbers, Numbers]] = []
        parts: list[Part] = []
        with damage(f"the word {term!r} in {place}"):
            for words, base, extent in self._extents(place, term):
                counts = words.counts(extent).astype(np.int64)
                read.append((words.rows(extent).astype(np.int64) + base, counts, np.cumsum(counts) - counts))
                first = parts[-1].last if parts else 0
                parts.append(Part(first, first + extent.rows, words, extent))
        if not parts:
            return NOTHING
        rows, counts, starts = (np.concatenate(some) if len(read) > 1 else some[0] for some in zip(*read, strict=True))
        found = TermPostings(rows, counts, starts, tuple(parts))
        return found if self._all_alive else found.among(self._alive)

    def _keep(self, key: tuple[Place, str], found: TermPostings) -> None:
        if key in self._cache:  # another thread was quicker
            return
        self._cache[key] = found
        self.held += found.size
        while self.held > self._cache_bytes and len(self._cache) > 1:
            self.held -= self._cache.popitem(last=False)[1].size


@contextmanager
def damage(where: str) -> Iterator[None]:
    """Damage shows as errors of every kind; one that is about the machine passes as it is."""
    try:
        yield
    except (OSError, MemoryError, IndexDamagedError):
        raise
    except Exception as error:
        raise IndexDamagedError(f"{where}: {error!r}") from error
