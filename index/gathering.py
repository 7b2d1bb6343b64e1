"""Texts taken apart into arrays: which word stands where, for all rows of a segment, without an object for each word.

Every different spelling gets a number when it is first met, and a text is the numbers of its words. What a spelling is
kept as (folded, and under the mark of capitals too) is asked once a segment. Sorting the numbers puts each word's
postings side by side: the order of rows and positions within a word is the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from archive.records import PLACES, Place
from index.arrays import narrowed
from index.tokens import terms_of_printed
from index.words import Run, Runs, runs_of

Numbers = npt.NDArray[np.uint32]

_NO_TERM = np.iinfo(np.uint32).max
_DIGIT = 16  # bits: numpy sorts so short numbers by counting them


class _Spellings(dict[str, int]):
    """The number of each spelling, in the order in which they were met."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


class Gathering:
    """The words of a segment's rows, in the order of the rows."""

    def __init__(self) -> None:
        self._spellings = _Spellings()
        self._texts: dict[Place, list[Numbers]] = {place: [] for place in PLACES}
        self._rows: dict[Place, list[int]] = {place: [] for place in PLACES}

    def add(self, place: Place, row: int, words: Sequence[str]) -> None:
        """One more text, as its words are printed; rows ascending."""
        numbers = np.fromiter(map(self._spellings.__getitem__, words), np.uint32, len(words))
        self._texts[place].append(numbers)
        self._rows[place].append(row)

    def places(self) -> Iterator[Runs]:
        """The words of each place; each can be had once."""
        terms, kept = self._terms()
        for place in PLACES:
            yield self._runs(place, terms, kept)
            self._texts[place].clear()

    def _terms(self) -> tuple[list[bytes], tuple[Numbers, Numbers]]:
        """All terms, ascending; and for each spelling the numbers of the one or two that it is kept as."""
        kept = [terms_of_printed(word) for word in self._spellings]
        terms = sorted({term for some in kept for term in some})
        numbers = {term: number for number, term in enumerate(terms)}
        folded = (numbers[some[0]] for some in kept)
        marked = (numbers[some[1]] if len(some) > 1 else _NO_TERM for some in kept)
        both = np.fromiter(folded, np.uint32, len(kept)), np.fromiter(marked, np.uint32, len(kept))
        return [term.encode() for term in terms], both

    def _runs(self, place: Place, terms: list[bytes], kept: tuple[Numbers, Numbers]) -> Runs:
        texts = self._texts[place]
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        spelled = np.concatenate(texts) if texts else np.empty(0, np.uint32)
        rows = np.repeat(np.array(self._rows[place], np.int64), lengths)
        positions = np.arange(len(spelled)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        folded, marked = (which[spelled] for which in kept)
        capitals = np.flatnonzero(marked != _NO_TERM)
        found = np.concatenate((folded, marked[capitals]))
        order = sorting(found)
        at = np.concatenate((np.arange(len(spelled)), capitals))[order]
        run = _run(terms, found[order], rows[at], positions[at])
        return runs_of(place, run)


def _run(terms: list[bytes], found: Numbers, rows: npt.NDArray[np.int64], positions: npt.NDArray[np.int64]) -> Run:
    """One run of what was sorted by term, row and position."""
    new_term = np.diff(found, prepend=_NO_TERM) != 0
    first = np.flatnonzero(new_term | (np.diff(rows, prepend=-1) != 0))
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
