"""Which address stands for which search? Every filter, page and order of the site is a link that can be shared.

One search has one address: arguments in the order of `arguments.ARGUMENTS`, defaults left out.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from index.results import FacetName, SearchRequest, Sort

FIELDS: dict[FacetName, str] = {
    "borough": "boroughs",
    "topic": "topics",
    "committee": "committees",
    "year": "years",
    "found_in": "found_in",
}


def pairs(request: SearchRequest) -> list[tuple[str, str]]:
    """The arguments of a search, without those that say what is meant anyway."""
    several = [(facet, value) for facet, field in FIELDS.items() for value in getattr(request, field)]
    single = [
        ("since", request.since.isoformat() if request.since else ""),
        ("until", request.until.isoformat() if request.until else ""),
        ("sort", request.sort if request.sort != "relevance" else ""),
        ("page", str(request.page) if request.page > 1 else ""),
        ("widen", "" if request.widen else "no"),
        ("standing", "" if request.standing else "no"),
    ]
    return [pair for pair in [("q", request.text), *several, *single] if pair[1]]


def search_url(request: SearchRequest, path: str = "/") -> str:
    """The address of a search; `path` may be another view of it ("/search.csv")."""
    arguments = urlencode(pairs(request))
    return f"{path}?{arguments}" if arguments else path


def values_of(request: SearchRequest, facet: FacetName) -> tuple[str, ...]:
    """What is chosen in one facet."""
    values: tuple[str, ...] = getattr(request, FIELDS[facet])
    return values


def with_value(request: SearchRequest, facet: FacetName, value: str) -> SearchRequest:
    """The search with one more value allowed in a facet, from its first page."""
    return _with_values(request, facet, tuple(dict.fromkeys((*values_of(request, facet), value))))


def without_value(request: SearchRequest, facet: FacetName, value: str) -> SearchRequest:
    """The search with one value less in a facet, from its first page."""
    return _with_values(request, facet, tuple(kept for kept in values_of(request, facet) if kept != value))


def toggled(request: SearchRequest, facet: FacetName, value: str) -> SearchRequest:
    """The search with a value chosen if it was not, and the other way round."""
    change = without_value if value in values_of(request, facet) else with_value
    return change(request, facet, value)


def at_page(request: SearchRequest, page: int) -> SearchRequest:
    """The same search, another page."""
    return replace(request, page=page)


def sorted_by(request: SearchRequest, sort: Sort) -> SearchRequest:
    """The same search in another order, from its first page."""
    return replace(request, sort=sort, page=1)


def unfiltered(request: SearchRequest) -> SearchRequest:
    """The same words, in every place and time."""
    return SearchRequest(text=request.text, sort=request.sort, widen=request.widen)


def is_filtered(request: SearchRequest) -> bool:
    """Whether anything but the words narrows the search."""
    dates = request.since is not None or request.until is not None
    return dates or not request.standing or any(values_of(request, facet) for facet in FIELDS)


def item_url(item_id: str, text: str = "", *, widen: bool = True) -> str:
    """An item's page; with the words of a search, so that they are marked on it."""
    arguments = [("q", text)] * bool(text) + [("widen", "no")] * (bool(text) and not widen)
    return f"/items/{item_id}" + (f"?{urlencode(arguments)}" if arguments else "")


def document_url(document_id: str, page: int | None = None) -> str:
    """A document's page, at one of its pages where that is known: the form that the design fixes."""
    return f"/documents/{document_id}" + (f"#page-{page}" if page is not None else "")


def page_url(
    document_id: str,
    page: int | None = None,
    text: str = "",
    *,
    widen: bool = True,
    version: int | None = None,
    landing: bool = False,
) -> str:
    """The same for readers: with the page as an argument too, so that a document too long for one page of ours opens
    at it, with the words of a search to be marked, and with the version where it is not the newest. `landing` leads to
    the first of the marks on the page: a page may be higher than a screen."""
    arguments = [("page", page), ("q", text), ("widen", "no" if text and not widen else ""), ("version", version)]
    query = urlencode([(name, value) for name, value in arguments if value])
    anchor = f"#page-{page}{'-marked' if landing and text else ''}" if page else ""
    return f"/documents/{document_id}" + (f"?{query}" if query else "") + anchor


def version_url(record_url: str, version: int, newest: int) -> str:
    """A record's page in one of its versions; the newest has no other address than the record's own."""
    return record_url if version == newest else f"{record_url}?version={version}"


def changes_url(record_url: str, first: int, second: int) -> str:
    """The page that compares two versions of a record."""
    return f"{record_url}/changes?{urlencode([('from', first), ('to', second)])}"


def _with_values(request: SearchRequest, facet: FacetName, values: tuple[str, ...]) -> SearchRequest:
    changes: dict[str, tuple[str, ...]] = {FIELDS[facet]: values}
    return replace(request, page=1, **changes)  # type: ignore[arg-type]  # FIELDS names tuples alone
