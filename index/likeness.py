"""Which words of a dictionary are spelt nearly like those that were typed? All of them are looked through.

A slip is a letter too many, too few or wrong, or two neighbours in the wrong order (F. J. Damerau, 1964: four spelling
mistakes in five are one such slip). Of a dictionary only few words have about the length and about the letters of the
one typed, and numpy finds these at once; letter by letter only they are compared. Two million words cost a
fifth of a second of a processor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

Packed = npt.NDArray[np.uint8]
Lines = npt.NDArray[np.intp]
Bits = npt.NDArray[np.uint32]

END = ord("\n")
_LETTERS = b"abcdefghijklmnopqrstuvwxyz'"
_LONG = 6  # letters, of which two may be wrong
# Of eight thousand words a hundred or two are usually compared; never more than this, whatever dictionary it is.
_MOST_COMPARED = 3_000
_OTHER = np.uint32(1 << 31)
_ONES = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)


def _bits_of_bytes() -> Bits:
    """One bit for each letter; the last for all that is none; none for the end of a word."""
    bits = np.full(256, _OTHER, np.uint32)
    bits[list(_LETTERS)] = np.uint32(1) << np.arange(len(_LETTERS), dtype=np.uint32)
    bits[END] = 0
    return bits


_BITS = _bits_of_bytes()


@dataclass(frozen=True, slots=True)
class Alike:
    """A word spelt nearly as one that was typed: how many slips apart they are, and how often it stands in texts."""

    term: str
    slips: int
    often: int


def most_slips(typed: str) -> int:
    """How many slips may lie between this word and the one that was meant."""
    return 2 if len(typed) >= _LONG else 1


def alike(packed: Packed, typed: Sequence[str]) -> Iterator[list[tuple[int, str, int]]]:
    """For each word typed (letters a to z and apostrophes) the words alike: their numbers, the words, and the slips.

    `packed` are one word or more, some thousands, each ended by `END`. What has other characters in it
    is like nothing.
    """
    ends = np.flatnonzero(packed == END)
    starts = np.concatenate(([0], ends[:-1] + 1))
    bits = np.bitwise_or.reduceat(_BITS[packed], starts)
    for word in typed:
        slips = most_slips(word)
        fit = np.flatnonzero(np.abs(ends - starts - len(word)) <= slips)
        fit = fit[_nearest(bits[fit], word, slips, _MOST_COMPARED // len(typed))]
        terms = [packed[start:end].tobytes().decode() for start, end in zip(starts[fit], ends[fit], strict=True)]
        found = process.extract(word, terms, scorer=OSA.distance, score_cutoff=slips, limit=None)
        yield [(int(fit[at]), term, int(distance)) for term, distance, at in found]


def _nearest(bits: Bits, word: str, slips: int, most: int) -> Lines:
    """Which letters are about those of a word: a slip takes one of them away at most, and brings one at most."""
    own = np.bitwise_or.reduce(_BITS[np.frombuffer(word.encode(), np.uint8)])
    apart = bits ^ own
    differing = _ONES[apart & 0xFFFF] + _ONES[apart >> 16]
    near = np.flatnonzero((bits < _OTHER) & (differing <= 2 * slips))
    if len(near) > most:
        near = near[np.argsort(differing[near], kind="stable")[:most]]
    return near
