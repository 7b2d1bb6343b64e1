"""Texts taken apart into arrays: which word stands where, for all rows of a segment, without an object for each word.

A text is cut into chunks at the ASCII signs that no word holds, which bytes can do at once; every different chunk gets
a number when it is first met, and a text is the numbers of its chunks. Which words a chunk is (mostly one; none where
it is a dash; two around one) and what each is kept as (folded, and under the mark of capitals too) is asked once a
segment. Sorting the numbers of words puts each word's postings side by side: the order of rows and positions within a
word is the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.records import PLACES, Place
from index.arrays import narrowed
from index.tokens import WORD, chunks, terms_of_printed
from index.words import Run, Runs, expanded, runs_of

Numbers = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.int64]

_NO_TERM = np.iinfo(np.uint32).max
_DIGIT = 16  # bits: numpy sorts so short numbers by counting them


class _Numbered(dict[bytes, int]):
    """The number of each chunk, in the order in which they were met."""

    def __missing__(self, chunk: bytes) -> int:
        self[chunk] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The terms, ascending; of each chunk how many words it is, and its first; of each word its one or two terms."""

    terms: list[bytes]
    many: Counts
    first: Counts
    folded: Numbers
    marked: Numbers


class Gathering:
    """The words of a segment's rows, in the order of the rows."""

    def __init__(self) -> None:
        self._numbered = _Numbered()
        self._texts: dict[Place, list[Numbers]] = {place: [] for place in PLACES}
        self._rows: dict[Place, list[int]] = {place: [] for place in PLACES}
        self.chunks = 0

    def add(self, place: Place, row: int, text: str) -> None:
        """One more text; rows ascending."""
        cut = chunks(text)
        self._texts[place].append(np.fromiter(map(self._numbered.__getitem__, cut), np.uint32, len(cut)))
        self._rows[place].append(row)
        self.chunks += len(cut)

    def finished(self) -> Gathered:
        """All that was added. Nothing more can be."""
        return Gathered(self._numbered, self._texts, self._rows)


class Gathered:
    """The words of all rows of a segment."""

    def __init__(
        self, numbered: dict[bytes, int], texts: dict[Place, list[Numbers]], rows: dict[Place, list[int]]
    ) -> None:
        self._words = _vocabulary(numbered)
        self._texts, self._rows = texts, rows

    def lengths(self, place: Place, rows: int) -> Counts:
        """How many words each of so many rows has in this place."""
        ends = np.cumsum(np.fromiter(map(len, self._texts[place]), np.int64, len(self._texts[place])))
        words = np.concatenate((np.zeros(1, np.int64), np.cumsum(self._words.many[_joined(self._texts[place])])))[ends]
        found = np.zeros(rows, np.int64)
        found[self._rows[place]] = np.diff(words, prepend=0)
        return found

    def places(self) -> Iterator[Runs]:
        """The words of each place; each can be had once."""
        for place in PLACES:
            yield self._runs(place)
            self._texts[place].clear()

    def _runs(self, place: Place) -> Runs:
        texts, known = self._texts[place], self._words
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        cut = _joined(texts)
        words = expanded(known.first[cut], known.many[cut])
        begins = np.concatenate((np.zeros(1, np.int64), np.cumsum(known.many[cut])))[np.cumsum(lengths) - lengths]
        held = np.diff(begins, append=len(words))
        rows = np.repeat(np.array(self._rows[place], np.uint32), held)
        positions = np.arange(len(words), dtype=np.uint32) - np.repeat(begins.astype(np.uint32), held)
        folded, marked = known.folded[words], known.marked[words]
        capitals = np.flatnonzero(marked != _NO_TERM)
        found = np.concatenate((folded, marked[capitals]))
        order = sorting(found)
        at = np.concatenate((np.arange(len(words)), capitals))[order]
        return runs_of(place, _run(known.terms, found[order], rows[at], positions[at]))


def _vocabulary(numbered: dict[bytes, int]) -> _Vocabulary:
    printed = [WORD.findall(chunk.decode(errors="surrogatepass")) for chunk in numbered]
    many = np.fromiter(map(len, printed), np.int64, len(printed))
    kept = [terms_of_printed(word) for words in printed for word in words]
    terms = sorted({term for some in kept for term in some})
    numbers = {term: number for number, term in enumerate(terms)}
    folded = (numbers[some[0]] for some in kept)
    marked = (numbers[some[1]] if len(some) > 1 else _NO_TERM for some in kept)
    return _Vocabulary(
        terms=[term.encode() for term in terms],
        many=many,
        first=np.cumsum(many) - many,
        folded=np.fromiter(folded, np.uint32, len(kept)),
        marked=np.fromiter(marked, np.uint32, len(kept)),
    )


def _changing(numbers: Numbers) -> npt.NDArray[np.bool_]:
    """Where a number is not the one before it."""
    found = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=found[1:])
    return found


def _joined(texts: list[Numbers]) -> Numbers:
    return np.concatenate(texts) if texts else np.empty(0, np.uint32)


def _run(terms: list[bytes], found: Numbers, rows: Numbers, positions: Numbers) -> Run:
    """One run of what was sorted by term, row and position."""
    new_term = _changing(found)
    first = np.flatnonzero(new_term | _changing(rows))
    counts = np.diff(first, append=len(found))
    of_term = np.flatnonzero(new_term[first])
    words = np.flatnonzero(new_term)
    return Run(
        terms=[terms[number] for number in found[words].tolist()],
        held=np.diff(of_term, append=len(first)),
        often=np.diff(words, append=len(found)),
        rows=narrowed(rows[first]),
        counts=narrowed(counts),
        positions=narrowed(positions),
    )


def sorting(numbers: Numbers) -> npt.NDArray[np.int64]:
    """The order that sorts them and leaves equal ones as they are. (`argsort` takes half as long again.)"""
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if len(numbers) and numbers.max() >> _DIGIT:
        order = order[np.argsort((numbers >> _DIGIT).astype(np.uint16)[order], kind="stable")]
    return order
