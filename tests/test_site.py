"""The pretend site has the properties that the crawler's tests rely on, over real sockets."""

from __future__ import annotations

import gzip
import http.client
import re
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from archive.records import Block, plain
from tests.site import (
    FAULTS,
    NOTICE,
    TODAY,
    PretendBorough,
    PretendItem,
    PretendMeeting,
    PretendRobots,
    PretendSite,
    changes,
    cut,
    demo_boroughs,
    small_borough,
)

SHARED = Path(__file__).parent.parent.parent / "shared"
EVERY_HABIT = ("eastmere", "marlow-heath", "northwick-vale", "st-brannock", "wyvern-hill")


@pytest.fixture(scope="module")
def demo() -> tuple[PretendBorough, ...]:
    return demo_boroughs()


@pytest.fixture(scope="module")
def town() -> PretendBorough:
    return small_borough(years=2)


@pytest.fixture
def site(town: PretendBorough) -> Iterator[PretendSite]:
    with PretendSite([town]) as site:
        yield site


def get(url: str, timeout: float = 10) -> tuple[int, dict[str, str], bytes]:
    """One GET on a connection of its own: status, headers and body, nothing followed and nothing unpacked."""
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=timeout)) as connection:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def page(site: PretendSite, target: str, slug: str = "eastmere") -> BeautifulSoup:
    status, _, body = get(f"{site.base_url(slug)}/{target}")
    assert status == 200, target
    return BeautifulSoup(body, "lxml")


def meeting_in(borough: PretendBorough, state: str) -> PretendMeeting:
    return next(meeting for _, meeting in changes.meetings(borough, scrutiny=True) if meeting.state == state)


def rows(soup: BeautifulSoup) -> list[Tag]:
    """The rows that are agenda items: those that own a number cell."""
    return [cell.parent for cell in soup.select("td.mgItemNumberCell") if cell.parent is not None]


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip()


# --- the invented councils -------------------------------------------------------------------------------------------


def test_the_demonstration_is_large_enough_and_alike_every_time(demo: tuple[PretendBorough, ...]) -> None:
    assert len(demo) >= 4
    assert sum(1 for borough in demo for _ in changes.items(borough, scrutiny=True)) >= 1000
    assert demo_boroughs() == demo
    assert demo_boroughs(1, seed=2) != demo[:1]


def test_six_years_of_meetings_go_up_to_the_day_given(demo: tuple[PretendBorough, ...]) -> None:
    for borough in demo:
        years = {meeting.date.year for _, meeting in changes.meetings(borough, scrutiny=True)}
        assert years >= set(range(2020, 2027))
        to_come = [m for _, m in changes.meetings(borough) if m.date > TODAY]
        assert {meeting.state for meeting in to_come} == {"planned", "agenda"}


def test_facial_recognition_is_minuted_in_every_borough_and_in_several_years(demo: tuple[PretendBorough, ...]) -> None:
    found = {
        (borough.slug, meeting.date.year)
        for borough in demo
        for _, meeting in changes.meetings(borough, scrutiny=True)
        for item in meeting.items
        if meeting.state == "minutes" and "facial recognition" in plain(item.minutes)
    }
    assert {slug for slug, _ in found} == {borough.slug for borough in demo}
    assert len({year for _, year in found}) >= 5


@pytest.mark.parametrize(
    ("acronym", "long_form"),
    [
        ("VAWG", "violence against women and girls"),
        ("ASB", "anti-social behaviour"),
        ("LTN", "low traffic neighbourhood"),
    ],
)
def test_some_items_have_only_the_acronym_and_some_only_the_long_form(
    demo: tuple[PretendBorough, ...], acronym: str, long_form: str
) -> None:
    texts = [f"{item.title} {plain(item.agenda)} {plain(item.minutes)}" for b in demo for item in changes.items(b)]
    assert any(acronym in text and long_form not in text.lower() for text in texts)
    assert any(acronym not in text and long_form in text.lower() for text in texts)


def test_numbers_are_given_once_in_a_borough_and_again_in_another(demo: tuple[PretendBorough, ...]) -> None:
    for borough in demo:
        numbers = [item.aiid for item in changes.items(borough)]
        assert len(numbers) == len(set(numbers))
    first, second = ({meeting.mid for _, meeting in changes.meetings(borough)} for borough in demo[:2])
    assert first & second


