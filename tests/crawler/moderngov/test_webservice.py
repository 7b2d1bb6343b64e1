"""The web service's lists and addresses: committees with the expired ones, meetings within their days, calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from crawler.moderngov.readings import CommitteeLink, MeetingLink, PageError
from crawler.moderngov.webservice import (
    ServiceAddress,
    committees_from_service,
    meetings_from_service,
    service_address,
)
from tests.crawler.moderngov.answering import committee, committees, listed, meetings

BASE = "https://www.example.gov.uk/Committees"
MANCHESTER = "pages/democracy.manchester.gov.uk/{}_trimmed.xml"


def test_expired_committees_are_kept_and_deleted_ones_left_out() -> None:
    answer = committees(
        committee(5, "Old Panel", committeedeleted=False, committeeexpired=True),
        committee(6, "By mistake", committeedeleted=True, committeeexpired=False),
        committee(7, "Housing &amp; Planning", "Select &amp;amp; other"),
        committee(7, "The same again"),
    )
    assert committees_from_service(answer) == (
        CommitteeLink(number=5, name="Old Panel", category="Scrutiny", expired=True),
        CommitteeLink(number=7, name="Housing & Planning", category="Select & other"),
    )


@pytest.mark.parametrize("answer", [committees(count=" 0"), committees(count=" 3"), committees(committee(0, "None"))])
def test_a_list_without_committees_is_refused(answer: bytes) -> None:
    with pytest.raises(PageError) as refused:
        committees_from_service(answer)
    assert refused.value.reason == "nothing-found"


def test_meetings_bear_their_status_as_pages_label_them() -> None:
    answer = meetings(
        listed(1, "13/01/2026", "Cancelled"), listed(2, "10/02/2026", "Confirmed; Budget Council"),
        listed(3, "soon", "Removed items"), listed("x"), listed(2, "11/02/2026"), count=" 4",
    )  # fmt: skip
    assert meetings_from_service(answer) == (
        MeetingLink(number=1, committee=144, date=date(2026, 1, 13), time=time(19, 30), label="CANCELLED"),
        MeetingLink(
            number=2, committee=144, date=date(2026, 2, 10), time=time(19, 30), label="Confirmed; Budget Council"
        ),
        MeetingLink(number=3, committee=144, date=None, time=time(19, 30), label="Removed items"),
    )


@pytest.mark.parametrize(
    ("since", "until", "numbers"),
    [
        (None, None, [1, 2, 3, 4]),
        (date(2026, 1, 13), date(2026, 2, 10), [1, 2, 4]),
        (date(2026, 1, 14), None, [2, 3, 4]),
        (None, date(2026, 1, 12), [4]),
    ],
)
def test_the_days_are_held_though_the_council_ignores_them(
    since: date | None, until: date | None, numbers: list[int]
) -> None:
    answer = meetings(listed(1, "13/01/2026"), listed(2, "10/02/2026"), listed(3, "11/02/2026"), listed(4, ""))
    assert [meeting.number for meeting in meetings_from_service(answer, since, until)] == numbers


def test_no_meetings_are_believed_only_where_the_count_says_so() -> None:
    assert meetings_from_service(meetings(count=" 0")) == ()
    for count in (" 2", "", "none"):
        with pytest.raises(PageError) as refused:
            meetings_from_service(meetings(count=count))
        assert refused.value.reason == "nothing-found"


@pytest.mark.parametrize(
    ("address", "url", "key"),
    [
        (ServiceAddress(kind="service-committees"), "GetCommittees", "service-committees"),
        (
            ServiceAddress(kind="service-meetings", committee=144, since=date(2010, 1, 2), until=date(2026, 12, 31)),
            "GetMeetings?lCommitteeId=144&sFromDate=02/01/2010&sToDate=31/12/2026",
            "service-meetings:144",
        ),
        (ServiceAddress(kind="service-meeting", meeting=4967), "GetMeeting?lMeetingId=4967", "service-meeting:4967"),
    ],
)
def test_addresses_are_made_and_read_in_one_spelling(address: ServiceAddress, url: str, key: str) -> None:
    assert address.url(f"{BASE}/") == f"{BASE}/mgWebService.asmx/{url}"
    assert address.key == key
    assert service_address(address.url(BASE), ["https://old.example.gov.uk", BASE]) == address


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/Committees/mgWebService.asmx/GetCommittees",
        "https://www.example.gov.uk/mgWebService.asmx/GetCommittees",
        f"{BASE}/mgWebService.asmx/GetAttachment?lAttachmentId=4",
        f"{BASE}/mgWebService.asmx/GetMeeting",
        f"{BASE}/mgWebService.asmx/GetMeetings?lCommitteeId=144&sFromDate=01/01/2010",
        f"{BASE}/x/mgWebService.asmx/GetCommittees",
        f"{BASE}/mgListCommittees.aspx",
        f"{BASE}.example/mgWebService.asmx/GetCommittees",
    ],
)
def test_other_addresses_are_no_calls(url: str) -> None:
    assert service_address(url, [BASE]) is None


@pytest.mark.shared
def test_manchesters_lists_are_read(real_page: Callable[[str], bytes]) -> None:
    found = committees_from_service(real_page(MANCHESTER.format("GetCommittees")))
    assert [(each.number, each.expired) for each in found] == [(312, True), (163, False), (144, False)]
    assert found[2].name == "Audit Committee"
    held = meetings_from_service(real_page(MANCHESTER.format("GetMeetings_144")))
    assert held == (
        MeetingLink(number=4966, committee=144, date=date(2026, 1, 13), time=time(10), label="CANCELLED"),
        MeetingLink(number=4967, committee=144, date=date(2026, 2, 10), time=time(10), label="Confirmed"),
    )
