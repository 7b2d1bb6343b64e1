"""Which items come first? BM25F: rare words and an item's own words count for most, its documents' for least.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.3. Standing
items (apologies, declarations …) come after all others; ties are broken newest first.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from archive.records import PLACES, Place
from index.columns import Codes, Items, Mask
from index.evaluate import Evaluation
from index.leaves import Placed, wanted
from index.results import Sort
from index.tree import Node

Scores = npt.NDArray[np.float64]

_WEIGHTS: dict[Place, float] = {"title": 5.0, "decision": 2.5, "minutes": 2.0, "agenda": 1.5, "documents": 1.0}
# How far a text's length counts against it: a long title is no fault, a long paper may mention anything.
_LENGTH_COUNTS: dict[Place, float] = {"title": 0.3, "decision": 0.7, "minutes": 0.75, "agenda": 0.7, "documents": 0.8}
_SATURATION = 1.2
_DECIMALS = 9  # what adding up in another order can change is below this


def place_weights(items: Items) -> Scores:
    """What one occurrence counts for, items x places: the place's weight, tempered by its length in the item."""
    filled = np.maximum(np.count_nonzero(items.words, axis=0), 1)
    usual = np.maximum(items.words.sum(axis=0) / filled, 1.0)
    counts = np.array([_LENGTH_COUNTS[place] for place in PLACES])
    weights = np.array([_WEIGHTS[place] for place in PLACES])
    return np.asarray(weights / (1 - counts + counts * items.words / usual), np.float64)


def scores(node: Node, places: tuple[Place, ...], evaluation: Evaluation, weights: Scores) -> Scores:
    """The score of every item, 0 for one that holds no word of the query."""
    total = np.zeros(len(evaluation.items))
    for group in wanted(node, places):
        found = _weighted(group, evaluation, weights)
        holding = np.count_nonzero(found)
        rarity = np.log1p((len(found) - holding + 0.5) / (holding + 0.5))
        total += rarity * found * (_SATURATION + 1) / (found + _SATURATION)
    return np.round(total, _DECIMALS)


def _weighted(group: tuple[Placed, ...], evaluation: Evaluation, weights: Scores) -> Scores:
    """How much each item has of a group, over all places."""
    items = evaluation.items
    total = np.zeros(len(items))
    for leaf, places in group:
        for place in places:
            found = evaluation.occurrences(leaf, place)
            if len(found.rows):
                holders = items.row_items[found.rows]
                counted = found.counts * weights[holders, PLACES.index(place)]
                total += np.bincount(holders, weights=counted, minlength=len(items))
    return total


def ordered(found: Mask, sort: Sort, scored: Scores | None, items: Items, first: int) -> Codes:
    """The first so many of the items found, best first. Without scores, relevance is newest first."""
    hits = np.flatnonzero(found)
    if sort == "relevance" and scored is not None:
        keys = (items.newest[hits], -scored[hits], items.standing[hits])
        return hits[np.lexsort(keys)][:first]
    ranks = items.oldest[hits] if sort == "oldest" else items.newest[hits]
    if first < len(hits):
        nearest = np.argpartition(ranks, first)[:first]
        hits, ranks = hits[nearest], ranks[nearest]
    return hits[np.argsort(ranks)]
