"""The pretend site's web service answers as Manchester's does, of the same council as the pages, with its quirks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import pytest

from tests.site import PretendBorough, PretendSite, changes, small_borough
from tests.site.visitor import get, meeting_in

SHARED = Path(__file__).parent.parent.parent / "shared"
State = Literal["off", "on", "refused", "empty", "broken"]
SPAN = "sFromDate=01/01/2000&sToDate=31/12/2030"


@contextmanager
def served(slug: str = "eastmere", state: State = "on") -> Iterator[tuple[PretendBorough, str]]:
    """A borough with its web service in this state, and the address that its calls begin with."""
    borough = small_borough(slug)
    borough = replace(borough, habits=replace(borough.habits, service=state))
    with PretendSite([borough]) as site:
        yield borough, f"{site.base_url(slug)}/mgWebService.asmx"


def tree(body: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(body)


def test_a_service_that_is_off_leads_to_the_error_page() -> None:
    with served(state="off") as (_, service):
        status, headers, _ = get(f"{service}/GetCommittees")
    assert (status, headers["Location"]) == (302, "/mgError.aspx")


def test_committees_are_all_told_with_the_expired_and_a_deleted_one() -> None:
    with served("marlow-heath") as (borough, service):
        status, headers, body = get(f"{service.replace('mgWebService', 'MGwebservice')}/getcommittees")
    assert (status, headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    found = [{part.tag: part.text for part in each} for each in tree(body).findall("committee")]
    told = {
        int(each["committeeid"] or 0): each["committeeexpired"] for each in found if each["committeedeleted"] == "False"
    }
    assert told == {c.cid: str(c.expired) for c in borough.committees}
    assert len(found) == len(told) + 1
    assert tree(body).findtext("committeescount") == f" {len(found)}"


def numbers(body: bytes) -> set[int]:
    return {int(each.findtext("meetingid") or 0) for each in tree(body).iter("meeting")}


@pytest.mark.parametrize(("slug", "ignored"), [("eastmere", False), ("marlow-heath", True)])
def test_one_council_ignores_the_days_it_is_asked_for(slug: str, ignored: bool) -> None:
    with served(slug) as (borough, service):
        committee = next(c for c in borough.committees if c.scrutiny and not c.expired)
        body = get(f"{service}/GetMeetings?lCommitteeId={committee.cid}&sFromDate=01/06/2025&sToDate=31/12/2025")[2]
        every = get(f"{service}/GetMeetings?lCommitteeId=0&{SPAN}")[2]
    asked_for = {m.mid for m in committee.meetings if (2025, 6) <= (m.date.year, m.date.month) <= (2025, 12)}
    assert asked_for < {m.mid for m in committee.meetings}
    assert numbers(body) == ({m.mid for m in committee.meetings} if ignored else asked_for)
    assert numbers(every) == {meeting.mid for _, meeting in changes.meetings(borough)}


def test_a_cancelled_meeting_says_so() -> None:
    borough = small_borough()
    borough = replace(borough, habits=replace(borough.habits, service="on"))
    mid = meeting_in(borough, "minutes").mid
    with PretendSite([changes.with_state(borough, mid, "cancelled")]) as site:
        service = f"{site.base_url(borough.slug)}/mgWebService.asmx"
        listed = tree(get(f"{service}/GetMeetings?lCommitteeId=0&{SPAN}")[2])
        answer = tree(get(f"{service}/GetMeeting?lMeetingId={mid}")[2])
    told = {
        int(m.findtext("meetingid") or 0) for m in listed.iter("meeting") if m.findtext("meetingstatus") == "Cancelled"
    }
    assert told == {mid}
    assert (answer.findtext("meetingstatus"), answer.findtext("agendapublished")) == ("Cancelled", "False")
    assert answer.find("agendaitems/agendaitem") is None


@pytest.mark.parametrize(
    "call",
    [
        "GetMeetings?lCommitteeId=130&sFromDate=01/01/2025",
        "GetMeetings?sFromDate=01/01/2025&sToDate=01/01/2026",
        "GetMeeting",
    ],
)
def test_a_missing_parameter_is_a_server_error(call: str) -> None:
    with served() as (_, service):
        status, _, body = get(f"{service}/{call}")
    assert status == 500
    assert body.startswith(b"Missing parameter: ")


def test_an_unknown_meeting_is_a_valid_answer_with_nothing_in_it() -> None:
    with served() as (_, service):
        status, _, body = get(f"{service}/GetMeeting?lMeetingId=99999999")
    assert (status, body) == (200, b'<?xml version="1.0" encoding="utf-8"?>\r\n<meeting>\r\n</meeting>')


def test_an_answer_is_as_untidy_as_the_vendor_s() -> None:
    with served() as (borough, service):
        mid = meeting_in(borough, "minutes").mid
        body = get(f"{service}/GetMeeting?lMeetingId={mid}")[2].decode()
    assert body.startswith('<?xml version="1.0" encoding="utf-8"?>\r\n<meeting>\r\n')
    assert not re.search(r"[^\r]\n", body)
    assert re.search(r"<meetingactualstarttime>\r\n\s+</meetingactualstarttime>", body)
    assert '&lt;div class="WordSection1"&gt;\r\n' in body
    assert "mgWordPara" not in body
    assert "view the full" not in body


@pytest.mark.parametrize(
    ("slug", "host"), [("eastmere", "http://old.council.example"), ("northwick-vale", "http://10.")]
)
def test_addresses_in_answers_lead_to_other_hosts(slug: str, host: str) -> None:
    with served(slug) as (borough, service):
        mid = meeting_in(borough, "minutes").mid
        answer = tree(get(f"{service}/GetMeeting?lMeetingId={mid}")[2])
    addresses = [each.findtext("url") or "" for each in answer.iter("linkeddoc")]
    assert addresses
    assert all(address.startswith(host) for address in addresses)


@pytest.mark.parametrize(("slug", "written"), [("eastmere", "Overview &amp;"), ("wyvern-hill", "Overview &amp;#38;")])
def test_one_council_escapes_titles_twice(slug: str, written: str) -> None:
    with served(slug) as (_, service):
        body = get(f"{service}/GetCommittees")[2].decode()
    assert f"<committeecategory>{written} Scrutiny" in body


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        ("refused", 403, "Forbidden"),
        ("empty", 200, "<committees>\r\n</committees>"),
        ("broken", 200, "SharePoint"),
    ],
)
def test_a_service_may_refuse_or_be_empty_or_broken(state: State, status: int, words: str) -> None:
    with served(state=state) as (_, service):
        answer = get(f"{service}/GetCommittees")
    assert answer[0] == status
    assert words in answer[2].decode()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
@pytest.mark.parametrize("real", ["GetCommittees", "GetMeetings_144", "GetMeeting_4967_with_minutes"])
def test_answers_are_built_of_the_same_elements_as_real_ones(real: str) -> None:
    path = SHARED / "pages" / "democracy.manchester.gov.uk" / f"{real}_trimmed.xml"
    with served() as (borough, service):
        call = {"GetMeetings_144": f"GetMeetings?lCommitteeId=0&{SPAN}"}.get(real, real)
        if real.startswith("GetMeeting_"):
            call = f"GetMeeting?lMeetingId={meeting_in(borough, 'minutes').mid}"
        ours = elements(tree(get(f"{service}/{call}")[2]))
    wanted = elements(tree(path.read_bytes()))
    assert ours - wanted <= {"agendaitem/decisionnonemptyhtmlbody"}
    assert len(wanted - ours) <= 20  # what no reader asks for is left out


def elements(root: ElementTree.Element) -> set[str]:
    """Every element with its parent, as `linkeddoc/url`."""
    return {f"{parent.tag}/{child.tag}" for parent in root.iter() for child in parent}
