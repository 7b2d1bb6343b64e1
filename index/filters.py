"""Which items do the filters leave? One mask a facet, so that each facet can be counted without its own.

Values of one filter are alternatives; a filter without values leaves everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from archive.records import PLACES, Place
from index.columns import Items
from index.facts import Mask
from index.results import UNKNOWN, FacetName, SearchRequest

Narrowing = FacetName | Literal["dates", "standing"]

_NUMBER = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Filters:
    """The masks of the facets that are columns, of the dates and of standing items, where anything was chosen."""

    masks: dict[Narrowing, Mask]
    items: int

    def all_but(self, *aside: FacetName) -> Mask:
        """What every filter leaves, those of these facets aside."""
        left = np.ones(self.items, np.bool_)
        for name, mask in self.masks.items():
            if name not in aside:
                left &= mask
        return left


def filters_of(request: SearchRequest, items: Items) -> Filters:
    """The filters of a request over these items."""
    masks: dict[Narrowing, Mask] = {}
    if request.boroughs:
        masks["borough"] = items.boroughs.among(request.boroughs)
    if request.topics:
        masks["topic"] = _with_topic(request.topics, items)
    if request.committees:
        masks["committee"] = items.committees.among(committee_values(request.committees, items))
    if request.years:
        masks["year"] = items.years.among(_stored(request.years))
    if request.since or request.until:
        masks["dates"] = _within_dates(request, items)
    if not request.standing:
        masks["standing"] = ~items.standing
    return Filters(masks, len(items))


def places_of(request: SearchRequest) -> tuple[Place, ...]:
    """The places that are looked at."""
    return tuple(place for place in PLACES if not request.found_in or place in request.found_in)


def committee_values(given: tuple[str, ...], items: Items) -> tuple[str, ...]:
    """Committees as the index stores them: `308` stands for that number in any borough."""
    found: list[str] = []
    for value in given:
        if _NUMBER.fullmatch(value):
            found += [name for name in items.committees.names if name.endswith(f"-c{int(value)}")] or [value]
        else:
            found.append(value)
    return _stored(tuple(found))


def _stored(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("" if value == UNKNOWN else value for value in values)


def _with_topic(topics: tuple[str, ...], items: Items) -> Mask:
    mask = np.zeros(len(items), np.bool_)
    mask[items.topic_items[items.topics.among(topics)]] = True
    return mask


def _within_dates(request: SearchRequest, items: Items) -> Mask:
    """A date that is not known is within no dates."""
    mask = np.ones(len(items), np.bool_)
    if request.since is not None:
        mask &= items.days >= request.since.toordinal()
    if request.until is not None:
        mask &= (items.days <= request.until.toordinal()) & (items.days > 0)
    return mask
