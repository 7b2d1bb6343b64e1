"""What does a fetched page give, and where does it lead? Pure: bytes in, findings and next pages out."""

from __future__ import annotations

from collections.abc import Iterable

from archive import Findings
from archive.ids import committee_id
from archive.records import Borough, Committee
from archive.statuses import status_of
from crawler.documents.kinds import is_whole, kind_of, media_type_of
from crawler.moderngov.committees import committees_of
from crawler.moderngov.item import item_of
from crawler.moderngov.meeting import meeting_of
from crawler.moderngov.meetings import meetings_of
from crawler.moderngov.readings import MeetingReading, MeetingsPage, PageError
from crawler.moderngov.recognise import Page, read_page
from crawler.moderngov.urls import Direction, PageAddress
from crawler.moderngov.webservice_urls import ServiceAddress
from crawler.recording import Whereabouts, record_committees, record_item_page, record_meeting, record_meetings
from crawler.scope import Scope
from crawler.taken import Arrived, Taken
from crawler.taking_service import take_service
from crawler.targets import DocumentTarget, Target


def take(borough: Borough, target: Target, arrived: Arrived, scope: Scope) -> Taken:
    """Read what was fetched as what its target says it is. Raises PageError."""
    if isinstance(target, DocumentTarget):
        return _take_document(target, arrived)
    if isinstance(target, ServiceAddress):
        return take_service(borough, target, arrived, scope)
    page = read_page(arrived.body, arrived.max_bytes, arrived.url)
    match target.kind:
        case "committees":
            return _take_committees(borough, page, scope)
        case "meetings":
            return _take_meetings(borough, target, page, scope)
        case "meeting":
            return _take_meeting(borough, target, page, arrived)
        case "item":
            return _take_item(borough, target, page)


def _take_document(target: DocumentTarget, arrived: Arrived) -> Taken:
    """The file, whatever it holds: reading it comes later. What a site sends in the place of a file is refused."""
    kind = kind_of(arrived.body)
    if kind == "empty" or not is_whole(arrived.body):
        raise PageError("cut", "the document did not arrive whole")
    if kind == "html":
        try:
            read_page(arrived.body, arrived.max_bytes, arrived.url)
        except PageError as problem:
            if problem.reason in ("challenge", "error-page"):
                raise
    return Taken(Findings(file=(target.document, media_type_of(kind))))


def _take_committees(borough: Borough, page: Page, scope: Scope) -> Taken:
    links = committees_of(page)
    found = (PageAddress(kind="meetings", committee=number) for number in scope.chosen(links, borough))
    return Taken(record_committees(borough, links, scope.scrutiny(links, borough)), tuple(found))


def _take_meetings(borough: Borough, address: PageAddress, page: Page, scope: Scope) -> Taken:
    leaf = meetings_of(page)
    committee = address.committee or 0
    if leaf.committee not in (None, committee):
        raise PageError("error-page", f"the list is that of committee {leaf.committee}, {committee} was asked for")
    meetings = (
        PageAddress(kind="meeting", meeting=m.number, committee=committee) for m in leaf.meetings if scope.holds(m)
    )
    return Taken(record_meetings(borough, leaf, committee), (*meetings, *_leaves(address, leaf, scope)))


def _leaves(address: PageAddress, page: MeetingsPage, scope: Scope) -> Iterable[PageAddress]:
    """The next leaves of a list of meetings. Both links stand on every leaf, so that one beside the first without
    meetings ends the walk, and a stamp that does not lead further away is not followed: the walk ends on any site."""
    if address.direction and not page.meetings:
        return
    days = [meeting.date for meeting in page.meetings if meeting.date]
    onward: tuple[tuple[Direction, str | None, bool], ...] = (
        ("earlier", page.earlier, scope.reaches_before(min(days, default=None))),
        ("later", page.later, scope.reaches_after(max(days, default=None))),
    )
    for direction, stamp, wanted in onward:
        if stamp and wanted and _leads_away(address, direction, stamp):
            yield PageAddress(kind="meetings", committee=address.committee, direction=direction, stamp=stamp)


def _leads_away(address: PageAddress, direction: Direction, stamp: str) -> bool:
    if address.direction is None or address.stamp is None:
        return True
    if address.direction != direction:
        return False
    return stamp < address.stamp if direction == "earlier" else stamp > address.stamp


def _take_meeting(borough: Borough, address: PageAddress, page: Page, arrived: Arrived) -> Taken:
    reading = meeting_of(page)
    if reading.mid not in (None, address.meeting):
        raise PageError("error-page", f"the page is that of meeting {reading.mid}, {address.meeting} was asked for")
    named = arrived.committee
    if named is None and address.committee:
        ident = committee_id(borough.slug, address.committee)
        named = Committee(id=ident, borough=borough.slug, name=reading.committee_name, number=address.committee)
    findings = record_meeting(borough, reading, Whereabouts(committee=named, number=address.meeting))
    return Taken(findings, tuple(_fuller_sources(address, reading, service=arrived.service)))


def _fuller_sources(address: PageAddress, reading: MeetingReading, *, service: bool) -> Iterable[Target]:
    """Where more is said of the items that are cut short, and of all where minutes are promised and none are shown."""
    minuted = status_of(reading.published, reading.flag).endswith("minutes")
    promised = minuted and not any(item.minutes for item in reading.items)
    short = [item.aiid for item in reading.items if item.aiid and (item.cut or promised)]
    if short and service:
        return [ServiceAddress(kind="service-meeting", meeting=address.meeting)]
    return [PageAddress(kind="item", item=aiid) for aiid in short]


def _take_item(borough: Borough, address: PageAddress, page: Page) -> Taken:
    reading = item_of(page)
    if reading.item.aiid not in (None, address.item):
        raise PageError("error-page", f"the page is that of item {reading.item.aiid}, {address.item} was asked for")
    return Taken(
        record_item_page(borough, reading, Whereabouts(number=address.item, source_url=address.url(borough.base_url))),
        (),
    )
