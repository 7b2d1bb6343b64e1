"""Which items does the index hold, and in which rows? Told segment by segment, for an indexer needs no more of them.

Putting the columns of all segments together, as searches need them, would be half of what a small commit costs.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from index.entries import RowKind
from index.storage import OpenSegment


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item as the index holds it: what it says, in short, and its rows, which count through the segments."""

    id: str
    fingerprint: str
    rows: range


def held_items(segments: Iterable[OpenSegment], wanted: Container[str]) -> Iterator[HeldItem]:
    """Those of these items that there are."""
    base = 0
    for one in segments:
        keys, own = one.files.keys, np.flatnonzero(one.files.keys.kinds == RowKind.ITEM)
        ends = (own + base + 1).tolist()
        for number in np.flatnonzero(one.alive[own]).tolist():
            if keys.ids[number] in wanted:
                first = ends[number - 1] if number else base
                yield HeldItem(keys.ids[number], keys.fingerprints[number], range(first, ends[number]))
        base += one.rows


def held_ids(segments: Iterable[OpenSegment]) -> Iterator[str]:
    """The ids of all items that there are."""
    for one in segments:
        keys = one.files.keys
        for number in np.flatnonzero(one.alive[keys.kinds == RowKind.ITEM]).tolist():
            yield keys.ids[number]


def held_count(segments: Iterable[OpenSegment]) -> int:
    """How many items there are."""
    return sum(int(np.count_nonzero(one.alive & (one.files.keys.kinds == RowKind.ITEM))) for one in segments)
