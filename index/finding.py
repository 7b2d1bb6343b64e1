"""Finding: which items answer a request, in what order, and what each facet counts. Nothing is read of the archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from archive.records import PLACES
from index.costing import Bounds, refusal
from index.evaluate import Evaluation
from index.facets import Labels, Question, facets_of
from index.facts import Codes, Mask
from index.filters import Filters, filters_of, places_of
from index.language import QueryReading
from index.ranking import best, ordered
from index.results import PER_PAGE, FacetName, FacetValue, Searched, SearchRequest
from index.snapshot import Snapshot
from index.tree import Everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a request finds in one state of the index; `ids` are the items of the page asked for, in their order.

    `refused` says why nothing was looked at, where that is so.
    """

    reading: QueryReading
    refused: str | None
    question: Question
    total: int
    page: Codes
    facets: dict[FacetName, tuple[FacetValue, ...]]
    searched: Searched

    @property
    def ids(self) -> tuple[str, ...]:
        """The items of the page."""
        return tuple(self.numbers)

    @property
    def numbers(self) -> Mapping[str, int]:
        """The same with their numbers in this state of the index."""
        return {self.question.evaluation.items.ids[item]: item for item in self.page.tolist()}


def find(request: SearchRequest, reading: QueryReading, snapshot: Snapshot, labels: Labels, bounds: Bounds) -> Found:
    """What answers the request, whose text was read so."""
    refused = reading.refused or refusal(reading.node, PLACES, snapshot.postings, bounds)
    question = Question(
        request=request,
        node=None if refused else reading.node,
        places=places_of(request),
        filters=filters_of(request, snapshot.items),
        evaluation=Evaluation(snapshot.postings, snapshot.items, bounds.terms, snapshot.kept),
    )
    found = question.found(question.places)
    hits = found & question.filters.all_but()
    return Found(
        reading=reading,
        refused=refused,
        question=question,
        total=int(np.count_nonzero(hits)),
        page=_page(question, hits, snapshot),
        facets=facets_of(question, found, labels),
        searched=_searched(snapshot, question.filters),
    )


def _page(question: Question, found: Mask, snapshot: Snapshot) -> Codes:
    """The items of the page asked for, in order; none beyond the last page."""
    first = (max(question.request.page, 1) - 1) * PER_PAGE
    if question.node is None or first >= np.count_nonzero(found):
        return np.empty(0, np.int64)
    wanted = first + PER_PAGE
    if question.request.sort == "relevance" and not isinstance(question.node, Everything):
        return best(question.node, question.places, question.evaluation, snapshot.weights, found, wanted)[first:]
    return ordered(np.flatnonzero(found), question.request.sort, snapshot.items, wanted)[first:]


def _searched(snapshot: Snapshot, filters: Filters) -> Searched:
    """What there was to be searched: topics and places say something of the answer, not of what was asked."""
    if filters.masks.keys() <= {"topic"}:
        return snapshot.searched
    return snapshot.items.searched(filters.all_but("topic"))
