"""What does the search page show around its hits? Every filter, tag, order and page as a link; pure.

Facet values are links, not boxes in a form: each is an address that can be shared, and needs no script.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape, unescape

from archive.records import Place
from index.results import SORTS, FacetName, Hit, SearchRequest, SearchResult
from webui.chart import Bar, bars
from webui.dates import long_date
from webui.links import (
    at_page,
    pairs,
    search_url,
    sorted_by,
    toggled,
    values_of,
    without_value,
)

SHOWN_VALUES = 8
FACET_HEADINGS: tuple[tuple[FacetName, str], ...] = (
    ("borough", "Borough"),
    ("topic", "Topic"),
    ("committee", "Committee"),
    ("year", "Year"),
    ("found_in", "Found in"),
)
PLACE_NAMES: dict[Place, str] = {
    "title": "Title",
    "decision": "Decision",
    "minutes": "Minutes",
    "agenda": "Agenda",
    "documents": "Documents",
}
SORT_NAMES = {"relevance": "Best match", "newest": "Newest first", "oldest": "Oldest first"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the search page; `current` where it leads to what is shown already."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet and the address with it chosen, or no longer chosen."""

    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: the values shown at once, those shown on request, and how many are chosen.

    `folded`: its values are shown on request alone.
    """

    name: FacetName
    heading: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]
    chosen: int
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A chosen filter, and the address without it."""

    heading: str
    label: str
    url: str


def with_record_ids(request: SearchRequest, result: SearchResult) -> SearchRequest:
    """The request with committees under their record ids, so that one value has one name in every link.

    A number alone ("308") may mean a committee in several boroughs; it becomes all of those the facet knows.
    """
    known = [value.value for value in result.facets.get("committee", ())]
    ids = [
        id_
        for given in request.committees
        for id_ in ([one for one in known if given.isdigit() and one.endswith(f"-c{given}")] or [given])
    ]
    return replace(request, committees=tuple(dict.fromkeys(ids)))


def facets(request: SearchRequest, result: SearchResult) -> tuple[Facet, ...]:
    """The facets beside the hits, in their fixed order."""
    return tuple(_facet(request, result, name, heading) for name, heading in FACET_HEADINGS)


def tags(request: SearchRequest, result: SearchResult) -> tuple[Tag, ...]:
    """The chosen filters, each with the address of the search without it."""
    chosen = [
        Tag(heading, _chosen_label(result, name, value), search_url(without_value(request, name, value)))
        for name, heading in FACET_HEADINGS
        for value in values_of(request, name)
    ]
    if request.since:
        chosen.append(Tag("From", long_date(request.since), search_url(replace(request, since=None, page=1))))
    if request.until:
        chosen.append(Tag("Until", long_date(request.until), search_url(replace(request, until=None, page=1))))
    if not request.standing:
        chosen.append(Tag("Standing items", "hidden", standing(request).url))
    return tuple(chosen)


def standing(request: SearchRequest) -> Link:
    """The search without standing items, or with them again; `current` where they are hidden."""
    return Link(
        "Hide standing items", search_url(replace(request, standing=not request.standing, page=1)), not request.standing
    )


def year_bars(request: SearchRequest, result: SearchResult) -> tuple[tuple[Bar, str], ...]:
    """The chart of hits by year: each bar with the address that chooses its year, or no longer does."""
    return tuple((bar, search_url(toggled(request, "year", bar.value))) for bar in bars(result.facets.get("year", ())))


def span_of_years(result: SearchResult) -> str:
    """`, 2006 to 2025`: the years that the answer reaches over, to be put behind a count; "" where none is known."""
    known = sorted(year.value for year in result.facets.get("year", ()) if year.value.isdigit() and year.count)
    if not known:
        return ""
    return f", {known[0]}" if known[0] == known[-1] else f", {known[0]} to {known[-1]}"


def orders(request: SearchRequest) -> tuple[Link, ...]:
    """The orders that the hits can stand in. Without words nothing matches better than anything else."""
    offered = [sort for sort in SORTS if request.text or sort != "relevance"]
    current = request.sort if request.sort in offered else "newest"
    return tuple(Link(SORT_NAMES[sort], search_url(sorted_by(request, sort)), sort == current) for sort in offered)


def pages(request: SearchRequest, result: SearchResult) -> tuple[Link | None, ...]:
    """The numbered pages: first, last and those near the one shown, with None for each gap."""
    near = {1, *range(result.page - 2, result.page + 3), result.pages}
    links: list[Link | None] = []
    last = 0
    for number in sorted(number for number in near if 1 <= number <= result.pages):
        if number > last + 1:
            links.append(None)
        links.append(Link(str(number), search_url(at_page(request, number)), number == result.page))
        last = number
    return tuple(links)


def hidden_fields(request: SearchRequest, *without: str) -> list[tuple[str, str]]:
    """What a form of the page must send along so that the other filters stay chosen."""
    return [(name, value) for name, value in pairs(replace(request, page=1)) if name not in without]


def heading(hit: Hit) -> str:
    """A hit's title with its marks, where the index gave a snippet of the whole title; escaped either way."""
    return next((s.html for s in hit.snippets if s.where == "title" and says(s.html, hit.title)), escape(hit.title))


def says(marked: str, text: str) -> bool:
    """Whether marked text is just this text."""
    return unescape(marked.replace("<mark>", "").replace("</mark>", "")) == text


def choices(request: SearchRequest, result: SearchResult, name: FacetName) -> tuple[Choice, ...]:
    """Every value of one facet, in the order the index gives them; years in the order of time, newest first."""
    values = result.facets.get(name, ())
    if name == "year":
        values = tuple(sorted(values, key=lambda one: (one.value.isdigit(), one.value), reverse=True))
    return tuple(
        Choice(one.label, one.count, one.selected, search_url(toggled(request, name, one.value))) for one in values
    )


def _facet(request: SearchRequest, result: SearchResult, name: FacetName, heading: str) -> Facet:
    offered, folded = choices(request, result, name), False
    if name == "committee":
        offered, folded = _committees(offered, result)
    kept = [choice for place, choice in enumerate(offered) if place < SHOWN_VALUES or choice.selected]
    rest = [choice for choice in offered if choice not in kept]
    return Facet(name, heading, tuple(kept), tuple(rest), len(values_of(request, name)), folded)


def _committees(offered: tuple[Choice, ...], result: SearchResult) -> tuple[tuple[Choice, ...], bool]:
    """The committees, and whether they are folded: a hundred of all boroughs are chosen from after a borough.

    Those of one borough alone are called by their own names.
    """
    boroughs = {value.label for value in result.facets.get("borough", ())}
    found = {borough for borough in boroughs for one in offered if one.label.endswith(f", {borough}")}
    if len(found) == 1:
        (borough,) = found
        return tuple(replace(one, label=one.label.removesuffix(f", {borough}")) for one in offered), False
    return offered, bool(offered) and not any(one.selected for one in offered)


def _chosen_label(result: SearchResult, name: FacetName, chosen: str) -> str:
    return next((one.label for one in result.facets.get(name, ()) if one.value == chosen), chosen)
