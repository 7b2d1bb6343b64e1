"""The search: as a page, as JSON and as CSV, all three from the same arguments."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, render_template, request

from archive.days import today_in_london
from archive.ledger import meeting_tallies
from index.results import Hit, SearchRequest, SearchResult
from webui import exports, search_page, searching
from webui.answers import render_json
from webui.arguments import ARGUMENTS, Asked, read_arguments
from webui.denominator import Denominator, denominator, within
from webui.errors import error_page
from webui.links import is_filtered, search_url, unfiltered
from webui.marks import widening_matters
from webui.sources import sources, topic_names

blueprint = Blueprint("search", __name__)

START_ITEMS = 8
_TABLE, _NOT_SEARCHED = "scrutiny-archive.csv", "not-searched-"


@dataclass(frozen=True, slots=True)
class Found:
    """A search as it was answered: the request with its committees' full names, and what there is to say of it."""

    request: SearchRequest
    result: SearchResult


def find(asked: Asked) -> Found:
    """Search, and add to the answer's warnings what was wrong with the address."""
    result = searching.search(sources().archive, sources().index, asked.request)
    result = replace(result, warnings=(*asked.notices, *result.warnings))
    return Found(search_page.with_record_ids(replace(asked.request, page=result.page), result), result)


@blueprint.get("/")
def page() -> str:
    """The search page; without any argument it begins with what this archive is."""
    found = find(read_arguments(request.args))
    start = not any(name in request.args for name in ARGUMENTS)
    return render_template(
        "search.html",
        asked=found.request,
        result=found.result,
        hits=newest_of_substance(found.result) if start else found.result.hits,
        start=start,
        page=search_page,
        named=searching.reference(sources().archive, found.request),
        looked=None if found.result.total else looked_at(found.request),
        filtered=is_filtered(found.request),
        everywhere=search_url(unfiltered(found.request)),
        widening=widening_matters(found.request.text, sources().settings),
        rewidened=search_url(replace(found.request, widen=not found.request.widen, page=1)),
        suggested=search_url(replace(found.request, text=found.result.suggestion or "", page=1)),
        csv_url=search_url(replace(found.request, page=1), "/search.csv"),
        json_url=search_url(found.request, "/api/v1/search"),
        topics=sources().index.topics,
        topic_names=topic_names(),
        most_rows=sources().settings.export_max_rows,
    )


@blueprint.get("/api/v1/search")
def api() -> Response:
    """The JSON of the design, section 5. An address that cannot be read is refused: no script sees a notice."""
    asked = read_arguments(request.args)
    if asked.notices:
        return error_page(400, " ".join(asked.notices))
    return Response(render_json(find(asked).result), content_type="application/json; charset=utf-8")


@blueprint.get("/search.csv")
def table() -> Response:
    """The whole result list as CSV, up to the setting `EXPORT_MAX_ROWS`; `X-Total-Count` says how many there are.

    Of a refused query (200, as the design says) the file's name tells that it is no answer, `X-Not-Searched` why.
    """
    asked = read_arguments(request.args)
    if asked.notices:
        return error_page(400, " ".join(asked.notices))
    first = find(asked).result
    hits = exports.all_hits(sources().index.search, asked.request, sources().settings.export_max_rows)
    # Made whole before it is sent: a fault half way must not leave a table that looks complete.
    table = exports.BYTE_ORDER_MARK + "".join(exports.csv_lines(hits, request.url_root.rstrip("/")))
    response = make_response(table)
    response.headers["Content-Type"] = "text/csv; charset=utf-8; header=present"
    response.headers["Content-Disposition"] = f'attachment; filename="{_NOT_SEARCHED * first.refused}{_TABLE}"'
    response.headers["X-Total-Count"] = str(first.total)
    if first.refused:
        response.headers["X-Not-Searched"] = " ".join(first.warnings).encode("ascii", "replace").decode()
    return response


def newest_of_substance(everything: SearchResult) -> tuple[Hit, ...]:
    """For a first visit: the newest items that stand under a topic, not apologies and declarations; else the newest."""
    topics = tuple(value.value for value in everything.facets["topic"])
    found = sources().index.search(SearchRequest(topics=topics)) if topics else everything
    return found.hits[:START_ITEMS]


def looked_at(asked: SearchRequest) -> Denominator:
    """Of how many meetings it is said that they hold no answer, and what was not looked at."""
    archive = sources().archive
    months = meeting_tallies(archive, today_in_london(), within(asked))
    behind = sources().index.sequence < archive.sequence()
    return denominator(months, archive.endings(), asked, behind=behind)
