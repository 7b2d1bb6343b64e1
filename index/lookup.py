"""Where does a leaf of the query, or a NEAR, stand?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from archive.records import Place
from index.arrays import Array
from index.kept import Kept
from index.leaves import alternatives, leaves
from index.matching import Mark
from index.occurrences import WORD_BITS, common, firsts_of, merged, near_spots, phrase_spots, rows_of_spots, united
from index.postings import Numbers, Postings, Segment, TermPostings
from index.tokens import CAPITALS_MARK
from index.tree import InPlace, Leaf, Near, Node, Or, Phrase, Prefix, Widened, Word
from index.words import cut_by

_AT_ONCE = 1 << 21  # spots of both sides of a NEAR
_FEW = 16  # times fewer are sorted
_PART = 1 << 15  # rows


@dataclass(frozen=True, slots=True)
class Holders:
    """Rows of one segment, counted from its first (`base`), and how often each holds what was asked for.

    `once`: ascending and each once; else, of a beginning, in any order.
    """

    base: int
    rows: Array
    counts: Array
    once: bool = True

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.rows.nbytes + self.counts.nbytes

    def parts(self) -> Iterator[Holders]:
        """The same in parts that fit into a processor's own memory, where a dozen passes over them cost a third."""
        for start in range(0, len(self.rows), _PART):
            part = slice(start, start + _PART)
            yield Holders(self.base, self.rows[part], self.counts[part], self.once)


class Lookup:
    """Over the whole of one state of the index, or over some of its rows alone (`within`, ascending, each once).

    `most_terms` bounds what a prefix may stand for. What phrases cost over the whole is `kept`.
    """

    def __init__(self, postings: Postings, most_terms: int, kept: Kept, within: Numbers | None = None) -> None:
        self._postings, self._most_terms, self._kept, self._within = postings, most_terms, kept, within
        self._spots: dict[tuple[Leaf, Place], Numbers] = {}
        self._looked_at = () if within is None else tuple(_cut(within, postings.segments))

    def within(self, rows: Numbers) -> Lookup:
        """The same over these rows alone: not many, for what stands where in them is remembered."""
        return Lookup(self._postings, self._most_terms, self._kept, rows)

    def rows(self, mark: Mark, place: Place) -> Iterator[Holders]:
        """The rows it stands in; one may come more than once, and of a NEAR it is not told how often it does."""
        if not isinstance(mark, Near):
            return self.holders(mark, place)
        found = (rows_of_spots(spots) for spots in self._near(mark, place))
        return (Holders(0, rows, np.ones(len(rows), np.uint8), once=False) for rows in found)

    def holders(self, leaf: Leaf, place: Place) -> Iterator[Holders]:
        """The rows that hold a leaf in one place, segment by segment, one word after the other."""
        for segment in self._segments():
            if isinstance(leaf, Phrase):
                # Most phrases that stand for a topic are nowhere in a new segment: that shows in its dictionary.
                if self._postings.holds(segment, place, leaf.words):
                    yield self._holding_phrase(leaf, place, segment)
            else:
                yield from (self._holding(term, segment) for term in self._terms(leaf, place, segment))

    def spots(self, mark: Mark, place: Place) -> Numbers:
        """Where each occurrence begins (`index.occurrences`); of a NEAR, what of either side is near the other."""
        if isinstance(mark, Near):
            turned = Near(mark.right, mark.left, mark.distance)
            return merged([*self._near(mark, place), *self._near(turned, place)])
        if (mark, place) not in self._spots:
            found = ((segment, self._spots_of(mark, place, segment)) for segment in self._segments())
            whole = [spots + (segment.base << WORD_BITS) for segment, spots in found if len(spots)]
            self._spots[mark, place] = np.concatenate([np.empty(0, np.int64), *whole])
        return self._spots[mark, place]

    def _segments(self) -> Iterator[Segment]:
        """Those that have rows to look at."""
        every = self._postings.segments
        return (one for one in every if self._within is None or len(self._looked_at[one.number]))

    def _rows(self, segment: Segment) -> Numbers | None:
        """The rows to look at in a segment, counted from its first; None where all are."""
        return None if self._within is None else self._looked_at[segment.number]

    def _terms(self, leaf: Word | Prefix, place: Place, segment: Segment) -> list[TermPostings]:
        if isinstance(leaf, Prefix):
            return self._postings.read_starting(segment, place, leaf.text)
        return self._postings.read(segment, place, terms_of(leaf, self._postings, self._most_terms))

    def _phrase(self, phrase: Phrase, place: Place, segment: Segment) -> Numbers:
        if not self._postings.holds(segment, place, phrase.words):
            return np.empty(0, np.int64)
        return phrase_spots(self._postings.read(segment, place, phrase.words), self._rows(segment))

    def _holding(self, term: TermPostings, segment: Segment) -> Holders:
        rows = self._rows(segment)
        if rows is None:
            return Holders(segment.base, term.rows, term.counts, term.ascending)
        at = term.at(rows)
        return Holders(segment.base, term.rows[at], term.counts[at], term.ascending)

    def _holding_phrase(self, phrase: Phrase, place: Place, segment: Segment) -> Holders:
        def look_up() -> Holders:
            rows = rows_of_spots(self._phrase(phrase, place, segment))
            firsts = firsts_of(rows)
            counts = np.diff(firsts, append=len(rows))
            return Holders(segment.base, rows[firsts].astype(np.uint32), counts.astype(np.uint32))

        return self._kept.of((phrase, place, segment.base), look_up) if self._within is None else look_up()

    def _spots_of(self, leaf: Leaf, place: Place, segment: Segment) -> Numbers:
        if isinstance(leaf, Phrase):
            return self._phrase(leaf, place, segment)
        rows, terms = self._rows(segment), self._terms(leaf, place, segment)
        return merged([term.spots(np.arange(len(term.rows)) if rows is None else term.at(rows)) for term in terms])

    def _near(self, near: Near, place: Place) -> Iterator[Numbers]:
        """The spots of the left side that are near the right one. Positions are read of rows alone that hold both."""
        for there in [self] if self._within is not None else self._with_both(near, place):
            sides = product(there._sides(near.left, place).items(), there._sides(near.right, place).items())
            yield merged(
                [
                    near_spots(left, left_words, right, right_words, near.distance)
                    for (left_words, left), (right_words, right) in sides
                ]
            )

    def _with_both(self, near: Near, place: Place) -> Iterator[Lookup]:
        """The same over the rows that hold both sides, some at a time."""
        for segment in self._postings.segments:
            left, right = (list(self._of_side(side, place, segment)) for side in (near.left, near.right))
            of_left, of_right = (united([one.rows for one in side], segment.rows) for side in (left, right))
            both = common(of_left, of_right, segment.rows)
            often = np.zeros(segment.rows if len(both) else 0, np.uint32)
            for one in (*left, *right) if len(both) else ():
                if one.once:
                    often[one.rows] += one.counts
                else:
                    often += np.bincount(one.rows, weights=one.counts, minlength=len(often)).astype(np.uint32)
            for first, last in cut_by(often[both].astype(np.int64), _AT_ONCE):
                yield self.within(both[first:last] + segment.base)

    def _of_side(self, side: Node, place: Place, segment: Segment) -> Iterator[Holders]:
        """What of a segment holds a leaf of this side."""
        for leaf, places in leaves(side, (place,)):
            if places and isinstance(leaf, Phrase):
                yield self._holding_phrase(leaf, place, segment)
            elif places and not isinstance(leaf, Phrase):
                yield from (self._holding(term, segment) for term in self._terms(leaf, place, segment))

    def _sides(self, node: Node, place: Place) -> dict[int, Numbers]:
        """The spots of one side of a NEAR, by how many words long they are."""
        match node:
            case Phrase(words):
                return {len(words): self.spots(node, place)}
            case Word() | Prefix():
                return {1: self.spots(node, place)}
            case InPlace(only, below):
                return self._sides(below, place) if only == place else {}
            case Or() | Widened():
                return _by_length([self._sides(one, place) for one in alternatives(node)])
            case _:
                raise TypeError(f"NEAR joins words and phrases, not {type(node).__name__}")


