"""The pretend site spells its addresses as real installations do, and serves real documents under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

import pytest

from tests.site import (
    NOTICE,
    PretendBorough,
    PretendRobots,
    PretendSite,
    small_borough,
)
from tests.site.visitor import get, meeting_in, one, page


@pytest.fixture(scope="module")
def town() -> PretendBorough:
    return small_borough(years=2)


@pytest.fixture
def site(town: PretendBorough) -> Iterator[PretendSite]:
    with PretendSite([town]) as site:
        yield site


@pytest.mark.parametrize(
    ("slug", "pattern"),
    [
        ("eastmere", r"^ieListDocuments\.aspx\?CId=\d+&MId=\d+&Ver=4$"),
        ("marlow-heath", r"^ieListDocuments\.aspx\?CId=\d+&MId=\d+&Ver=4$"),
        ("northwick-vale", r"^ielistdocuments\.aspx\?MeetingId=\d+$"),
        ("st-brannock", r"^/\(S\(\w+\)\)/ieListDocuments\.aspx\?CId=\d+&MId=\d+&Ver=4$"),
    ],
)
def test_every_site_spells_its_links_in_its_own_way_and_all_of_them_lead_somewhere(slug: str, pattern: str) -> None:
    borough = small_borough(slug)
    committee = next(c for c in borough.committees if c.scrutiny)
    with PretendSite([borough]) as site:
        base = site.base_url(slug) + "/"
        listed = page(site, f"ieListMeetings.aspx?CId={committee.cid}", slug).select("a.mgMeetingTableLnk")
        links = [str(link["href"]) for link in listed]
        assert all(re.search(pattern, link) for link in links), links
        host = base if links[0][0] != "/" else "http://" + urlsplit(base).netloc
        assert {get(host + link)[0] for link in links} == {200}
        assert get(base + f"IELISTDOCUMENTS.ASPX?meetingid={committee.meetings[0].mid}")[0] == 200


def test_a_prefix_is_part_of_every_address_but_that_of_robots_txt() -> None:
    with PretendSite([small_borough("marlow-heath")]) as site:
        base = site.base_url("marlow-heath")
        host = base.removesuffix("/Committees")
        assert base != host
        assert get(f"{base}/mgListCommittees.aspx")[0] == 200
        assert get(f"{base.lower()}/mgListCommittees.aspx")[0] == 200
        assert get(f"{host}/mgListCommittees.aspx")[0] == 404
        assert get(f"{host}/robots.txt")[0] == 200


@pytest.mark.parametrize(
    "robots",
    [
        PretendRobots(),
        PretendRobots(body="User-agent: *\nCrawl-delay: 2.5\nDisallow: /\n"),
        PretendRobots(status=503, body="no"),
    ],
)
def test_robots_txt_is_the_borough_s_own(town: PretendBorough, robots: PretendRobots) -> None:
    with PretendSite([replace(town, robots=robots)]) as site:
        status, headers, body = get(f"{site.base_url('eastmere')}/robots.txt")
    assert (status, headers["Content-Type"], body.decode()) == (robots.status, robots.media_type, robots.body)


@pytest.mark.parametrize(
    "target",
    [
        "ieListDocuments.aspx?MId=1",
        "mgAi.aspx?ID=x",
        "mgWebService.asmx/GetCommittees",
        "documents/s1/x.pdf",
        "ieListMeetings.aspx",
    ],
)
def test_what_is_not_known_leads_to_the_error_page(site: PretendSite, target: str) -> None:
    status, headers, _ = get(f"{site.base_url('eastmere')}/{target}")
    assert (status, headers["Location"]) == (302, "/mgError.aspx")
    assert get(f"{site.base_url('eastmere')}/mgError.aspx")[0] == 200


def test_the_calendar_has_no_end(site: PretendSite) -> None:
    target = "mgCalendarMonthView.aspx?GL=1"
    for _ in range(30):
        target = str(page(site, target).select("a[href*='DD=']")[-1]["href"])
    assert "DD=2028" in target


@pytest.mark.parametrize(
    "target",
    [
        "mgListCommittees.aspx",
        "mgCommitteeDetails.aspx?ID={cid}",
        "ieListMeetings.aspx?CId={cid}",
        "ieListDocuments.aspx?MId={mid}",
        "mgAi.aspx?ID={aiid}",
        "mgMeetingAttendance.aspx?ID={mid}",
        "mgError.aspx",
    ],
)
def test_every_page_says_that_it_is_invented(site: PretendSite, town: PretendBorough, target: str) -> None:
    committee = next(c for c in town.committees if c.scrutiny)
    meeting = committee.meetings[0]
    asked = target.format(cid=committee.cid, mid=meeting.mid, aiid=meeting.items[0].aiid)
    inside = one(page(site, asked), "#modgov")
    assert NOTICE in inside.get_text()
    assert one(inside, ".mgFooter")


def test_documents_are_listed_with_raw_spaces_and_are_real_pdfs(site: PretendSite, town: PretendBorough) -> None:
    meeting = meeting_in(town, "minutes")
    soup = page(site, f"ieListDocuments.aspx?MId={meeting.mid}")
    links = [str(each["href"]) for each in soup.select("a[href^=documents]")]
    assert any(" " in link for link in links)
    assert all(each.select_one(".mgFileSize") for each in soup.select("a[href^=documents]"))
    assert f"documents/g{meeting.agenda_id}/" in links[0]
    for link in links:
        status, headers, body = get(f"{site.base_url('eastmere')}/{quote(link, safe='/?=')}")
        assert (status, headers["Content-Type"]) == (200, "application/pdf")
        assert_sound_pdf(body)
        assert NOTICE.encode() in body


def assert_sound_pdf(body: bytes) -> None:
    assert body.startswith(b"%PDF-1.4\n")
    assert body.endswith(b"%%EOF\n")
    start = int(body.rpartition(b"startxref\n")[2].split()[0])
    assert body[start:].startswith(b"xref\n")
    offsets = re.findall(rb"(\d{10}) 00000 n ", body[start:])
    for number, offset in enumerate(offsets, start=1):
        assert body[int(offset) :].startswith(b"%d 0 obj\n" % number)
    for length, content in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", body, re.DOTALL):
        assert int(length) == len(content)


def test_a_pack_is_told_from_another_by_its_t(site: PretendSite, town: PretendBorough) -> None:
    meeting = meeting_in(town, "minutes")
    place = f"{site.base_url('eastmere')}/documents/g{meeting.agenda_id}/x.pdf"
    assert b"Agenda frontsheet" in get(f"{place}?T=0")[2]
    assert b"Printed minutes" in get(f"{place}?T=1")[2]