def test_no_pattern_is_left_unfilled(demo: tuple[PretendBorough, ...]) -> None:
    for borough in demo:
        for item in changes.items(borough):
            assert not re.search(r"[{}\[\]]", f"{item.title}{plain(item.minutes)}{plain(item.agenda)}"), item


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_no_invented_borough_has_a_real_one_s_name() -> None:
    real = (SHARED / "reference" / "boroughs.tsv").read_text("utf-8").lower()
    for borough in demo_boroughs(8, years=1):
        assert borough.name.lower() not in real
        assert borough.slug not in real


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", EVERY_HABIT)
def test_a_meeting_page_holds_its_items_and_their_words(slug: str) -> None:
    borough = small_borough(slug, years=2)
    with PretendSite([borough]) as site:
        for _, meeting in changes.meetings(borough, scrutiny=True):
            if meeting.state != "minutes":
                continue
            soup = page(site, f"ieListDocuments.aspx?MId={meeting.mid}", slug)
            found = rows(soup)
            assert [f"AI{item.aiid}" for item in meeting.items] == [
                anchor["name"] for row in found for anchor in row.select("a[name]")
            ]
            for row, item in zip(found, meeting.items, strict=True):
                assert_words(row, item)


def assert_words(row: Tag, item: PretendItem) -> None:
    text = words(row.get_text())
    limits = dict(item.cuts)
    shown = cut(item.minutes, limits["minutes"]) if "minutes" in limits else item.minutes
    for block in (*item.agenda, *item.decision, *shown):
        for cell in block.text.split(" | "):
            assert words(re.sub(r"^\d+\. ", "", cell)) in text
    assert item.title in text
    assert row.select_one("td.mgItemNumberCell").get_text(strip=True) == item.number  # type: ignore[union-attr]


def test_tables_inside_the_minutes_are_no_items(demo: tuple[PretendBorough, ...]) -> None:
    borough = demo[0]
    meeting = next(
        m
        for _, m in changes.meetings(borough)
        if m.state == "minutes" and any(block.kind == "row" for item in m.items for block in item.minutes)
    )
    with PretendSite([borough]) as site:
        soup = page(site, f"ieListDocuments.aspx?MId={meeting.mid}")
    assert len(rows(soup)) == len(meeting.items)
    assert len(soup.select("#mgItemTable tr")) > len(meeting.items) + 1


def test_markup_is_as_untidy_as_the_vendor_s(site: PretendSite, town: PretendBorough) -> None:
    meeting = meeting_in(town, "minutes")
    _, headers, body = get(f"{site.base_url('eastmere')}/ieListDocuments.aspx?MId={meeting.mid}")
    text = body.decode()
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "\r\n" in text
    assert re.search(r"[^\r]\n", text)
    assert text.isascii()
    for mark in ('<p  class="mgAiTitleTxt" >', "&#32;", '<p class="MsoNormal">&nbsp;</p>', 'class="SpellE"', "&rsquo;"):
        assert mark in text, mark
    assert not {"ETag", "Last-Modified"} & headers.keys()
    said = [line for line in text.splitlines() if "MsoNormal" in line or line.endswith(",")]
    assert said
    assert all(len(line) <= 90 for line in said)


@pytest.mark.parametrize(
    ("slug", "glyph"), [("eastmere", "·"), ("northwick-vale", "v"), ("st-brannock", "§"), ("wyvern-hill", "o")]
)
def test_lists_are_paragraphs_with_a_typed_bullet(slug: str, glyph: str) -> None:
    borough = small_borough(slug, years=2)
    with PretendSite([borough]) as site:
        for _, meeting in changes.meetings(borough, scrutiny=True):
            soup = page(site, f"ieListDocuments.aspx?MId={meeting.mid}", slug)
            listed = [words(each.get_text()) for each in soup.select("p.MsoListParagraphCxSpFirst")]
            if any(text.startswith(f"{glyph} ") for text in listed):
                return
    pytest.fail(f"no list with {glyph}")