def _cut(rows: Numbers, segments: Iterable[Segment]) -> Iterator[Numbers]:
    """Of each segment those of these rows that it has, counted from its first."""
    for one in segments:
        first, last = np.searchsorted(rows, (one.base, one.base + one.rows))
        yield rows[first:last] - one.base


def _by_length(parts: Iterable[dict[int, Numbers]]) -> dict[int, Numbers]:
    read = list(parts)
    lengths = {length for part in read for length in part}
    return {length: merged([part[length] for part in read if length in part]) for length in lengths}


def terms_of(leaf: Word | Prefix, postings: Postings, most: int) -> tuple[str, ...]:
    """The terms of the dictionary that a word or a beginning stands for."""
    if isinstance(leaf, Prefix):
        return postings.starting(leaf.text, most)
    words = postings.forms(leaf.text) if leaf.forms else (leaf.text,)
    return tuple(CAPITALS_MARK + word for word in words) if leaf.capitals else words


def summed(found: Sequence[Holders], of: int) -> Holders:
    """Those of several leaves in one segment of so many rows as one: each row once, and how often any stands there."""
    if len(found) == 1 and found[0].once:
        return found[0]
    rows = np.concatenate([one.rows for one in found])
    counts = np.concatenate([one.counts for one in found])
    if len(rows) * _FEW > of:
        sums = np.bincount(rows, weights=counts, minlength=of)
        held = np.flatnonzero(sums)
        return Holders(found[0].base, held, sums[held])
    together = np.sort(rows.astype(np.int64) << WORD_BITS | counts)
    rows, counts = together >> WORD_BITS, together & ((1 << WORD_BITS) - 1)
    firsts = firsts_of(rows)
    return Holders(found[0].base, rows[firsts], np.add.reduceat(counts, firsts) if len(firsts) else counts)
