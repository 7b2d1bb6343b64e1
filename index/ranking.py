"""Which items come first? BM25F: rare words and an item's own words count for most, its papers' pages for least.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.3. Of the best,
those come first in which words typed together stand together. Standing items (apologies, declarations …) come after
all others; ties are broken newest first. `tests/relevance` holds what this is worth to those who search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.records import PLACES, Place
from index.arrays import Array
from index.columns import Items
from index.evaluate import Evaluation
from index.facts import OWN_PLACES, Codes, Mask
from index.leaves import Placed, wanted
from index.lookup import Holders, summed
from index.neighbours import neighbours
from index.occurrences import firsts_of
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
    """What one occurrence counts for in each item's own texts (one item more, which is that of removed rows).

    And how many occurrences in a row of papers are half of what can be had of them.
    """

    own: Mapping[Place, Scores]
    papers: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Worth:
    """What one word gives, by the items that have it, ascending."""

    items: Codes
    values: Scores

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.items.nbytes + self.values.nbytes


def weights_of(items: Items) -> Weights:
    """The place's weight, tempered by its length in the item."""
    words = items.words[:, [PLACES.index(place) for place in OWN_PLACES]]
    usual = np.maximum(words.sum(axis=0) / np.maximum(np.count_nonzero(words, axis=0), 1), 1.0)
    length = np.maximum(words / usual, _LEAST_LENGTH)
    own = {
        place: _WEIGHTS[place] / (1 - _LENGTH_COUNTS[place] + _LENGTH_COUNTS[place] * length[:, n])
        for n, place in enumerate(OWN_PLACES)
    }
    return Weights({place: np.append(some, 0.0) for place, some in own.items()}, _halves(items))


def _halves(items: Items) -> npt.NDArray[np.float32]:
    rows = items.rows
    paper, paged = rows.documents >= 0, rows.pages > 0
    found = np.zeros(len(paper), np.float32)
    for kind in (paper & paged, paper & ~paged):
        words = rows.words[kind]
        # A page of three words is no better than one of usual length: dividers and covers say nothing.
        length = np.maximum(words / max(float(words.mean()) if len(words) else 1.0, 1.0), 1.0)
        found[kind] = _SATURATION * (1 - _PAPER_LENGTH_COUNTS + _PAPER_LENGTH_COUNTS * length)
    return found


def best(
    node: Node, places: tuple[Place, ...], evaluation: Evaluation, weights: Weights, found: Mask, first: int
) -> Codes:
    """The first so many of the items found, the most relevant first."""
    hits = np.flatnonzero(found)
    scored = scores(node, places, evaluation, weights, hits)
    pairs = neighbours(node)
    if pairs:
        # Nothing is taken away, so that no item changes places with one beyond the candidates: pages stay in order.
        candidates = np.sort(_by_relevance(hits, scored, evaluation.items, _CANDIDATES))
        scored[candidates] += _together(pairs, places, evaluation, weights, hits[candidates])
    return hits[_by_relevance(hits, scored, evaluation.items, first)]


def scores(node: Node, places: tuple[Place, ...], evaluation: Evaluation, weights: Weights, hits: Codes) -> Scores:
    """The score of each of these items, 0 for one that holds no word of the query."""
    total, of_all = np.zeros(len(hits)), np.zeros(len(evaluation.items))
    for group in wanted(node, places):
        worth = evaluation.kept.of(group, partial(_worth_of, group, evaluation, weights))
        of_all[worth.items] = worth.values
        total += of_all[hits]
        of_all[worth.items] = 0
    return np.round(total, _DECIMALS)


def _worth_of(group: Sequence[Placed], evaluation: Evaluation, weights: Weights) -> Worth:
    """How much each item has of one thing, over all places."""
    items, papers = evaluation.items, dict[int, list[Holders]]()
    total = np.zeros(len(items) + 1)
    for place, found in _holders(group, evaluation):
        if place == "documents":
            papers.setdefault(found.base, []).append(found)
            continue
        holders = items.rows.items[found.base :][found.rows]
        counted = found.counts * weights.own[place][holders]
        if found.once:  # so is each item: its own texts are in one row
            total[holders] += counted
        else:
            np.add.at(total, holders, counted)
    if papers:
        whole = (summed(some, len(items.rows.items) - base) for base, some in papers.items())
        _add_papers(total, whole, items, weights)
    having = np.flatnonzero(total[:-1])
    return Worth(having.astype(np.int32), _rarity(len(having), len(items)) * _saturated(total[having]))