def test_recorded_votes_stand_in_a_broken_table_beside_a_stray_li(demo: tuple[PretendBorough, ...]) -> None:
    borough = demo[0]
    meeting = next(m for _, m in changes.meetings(borough) if m.state == "minutes" and any(i.votes for i in m.items))
    with PretendSite([borough]) as site:
        body = get(f"{site.base_url(borough.slug)}/ieListDocuments.aspx?MId={meeting.mid}")[2].decode()
    assert re.search(r"<thead>\s*<th scope=\"col\">Title</th>.*</th>\s*</th>", body)
    assert BeautifulSoup(body, "lxml").select("td > li > a[href^=mgListRecordedVotesShort]")


def test_a_long_item_is_cut_on_the_meeting_page_and_whole_on_its_own(demo: tuple[PretendBorough, ...]) -> None:
    borough = demo[0]
    item = next(i for _, m in changes.meetings(borough) if m.state == "minutes" for i in m.items if i.cuts)
    mid = next(m.mid for _, m in changes.meetings(borough) if item in m.items)
    with PretendSite([borough]) as site:
        row = page(site, f"ieListDocuments.aspx?CId=1&MId={mid}&Ver=4").select_one(f"a[name=AI{item.aiid}]")
        assert row is not None
        link = row.find_parent("tr").select_one("a[href^=mgAi]")  # type: ignore[union-attr]
        assert link is not None
        assert words(link.get_text()) == f"view the full minutes text for item {item.number}"
        assert words(link.parent.get_text()).count("... view the full") == 1  # type: ignore[union-attr]
        last = item.minutes[-1]
        whole = words(page(site, str(link["href"])).select_one("#modgov").get_text())  # type: ignore[union-attr]
    for block in item.minutes:
        for cell in block.text.split(" | "):
            assert words(re.sub(r"^\d+\. ", "", cell)) in whole
    assert last not in cut(item.minutes, dict(item.cuts)["minutes"])


def test_a_cut_ends_at_a_word_and_never_in_a_table() -> None:
    text = (Block("paragraph", "one two three"), Block("row", "a | b"), Block("bullet", "four five"))
    assert cut(text, 9) == (Block("paragraph", "one two"),)
    assert cut(text, 15) == (text[0],)
    assert cut(text, 22) == (text[0], text[1])
    assert cut(text, 24) == (text[0], text[1], Block("bullet", "four"))
    assert cut(text, 100) == text


@pytest.mark.parametrize(
    ("state", "heading", "label"),
    [
        ("planned", "Meeting", None),
        ("cancelled", "Meeting", "CANCELLED"),
        ("agenda", "Agenda", "Agenda"),
        ("draft minutes", "Agenda, decisions and draft minutes", "Agenda, Decisions, Draft minutes"),
        ("minutes", "Agenda, decisions and minutes", "Agenda, Decisions, Minutes"),
    ],
)
def test_what_is_published_follows_from_the_meeting_s_state(
    site: PretendSite, town: PretendBorough, state: str, heading: str, label: str | None
) -> None:
    committee, meeting = next(
        (c, m) for c, m in changes.meetings(town) if m.state == "minutes" and any(i.decision for i in m.items)
    )
    site.replace(changes.with_state(town, meeting.mid, state))  # type: ignore[arg-type]
    soup = page(site, f"ieListDocuments.aspx?MId={meeting.mid}")
    assert soup.select_one("h1.mgMainTitleTxt").get_text() == heading  # type: ignore[union-attr]
    assert bool(rows(soup)) is (state not in ("planned", "cancelled"))
    assert ("No documents are available" in soup.get_text()) is (state in ("planned", "cancelled"))
    assert (", CANCELLED" in soup.select_one("h2.mgSubTitleTxt").get_text()) is (state == "cancelled")  # type: ignore[union-attr]
    assert any("Minutes:" in each.get_text() for each in soup.select("p.mgSubItemTitleTxt")) is ("minutes" in state)
    line = page(site, f"ieListMeetings.aspx?CId={committee.cid}").select_one(f"li:has(a[href*='MId={meeting.mid}&'])")
    assert line is not None
    assert words(line.get_text()).partition("m - ")[2] == (label or "")


