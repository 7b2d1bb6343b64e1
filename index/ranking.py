"""Which items come first? BM25F: rare words and an item's own words count for most, its papers' pages for least.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.3. Standing
items (apologies, declarations …) come after all others; ties are broken newest first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.records import PLACES, Place
from index.columns import OWN_PLACES, Codes, Counts, Items, Mask
from index.evaluate import Evaluation
from index.leaves import Placed, wanted
from index.lookup import Occurrences, firsts_of, summed
from index.results import Sort
from index.tree import Node

Scores = npt.NDArray[np.float64]

_WEIGHTS: dict[Place, float] = {"title": 5.0, "decision": 2.5, "minutes": 2.0, "agenda": 1.5}
# How far a text's length counts against it: a long title is no fault, a long agenda text may mention anything.
_LENGTH_COUNTS: dict[Place, float] = {"title": 0.3, "decision": 0.7, "minutes": 0.75, "agenda": 0.7}
# Of a page, this times (1 + saturation) is the most: less than one mention in an agenda text of usual length.
_PAPER_TITLE_WEIGHT, _PAGE_WEIGHT = 1.0, 0.6
_PAPER_LENGTH_COUNTS = 0.8
_SATURATION = 1.2
_DECIMALS = 9  # what adding up in another order can change is below this


@dataclass(frozen=True, slots=True)
class Weights:
    """What one occurrence counts for in an item's own texts, items x places, and how long papers' texts usually are."""

    own: Scores
    usual_title: float
    usual_page: float


def weights_of(items: Items) -> Weights:
    """The place's weight, tempered by its length in the item."""
    words = items.words[:, [PLACES.index(place) for place in OWN_PLACES]]
    usual = np.maximum(words.sum(axis=0) / np.maximum(np.count_nonzero(words, axis=0), 1), 1.0)
    counts = np.array([_LENGTH_COUNTS[place] for place in OWN_PLACES])
    weights = np.array([_WEIGHTS[place] for place in OWN_PLACES])
    rows = items.rows
    return Weights(
        own=np.asarray(weights / (1 - counts + counts * words / usual), np.float64),
        usual_title=_mean(rows.words[(rows.documents >= 0) & (rows.pages == 0)]),
        usual_page=_mean(rows.words[(rows.documents >= 0) & (rows.pages > 0)]),
    )


def scores(node: Node, places: tuple[Place, ...], evaluation: Evaluation, weights: Weights) -> Scores:
    """The score of every item, 0 for one that holds no word of the query."""
    total = np.zeros(len(evaluation.items))
    for group in wanted(node, places):
        found = _weighted(group, evaluation, weights)
        holding = np.count_nonzero(found)
        rarity = np.log1p((len(found) - holding + 0.5) / (holding + 0.5))
        total += rarity * _saturated(found)
    return np.round(total, _DECIMALS)


def _weighted(group: tuple[Placed, ...], evaluation: Evaluation, weights: Weights) -> Scores:
    """How much each item has of a group, over all places."""
    items, papers = evaluation.items, list[Occurrences]()
    total = np.zeros(len(items))
    for leaf, places in group:
        for place in places:
            found = evaluation.lookup.occurrences(leaf, place)
            if place == "documents":
                papers.append(found)
            elif len(found.rows):
                holders = items.rows.items[found.rows]
                counted = found.counts * weights.own[holders, OWN_PLACES.index(place)]
                total += np.bincount(holders, weights=counted, minlength=len(items))
    if any(len(found.rows) for found in papers):
        _add_papers(total, papers, items, weights)
    return total


def _add_papers(total: Scores, papers: list[Occurrences], items: Items, weights: Weights) -> None:
    """Add what an item's papers have of a group: its best title and its best page.

    Never their sum: a paper of 300 pages that mentions a thing on many is no more about it than one of a single page.
    """
    rows, counts = summed(papers)
    paged, holders = items.rows.pages[rows] > 0, items.rows.items[rows]
    usual = np.where(paged, weights.usual_page, weights.usual_title)
    # A page of three words is no better than one of usual length: dividers and covers say nothing.
    length = np.maximum(items.rows.words[rows] / usual, 1.0)
    found = _saturated(counts / (1 - _PAPER_LENGTH_COUNTS + _PAPER_LENGTH_COUNTS * length))
    for kind, weight in ((paged, _PAGE_WEIGHT), (~paged, _PAPER_TITLE_WEIGHT)):
        if kind.any():
            starts = firsts_of(holders[kind])
            total[holders[kind][starts]] += weight * np.maximum.reduceat(found[kind], starts)


def _saturated(found: Scores) -> Scores:
    return np.asarray(found * (_SATURATION + 1) / (found + _SATURATION))


def _mean(lengths: Counts) -> float:
    return max(float(lengths.mean()), 1.0) if len(lengths) else 1.0


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
