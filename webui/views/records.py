"""Items, meetings and committees: one record a page, under the name it has at its council."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, abort, make_response, render_template, request

from archive import ScrutinyError
from archive.counting import Within
from archive.days import today_in_london
from archive.ledger import ledgers, missing_meetings
from archive.records import Meeting
from index.results import DocumentHit, SearchRequest
from webui import marks, search_page
from webui.arguments import one_line
from webui.changes_page import chosen
from webui.item_page import item_changes_page, item_history, item_page
from webui.ledger_page import SHORT_MONTHS, committee_row
from webui.meeting_page import meeting_page
from webui.sources import sources

blueprint = Blueprint("records", __name__)


@blueprint.get("/items/<record>")
def item(record: str) -> Response:
    """An agenda item; `q` marks the words of a search, `version` shows an earlier wording."""
    archive, index, settings = sources().archive, sources().index, sources().settings
    entry = archive.entry(record)
    if entry is None:
        return absent(record)
    text, widen = one_line(request.args.get("q", "")), request.args.get("widen") != "no"
    page = item_page(archive, entry, number_asked("version"), marks.spotter(text, settings, widen=widen))
    if page is None:
        abort(404)
    indexed = _indexed_topics(record) if page.shown == page.latest else None
    topics = marks.topics_of(index.topics, page.entry, indexed)
    papers = _papers_found(record, text, widen=widen) if text and page.shown == page.latest else {}
    return make_response(render_template("item.html", page=page, text=text, widen=widen, topics=topics, papers=papers))


@blueprint.get("/items/<record>/changes")
def changes(record: str) -> Response:
    """What differs between two versions of an item, the last two where `from` and `to` do not say which."""
    archive = sources().archive
    entry = archive.entry(record)
    if entry is None:
        return absent(record)
    history = item_history(archive, entry.item)
    try:
        numbers = [version.number for version in history.versions]
        pair = chosen(numbers, number_asked("from"), number_asked("to"))
    except ValueError:
        abort(404)
    page = item_changes_page(history, entry.item, pair)
    return make_response(render_template("changes.html", page=page, entry=entry, borough=entry.borough))


@blueprint.get("/meetings/<record>")
def meeting(record: str) -> Response:
    """A meeting: its items in their printed order, the documents of the meeting as a whole, and its history."""
    archive = sources().archive
    found = archive.meeting(record)
    if found is None:
        return absent(record)
    before, after = _neighbours(found)
    return make_response(
        render_template(
            "meeting.html",
            page=meeting_page(archive, found),
            meeting=found,
            borough=archive.borough(found.borough),
            committee=archive.committee(found.committee) if found.committee else None,
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
    today, within = today_in_london(), Within(boroughs=(found.borough,), committees=(record,))
    ledger = next(iter(ledgers(archive, today, within)), None)
    return make_response(
        render_template(
            "committee.html",
            committee=found,
            borough=archive.borough(found.borough),
            meetings=len(meetings),
            years=years,
            gone=archive.gone_under(record),
            ledger=committee_row(ledger, record),
            alarms=[alarm for alarm in ledger.alarms if alarm.committee == record] if ledger else [],
            missing=missing_meetings(archive, record, today),
            month_names=SHORT_MONTHS,
            result=result,
            topic_choices=search_page.choices(asked, result, "topic"),
        )
    )


def _indexed_topics(item: str) -> tuple[str, ...] | None:
    """The topics under which the index counts an item; None without a sound index: the page does not hang on it."""
    try:
        return sources().index.topics_of(item)
    except (ScrutinyError, OSError):
        return None


def _papers_found(item: str, text: str, *, widen: bool) -> dict[str, DocumentHit]:
    """What a search finds in an item's documents, by their ids; nothing without a sound index, likewise."""
    try:
        return {paper.id: paper for paper in sources().index.papers(item, text, widen=widen) if paper.html}
    except (ScrutinyError, OSError):
        return {}


def absent(record: str) -> Response:
    """What stands where a record does not: why it is withheld, or that there is none."""
    withheld = sources().archive.withheld(record)
    if withheld is None:
        abort(404)
    return make_response(render_template("withheld.html", record=record, withheld=withheld), 410)


def number_asked(name: str) -> int | None:
    """A version's number as an argument; an address with one that cannot be has no page."""
    given = request.args.get(name, "")
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