def test_dates_are_printed_and_given_to_machines(site: PretendSite, town: PretendBorough) -> None:
    meeting = meeting_in(town, "minutes")
    soup = page(site, f"ieListDocuments.aspx?MId={meeting.mid}")
    assert soup.select_one("meta[name='DC.date']")["content"] == meeting.date.isoformat()  # type: ignore[index]
    assert re.search(rf"\w+day {meeting.date.day} \w+ \d{{4}} \d+:\d\d [ap]m$", heading_line(soup))
    with PretendSite([small_borough("wyvern-hill")]) as other:
        mid = meeting_in(other.borough("wyvern-hill"), "minutes").mid
        long = heading_line(page(other, f"ieListDocuments.aspx?MId={mid}", "wyvern-hill"))
    assert re.search(r"\w+day, \d+(st|nd|rd|th) \w+, \d{4} \d+\.\d\d [ap]m$", long)


def heading_line(soup: BeautifulSoup) -> str:
    found = soup.select_one("h2.mgSubTitleTxt")
    assert found is not None
    return words(found.get_text())


def test_committees_stand_under_headings_and_the_expired_one_is_missing(
    site: PretendSite, town: PretendBorough
) -> None:
    soup = page(site, "mgListCommittees.aspx")
    listed = {
        int(str(link["href"]).rpartition("=")[2]): heading.get_text()
        for heading in soup.select("h2.mgSectionTitle")
        for link in heading.find_next("ul", class_="mgBulletList").select("a[href^=mgCommitteeDetails]")  # type: ignore[union-attr]
    }
    assert listed == {c.cid: c.category for c in town.committees if not c.expired}
    by_heading = {c.cid for c in town.committees if c.category == "Overview & Scrutiny" and not c.expired}
    scrutiny = {c.cid for c in town.committees if c.scrutiny}
    assert by_heading < scrutiny
    assert scrutiny - listed.keys() == set(town.scrutiny_committees) != set()
    assert any(c.name == "Pension Fund Panel" and not c.scrutiny for c in town.committees)
    (gone,) = town.scrutiny_committees
    assert page(site, f"ieListMeetings.aspx?CId={gone}").select("a.mgMeetingTableLnk")


@pytest.mark.parametrize(("slug", "end"), [("eastmere", "same"), ("northwick-vale", "empty")])
def test_earlier_links_reach_every_meeting_and_never_stop(slug: str, end: str) -> None:
    borough = small_borough(slug, years=9)
    committee = max(borough.committees, key=lambda each: len(each.meetings))
    assert len(committee.meetings) > 30
    seen: list[int] = []
    with PretendSite([borough]) as site:
        target = f"ieListMeetings.aspx?CId={committee.cid}&Year=0"
        while True:
            soup = page(site, target, slug)
            found = [int(n) for n in re.findall(r"(?:MId|MeetingId)=(\d+)", str(soup.select_one(".mgTableBorder")))]
            links = [str(each["href"]) for each in soup.select("a.mgTableNextLnk")]
            assert len(links) == 4
            if not set(found) - set(seen):
                break
            assert len(found) <= 15
            seen += found
            target = links[0]
    assert len(seen) == len(set(seen)) == len(committee.meetings)
    assert bool(found) is (end == "same")


def test_a_year_alone_can_be_asked_for(site: PretendSite, town: PretendBorough) -> None:
    committee = next(c for c in town.committees if c.scrutiny)
    soup = page(site, f"ieListMeetings.aspx?CommitteeId={committee.cid}&Year=2025")
    assert len(soup.select("a.mgMeetingTableLnk")) == sum(m.date.year == 2025 for m in committee.meetings)


# --- addresses -------------------------------------------------------------------------------------------------------


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
    inside = page(site, asked).select_one("#modgov")
    assert inside is not None
    assert NOTICE in inside.get_text()
    assert inside.select_one(".mgFooter") is not None


# --- documents -------------------------------------------------------------------------------------------------------


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


# --- change ----------------------------------------------------------------------------------------------------------


def test_minutes_change_between_two_visits(site: PretendSite, town: PretendBorough) -> None:
    meeting = meeting_in(town, "minutes")
    item = meeting.items[-1]
    site.replace(changes.with_item(town, replace(item, minutes=(Block("paragraph", "It was otherwise."),))))
    assert "It was otherwise." in page(site, f"ieListDocuments.aspx?MId={meeting.mid}").get_text()
    assert changes.find_item(site.borough("eastmere"), item.aiid) != item


