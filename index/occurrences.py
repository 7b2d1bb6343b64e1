"""Where in the texts a leaf of the query stands, and which texts hold two of them near each other. Arrays only.

A spot is one number, `row << 32 | position of its first word`; arrays of spots are ascending.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.arrays import Array
from index.postings import Numbers, TermPostings
from index.words import cut_by

WORD_BITS = 32
_LAST_POSITION = (1 << WORD_BITS) - 1
_MOST_DISTANCE = 1 << 24  # longer than any text; keeps sums within a row's range
_AT_ONCE = 1 << 17  # spots
_TIMES = 4  # so much more often another word may stand there, to be read as a whole
_FEW = 16  # times fewer are looked up one by one

Mask = npt.NDArray[np.bool_]


def rows_of_spots(spots: Numbers) -> Numbers:
    """The row of each spot."""
    return spots >> WORD_BITS


def firsts_of(ascending: Array) -> Numbers:
    """Where each different number begins."""
    if not len(ascending):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], ascending[1:] != ascending[:-1])))


def merged(parts: Sequence[Numbers]) -> Numbers:
    """All spots of several words, ascending; one may come twice. `np.unique` would take ten times as long."""
    if len(parts) == 1:
        return parts[0]
    return np.sort(np.concatenate(parts), kind="stable") if parts else np.empty(0, np.int64)


def near_spots(left: Numbers, left_words: int, right: Numbers, right_words: int, distance: int) -> Numbers:
    """The left spots with a right one in the same row, either order, whose nearest ends are within the distance.

    Sides that overlap are at distance 0. `left_words` and `right_words` are the lengths of the two phrases.
    """
    if not len(left) or not len(right):
        return left[:0]
    reach = min(distance, _MOST_DISTANCE)
    row_start = left & ~np.int64(_LAST_POSITION)
    lowest = np.maximum(left - (reach + right_words - 1), row_start)
    highest = np.minimum(left + (reach + left_words - 1), row_start | _LAST_POSITION)
    first = np.searchsorted(right, lowest)
    found = right[np.minimum(first, len(right) - 1)]
    near: Numbers = left[(first < len(right)) & (found <= highest)]
    return near


def common(some: Numbers, others: Numbers, of: int) -> Numbers:
    """What stands in both of these ascending runs of numbers below `of`."""
    few, many = sorted((some, others), key=len)
    if len(few) * _FEW > len(many):
        among = np.zeros(of, np.bool_)
        among[few] = True
        of_many: Numbers = many[among[many]]
        return of_many
    if not len(few):
        return few
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    both: Numbers = few[many[at] == few]
    return both


def united(parts: Sequence[Array], of: int) -> Numbers:
    """What stands in any of these runs of numbers below `of`, ascending, each once."""
    if sum(map(len, parts)) * _FEW < of:
        together = np.sort(np.concatenate([np.empty(0, np.int64), *parts]))
        return together[firsts_of(together)]
    found = np.zeros(of, np.bool_)
    for part in parts:
        found[part] = True
    return np.flatnonzero(found)


def phrase_spots(words: Sequence[TermPostings], rows: Numbers | None = None) -> Numbers:
    """Where the words, in the printed order, stand one after the other; in these rows (ascending) alone, or anywhere.

    The rarest word leads: of the others only what stands beside it is looked at, and some of its spots at a time.
    """
    order = sorted(range(len(words)), key=lambda place: words[place].occurrences)
    lead = words[order[0]]
    at = np.arange(len(lead.rows)) if rows is None else lead.at(rows)
    found = [np.empty(0, np.int64)]
    for first, last in cut_by(lead.counts[at].astype(np.int64), _AT_ONCE):
        spots = lead.spots(at[first:last])
        starts = spots[(spots & _LAST_POSITION) >= order[0]] - order[0]
        for place in order[1:]:
            starts = _standing_at(words[place], starts + place) - place
        found.append(starts)
    return np.concatenate(found)


def _standing_at(word: TermPostings, spots: Numbers) -> Numbers:
    """Those of these spots (ascending, each once) at which the word stands."""
    rows = rows_of_spots(spots)
    firsts = firsts_of(rows)
    at = word.at(rows[firsts])
    counts = word.counts[at].astype(np.int64)
    if counts.sum() < _TIMES * len(spots):
        both = np.sort(np.concatenate((spots, word.spots(at))), kind="stable")
        found: Numbers = both[:-1][both[1:] == both[:-1]]
        return found
    lengths = np.diff(firsts, append=len(rows))
    if len(at) < len(firsts):
        held = np.isin(rows[firsts], word.rows[at], assume_unique=True)
        spots, lengths = spots[np.repeat(held, lengths)], lengths[held]
    begins = word.starts(at)
    low, high = np.repeat(begins, lengths), np.repeat(begins + counts, lengths)
    return spots[_holds(word.positions, low, high, spots & _LAST_POSITION)]


def _holds(positions: Array, low: Numbers, high: Numbers, wanted: Numbers) -> Mask:
    """Whether each number wanted is among the positions, which ascend from `low` to below `high`: all are bisected."""
    found = np.zeros(len(wanted), np.bool_)
    of = np.flatnonzero(low < high)
    low, high, wanted = low[of], high[of], wanted[of]
    while len(of):
        middle = (low + high) >> 1
        met = positions[middle]
        found[of[met == wanted]] = True
        low, high = np.where(met < wanted, middle + 1, low), np.where(met < wanted, high, middle)
        left = np.flatnonzero((low < high) & (met != wanted))
        of, low, high, wanted = of[left], low[left], high[left], wanted[left]
    return found
