"""Where does a leaf of the query, or a NEAR, stand? Each is looked up once for each place, whatever asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from archive.records import Place
from index.columns import NONE
from index.facts import Mask
from index.leaves import alternatives, leaves
from index.matching import Mark
from index.occurrences import common, merged, near_spots, phrase_spots, rows_of_spots
from index.postings import Numbers, Postings, TermPostings
from index.tokens import CAPITALS_MARK
from index.tree import InPlace, Leaf, Near, Node, Or, Phrase, Prefix, Widened, Word


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The rows a leaf stands in, and how often; a row may come more than once, unless `once`."""

    rows: Numbers
    counts: Numbers
    once: bool = False


class Lookup:
    """Over the whole of one state of the index, or over some of its rows alone.

    `most_terms` bounds what a prefix may stand for.
    """

    def __init__(self, postings: Postings, most_terms: int, rows: Mask | None = None) -> None:
        self._postings, self._most_terms, self._rows = postings, most_terms, rows
        self._found: dict[tuple[Leaf, Place], Occurrences] = {}

    def within(self, rows: Mask) -> Lookup:
        """The same over these of all rows alone."""
        return Lookup(self._postings, self._most_terms, rows)

    def rows(self, mark: Mark, place: Place) -> Numbers:
        """The rows it stands in; one may come more than once."""
        return rows_of_spots(self._near(mark, place)) if isinstance(mark, Near) else self.occurrences(mark, place).rows

    def occurrences(self, leaf: Leaf, place: Place) -> Occurrences:
        """Where a leaf stands in one place."""
        key = (leaf, place)
        if key not in self._found:
            self._found[key] = self._look_up(leaf, place)
        return self._found[key]

    def spots(self, mark: Mark, place: Place) -> Numbers:
        """Where each occurrence begins (`index.occurrences`); of a NEAR, what of either side is near the other."""
        match mark:
            case Near(left, right, distance):
                return merged([self._near(mark, place), self._near(Near(right, left, distance), place)])
            case Phrase():
                return self._phrase(mark, place)
            case _:
                return merged([read.spots() for read in self._terms(mark, place)])

    def _look_up(self, leaf: Leaf, place: Place) -> Occurrences:
        if isinstance(leaf, Phrase):
            rows = rows_of_spots(self._phrase(leaf, place))
            first = firsts_of(rows)
            return Occurrences(rows[first], np.diff(first, append=len(rows)), once=True)
        read = self._terms(leaf, place)
        if len(read) == 1:
            return Occurrences(read[0].rows, read[0].counts, once=True)
        none = np.empty(0, np.int64)
        return Occurrences(
            np.concatenate([none, *(one.rows for one in read)]), np.concatenate([none, *(one.counts for one in read)])
        )

    def _terms(self, leaf: Word | Prefix, place: Place) -> list[TermPostings]:
        return [self._read(place, term) for term in terms_of(leaf, self._postings, self._most_terms)]

    def _read(self, place: Place, term: str) -> TermPostings:
        read = self._postings.read(place, term)
        return read if self._rows is None else read.among(self._rows)

    def _phrase(self, phrase: Phrase, place: Place) -> Numbers:
        """Positions are read of the rows alone that hold all its words."""
        words = [self._read(place, word) for word in phrase.words]
        rows = common([word.rows for word in words])
        if not len(rows):
            return rows
        return phrase_spots([word.spots(np.searchsorted(word.rows, rows)) for word in words])

    def _near(self, near: Near, place: Place) -> Numbers:
        """The spots of the left side that are near the right one. Positions are read of rows alone that hold both."""
        both = self._holding(near.left, place) & self._holding(near.right, place)
        if not both.any():
            return np.empty(0, np.int64)
        there = self.within(both)
        sides = product(there._sides(near.left, place).items(), there._sides(near.right, place).items())
        found = [
            near_spots(left, left_words, right, right_words, near.distance)
            for (left_words, left), (right_words, right) in sides
        ]
        return merged(found)

    def _holding(self, side: Node, place: Place) -> Mask:
        """Of all rows those that hold a leaf of this side."""
        found = np.zeros(self._postings.rows, np.bool_)
        for leaf, places in leaves(side, (place,)):
            if places:
                found[self.occurrences(leaf, place).rows] = True
        return found

    def _sides(self, node: Node, place: Place) -> dict[int, Numbers]:
        """The spots of one side of a NEAR, by how many words long they are."""
        match node:
            case Phrase(words):
                return {len(words): self._phrase(node, place)}
            case Word() | Prefix():
                return {1: self.spots(node, place)}
            case InPlace(only, below):
                return self._sides(below, place) if only == place else {}
            case Or() | Widened():
                return _by_length([self._sides(one, place) for one in alternatives(node)])
            case _:
                raise TypeError(f"NEAR joins words and phrases, not {type(node).__name__}")


def summed(found: Sequence[Occurrences]) -> tuple[Numbers, Numbers]:
    """The rows of several leaves, ascending, each once, and how often any of the leaves stands there."""
    none = np.empty(0, np.int64)
    rows = np.concatenate([none, *(one.rows for one in found)])
    counts = np.concatenate([none, *(one.counts for one in found)])
    if (np.diff(rows) < 0).any():
        order = np.argsort(rows, kind="stable")
        rows, counts = rows[order], counts[order]
    starts = firsts_of(rows)
    return rows[starts], np.add.reduceat(counts, starts) if len(starts) else counts


def firsts_of(ascending: Numbers) -> Numbers:
    """Where each different number begins."""
    return np.flatnonzero(np.diff(ascending, prepend=NONE))


def _by_length(parts: list[dict[int, Numbers]]) -> dict[int, Numbers]:
    lengths = {length for part in parts for length in part}
    return {length: merged([part[length] for part in parts if length in part]) for length in lengths}


def terms_of(leaf: Word | Prefix, postings: Postings, most: int) -> tuple[str, ...]:
    """The terms of the dictionary that a word or a beginning stands for."""
    if isinstance(leaf, Prefix):
        return postings.starting(leaf.text, most)
    words = postings.forms(leaf.text) if leaf.forms else (leaf.text,)
    return tuple(CAPITALS_MARK + word for word in words) if leaf.capitals else words