def test_a_meeting_can_be_taken_down(site: PretendSite, town: PretendBorough) -> None:
    mid = meeting_in(town, "minutes").mid
    site.replace(changes.without_meeting(town, mid))
    assert get(f"{site.base_url('eastmere')}/ieListDocuments.aspx?MId={mid}")[0] == 302


def test_an_unknown_number_or_borough_cannot_be_changed(site: PretendSite, town: PretendBorough) -> None:
    with pytest.raises(KeyError):
        changes.without_meeting(town, 1)
    with pytest.raises(KeyError):
        site.replace(replace(town, slug="elsewhere"))


# --- the server ------------------------------------------------------------------------------------------------------


def test_every_request_is_recorded_with_its_time_and_headers(site: PretendSite) -> None:
    before = time.monotonic()
    get(f"{site.base_url('eastmere')}/mgListCommittees.aspx?bcr=1")
    get(f"{site.base_url('eastmere')}/nothing.aspx")
    until(lambda: all(request.ended for request in site.requests))
    first, second = site.requests
    assert (first.method, first.target, first.status, first.borough) == (
        "GET",
        "/mgListCommittees.aspx?bcr=1",
        200,
        "eastmere",
    )
    assert second.status == 302
    assert first.header("host") == urlsplit(site.base_url("eastmere")).netloc
    assert first.ended is not None
    assert before <= first.began <= first.ended <= second.began
    site.forget_requests()
    assert site.requests_to("eastmere") == ()


def test_boroughs_answer_side_by_side_on_hosts_of_their_own(demo: tuple[PretendBorough, ...]) -> None:
    with PretendSite(demo) as site:
        site.fault("mgListCommittees", "slow", value=0.3)
        addresses = [f"{site.base_url(borough.slug)}/mgListCommittees.aspx" for borough in demo]
        assert len({urlsplit(address).netloc for address in addresses}) == len(demo)
        threads = [threading.Thread(target=get, args=(address,)) for address in addresses]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        until(lambda: all(request.ended for request in site.requests))
        assert max(r.began for r in site.requests) < min(r.ended or 0 for r in site.requests)


def test_a_connection_serves_several_requests_and_closing_ends_it(town: PretendBorough) -> None:
    with PretendSite([town]) as site:
        host = urlsplit(site.base_url("eastmere")).netloc
        connection = http.client.HTTPConnection(host, timeout=10)
        with closing(connection):
            for _ in range(2):
                connection.request("GET", "/mgListCommittees.aspx")
                local = connection.sock.getsockname()
                assert connection.getresponse().read().endswith(b"</html>\r\n")
                assert connection.sock.getsockname() == local
            site.close()
            assert connection.sock.recv(1) == b""


def test_no_thread_is_left_behind_by_a_page_that_hangs(town: PretendBorough) -> None:
    before = threading.active_count()
    with PretendSite([town]) as site:
        site.fault("mgAi", "hang")
        with pytest.raises(TimeoutError):
            get(f"{site.base_url('eastmere')}/mgAi.aspx?ID=1", timeout=0.1)
    assert threading.active_count() == before


def test_a_boroughs_file_says_where_everything_is(demo: tuple[PretendBorough, ...], tmp_path: Path) -> None:
    with PretendSite(demo) as site:
        data = tomllib.loads(site.boroughs_file(tmp_path / "boroughs.toml").read_text("utf-8"))
        for row, borough in zip(data["borough"], demo, strict=True):
            assert row["slug"] == borough.slug
            assert row["name"] == f"{borough.name} (invented)"
            assert row["platform"] == "moderngov"
            assert row["base_url"] == site.base_url(borough.slug)
            assert row["scrutiny_committees"] == list(borough.scrutiny_committees)
            assert row["note"] == NOTICE


def test_it_runs_on_its_own_until_it_is_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.site", "--port", "0", "--count", "1", "--years", "1"]
    file = tmp_path / "boroughs.toml"
    root = Path(__file__).parent.parent
    with subprocess.Popen([*command, "--boroughs", str(file)], cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline(), process.stdout.readline()]
        assert get(lines[0].split()[-1])[0] == 200
        assert lines[1].split(": ")[1].strip() == str(file.resolve())
        process.terminate()
        assert process.wait(10) == 0


def until(held: object) -> None:
    """Wait for what a thread of the site is about to do."""
    while not held():  # type: ignore[operator]
        time.sleep(0.005)


