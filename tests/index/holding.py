"""Which rows of a state of the index hold something, and how often, over all its segments; removed rows left out."""

from __future__ import annotations

import numpy as np

from archive.records import Place
from index.columns import NONE
from index.lookup import Lookup
from index.postings import Numbers
from index.snapshot import Snapshot
from index.tree import Leaf


def holding(snapshot: Snapshot, leaf: Leaf, place: Place) -> tuple[Numbers, Numbers]:
    found = list(Lookup(snapshot.postings, 500, snapshot.kept).holders(leaf, place))
    rows = np.concatenate([np.empty(0, np.int64), *(one.rows.astype(np.int64) + one.base for one in found)])
    counts = np.concatenate([np.empty(0, np.int64), *(one.counts for one in found)])
    alive = snapshot.items.rows.items[rows] != NONE
    return rows[alive], counts[alive]
