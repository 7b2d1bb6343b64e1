"""The pretend site builds its pages as the vendor does, over real sockets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from archive.records import Block
from tests.site import (
    PretendBorough,
    PretendItem,
    PretendSite,
    changes,
    cut,
    demo_boroughs,
    small_borough,
)
from tests.site.visitor import get, meeting_in, one, page, printed, rows, words

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
        assert all(part in text for part in printed(block.text))
    assert item.title in text
    assert one(row, "td.mgItemNumberCell").get_text(strip=True) == item.number


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
    meeting = max((m for _, m in changes.meetings(town)), key=lambda each: str(each).count("’"))
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
    meeting, item = next(
        (m, i) for _, m in changes.meetings(demo[0]) if m.state == "minutes" for i in m.items if i.cuts
    )
    with PretendSite(demo[:1]) as site:
        soup = page(site, f"ieListDocuments.aspx?CId=1&MId={meeting.mid}&Ver=4")
        link = one(soup, f"a[href='mgAi.aspx?ID={item.aiid}']")
        whole = words(one(page(site, str(link["href"])), "#modgov").get_text())
    assert words(link.get_text()) == f"view the full minutes text for item {item.number}"
    assert link.parent is not None
    assert words(link.parent.get_text()).endswith(f"... {words(link.get_text())}")
    assert all(part in whole for block in item.minutes for part in printed(block.text))
    assert item.minutes[-1] not in cut(item.minutes, dict(item.cuts)["minutes"])


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
    assert one(soup, "h1.mgMainTitleTxt").get_text() == heading
    assert bool(rows(soup)) is (state not in ("planned", "cancelled"))
    assert ("No documents are available" in soup.get_text()) is (state in ("planned", "cancelled"))
    assert (", CANCELLED" in one(soup, "h2.mgSubTitleTxt").get_text()) is (state == "cancelled")
    assert any("Minutes:" in each.get_text() for each in soup.select("p.mgSubItemTitleTxt")) is ("minutes" in state)
    line = one(page(site, f"ieListMeetings.aspx?CId={committee.cid}"), f"li:has(a[href*='MId={meeting.mid}&'])")
    assert words(line.get_text()).partition("m - ")[2] == (label or "")


def test_dates_are_printed_and_given_to_machines(site: PretendSite, town: PretendBorough) -> None:
    meeting = meeting_in(town, "minutes")
    soup = page(site, f"ieListDocuments.aspx?MId={meeting.mid}")
    assert one(soup, "meta[name='DC.date']")["content"] == meeting.date.isoformat()
    assert re.search(rf"\w+day {meeting.date.day} \w+ \d{{4}} \d+:\d\d [ap]m$", heading_line(soup))
    with PretendSite([small_borough("wyvern-hill")]) as other:
        mid = meeting_in(other.borough("wyvern-hill"), "minutes").mid
        long = heading_line(page(other, f"ieListDocuments.aspx?MId={mid}", "wyvern-hill"))
    assert re.search(r"\w+day, \d+(st|nd|rd|th) \w+, \d{4} \d+\.\d\d [ap]m$", long)


def heading_line(soup: BeautifulSoup) -> str:
    return words(one(soup, "h2.mgSubTitleTxt").get_text())


def test_committees_stand_under_headings_and_the_expired_one_is_missing(
    site: PretendSite, town: PretendBorough
) -> None:
    soup = page(site, "mgListCommittees.aspx")
    listed = {
        int(str(link["href"]).rpartition("=")[2]): heading.get_text()
        for heading in soup.select("h2.mgSectionTitle")
        for link in soup.select("ul.mgBulletList a[href^=mgCommitteeDetails]")
        if link.find_previous("h2") is heading
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
            found = [int(n) for n in re.findall(r"(?:MId|MeetingId)=(\d+)", str(one(soup, ".mgTableBorder")))]
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
    inside = one(soup, "#modgov")
    return {
        f"{named(each)} < {named(each.parent)}"
        for each in inside.select("[class^=mg], [class^=Mso]")
        if each.parent is not None and each.parent.name != "form"
    }


def named(element: Tag) -> str:
    return ".".join([element.name, *list(element.get("class") or [])])
