"""Items, meetings, committees and documents: one record a page, under the name it has at its council."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, abort, make_response, render_template, request

from archive.records import Capture, Meeting
from index.results import SearchRequest
from webui import marks, search_page
from webui.arguments import one_line
from webui.errors import error_page
from webui.headers import as_download
from webui.item_page import item_page
from webui.sources import sources

blueprint = Blueprint("records", __name__)

SUFFIXES = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
"""What is kept under which ending; everything else is served as bytes without a kind."""


@blueprint.get("/items/<record>")
def item(record: str) -> Response:
    """An agenda item; `q` marks the words of a search, `version` shows an earlier wording."""
    archive, index, settings = sources().archive, sources().index, sources().settings
    entry = archive.entry(record)
    if entry is None:
        return absent(record)
    text, widen = one_line(request.args.get("q", "")), request.args.get("widen") != "no"
    page = item_page(archive, entry, _version(), marks.spotter(text, settings, widen=widen))
    if page is None:
        abort(404)
    topics = marks.topics_of(index.topics, page.entry)
    return make_response(render_template("item.html", page=page, text=text, topics=topics))


@blueprint.get("/meetings/<record>")
def meeting(record: str) -> Response:
    """A meeting: its items in their printed order, and the documents of the meeting as a whole."""
    archive = sources().archive
    found = archive.meeting(record)
    if found is None:
        return absent(record)
    before, after = _neighbours(found)
    return make_response(
        render_template(
            "meeting.html",
            meeting=found,
            borough=archive.borough(found.borough),
            committee=archive.committee(found.committee) if found.committee else None,
            items=archive.items(record),
            evidence=archive.evidence(record),
            before=before,
            after=after,
        )
    )


@blueprint.get("/committees/<record>")
def committee(record: str) -> Response:
    """A committee: its meetings, newest first, by year."""
    archive = sources().archive
    found = archive.committee(record)
    if found is None:
        return absent(record)
    meetings = archive.meetings(record)
    years = [(year, tuple(run)) for year, run in groupby(meetings, lambda m: m.date.year if m.date else None)]
    asked = SearchRequest(committees=(record,))
    result = sources().index.search(asked)
    return make_response(
        render_template(
            "committee.html",
            committee=found,
            borough=archive.borough(found.borough),
            meetings=len(meetings),
            years=years,
            result=result,
            topic_choices=search_page.choices(asked, result, "topic"),
        )
    )


@blueprint.get("/documents/<record>")
def document(record: str) -> Response:
    """A document: where it is listed, where it came from, and whether its bytes are kept."""
    archive = sources().archive
    found = archive.document(record)
    if found is None:
        return absent(record)
    places = archive.places(record)
    return make_response(
        render_template(
            "document.html",
            document=found,
            borough=archive.borough(found.borough),
            entries=archive.entries(places),
            meetings=[meeting for place in places if (meeting := archive.meeting(place))],
            file=archive.document_file(record),
        )
    )


@blueprint.get("/documents/<record>/file")
def file(record: str) -> Response:
    """The bytes of a document as they were retrieved, to be saved and not shown."""
    archive = sources().archive
    found = archive.document(record)
    if found is None:
        return absent(record)
    kept = archive.document_file(record)
    if kept is None:
        return error_page(
            404, f"The file of “{found.title}” is not kept here. Its page links to the council's own copy."
        )
    media_type = _media_type(kept)
    response = make_response(archive.blobs.get(kept.sha256))
    response.headers["Content-Type"] = media_type if media_type in SUFFIXES else "application/octet-stream"
    return as_download(response, found.title, SUFFIXES.get(media_type, ""))


def absent(record: str) -> Response:
    """What stands where a record does not: why it is withheld, or that there is none."""
    withheld = sources().archive.withheld(record)
    if withheld is None:
        abort(404)
    return make_response(render_template("gone.html", record=record, withheld=withheld), 410)


def _version() -> int | None:
    """The version asked for; an address with none that can be one has no page."""
    given = request.args.get("version", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 7):
        abort(404)
    return int(given)


def _neighbours(meeting: Meeting) -> tuple[Meeting | None, Meeting | None]:
    """The meetings of the committee before and after this one."""
    meetings = sources().archive.meetings(meeting.committee) if meeting.committee else ()
    place = next((place for place, other in enumerate(meetings) if other.id == meeting.id), None)
    if place is None:
        return None, None
    return meetings[place + 1] if place + 1 < len(meetings) else None, meetings[place - 1] if place else None


def _media_type(kept: Capture) -> str:
    headers = {name.lower(): value for name, value in kept.headers}
    return headers.get("content-type", "").partition(";")[0].strip().lower()