# --- faults ----------------------------------------------------------------------------------------------------------

PAGE = "mgListCommittees.aspx"


@pytest.fixture
def honest(site: PretendSite) -> bytes:
    return get(f"{site.base_url('eastmere')}/{PAGE}")[2]


@pytest.mark.parametrize(
    ("name", "value", "status", "headers"),
    [
        ("status", 503, 503, {}),
        ("status", "", 500, {}),
        ("status", 410, 410, {}),
        ("forbidden", "", 403, {}),
        ("redirect", "", 302, {"Location": "http://10.0.0.1/mgListCommittees.aspx"}),
        ("redirect", "http://elsewhere.invalid/", 302, {"Location": "http://elsewhere.invalid/"}),
        ("redirect-loop", "", 302, {"Location": f"/{PAGE}"}),
        ("redirect-on", "", 302, {"Location": f"/{PAGE}?again=1"}),
        ("challenge", "", 200, {}),
        ("error-page", "", 200, {}),
        ("empty", "", 200, {"Content-Length": "0"}),
        ("retry-after", 7, 503, {"Retry-After": "7"}),
        ("too-many", "", 429, {}),
        ("too-many", 3, 429, {"Retry-After": "3"}),
        ("body", "<p>mine</p>", 200, {"Content-Length": "11"}),
        ("wrong-charset", "", 200, {"Content-Type": "text/html; charset=iso-8859-1"}),
        ("windows-1252", "", 200, {"Content-Type": "text/html; charset=iso-8859-1"}),
        ("media-type", "application/pdf", 200, {"Content-Type": "application/pdf"}),
    ],
)
def test_a_fault_answers_in_the_page_s_stead(
    site: PretendSite, name: str, value: object, status: int, headers: dict[str, str]
) -> None:
    site.fault(PAGE, name, value=value)
    found, given, body = get(f"{site.base_url('eastmere')}/{PAGE}")
    assert found == status
    assert headers.items() <= given.items()
    assert (b"mgSectionTitle" in body) is (name in ("wrong-charset", "windows-1252", "media-type"))


