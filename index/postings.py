"""Reading the words of an index: which rows hold a term, how often and where. The one module that knows the storage.

A term is read once from each segment and kept, under a bound of memory, as three arrays. Whoosh's dictionaries are not
made for threads, so reading is one thread at a time; what has been read is shared by all.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.reading import TermNotFound

from archive.errors import IntegrityError
from archive.records import PLACES, Place
from index.storage import Block, OpenSegment
from index.tokens import stem

Numbers = npt.NDArray[np.int64]

_POSITION = np.dtype("=u4")


class IndexDamagedError(IntegrityError):
    """What is read from the index cannot be what was written."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"The search index is damaged ({what}); make it anew with `scrutiny index --rebuild`.")


@dataclass(frozen=True, slots=True)
class TermPostings:
    """A term in one place: `rows` ascending, `counts` a row, and all `positions` one row after the other."""

    rows: Numbers
    counts: Numbers
    positions: npt.NDArray[np.uint32]

    @property
    def size(self) -> int:
        """Bytes held."""
        return self.rows.nbytes + self.counts.nbytes + self.positions.nbytes

    def spots(self) -> Numbers:
        """Every occurrence as one number, `row << 32 | position`, ascending."""
        return np.repeat(self.rows << 32, self.counts) + self.positions.astype(np.int64)

    def among(self, rows: npt.NDArray[np.bool_]) -> TermPostings:
        """What of it stands in these of all rows."""
        kept = rows[self.rows]
        if kept.all():
            return self
        return TermPostings(self.rows[kept], self.counts[kept], self.positions[np.repeat(kept, self.counts)])


NOTHING = TermPostings(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint32))


class Postings:
    """The words of one state of the index. Row numbers run through the segments in their order."""

    def __init__(self, segments: Sequence[OpenSegment], alive: npt.NDArray[np.bool_], cache_bytes: int) -> None:
        self._alive = alive
        self._all_alive = bool(alive.all())
        bases = accumulate((segment.rows for segment in segments), initial=0)
        self._segments = tuple(zip(segments, bases, strict=False))
        self._lock = Lock()
        self._cache_bytes = cache_bytes
        self.held = 0
        self._cache: OrderedDict[tuple[Place, str], TermPostings] = OrderedDict()
        self._forms: dict[str, tuple[str, ...]] = {}

    def read(self, place: Place, term: str) -> TermPostings:
        """The term's postings in this place, without removed rows. Raises IndexDamagedError."""
        key = (place, term)
        with self._lock:
            held = self._cache.get(key)
            if held is not None:
                self._cache.move_to_end(key)
                return held
            found = self._read(place, term)
            self._keep(key, found)
        return found

    def occurrences(self, place: Place, term: str) -> int:
        """How often the term stands in this place, removed rows included; nothing is read for it but the dictionary."""
        with self._lock, _damage(f"the word {term!r} in {place}"):
            return sum(int(info.weight()) for _, _, info in self._infos(place, term))

    def forms(self, word: str) -> tuple[str, ...]:
        """Every word of the dictionary with the same stem, in any place, the word itself always among them."""
        with self._lock:
            known = self._forms.get(word)
            if known is None:
                wanted = stem(word)
                with _damage("the dictionary"):
                    found = {term for term in self._slice(shared_start(wanted)) if stem(term) == wanted}
                known = self._forms[word] = tuple(sorted(found | {word}))
        return known

    def starting(self, prefix: str, most: int) -> tuple[str, ...]:
        """The words of the dictionary that begin with this; the walk ends when there are more than `most`."""
        found: set[str] = set()
        with self._lock, _damage("the dictionary"):
            for term in self._slice(prefix):
                found.add(term)
                if len(found) > most:
                    break
        return tuple(sorted(found))

    def _slice(self, prefix: str) -> Iterator[str]:
        start = prefix.encode()
        for segment, _ in self._segments:
            for place in PLACES:
                for field, term in segment.terms.terms_from(place, start):
                    if field != place or not term.startswith(start):
                        break
                    yield term.decode()

    def _infos(self, place: Place, term: str) -> Iterator[tuple[OpenSegment, int, Any]]:
        encoded = term.encode()
        for segment, base in self._segments:
            try:
                yield segment, base, segment.terms.term_info(place, encoded)
            except TermNotFound:
                continue

    def _read(self, place: Place, term: str) -> TermPostings:
        parts: list[TermPostings] = []
        with _damage(f"the word {term!r} in {place}"):
            for segment, base, info in self._infos(place, term):
                parts += _decoded(segment.postings.blocks(info.extent()[0]), base)
        found = _joined(parts, place, term, len(self._alive))
        return found if self._all_alive else found.among(self._alive)

    def _keep(self, key: tuple[Place, str], found: TermPostings) -> None:
        self._cache[key] = found
        self.held += found.size
        while self.held > self._cache_bytes and len(self._cache) > 1:
            self.held -= self._cache.popitem(last=False)[1].size


@contextmanager
def _damage(where: str) -> Iterator[None]:
    """Whoosh meets damage with errors of every kind; one that is about the machine passes as it is."""
    try:
        yield
    except (OSError, MemoryError, IndexDamagedError):
        raise
    except Exception as error:
        raise IndexDamagedError(f"{where}: {error!r}") from error


def shared_start(stemmed: str) -> str:
    """The letters with which every form of this stem begins.

    The English stemmer (Snowball) changes at most the last letter of what it leaves, and two after "dying",
    "lying" and "tying"; a stem of two letters or fewer is the word itself.
    """
    if len(stemmed) > 3:
        return stemmed[:3]
    if len(stemmed) == 3:
        return stemmed[:1] if stemmed.endswith("ie") else stemmed[:2]
    return stemmed


def _decoded(blocks: Iterable[Block], base: int) -> Iterator[TermPostings]:
    for steps, packed in blocks:
        rows = np.cumsum(np.array(steps, np.int64)) + base
        lengths = np.fromiter(map(len, packed), np.int64, len(packed))
        yield TermPostings(rows, lengths // _POSITION.itemsize, np.frombuffer(b"".join(packed), _POSITION))


def _joined(parts: list[TermPostings], place: Place, term: str, rows: int) -> TermPostings:
    """One run of postings. What is not sound in itself is damage, and is never answered from."""
    if not parts:
        return NOTHING
    whole = parts[0]
    if len(parts) > 1:
        whole = TermPostings(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.counts for part in parts]),
            np.concatenate([part.positions for part in parts]),
        )
    sound = len(whole.rows) == len(whole.counts) and int(whole.counts.sum()) == len(whole.positions)
    if not sound or whole.rows[0] < 0 or whole.rows[-1] >= rows or (np.diff(whole.rows) <= 0).any():
        raise IndexDamagedError(f"the word {term!r} in {place}")
    return whole
