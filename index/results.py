"""What is asked of a search and what it answers: the fixed face of the index, whatever engine is behind it.

The fields follow the JSON of the design, section 5; their meaning is section 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from archive.records import Place

Sort = Literal["relevance", "newest", "oldest"]
FacetName = Literal["borough", "topic", "committee", "year", "found_in"]

SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
FACETS: tuple[FacetName, ...] = ("borough", "topic", "committee", "year", "found_in")
PER_PAGE = 20
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A query and its filters. Values of one filter are alternatives; filters narrow one another.

    `committees` are record ids or the site's numbers; `years` are "2025" or "unknown"; `since` and
    `until` are inclusive; `page` counts from 1; `widen` False means no thesaurus and no word forms; `standing`
    False leaves out standing items (`index.standing`).
    """

    text: str = ""
    boroughs: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    found_in: tuple[Place, ...] = ()
    since: date | None = None
    until: date | None = None
    sort: Sort = "relevance"
    page: int = 1
    widen: bool = True
    standing: bool = True


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of one place of the item; `html` is escaped text with `<mark>` and nothing else."""

    where: Place
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHit:
    """A document of an item; `page` and `html` are None where the query does not occur in it."""

    id: str
    title: str
    page: int | None = None
    html: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An agenda item that answers the query. What is not known of it is None (or "" for texts)."""

    id: str
    title: str
    number: str
    source_url: str
    borough_slug: str
    borough_name: str
    committee_id: str | None
    committee_name: str | None
    meeting_id: str | None
    meeting_date: date | None
    meeting_status: str
    topics: tuple[str, ...]
    found_in: tuple[Place, ...]
    snippets: tuple[Snippet, ...]
    documents: tuple[DocumentHit, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet; `count` is what the search would give with this value alone in its facet."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Searched:
    """What the borough, committee, year and date filters left to be searched; of items, those that are not hidden.

    `pages` are those with words on them; of `unread` of the documents there is none, and their titles alone stand here.
    """

    items: int
    documents: int
    pages: int
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The answer: how the query was read, the page of hits asked for, and the facets of all of them.

    `words` are the terms to mark on an item's own page (see `index.mark`). `total` is 0 and `warnings`
    says why where a query was refused as too costly: `refused` then, for nothing was looked at. `suggestion` is a query
    that may have been meant by one that found nothing, and does find something with the same filters.
    """

    text: str
    read_as: str
    warnings: tuple[str, ...]
    total: int
    page: int
    pages: int
    per_page: int
    searched: Searched
    hits: tuple[Hit, ...]
    facets: dict[FacetName, tuple[FacetValue, ...]]
    refused: bool = False
    suggestion: str | None = None
