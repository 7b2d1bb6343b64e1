"""What does a result list hold as a table? One row an item, as CSV (RFC 4180) that a spreadsheet can open safely.

A cell that a spreadsheet would take for a formula gets a leading apostrophe (OWASP ASVS 5.0, 1.2.10).
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from index.results import Hit, SearchRequest, SearchResult
from webui.answers import item_answer
from webui.links import item_url

COLUMNS = (
    "id", "borough", "committee", "date", "status", "number", "title", "topics",
    "found in", "passages", "documents", "address", "source",
)  # fmt: skip
BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads UTF-8 as Windows-1252 and every pound sign is two characters
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
_MARK = re.compile(r"</?mark>")


def all_hits(search: Callable[[SearchRequest], SearchResult], request: SearchRequest, most: int) -> Iterator[Hit]:
    """The hits of every page of a search from the first, up to `most`."""
    page, given = 1, 0
    while True:
        result = search(replace(request, page=page))
        yield from result.hits[: most - given]
        given += len(result.hits)
        if page >= result.pages or given >= most or not result.hits:
            return
        page += 1


def export_lines(search: Callable[[SearchRequest], SearchResult], request: SearchRequest, form: str) -> Iterator[str]:
    """All that a search finds, as "csv", or as "json": the list of the site's items, one on a line."""
    hits = all_hits(search, request, sys.maxsize)
    if form == "csv":
        yield from csv_lines(hits)
        return
    yield "["
    for place, hit in enumerate(hits):
        yield ("," if place else "") + "\n" + json.dumps(item_answer(hit), ensure_ascii=False)
    yield "\n]\n"


def csv_lines(hits: Iterable[Hit], site: str = "") -> Iterator[str]:
    """The table, a line at a time, its header first; `site` is put before the addresses of items."""
    yield csv_line(COLUMNS)
    for hit in hits:
        yield csv_line(_row(hit, site))


def csv_line(cells: Iterable[str]) -> str:
    """One record, quoted where it must be, ended as RFC 4180 says."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; NUL, which no reader of CSV bears, is left out."""
    guarded = f"'{cell}" if cell.startswith(_FORMULA) else cell
    return guarded.replace("\x00", "")


def _row(hit: Hit, site: str) -> tuple[str, ...]:
    passages = [f"{snippet.where}: {_plain(snippet.html)}" for snippet in hit.snippets]
    passages += [
        f"documents: {paper.title}, page {paper.page}: {_plain(paper.html)}"
        for paper in hit.documents
        if paper.html and paper.page is not None
    ]
    return (
        hit.id,
        hit.borough_name,
        hit.committee_name or "",
        hit.meeting_date.isoformat() if hit.meeting_date else "",
        hit.meeting_status,
        hit.number,
        hit.title,
        "; ".join(hit.topics),
        "; ".join(hit.found_in),
        "\n".join(passages),
        "\n".join(document.title for document in hit.documents),
        site + item_url(hit.id),
        hit.source_url,
    )


def _plain(marked: str) -> str:
    return html.unescape(_MARK.sub("", marked))