def _holders(group: Sequence[Placed], evaluation: Evaluation) -> Iterator[tuple[Place, Holders]]:
    """Where it stands, place by place."""
    for leaf, places in group:
        for place in places:
            for found in evaluation.lookup.holders(leaf, place):
                yield place, found


def _together(
    pairs: Iterable[Near], places: tuple[Place, ...], evaluation: Evaluation, weights: Weights, candidates: Codes
) -> Scores:
    """What the candidates (ascending) gain by words that stand near each other in their own texts, as by a word each.

    Pages are left out: there are ten times as many words in them, and what is near in one decides little.
    """
    items, gained = evaluation.items, np.zeros(len(candidates))
    lookup = evaluation.lookup.within(items.rows.own[candidates].astype(np.int64))
    own = [place for place in places if place in OWN_PLACES]
    for pair in pairs:
        total = np.zeros(len(candidates))
        for place in own:
            for found in lookup.rows(pair, place):
                at = np.searchsorted(candidates, items.rows.items[found.rows])
                np.add.at(total, at, weights.own[place][candidates[at]])
        gained += _TOGETHER_WEIGHT * _rarity(int(np.count_nonzero(total)), len(items)) * _saturated(total)
    return np.round(gained, _DECIMALS)


def _rarity(holding: int, items: int) -> float:
    """What a word counts for that so many hold: the rarer, the more."""
    return float(np.log1p((items - holding + 0.5) / (holding + 0.5)))


def _add_papers(total: Scores, papers: Iterable[Holders], items: Items, weights: Weights) -> None:
    """Add what an item's papers have of a group: its best title and its best page.

    Never their sum: a paper of 300 pages that mentions a thing on many is no more about it than one of a single page.
    """
    page, title = np.zeros(len(total), np.float32), np.zeros(len(total), np.float32)
    for found in (part for whole in papers for part in whole.parts()):
        rows = found.rows + np.int64(found.base)
        counts, holders = found.counts.astype(np.float32), items.rows.items[rows]
        had = counts * np.float32(_SATURATION + 1) / (counts + weights.papers[rows])
        titles = np.flatnonzero(items.rows.pages[rows] == 0)
        _add_best(title, holders[titles], had[titles])
        had[titles] = 0
        _add_best(page, holders, had)
    total += _PAGE_WEIGHT * page.astype(np.float64) + _PAPER_TITLE_WEIGHT * title.astype(np.float64)


def _add_best(best: npt.NDArray[np.float32], holders: Array, had: npt.NDArray[np.float32]) -> None:
    """Raise each item's best (`holders` ascending) to what it has here."""
    starts = firsts_of(holders)
    if len(starts):
        of = holders[starts]
        best[of] = np.maximum(best[of], np.maximum.reduceat(had, starts))


def _saturated(found: Scores) -> Scores:
    return np.asarray(found * (_SATURATION + 1) / (found + _SATURATION))


def ordered(hits: Codes, sort: Sort, items: Items, first: int) -> Codes:
    """The first so many of these items by date; relevance where there are no scores is newest first."""
    ranks = items.oldest if sort == "oldest" else items.newest
    hits = hits[_foremost(ranks[hits], first)]
    return hits[np.argsort(ranks[hits])][:first]


def _by_relevance(hits: Codes, scored: Scores, items: Items, first: int) -> Codes:
    """Where the first so many of these items by their scores stand among them, best first."""
    standing = items.standing[hits]
    at = _foremost(np.where(standing, np.inf, -scored), first)
    return np.asarray(at[np.lexsort((items.newest[hits[at]], -scored[at], standing[at]))][:first])


def _foremost(ranks: npt.NDArray[Any], first: int) -> Codes:
    """Where at least the first so many by these ranks stand, with all that are equal to the last of them."""
    if first >= len(ranks):
        return np.arange(len(ranks))
    return np.flatnonzero(ranks <= np.partition(ranks, first)[first])
