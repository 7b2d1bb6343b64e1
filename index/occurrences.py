"""Where in the texts a leaf of the query stands, and which texts hold two of them near each other. Arrays only.

A spot is one number, `row << 32 | position of its first word`; arrays of spots are ascending.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from index.postings import Numbers

WORD_BITS = 32
_LAST_POSITION = (1 << WORD_BITS) - 1
_MOST_DISTANCE = 1 << 24  # longer than any text; keeps sums within a row's range


def rows_of_spots(spots: Numbers) -> Numbers:
    """The row of each spot."""
    return spots >> WORD_BITS


def phrase_spots(words: Sequence[Numbers]) -> Numbers:
    """Where the words, given by their spots in the printed order, stand one after the other."""
    return common([spots - place for place, spots in enumerate(words)])


def common(runs: Sequence[Numbers]) -> Numbers:
    """What stands in every one of these ascending runs."""
    return reduce(_common, sorted(runs, key=len))


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


def _common(few: Numbers, many: Numbers) -> Numbers:
    if not len(few) or not len(many):
        return few[:0]
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    both: Numbers = few[many[at] == few]
    return both
