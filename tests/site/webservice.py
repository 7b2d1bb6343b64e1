"""What does `mgWebService.asmx` answer? The same council as its pages, as escaped HTML in oddly spaced XML.

The structure is Manchester's: the reference on ModernGov, section 5. Lines end in CRLF, empty elements hold a newline
and spaces, counts begin with a space, flags are True and False, and no address can be trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from xml.sax.saxutils import escape

from archive.records import Text
from tests.site import changes
from tests.site.council import PretendBorough, PretendCommittee, PretendDocument, PretendItem, PretendMeeting
from tests.site.dates import clock
from tests.site.entities import vendor
from tests.site.published import heading, visible
from tests.site.word import manner_of, word_part

XML = "text/xml; charset=utf-8"
ROOTS = {"getcommittees": "committees", "getmeetings": "getmeetings", "getmeeting": "meeting"}
NEEDED = {"getmeetings": ("lCommitteeId", "sFromDate", "sToDate"), "getmeeting": ("lMeetingId",)}
BROKEN = """
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html lang="en-us" dir="ltr"><head><meta name="progid" content="SharePoint.WebPartPage.Document" />
<title>

	Error

</title></head><body><p><span id="errorPageTitleSpan">Error</span></p><p>An unexpected error has occurred.</p>
<script type="text/javascript">
// <![CDATA[
document.title = "Error";
// ]]>
</script></body></html>
"""

Lines = Iterator[str]


def service_answer(borough: PretendBorough, call: str, asked: Mapping[str, str]) -> tuple[int, str, str]:
    """Status, type and text of an answer; `call` and the names of what is asked are in small letters.

    Raises KeyError where there is no web service, or no such call.
    """
    state, root = borough.habits.service, ROOTS[call]
    if state == "off":
        raise KeyError(call)
    if state == "refused":
        return 403, "text/html", "<html><body><h2>403 - Forbidden: Access is denied.</h2></body></html>"
    if state == "broken":
        return 200, "text/html; charset=utf-8", BROKEN
    missing = [name for name in NEEDED.get(call, ()) if name.lower() not in asked]
    if missing:
        return 500, "text/plain", f"Missing parameter: {missing[0]}.\r\n"
    inner = _CALLS[call](borough, asked) if state == "on" else iter(())
    lines = ['<?xml version="1.0" encoding="utf-8"?>', *branch(root, inner)]
    return 200, XML, "\r\n".join("\r\n".join(lines).splitlines())


def indented(lines: Iterable[str]) -> Lines:
    """The lines of elements within another; texts of several lines stay as they are, but for their first."""
    return (f"  {line}" for line in lines)


def leaf(name: str, value: object = "") -> str:
    """An element with a value, or an empty one as the service writes it. A flag is True or False."""
    return f"<{name}>{escape(str(value))}</{name}>" if value != "" else f"<{name}>\n  </{name}>"


def branch(name: str, lines: Iterable[str]) -> Lines:
    """An element with others in it."""
    return iter([f"<{name}>", *indented(lines), f"</{name}>"])


def _committees(borough: PretendBorough, _asked: Mapping[str, str]) -> Lines:
    """All of them, the expired ones and one that was deleted, which the pages know nothing of."""
    yield leaf("committeescount", f" {len(borough.committees) + 1}")
    for each in borough.committees:
        yield from _committee(borough, each.cid, each.name, each.category, expired=each.expired)
    unused = max(each.cid for each in borough.committees) + 1
    yield from _committee(borough, unused, "Entered by mistake", "Council", deleted=True)


def _committee(
    borough: PretendBorough, cid: int, name: str, category: str, *, expired: bool = False, deleted: bool = False
) -> Lines:
    lines = [leaf("committeeid", cid), _title(borough, "committeetitle", name)]
    lines += [leaf("committeedeleted", deleted), leaf("committeeexpired", expired)]
    return branch("committee", [*lines, _title(borough, "committeecategory", category)])


def _meetings(borough: PretendBorough, asked: Mapping[str, str]) -> Lines:
    cid = int(asked["lcommitteeid"])
    listed = [each for each in borough.committees if cid in (0, each.cid)]
    held = {each.cid: _held(borough, each, asked) for each in listed}
    yield leaf("meetingscount", f" {sum(len(meetings) for meetings in held.values())}")
    yield leaf("committeescount", f" {len(listed)}")
    for each in listed:
        lines = [leaf("committeeid", each.cid), _title(borough, "committeetitle", each.name)]
        lines += [leaf("committeemeetingcount", f" {len(held[each.cid])}")]
        lines += branch("committeemeetings", (line for m in held[each.cid] for line in branch("meeting", _listed(m))))
        yield from branch("committee", lines)


def _held(borough: PretendBorough, committee: PretendCommittee, asked: Mapping[str, str]) -> list[PretendMeeting]:
    since, until = (datetime.strptime(asked[name], "%d/%m/%Y").date() for name in ("sfromdate", "stodate"))  # noqa: DTZ007
    every = borough.habits.service_dates == "ignored"
    return [meeting for meeting in committee.meetings if every or since <= meeting.date <= until]


def _listed(meeting: PretendMeeting) -> Lines:
    yield leaf("meetingid", meeting.mid)
    yield leaf("meetingdate", _day(meeting.date))
    yield leaf("meetingstatus", "Cancelled" if meeting.state == "cancelled" else "Confirmed")
    yield leaf("meetingtime", clock(meeting.time, "."))
    yield leaf("iswebcast", False)


def _meeting(borough: PretendBorough, asked: Mapping[str, str]) -> Lines:
    mid = int(asked["lmeetingid"])
    found = next(((c, m) for c, m in changes.meetings(borough) if m.mid == mid), None)
    if found is None:
        return
    committee, meeting = found
    published = heading(meeting).lower()
    first, *rest, webcast = _listed(meeting)
    yield from (first, *rest[:2], leaf("isdisplayallowed", True), *rest[2:], leaf("meetingactualstarttime"))
    yield from (leaf("meetinglocation", meeting.venue), webcast, leaf("agendaid", meeting.agenda_id))
    for name in ("agenda", "decision", "minute"):
        yield leaf(f"{name}published", name in published)
    yield leaf("meetingroom")
    items = meeting.items if "agenda" in published else ()
    lines = (line for place, item in enumerate(items, 4) for line in _item(borough, committee, meeting, item, place))
    yield from branch("agendaitems", lines)
    yield from branch("attendees", (line for name in committee.members for line in _attendee(borough, name)))


def _item(
    borough: PretendBorough, committee: PretendCommittee, meeting: PretendMeeting, item: PretendItem, place: int
) -> Lines:
    shown = visible(item, meeting)
    lines = [leaf("agendaitemid", item.aiid), _title(borough, "agendaitemtitle", item.title)]
    lines += _body(borough, item, "agendatext", shown.agenda)
    lines += [leaf("actualmeetingdate", _day(meeting.date)), leaf("agendaitemnumber", place if item.number else 0)]
    lines += [leaf("agendaitemsubnumber"), leaf("fulldisplaynumberformat", item.number), leaf("authorusername")]
    lines += _body(borough, item, "decisionnonemptyhtmlbody", shown.decision)
    lines += _body(borough, item, "minutesnonemptyhtmlbody", shown.minutes)
    lines += [leaf("isdecision", bool(shown.decision)), leaf("isdecisionpublished", bool(shown.decision))]
    lines += [leaf("isminutepublished", bool(shown.minutes)), leaf("isrestricted", False)]
    lines += [leaf("isdisplayallowed", True), leaf("meetingdate", _day(meeting.date))]
    lines += [leaf("refertocommittee", committee.name)]
    papers = (
        line for n, paper in enumerate(item.all_documents, 1) for line in _paper(borough, meeting, item, paper, n)
    )
    return branch("agendaitem", [*lines, *branch("linkeddocuments", papers)])


def _body(borough: PretendBorough, item: PretendItem, name: str, text: Text) -> list[str]:
    """A text as the page has it inside its own box, escaped; none at all where there is nothing."""
    markup = word_part(text, manner_of(item.aiid, borough.habits.glyph)).strip()
    inner = markup.removeprefix('<div class="mgWordPara">').removesuffix("</div>")
    return [leaf(name, inner)] if text else []


def _paper(
    borough: PretendBorough, meeting: PretendMeeting, item: PretendItem, paper: PretendDocument, place: int
) -> Lines:
    number = paper.key.removeprefix("s")
    host = borough.habits.service_host
    lines = [leaf("attachmentid", number), _title(borough, "title", own_title(item, paper)), leaf("isurl", False)]
    lines += [leaf("url", f"{host}{borough.habits.prefix}/mgConvert2PDF.aspx?ID={number}")]
    lines += [leaf("isrestricted", False), leaf("restrictionsRef"), leaf("itemnum", place)]
    lines += [leaf("meetingdate", _day(meeting.date)), leaf("isdecisionattachment", False)]
    return branch("linkeddoc", [*lines, _title(borough, "ownertitle", item.title)])


def own_title(item: PretendItem, paper: PretendDocument) -> str:
    """An attachment's own title. The page prints the item's for the one that the item's title links to."""
    return paper.file_name.removesuffix(".pdf") if paper is item.report else paper.title


def _attendee(borough: PretendBorough, name: str) -> Lines:
    values = f'name="Councillor {escape(name)}" roledescription="Committee Member" attendance="Present"'
    address = f"{borough.habits.service_host}/mgUserInfo.aspx?UID=192"
    return iter([f'<attendee membertype="U" memberid="192" {values}>', f"  {leaf('url', address)}", "</attendee>"])


def _title(borough: PretendBorough, name: str, title: str) -> str:
    return leaf(name, vendor(title) if borough.habits.service_titles == "twice" else title)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


_CALLS: dict[str, Callable[[PretendBorough, Mapping[str, str]], Lines]] = {
    "getcommittees": _committees,
    "getmeetings": _meetings,
    "getmeeting": _meeting,
}
