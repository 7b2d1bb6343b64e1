"""What does an answer of the web service give, and where does it lead? Pure.

The service lists committees, expired ones too, and all meetings of one at once, and gives the whole texts of a
meeting's items in one answer. It knows neither drafts from approved minutes nor packs nor recorded votes, so a meeting
itself is read from its page, and the service only where that page cuts texts short, in place of a page an item; or
where that page is refused to us: then what the service tells stands alone, until the page can be had.
"""

from __future__ import annotations

from archive import Findings
from archive.records import Borough, Committee
from crawler.moderngov.readings import MeetingsPage, PageError
from crawler.moderngov.urls import PageAddress
from crawler.moderngov.webservice import committees_from_service, meetings_from_service
from crawler.moderngov.webservice_meeting import meeting_from_service
from crawler.moderngov.webservice_urls import EARLIEST, LATEST, ServiceAddress
from crawler.recording import Whereabouts, record_committees, record_meeting, record_meetings
from crawler.scope import Scope
from crawler.taken import Arrived, Taken


def take_service(borough: Borough, call: ServiceAddress, arrived: Arrived, scope: Scope) -> Taken:
    """Read the answer to a call. Raises PageError."""
    match call.kind:
        case "service-committees":
            return _take_committees(borough, arrived, scope)
        case "service-meetings":
            return _take_meetings(borough, call, arrived, scope)
        case "service-meeting":
            return _take_meeting(borough, call, arrived)


def _take_committees(borough: Borough, arrived: Arrived, scope: Scope) -> Taken:
    links = committees_from_service(arrived.body, max_bytes=arrived.max_bytes)
    since, until = scope.since or EARLIEST, scope.until or LATEST
    found = (
        ServiceAddress(kind="service-meetings", committee=number, since=since, until=until)
        for number in scope.chosen(links, borough)
    )
    return Taken(record_committees(borough, links, scope.scrutiny(links, borough)), tuple(found))


def _take_meetings(borough: Borough, call: ServiceAddress, arrived: Arrived, scope: Scope) -> Taken:
    committee = call.committee or 0
    meetings = meetings_from_service(arrived.body, scope.since, scope.until, max_bytes=arrived.max_bytes)
    strange = {meeting.committee for meeting in meetings} - {committee, None}
    if strange:
        raise PageError("error-page", f"the list holds another committee than {committee}, which was asked for")
    leaf = MeetingsPage(committee=committee, committee_name="", meetings=meetings, earlier=None, later=None)
    found = (PageAddress(kind="meeting", meeting=meeting.number, committee=committee) for meeting in meetings)
    return Taken(record_meetings(borough, leaf, committee), tuple(found))


def _take_meeting(borough: Borough, call: ServiceAddress, arrived: Arrived) -> Taken:
    under: Committee | None = arrived.committee
    reading = meeting_from_service(
        arrived.body,
        borough.base_url,
        cid=under.number if under else None,
        committee_name=under.name if under else "",
        max_bytes=arrived.max_bytes,
    )
    if reading.mid != call.meeting:
        raise PageError("error-page", f"the answer is of meeting {reading.mid}, {call.meeting} was asked for")
    findings = record_meeting(borough, reading, Whereabouts(committee=under, number=call.meeting))
    return Taken(findings if arrived.alone else Findings(items=findings.items, items_from="page"))