def test_a_page_is_cut_in_the_middle(site: PretendSite, honest: bytes) -> None:
    for name in ("cut", "cut-without-length"):
        site.fault(PAGE, name)
        status, headers, body = get(f"{site.base_url('eastmere')}/{PAGE}")
        assert (status, body) == (200, honest[: len(honest) // 2])
        assert ("Content-Length" in headers) is (name == "cut")


@pytest.mark.parametrize("name", ["short", "short-chunked"])
def test_a_body_ends_before_its_announced_length(site: PretendSite, name: str) -> None:
    site.fault(PAGE, name)
    with pytest.raises(http.client.IncompleteRead):
        get(f"{site.base_url('eastmere')}/{PAGE}")


@pytest.mark.parametrize("name", ["drop", "reset"])
def test_a_connection_ends_without_an_answer(site: PretendSite, name: str) -> None:
    site.fault(PAGE, name)
    with pytest.raises(ConnectionError) as problem:
        get(f"{site.base_url('eastmere')}/{PAGE}")
    assert isinstance(problem.value, http.client.RemoteDisconnected) is (name == "drop")


def test_compressed_bodies_are_whole_or_cut_or_none_at_all(site: PretendSite, honest: bytes) -> None:
    bodies = {}
    for name in ("gzip", "truncated-gzip", "fake-gzip"):
        site.fault(PAGE, name)
        _, headers, bodies[name] = get(f"{site.base_url('eastmere')}/{PAGE}")
        assert headers["Content-Encoding"] == "gzip"
        assert int(headers["Content-Length"]) == len(bodies[name])
    assert gzip.decompress(bodies["gzip"]) == honest
    with pytest.raises(EOFError):
        gzip.decompress(bodies["truncated-gzip"])
    assert bodies["fake-gzip"] == honest


def test_a_bomb_is_small_on_the_wire(site: PretendSite) -> None:
    site.fault(PAGE, "gzip-bomb", value=20)
    body = get(f"{site.base_url('eastmere')}/{PAGE}")[2]
    assert len(body) < 50_000
    assert len(gzip.decompress(body)) == 20_000_000


def test_an_oversize_body_ends_when_the_visitor_goes(site: PretendSite) -> None:
    site.fault(PAGE, "oversize", value=500)
    with closing(http.client.HTTPConnection(urlsplit(site.base_url("eastmere")).netloc, timeout=10)) as connection:
        connection.request("GET", f"/{PAGE}")
        answer = connection.getresponse()
        assert int(answer.headers["Content-Length"]) == 500_000_000
        assert len(answer.read(1_000_000)) == 1_000_000
        answer.close()
    until(lambda: site.requests[-1].ended)


def test_a_dripping_page_arrives_byte_by_byte(site: PretendSite, honest: bytes) -> None:
    site.fault(PAGE, "drip", value=0.02)
    with closing(http.client.HTTPConnection(urlsplit(site.base_url("eastmere")).netloc, timeout=10)) as connection:
        connection.request("GET", f"/{PAGE}")
        answer = connection.getresponse()
        began = time.monotonic()
        assert answer.read(5) == honest[:5]
        assert time.monotonic() - began >= 0.06
        answer.close()


def test_retry_after_can_be_a_date(site: PretendSite) -> None:
    site.fault(PAGE, "retry-after-date", value=60)
    assert get(f"{site.base_url('eastmere')}/{PAGE}")[1]["Retry-After"].endswith(" GMT")


@pytest.mark.parametrize(("name", "encoding"), [("wrong-charset", "utf-8"), ("windows-1252", "cp1252")])
def test_a_declared_charset_is_not_the_true_one(
    site: PretendSite, town: PretendBorough, name: str, encoding: str
) -> None:
    meeting = next(m for _, m in changes.meetings(town) if "’" in plain(sum((i.minutes for i in m.items), ())))
    site.fault("ieListDocuments", name)
    body = get(f"{site.base_url('eastmere')}/ieListDocuments.aspx?MId={meeting.mid}")[2]
    assert "’" in body.decode(encoding)
    assert (b'charset="iso-8859-1"' in body) is (name == "windows-1252")


def test_a_fault_strikes_as_often_as_asked_and_only_where_asked(site: PretendSite) -> None:
    site.fault(r"mgAi", "status")
    site.fault(r"mglistcommittees", "status", times=2, value=502)
    address = f"{site.base_url('eastmere')}/{PAGE}"
    assert [get(address)[0] for _ in range(3)] == [502, 502, 200]
    site.fault(PAGE, "status", borough="elsewhere")
    assert get(address)[0] == 200
    site.fault(PAGE, "empty")
    site.clear_faults()
    assert get(address)[2]


def test_an_unknown_fault_is_refused(site: PretendSite) -> None:
    with pytest.raises(KeyError):
        site.fault(PAGE, "gremlins")


def test_every_fault_says_what_it_does() -> None:
    assert all(handler.__doc__ for handler in FAULTS.values())


# --- held against the real thing -------------------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
@pytest.mark.parametrize(
    ("real", "target"),
    [
        ("Agenda_151.html", "ieListDocuments.aspx?MId={mid}"),
        ("BrowseMeetings.html", "ieListMeetings.aspx?CId={cid}"),
        ("CommitteeStructure.html", "mgListCommittees.aspx"),
    ],
)
def test_the_pages_are_built_of_the_same_parts_as_real_ones(
    demo: tuple[PretendBorough, ...], real: str, target: str
) -> None:
    wanted = parts(BeautifulSoup((SHARED / "pages" / "moderngov.kingston.gov.uk" / real).read_bytes(), "lxml"))
    ours: set[str] = set()
    with PretendSite(demo[:1]) as site:
        for committee in demo[0].committees[2:4]:
            for meeting in committee.meetings:
                if wanted <= ours:
                    break
                ours |= parts(page(site, target.format(cid=committee.cid, mid=meeting.mid)))
    assert wanted - ours == set()


def parts(soup: BeautifulSoup) -> set[str]:
    """Every element of the vendor's with its parent, as `li.mgTableEvenRow < ul.mgNonBulletTableList`."""
    inside = soup.select_one("#modgov")
    assert inside is not None
    return {
        f"{named(each)} < {named(each.parent)}"
        for each in inside.select("[class^=mg], [class^=Mso]")
        if each.parent is not None and each.parent.name != "form"
    }


def named(element: Tag) -> str:
    return ".".join([element.name, *list(element.get("class") or [])])
