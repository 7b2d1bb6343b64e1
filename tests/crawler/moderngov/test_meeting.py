"""A meeting's page: what stands over its items, its own documents, and when it may be without items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from archive.records import plain
from crawler.moderngov import read_meeting
from crawler.moderngov.readings import PageError
from tests.crawler.moderngov.building import HEADING, listed, meeting, page, row, words

URL = "https://democracy.example.gov.uk/committees/ieListDocuments.aspx?CId=308&MId=7960&Ver=4"
VOTES = """<table  class="mgTableNoBorderFullWidth" ><caption  class="mgSectionTitle" >Recorded Vote</caption>
    <thead><th scope="col">Title</th><th scope="col">Result</th></th>
    <tr><td>Resolution 1</td><td><img alt='' src='x.png' />Carried</td></tr></table>
    <li><a href="mgListRecordedVotesShort.aspx?AIID=70&amp;MID=7960">View Recorded Vote for this item</a></li>"""


LINKS = """<li><a href="mgMeetingAttendance.aspx?ID=7960">Attendance details</a></li>
    <li><a href="documents/g8001/Agenda frontsheet.pdf?T=0">Agenda frontsheet
    <span class="mgFileSize">PDF 198 KB</span></a></li>
    <li><a href="mgChooseDocPack.aspx?ID=8001">Agenda reports pack</a></li>
    <li><a href="mgChooseDocPack.aspx?ID=8001&amp;SID=9001">Late Material
    <span class="mgFileSize">PDF 1 MB</span></a></li>
    <li><a href="documents/g8001/Printed minutes.pdf?T=1">Printed minutes</a></li>"""


def test_the_meetings_own_documents_are_its_packs() -> None:
    read = read_meeting(meeting(row(listed(("documents/s1/a.pdf", "A"))), links=LINKS), url=URL)
    assert [(d.key, d.title, d.size) for d in read.documents] == [
        ("g8001", "Agenda frontsheet", "198 KB"),
        ("g8001", "Agenda reports pack", ""),
        ("b9001", "Late Material", "1 MB"),
        ("g8001", "Printed minutes", ""),
    ]


@pytest.mark.parametrize(
    ("links", "inside", "url", "mid"),
    [
        (LINKS, "", "", 7960),
        ('<li><a href="mgVCalendar.aspx?EID=7960&ET=51&FMT=ICS">Calendar</a></li>', "", "", 7960),
        ("", VOTES, "", 7960),
        ("", "", URL, 7960),
        ("", "", "", None),
        ("", words('<a href="mgMeetingAttendance.aspx?ID=1">that meeting</a>'), URL, 7960),
    ],
)
def test_the_meetings_number_comes_from_its_links_or_its_address(
    links: str, inside: str, url: str, mid: int | None
) -> None:
    assert read_meeting(meeting(row(inside), links=links), url=url).mid == mid


@pytest.mark.parametrize(
    ("heading", "meta", "expected"),
    [
        (HEADING, "", ("Overview and Scrutiny Committee", date(2026, 1, 15), time(19, 30), "")),
        (
            HEADING + ", CANCELLED",
            "",
            ("Overview and Scrutiny Committee", date(2026, 1, 15), time(19, 30), "CANCELLED"),
        ),
        (
            "AGM, Overview and Scrutiny Committee - Wednesday, 17th September, 2025 7.00 pm, MOVED",
            "",
            ("Overview and Scrutiny Committee", date(2025, 9, 17), time(19), "MOVED"),
        ),
        (
            "Joint Health - Sub-Committee<br>Thursday 15 January 2026 7.00 p.m.",
            "",
            ("Joint Health - Sub-Committee", date(2026, 1, 15), time(19), ""),
        ),
        (
            HEADING,
            '<meta name="DC.date" content="2026-01-16">',
            ("Overview and Scrutiny Committee", date(2026, 1, 16), time(19, 30), ""),
        ),
        (
            HEADING,
            '<meta name="DC.date" content="2026-02-06">'
            '<meta name="DC.title" content="Agenda for Overview and Scrutiny Committee on Thursday 15 January 2026">',
            ("Overview and Scrutiny Committee", date(2026, 1, 15), time(19, 30), ""),
        ),
        (
            HEADING,
            '<meta name="dc.date" content="soon">',
            ("Overview and Scrutiny Committee", date(2026, 1, 15), time(19, 30), ""),
        ),
        (
            "",
            '<meta name="DC.title" content="Agenda for Housing Panel on Thursday 15 January 2026, 7:30 pm">',
            ("Housing Panel", date(2026, 1, 15), time(19, 30), ""),
        ),
        ("Overview and Scrutiny Committee", "", ("Overview and Scrutiny Committee", None, None, "")),
        (
            "Rearranged from 8 January 2026, Housing Panel - Thursday 15 January 2026 7.30 p.m.",
            '<meta name="DC.title" content="Agenda for Housing Panel on Thursday 15 January 2026, 7.30 p.m.">',
            ("Housing Panel", date(2026, 1, 15), time(19, 30), ""),
        ),
        (
            f"*** CANCELLED *** {HEADING}",
            "",
            ("Overview and Scrutiny Committee", date(2026, 1, 15), time(19, 30), "CANCELLED"),
        ),
        (
            f"MOVED FROM 8 JANUARY 2026 - {HEADING}",
            "",
            ("Overview and Scrutiny Committee", date(2026, 1, 15), time(19, 30), ""),
        ),
    ],
)
def test_committee_date_time_and_flag_stand_over_the_meeting(
    heading: str, meta: str, expected: tuple[object, ...]
) -> None:
    read = read_meeting(meeting(row(""), heading=heading, meta=meta))
    assert (read.committee_name, read.date, read.time, read.flag) == expected
    assert read.cid == 308


@pytest.mark.parametrize(
    "sub",
    [
        "<h2>Housing Panel - Thursday 15 January 2026 7.30 pm</h2>",
        "<h2>Housing Panel</h2><h3>Thursday, 15th January, 2026 7.30 p.m.</h3>",
        '<h2 class="mgSubTitleTxt">Housing Panel</h2><h3>Thursday, 15th January, 2026 7.30 p.m.</h3>',
        '<div class="mgSubTitle"><h2>Housing Panel</h2><p>Thursday 15 January 2026 7:30 pm</p></div>',
        '<h2 class="mgSubTitleTxt">Housing Panel</h2><h2 class="mgSubTitleTxt">Thursday 15 January 2026 7:30 pm</h2>',
    ],
)
def test_skins_part_committee_and_date_and_drop_classes(sub: str) -> None:
    table = f'<h2 class="mgSectionTitle">Items of 1 May 2020</h2><table id="mgItemTable">{row("")}</table>'
    read = read_meeting(page(table, sub=sub))
    assert (read.committee_name, read.date, read.time) == ("Housing Panel", date(2026, 1, 15), time(19, 30))


@pytest.mark.parametrize(
    ("around", "within", "published"),
    [
        ("<h1>Example County Council</h1>", "<h1>Agenda and draft minutes</h1>", "Agenda and draft minutes"),
        ("<h1>Example County Council</h1><h1>Agenda and minutes</h1>", "", "Agenda and minutes"),
        ("<h1>Agendas and papers</h1>", "<h1>Decisions and minutes</h1>", "Decisions and minutes"),
        ("<h1>Example County Council</h1>", "", ""),
        ("", "<h1>Papers</h1>", "Papers"),
    ],
)
def test_a_main_heading_without_its_class_is_told_from_the_councils_name(
    around: str, within: str, published: str
) -> None:
    table = f'<table id="mgItemTable">{row("")}</table>'
    inside = f'<div id="modgov">{within}<h2 class="mgSubTitleTxt">{HEADING}</h2>{table}</div>'
    for body in (inside, inside.replace(' id="modgov"', "") if within else inside):
        data = f"<html><head><title>x</title></head><body>{around}{body}</body></html>".encode()
        assert read_meeting(data).published == published


def test_the_committee_is_known_by_its_link_elsewhere_on_the_page() -> None:
    sub = f'<div class="mgSubTitle"><h2 class="mgSubTitleTxt">{HEADING}</h2></div>'
    crumb = '<ul><li><a href="ieListMeetings.aspx?CommitteeId=308">Meetings</a></li></ul>'
    table = f'<table id="mgItemTable">{row("")}</table>'
    assert read_meeting(page(crumb + table, sub=sub)).cid == 308


@pytest.mark.parametrize("name", ["Venue", "Proposed venue"])
def test_the_venue_is_read_without_directions(name: str) -> None:
    directions = '<a href="mgLocationDetails.aspx?RID=1"> View directions</a>'
    before = f'<p><span  class="mgLabel" >{name}: </span>Guildhall, High Street {directions}</p>'
    assert read_meeting(meeting(row(""), before=before)).venue == "Guildhall, High Street"


NOTHING = "<p>No documents are available for this meeting</p>"


@pytest.mark.parametrize(
    ("published", "heading", "before"),
    [
        ("Meeting", HEADING, ""),
        ("Meeting", HEADING + ", CANCELLED", NOTHING),
        ("Agenda", HEADING + ", POSTPONED", ""),
        ("Agenda", HEADING, NOTHING),
        ("Agenda", HEADING, '<p><span class="mgLabel">Note:</span> This meeting has been cancelled.</p>'),
    ],
)
def test_a_meeting_may_be_without_items(published: str, heading: str, before: str) -> None:
    assert read_meeting(meeting(published=published, heading=heading, before=before)).items == ()


@pytest.mark.parametrize(
    "published",
    [
        "Agenda",
        "Agenda and draft minutes",
        "Agenda, decisions and minutes",
        "Decisions",
        "",
        "Meeting documents",
        "Papers",
    ],
)
def test_a_page_that_should_hold_items_and_holds_none_is_an_error(published: str) -> None:
    for rows in ("", "<tr><td>Nothing here</td></tr>"):
        with pytest.raises(PageError) as caught:
            read_meeting(meeting(rows, published=published))
        assert caught.value.reason == "nothing-found"


def test_a_note_gives_the_flag_that_the_heading_lacks() -> None:
    note = '<p><span class="mgLabel">Note:</span> {}</p>'
    assert (
        read_meeting(meeting(published="Meeting", before=note.format("The meeting is cancelled."))).flag == "CANCELLED"
    )
    assert (
        read_meeting(meeting(published="Meeting", before=note.format("This meeting was rescheduled from May."))).flag
        == ""
    )


@pytest.mark.shared
def test_kingstons_meeting_reads_as_it_was_checked_by_hand(real_page: Callable[[str], bytes]) -> None:
    data = real_page("pages/moderngov.kingston.gov.uk/Agenda_151.html")
    read = read_meeting(data, url="https://moderngov.kingston.gov.uk/ieListDocuments.aspx?CId=711&MId=10221")
    assert (read.mid, read.cid, read.date, read.time) == (10221, 711, date(2026, 1, 15), time(19, 30))
    assert read.committee_name == "Kingston and North Kingston Neighbourhood Committee"
    assert (read.published, read.flag) == ("Agenda, decisions and minutes", "")
    assert [item.number for item in read.items] == [f"{n}." for n in range(54, 66)]
    assert all(item.minutes for item in read.items)
    assert [item.aiid for item in read.items if item.decision] == [51902, 51903, 51899]
    assert [(item.aiid, item.cut) for item in read.items if item.cut] == [(51902, ("minutes",)), (51903, ("minutes",))]
    assert [len(item.documents) for item in read.items] == [0, 0, 0, 0, 1, 5, 2, 1, 5, 2, 1, 0]
    assert sorted({d.key for d in read.documents if d.key}) == ["b23550", "b23609", "g10230"]


@pytest.mark.shared
def test_kingstons_texts_read_as_printed(real_page: Callable[[str], bytes]) -> None:
    items = {
        item.aiid: item for item in read_meeting(real_page("pages/moderngov.kingston.gov.uk/Agenda_151.html")).items
    }
    petition = items[51902]
    assert petition.title.endswith("On Manorgate Road")
    assert petition.decision[0].text == "RESOLVED that:"
    assert petition.decision[1].text.startswith(
        "1. the introduction of traffic management measures on Manorgate Road at the"
    )
    assert petition.minutes[-1].text.endswith("guide for the council to understand potential")
    assert items[51903].decision[0].text.startswith("RESOLVED that the decision on the implementation")
    assert "20 signatures* & notice of intention" in plain(items[51891].agenda)
    assert "S100B(4) of the Local Government Act" in plain(items[51897].agenda)
    for item in items.values():
        assert not any(
            "view the full" in text or "pdf icon" in text for text in map(plain, (item.agenda, item.minutes))
        )


@pytest.mark.shared
def test_kingstons_cancelled_meeting_has_no_items(real_page: Callable[[str], bytes]) -> None:
    read = read_meeting(real_page("pages/moderngov.kingston.gov.uk/Agenda_412.html"))
    assert (read.mid, read.cid, read.date, read.published, read.flag) == (
        10161,
        711,
        date(2025, 12, 4),
        "Meeting",
        "CANCELLED",
    )
    assert (read.items, read.documents) == ((), ())
    assert read.venue == "Guildhall, Kingston upon Thames."
