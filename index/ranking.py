"""Which items come first? BM25F: rare words and an item's own words count for most, its papers' pages for least.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.3. Of the best,
those come first in which words typed together stand together. Standing items (apologies, declarations …) come after
all others; ties are broken newest first. `tests/relevance` holds what this is worth to those who search.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.records import PLACES, Place
from index.columns import Items
from index.evaluate import Evaluation
from index.facts import OWN_PLACES, Codes, Counts, Mask
from index.leaves import wanted
from index.lookup import Occurrences, firsts_of, summed
from index.neighbours import neighbours
from index.results import Sort
from index.tree import Near, Node

Scores = npt.NDArray[np.float64]

_WEIGHTS: dict[Place, float] = {"title": 5.0, "decision": 2.5, "minutes": 2.0, "agenda": 1.5}
# How far a text's length counts against it: a long title is no fault, a long agenda text may mention anything.
_LENGTH_COUNTS: dict[Place, float] = {"title": 0.3, "decision": 0.7, "minutes": 0.75, "agenda": 0.7}
# Nor is shortness a merit: two lines that only name a thing gain no more than three quarters of a usual text.
_LEAST_LENGTH = 0.75
# Of a page, this times (1 + saturation) is the most: less than one mention in an agenda text of usual length.
_PAPER_TITLE_WEIGHT, _PAGE_WEIGHT = 1.0, 0.6
_PAPER_LENGTH_COUNTS = 0.8
_SATURATION = 1.2
# What standing together counts for, beside a word; and among how many of the best it is looked for.
_TOGETHER_WEIGHT, _CANDIDATES = 0.25, 200
_DECIMALS = 9  # what adding up in another order can change is below this


@dataclass(frozen=True, slots=True)
class Weights:
    """What one occurrence counts for in each item's own texts, and how long papers' texts usually are."""

    own: Mapping[Place, Scores]
    usual_title: float
    usual_page: float


def weights_of(items: Items) -> Weights:
    """The place's weight, tempered by its length in the item."""
    words = items.words[:, [PLACES.index(place) for place in OWN_PLACES]]
    usual = np.maximum(words.sum(axis=0) / np.maximum(np.count_nonzero(words, axis=0), 1), 1.0)
    rows, length = items.rows, np.maximum(words / usual, _LEAST_LENGTH)
    return Weights(
        own={
            place: _WEIGHTS[place] / (1 - _LENGTH_COUNTS[place] + _LENGTH_COUNTS[place] * length[:, n])
            for n, place in enumerate(OWN_PLACES)
        },
        usual_title=_mean(rows.words[(rows.documents >= 0) & (rows.pages == 0)]),
        usual_page=_mean(rows.words[(rows.documents >= 0) & (rows.pages > 0)]),
    )


def best(
    node: Node, places: tuple[Place, ...], evaluation: Evaluation, weights: Weights, found: Mask, first: int
) -> Codes:
    """The first so many of the items found, the most relevant first."""
    scored = scores(node, places, evaluation, weights)
    pairs = neighbours(node)
    if pairs:
        # Nothing is taken away, so that no item changes places with one beyond the candidates: pages stay in order.
        candidates = ordered(found, "relevance", scored, evaluation.items, _CANDIDATES)
        scored[candidates] += _together(pairs, places, evaluation, weights, candidates)[candidates]
    return ordered(found, "relevance", scored, evaluation.items, first)


def scores(node: Node, places: tuple[Place, ...], evaluation: Evaluation, weights: Weights) -> Scores:
    """The score of every item, 0 for one that holds no word of the query."""
    total, lookup = np.zeros(len(evaluation.items)), evaluation.lookup
    for group in wanted(node, places):
        found = [(place, lookup.occurrences(leaf, place)) for leaf, places in group for place in places]
        total += _worth(_weighted(found, evaluation.items, weights))
    return np.round(total, _DECIMALS)


def _together(
    pairs: Iterable[Near], places: tuple[Place, ...], evaluation: Evaluation, weights: Weights, candidates: Codes
) -> Scores:
    """What the candidates gain by words that stand near each other in their own texts, each pair rated as a word is.

    Pages are left out: there are ten times as many words in them, and what is near in one decides little.
    """
    total = np.zeros(len(evaluation.items))
    lookup = evaluation.lookup.within(evaluation.items.rows_of(candidates))
    own = [place for place in places if place in OWN_PLACES]
    for pair in pairs:
        rows = [(place, lookup.rows(pair, place)) for place in own]
        found = [(place, Occurrences(each, np.ones(len(each), np.int64))) for place, each in rows]
        total += _TOGETHER_WEIGHT * _worth(_weighted(found, evaluation.items, weights))
    return np.round(total, _DECIMALS)


def _worth(found: Scores) -> Scores:
    """The part of the score that one word gives: the rarer, the more."""
    holding = np.count_nonzero(found)
    return np.asarray(np.log1p((len(found) - holding + 0.5) / (holding + 0.5)) * _saturated(found))


def _weighted(occurrences: Iterable[tuple[Place, Occurrences]], items: Items, weights: Weights) -> Scores:
    """How much each item has of one thing, over all places."""
    papers, total = list[Occurrences](), np.zeros(len(items))
    for place, found in occurrences:
        if place == "documents":
            papers.append(found)
        elif len(found.rows):
            holders = items.rows.items[found.rows]
            counted = found.counts * weights.own[place][holders]
            if found.once:  # so is each item: its own texts are in one row
                total[holders] += counted
            else:
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
        hits = _foremost(hits, np.where(items.standing[hits], np.inf, -scored[hits]), first)
        keys = (items.newest[hits], -scored[hits], items.standing[hits])
        return hits[np.lexsort(keys)][:first]
    ranks = items.oldest if sort == "oldest" else items.newest
    hits = _foremost(hits, ranks[hits], first)
    return hits[np.argsort(ranks[hits])][:first]


def _foremost(hits: Codes, ranks: npt.NDArray[Any], first: int) -> Codes:
    """At least the first so many of these by their ranks, in no order, with all that are equal to the last of them."""
    if first >= len(hits):
        return hits
    return np.asarray(hits[ranks <= np.partition(ranks, first)[first]])
