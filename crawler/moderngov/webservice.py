"""The lists that the web service gives: all committees, the expired ones among them, and the meetings of a committee.

A valid answer without anything in it proves nothing and is refused; counts are asked only for whether there should be
something. Source: `moderngov.md` 2 and 5.
"""

from __future__ import annotations

from datetime import date

from crawler.moderngov.dates import read_date, read_time
from crawler.moderngov.readings import CommitteeLink, MeetingLink, PageError
from crawler.moderngov.recognise import LARGEST_PAGE
from crawler.moderngov.webservice_meeting import flag_of, meeting_from_service
from crawler.moderngov.webservice_texts import read_title
from crawler.moderngov.webservice_urls import ServiceAddress, service_address
from crawler.moderngov.webservice_xml import Node, read_answer

__all__ = [
    "ServiceAddress",
    "committees_from_service",
    "meeting_from_service",
    "meetings_from_service",
    "service_address",
]


def committees_from_service(data: bytes, *, max_bytes: int = LARGEST_PAGE) -> tuple[CommitteeLink, ...]:
    """The committees of an answer to `GetCommittees`, each once: deleted ones left out, expired ones kept and marked.

    Raises PageError (nothing-found) where there is none, and whatever `read_answer` raises.
    """
    answer = read_answer(data, "committees", max_bytes)
    found: dict[int, CommitteeLink] = {}
    for node in answer.each("committee"):
        committee = _committee(node)
        if committee is not None:
            found.setdefault(committee.number, committee)
    if not found:
        raise PageError("nothing-found", "the web service names no committee")
    return tuple(found.values())


def _committee(node: Node) -> CommitteeLink | None:
    number, name = node.number("committeeid"), read_title(node.raw("committeetitle"))
    if number is None or not name or node.flag("committeedeleted", False):
        return None
    category, expired = read_title(node.raw("committeecategory")), node.flag("committeeexpired", False)
    return CommitteeLink(number=number, name=name, category=category, expired=expired)


def meetings_from_service(
    data: bytes, since: date | None = None, until: date | None = None, *, max_bytes: int = LARGEST_PAGE
) -> tuple[MeetingLink, ...]:
    """The meetings of an answer to `GetMeetings`, each once, from `since` to `until`, both included.

    Some councils ignore the days they are asked for, so the span is held here; a meeting whose day is not known stays.
    `label` is the status as printed, or what a page prints for a meeting that is called off ("CANCELLED"). The answer
    may rightly hold none, if it says so. Raises PageError (nothing-found) where it counts some and lists none, and
    whatever `read_answer` raises.
    """
    answer = read_answer(data, "getmeetings", max_bytes)
    found: dict[int, MeetingLink] = {}
    for committee in answer.each("committee"):
        cid = committee.number("committeeid")
        for node in committee.within("committeemeetings", "meeting"):
            number = node.number("meetingid")
            if number is not None:
                found.setdefault(number, _meeting(node, number, cid))
    if not found and answer.line("meetingscount") != "0":
        raise PageError("nothing-found", "the web service should list meetings and lists none")
    return tuple(meeting for meeting in found.values() if _is_within(meeting.date, since, until))


def _meeting(node: Node, number: int, committee: int | None) -> MeetingLink:
    status = read_title(node.raw("meetingstatus"))
    return MeetingLink(
        number=number,
        committee=committee,
        date=read_date(node.line("meetingdate")),
        time=read_time(node.line("meetingtime")),
        label=flag_of(status) or status,
    )


def _is_within(day: date | None, since: date | None, until: date | None) -> bool:
    return day is None or ((since is None or day >= since) and (until is None or day <= until))
