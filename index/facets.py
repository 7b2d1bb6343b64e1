"""What would each value of a facet bring? Counted over arrays of codes, each facet without its own selection.

Values come by count, then label. The borough facet lists every borough held; the others what is found or chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from archive.records import PLACES, Place
from index.columns import Items
from index.evaluate import Evaluation
from index.facts import Codes, Column, Mask
from index.filters import Filters, committee_values
from index.results import UNKNOWN, FacetName, FacetValue, SearchRequest
from index.tree import Node

PLACE_LABELS: Mapping[str, str] = {
    "title": "Title",
    "decision": "Decision",
    "minutes": "Minutes",
    "agenda": "Agenda",
    "documents": "Documents",
}
_UNKNOWN_LABELS: Mapping[FacetName, str] = {"year": "Date not known", "committee": "Committee not known"}


@dataclass(frozen=True, slots=True)
class Labels:
    """What values are called; a value without a name is called by itself."""

    boroughs: Mapping[str, str]
    committees: Mapping[str, str]
    topics: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that the counts depend on. `node` is None where the query was refused: then nothing is found."""

    request: SearchRequest
    node: Node | None
    places: tuple[Place, ...]
    filters: Filters
    evaluation: Evaluation

    def found(self, places: tuple[Place, ...]) -> Mask:
        """The items that answer the query on these places, filters aside."""
        if self.node is None:
            return np.zeros(len(self.evaluation.items), np.bool_)
        return self.evaluation.answers(self.node, places)


def facets_of(question: Question, found: Mask, labels: Labels) -> dict[FacetName, tuple[FacetValue, ...]]:
    """Every facet. `found` is what answers the query on the places looked at, filters aside."""
    request, items, filters = question.request, question.evaluation.items, question.filters
    everywhere = np.flatnonzero(found & filters.all_but())

    def counted(facet: FacetName) -> Codes:
        return np.flatnonzero(found & filters.all_but(facet)) if facet in filters.masks else everywhere

    boroughs = dict.fromkeys(labels.boroughs, 0) | _count(items.boroughs, counted("borough"))
    topics = _count(items.topics, items.topics_at(counted("topic")))
    committees = _count(items.committees, counted("committee"))
    years = _count(items.years, counted("year"))
    places = _count_places(question)
    return {
        "borough": _values("borough", boroughs, request.boroughs, labels.boroughs),
        "topic": _values("topic", topics, request.topics, labels.topics),
        "committee": _values("committee", committees, _chosen_committees(request, items), labels.committees),
        "year": _values("year", years, request.years, {}),
        "found_in": _values("found_in", places, request.found_in, PLACE_LABELS),
    }


def places_found(question: Question, hits: Iterable[int]) -> dict[int, tuple[Place, ...]]:
    """Of each of these items, the places that answer the query alone."""
    masks = {place: question.found((place,)) for place in PLACES}
    return {hit: tuple(place for place in PLACES if masks[place][hit]) for hit in hits}


def _count(column: Column, counted: Codes) -> dict[str, int]:
    counts = np.bincount(column.codes[counted], minlength=len(column.names)).tolist()
    return {name or UNKNOWN: count for name, count in zip(column.names, counts, strict=True) if count}


def _count_places(question: Question) -> dict[str, int]:
    left = question.filters.all_but()
    counts = [(place, int(np.count_nonzero(question.found((place,)) & left))) for place in PLACES]
    return {place: count for place, count in counts if count}


def _chosen_committees(request: SearchRequest, items: Items) -> tuple[str, ...]:
    return tuple(value or UNKNOWN for value in committee_values(request.committees, items))


def _values(
    facet: FacetName, counts: Mapping[str, int], chosen: Iterable[str], labels: Mapping[str, str]
) -> tuple[FacetValue, ...]:
    selected = set(chosen)
    values = [
        FacetValue(value, _label(facet, value, labels), counts.get(value, 0), value in selected)
        for value in {*counts, *selected}
    ]
    return tuple(sorted(values, key=lambda one: (-one.count, one.label, one.value)))


def _label(facet: FacetName, value: str, names: Mapping[str, str]) -> str:
    return _UNKNOWN_LABELS.get(facet, value) if value == UNKNOWN else names.get(value, value)
