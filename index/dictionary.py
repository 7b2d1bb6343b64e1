"""The words of one place in one segment, ascending by their bytes: which there are, and which number each has.

They lie one after the other, each ended by a line feed, which no word holds. They are copied into memory, so that
finding one costs a search among the first of every hundred or so, and a look at one short stretch.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from index.arrays import Array
from index.likeness import Packed

STRETCH = 128  # words
_END = b"\n"
_AFTER_ANY = b"\xff"  # comes after every letter
_APART = 64  # stretches


def packed_terms(terms: Sequence[bytes]) -> tuple[bytes, npt.NDArray[np.uint64]]:
    """The words, ascending, as they are kept; and where each stretch of them begins."""
    lengths = np.fromiter(map(len, terms), np.uint64, len(terms)) + 1
    return b"".join(term + _END for term in terms), (np.cumsum(lengths) - lengths)[::STRETCH]


class Dictionary:
    """The words as they were packed. Terms are bytes; `len` is how many there are."""

    def __init__(self, packed: Array, begins: Array, held: int) -> None:
        self._packed, self._held = packed.tobytes(), held
        self._begins: list[int] = [*begins.tolist(), len(packed)]
        self._firsts = [self._packed[at : self._packed.index(_END, at)] for at in self._begins[:-1]]

    def __len__(self) -> int:
        return self._held

    def find(self, term: bytes) -> int | None:
        """The number of a word."""
        number = self.at_or_after(term)
        found = self._stretch(number // STRETCH)[number % STRETCH] if number < self._held else None
        return number if found == term else None

    def at_or_after(self, term: bytes) -> int:
        """The number of the first word that is this one or comes after it; how many there are where none does."""
        stretch = max(bisect_right(self._firsts, term) - 1, 0)
        return stretch * STRETCH + bisect_left(self._stretch(stretch), term) if self._firsts else 0

    def starting(self, prefix: bytes) -> range:
        """The numbers of the words that begin with this."""
        return range(self.at_or_after(prefix), self.at_or_after(prefix + _AFTER_ANY))

    def bounds(self) -> list[bytes]:
        """Words between which there are some thousands each; before all others, nothing."""
        return [b"", *self._firsts[_APART::_APART]]

    def packed(self) -> Iterator[tuple[int, Packed]]:
        """All words as they were packed, some thousands at a time, each time with the number of the first."""
        for stretch in range(0, len(self._firsts), _APART):
            start, end = self._begins[stretch], self._begins[min(stretch + _APART, len(self._firsts))]
            yield stretch * STRETCH, np.frombuffer(self._packed, np.uint8, end - start, start)

    def between(self, number: int, end: int) -> list[bytes]:
        """The words from one number to another."""
        first, last = number // STRETCH, -(-end // STRETCH)
        skipped = first * STRETCH
        return self._packed[self._begins[first] : self._begins[last]].split(_END)[number - skipped : end - skipped]

    def since(self, number: int) -> Iterator[bytes]:
        """All words from this number on, ascending."""
        skipped = number % STRETCH
        for stretch in range(number // STRETCH, len(self._firsts)):
            yield from self._stretch(stretch)[skipped:]
            skipped = 0

    def _stretch(self, number: int) -> list[bytes]:
        return self._packed[self._begins[number] : self._begins[number + 1]].split(_END)[:-1]


def ranked(dictionaries: Sequence[Sequence[bytes]]) -> tuple[list[bytes], list[npt.NDArray[Any]]]:
    """The words of several dictionaries as one, ascending; and of each the numbers that its words have there."""
    terms = sorted(set().union(*dictionaries))
    numbers = {term: number for number, term in enumerate(terms)}
    return terms, [np.fromiter(map(numbers.__getitem__, one), np.int64, len(one)) for one in dictionaries]
