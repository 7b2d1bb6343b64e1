"""A committee's list of meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from crawler.moderngov import kind_of, read_meetings, read_page
from crawler.moderngov.readings import MeetingLink, PageError
from tests.crawler.moderngov.building import page

SUB = '<div class="mgSubTitle"><h2 class="mgSubTitleTxt">Overview and Scrutiny Committee</h2></div>'
TURN = """<div class='mgMeetingsEarlierLater'><p><a class="mgTableNextLnk"
href="ieListMeetings.aspx?Act=earlier&amp;CId=308&amp;D=202409051930&amp;MD=ielistmeetings"><img alt=""/>Earlier</a>
<a class="mgTableNextLnk"
href="ieListMeetings.aspx?Act=later&amp;CId=308&amp;D=202606151930&amp;MD=ielistmeetings">Later</a></p></div>"""


def link(query: str, text: str) -> str:
    return (
        f'<a class="mgMeetingTableLnk" href="ieListDocuments.aspx?{query}" title="Link&#32;to&#32;meeting">{text}</a>'
    )


def browse(*rows: str, turn: str = "") -> bytes:
    items = "".join(f'<li  class="mgTableEvenRow" >{row}</li>' for row in rows)
    return page(f'{turn}<ul class="mgNonBulletTableList">{items}</ul>{turn}', heading="Browse meetings", sub=SUB)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (link("CId=308&amp;MId=5&amp;Ver=4", "15 Jan 2026&nbsp;7&#58;30 pm") + " - Agenda, Minutes", "Agenda, Minutes"),
        (link("CId=308&amp;MId=5", "15 Jan 2026 7.30 p.m.") + " - CANCELLED", "CANCELLED"),
        (link("CId=308&amp;MId=5", "15 Jan 2026 7.30 pm - CANCELLED"), "CANCELLED"),
        (link("MeetingId=5&CommitteeId=308", "Thursday, 15th January, 2026 7.30 pm"), ""),
        (link("CId=308&amp;MId=5", "CANCELLED, 15 Jan 2026 7.30 pm") + " - Agenda", "CANCELLED Agenda"),
        (link("CId=308&amp;MId=5", "Special, 15 Jan 2026 7.30 pm") + " - Agenda", "Agenda"),
    ],
)
def test_a_row_gives_number_date_time_and_label(row: str, expected: str) -> None:
    read = read_meetings(browse(row))
    assert read.meetings == (
        MeetingLink(number=5, committee=308, date=date(2026, 1, 15), time=time(19, 30), label=expected),
    )


def test_rows_of_an_older_table_are_read_too() -> None:
    dated, undated = link("MId=5", "15 Jan 2026 7.30 pm"), link("MId=6", "To be arranged")
    table = f"<table><tr><td>{dated}</td><td>Agenda</td></tr><tr><td>{undated}</td></tr></table>"
    read = read_meetings(page(table, heading="Browse meetings", sub=SUB))
    assert [(m.number, m.date, m.label) for m in read.meetings] == [(5, date(2026, 1, 15), "Agenda"), (6, None, "")]


def test_links_side_by_side_keep_their_own_labels() -> None:
    line = f"<p>{link('MId=5', '15 Jan 2026 7.30 pm')} - Agenda<br>{link('MId=6', '16 Jan 2026 7.30 pm')} - MOVED</p>"
    assert [m.label for m in read_meetings(page(line, heading="Browse meetings", sub=SUB)).meetings] == [
        "Agenda",
        "MOVED",
    ]


def test_a_leaf_names_its_committee_and_the_leaves_beside_it() -> None:
    read = read_meetings(browse(link("CId=308&MId=5", "15 Jan 2026 7.30 pm"), turn=TURN))
    assert (read.committee, read.committee_name) == (308, "Overview and Scrutiny Committee")
    assert (read.earlier, read.later) == ("202409051930", "202606151930")


def test_a_meeting_is_listed_once() -> None:
    assert len(read_meetings(browse(link("MId=5", "15 Jan 2026"), link("mid=5&Ver=4", "15 Jan 2026"))).meetings) == 1


def test_an_empty_list_is_a_list() -> None:
    read = read_meetings(browse(turn=TURN))
    assert read.meetings == ()
    assert kind_of(read_page(browse())) == "meetings"


def test_a_page_that_is_no_list_is_an_error() -> None:
    with pytest.raises(PageError) as caught:
        read_meetings(page("<p>Hello</p>", heading="Committee details"))
    assert caught.value.reason == "nothing-found"


@pytest.mark.shared
def test_kingstons_list_holds_fifteen_meetings(real_page: Callable[[str], bytes]) -> None:
    read = read_meetings(real_page("pages/moderngov.kingston.gov.uk/BrowseMeetings.html"))
    assert (read.committee, len(read.meetings)) == (711, 15)
    assert (read.meetings[0].date, read.meetings[-1].date) == (date(2026, 6, 15), date(2024, 9, 5))
    assert [m.label for m in read.meetings[:5]] == [
        "",
        "",
        "Agenda, Decisions",
        "Agenda, Decisions, Minutes",
        "CANCELLED",
    ]
    assert {m.time for m in read.meetings} == {time(19, 30), time(19)}
    assert (read.earlier, read.later) == ("202409051930", "202606151930")


def test_meetings_on_another_councils_site_are_not_this_councils() -> None:
    theirs = '<a href="https://joint.example.gov.uk/ieListDocuments.aspx?CId=308&amp;MId=6">16 Jan 2026</a>'
    rows = browse(link("CId=308&amp;MId=5", "15 Jan 2026"), theirs)
    read = read_meetings(rows, url="https://democracy.example.gov.uk/ieListMeetings.aspx?CId=308")
    assert [meeting.number for meeting in read.meetings] == [5]
