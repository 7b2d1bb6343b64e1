"""A meeting as the web service tells it: what is shown of it, whole texts, documents under the council's own base."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from html import escape

import pytest

from archive.records import Block, plain
from crawler.moderngov import read_meeting
from crawler.moderngov.readings import Attendee, ItemReading, PageDocument, PageError
from crawler.moderngov.webservice import meeting_from_service
from tests.crawler.moderngov import building
from tests.crawler.moderngov.answering import document, item, leaf, meeting, words

BASE = "https://www.example.gov.uk/Committees"
TEXTS = (
    leaf("agendatext", words("To consider\nthe report."))
    + leaf("decisionnonemptyhtmlbody", words("RESOLVED."))
    + leaf("minutesnonemptyhtmlbody", words("The Chair spoke."))
)
EVERYTHING = (True, True, True)


def only(inside: str = "", documents: str = "", published: tuple[bool, bool, bool] = EVERYTHING) -> ItemReading:
    (found,) = meeting_from_service(meeting(item(inside, documents=documents), published=published), BASE).items
    return found


def texts(found: ItemReading) -> tuple[str, str, str]:
    return plain(found.agenda), plain(found.decision), plain(found.minutes)


def test_a_meeting_is_read_as_its_page_would_be() -> None:
    data = meeting(item(TEXTS, aiid=51902, number="59."), published=EVERYTHING)
    read = meeting_from_service(data, BASE, cid=308, committee_name="Overview  Committee")
    assert (read.mid, read.cid, read.committee_name) == (7960, 308, "Overview Committee")
    assert (read.date, read.time, read.venue) == (date(2026, 1, 15), time(19, 30), "Town Hall, High Street")
    assert (read.published, read.flag, read.documents) == ("Agenda, decisions and minutes", "", ())
    (found,) = read.items
    assert (found.aiid, found.position, found.number, found.title) == (51902, 1, "59.", "Knife crime")
    assert texts(found) == ("To consider the report.", "RESOLVED.", "The Chair spoke.")
    assert (found.cut, found.documents) == ((), ())


@pytest.mark.parametrize(
    ("published", "heading"),
    [
        ((True, False, False), "Agenda"),
        ((True, True, False), "Agenda and decisions"),
        ((True, False, True), "Agenda and minutes"),
        (EVERYTHING, "Agenda, decisions and minutes"),
        ((False, False, True), "Minutes"),
        ((False, False, False), "Meeting"),
    ],
)
def test_flags_make_the_heading_that_the_page_would_print(published: tuple[bool, bool, bool], heading: str) -> None:
    read = meeting_from_service(meeting(item(TEXTS), published=published), BASE)
    assert read.published == heading
    assert len(read.items) == (heading != "Meeting")
    shown = tuple(bool(part) for found in read.items for part in texts(found))
    assert shown == (published if read.items else ())


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        ("isdecisionpublished", ("To consider the report.", "", "The Chair spoke.")),
        ("isminutepublished", ("To consider the report.", "RESOLVED.", "")),
    ],
)
def test_an_items_own_flag_holds_back_its_text(flag: str, expected: tuple[str, str, str]) -> None:
    assert texts(only(TEXTS + leaf(flag, False))) == expected
    assert texts(only(TEXTS + leaf(flag, " true "))) == ("To consider the report.", "RESOLVED.", "The Chair spoke.")


def test_what_the_council_does_not_display_is_left_out() -> None:
    hidden = item(TEXTS + leaf("isdisplayallowed", False), aiid=71, title="Hidden")
    read = meeting_from_service(meeting(item(aiid=70) + hidden + item(aiid=72) + item(aiid=70)), BASE)
    assert [(found.aiid, found.position) for found in read.items] == [(70, 1), (72, 2)]
    with pytest.raises(PageError) as refused:
        meeting_from_service(meeting(item(TEXTS), more=leaf("isdisplayallowed", False)), BASE)
    assert refused.value.reason == "not-public"


def test_an_exempt_item_keeps_its_title_alone_and_its_documents_are_not_linked() -> None:
    found = only(TEXTS + leaf("isrestricted", True), document(1, "Exempt annex"))
    assert (found.title, texts(found)) == ("Knife crime", ("", "", ""))
    assert found.documents == (PageDocument(key=None, title="Exempt annex", url="", media_type="", size=""),)


def test_an_exempt_document_is_named_and_not_linked_as_on_the_page() -> None:
    found = only(documents=document(1, "Open") + document(2, "Exempt annex", leaf("isrestricted", True)))
    page = building.label("Supporting documents:") + (
        '<ul class="mgBulletList"><li><a href="documents/s1/Open.pdf">Open</a></li><li>Exempt annex</li></ul>'
    )
    read = read_meeting(building.meeting(building.row(page)), url=f"{BASE}/ieListDocuments.aspx?MId=1")
    assert found.documents == read.items[0].documents


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("6 - CHAIR APPROVED  Minutes 25 Nov 2025", "6%20-%20CHAIR%20APPROVED%20Minutes%2025%20Nov%202025"),
        ("Annex 3 - K&NK Lanterns (updated) 2025/26", "Annex%203%20-%20KNK%20Lanterns%20updated%202025_26"),
        ("x" * 140, "x" * 100),
        ("&&", "s5"),
        ("../../admin?x=1#y", ".._.._adminx=1y"),
        ("Café – “plan”", "Caf%C3%A9%20%E2%80%93%20plan"),
    ],
)
def test_a_documents_address_is_made_anew_on_the_councils_own_base(title: str, name: str) -> None:
    (found,) = only(documents=document(5, title)).documents
    assert (found.key, found.url) == ("s5", f"{BASE}/documents/s5/{name}.pdf")


def test_no_address_of_an_answer_is_taken_over() -> None:
    odd = document(1, "A") + document(1, "A again") + document(2, "B", leaf("isurl", True), url="https://e.example/b")
    found = only(documents=odd + document(0, "C", url="https://e.example/c") + document(9, " ")).documents
    assert [(each.key, each.title) for each in found] == [("s1", "A"), (None, "B"), (None, "C")]
    assert all("example/" not in each.url.removeprefix(BASE) and "9071" not in each.url for each in found)


def test_what_belongs_to_a_decision_is_listed_when_the_decision_is_published() -> None:
    papers = document(1, "Form", leaf("isdecisionattachment", True))
    assert [each.key for each in only(documents=papers).documents] == ["s1"]
    assert only(documents=papers, published=(True, False, True)).documents == ()


@pytest.mark.parametrize(
    "title", ["Homes & “safety” it’s <b>", "AT&T Q&A", "Budget &notices; 50%", "Terms&conditions &copy"]
)
@pytest.mark.parametrize("times", [0, 1, 2])
def test_titles_are_read_however_often_they_were_escaped(title: str, times: int) -> None:
    sent = title
    for _ in range(times):
        sent = escape(sent)
    read = meeting_from_service(meeting(item(title=sent)), BASE)
    assert read.items[0].title == title


def test_texts_are_read_when_they_were_escaped_twice() -> None:
    once = words("The Panel’s view:", "Q&amp;A &lt;5", "<b>RESOLVED</b>")
    twice = only(leaf("minutesnonemptyhtmlbody", escape(once, quote=False)))
    assert twice.minutes == only(leaf("minutesnonemptyhtmlbody", once)).minutes
    assert [block.text for block in twice.minutes] == ["The Panel’s view:", "Q&A <5", "RESOLVED"]


@pytest.mark.parametrize(
    "markup",
    [
        words("One\ntwo.", "&nbsp;", "Three"),
        "<ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table>",
        '<p class="MsoListParagraph" style="text-indent:-18pt">·<span style="font:7.0pt">&nbsp;&nbsp; </span>Point</p>',
        "Just words, no tags",
        "</div></div><p>After a stray end</p>",
        "<p>Below</p><script>x()</script><p>a script</p></body></html><p>and an end</p>",
        "<!--[if gte mso 9]><xml></xml><![endif]--><p>Office</p>",
    ],
)
def test_a_text_is_cleaned_as_on_the_page(markup: str) -> None:
    page = building.meeting(building.row(f'<div class="mgWordPara">{markup}</div>'))
    on_page = read_meeting(page).items[0].agenda
    assert only(leaf("agendatext", markup)).agenda == on_page != ()


def test_word_s_vertical_tabs_do_not_break_an_answer() -> None:
    data = meeting(item(TEXTS)).replace(b"The Chair", b"The&#xB;\x0b&#0; Chair")
    assert texts(meeting_from_service(data, BASE).items[0])[2] == "The Chair spoke."


def test_a_heading_is_an_item_without_a_number() -> None:
    read = meeting_from_service(meeting(item(number="", title="PART A", aiid=1) + item(title="", aiid=2)), BASE)
    assert [(found.number, found.title) for found in read.items] == [("", "PART A"), ("1.", "")]


@pytest.mark.parametrize(
    ("status", "flag"),
    [
        ("Cancelled", "CANCELLED"),
        ("Postponed to May", "POSTPONED"),
        ("Confirmed", ""),
        ("Removed from diary", ""),
        ("", ""),
    ],
)
def test_a_meeting_called_off_bears_its_flag(status: str, flag: str) -> None:
    read = meeting_from_service(meeting(status=status, published=(False, False, False)), BASE)
    assert (read.flag, read.published, read.items) == (flag, "Meeting", ())


def test_a_published_agenda_without_items_is_refused_unless_it_is_called_off() -> None:
    assert meeting_from_service(meeting(status="Cancelled"), BASE).flag == "CANCELLED"
    with pytest.raises(PageError) as refused:
        meeting_from_service(meeting(), BASE)
    assert refused.value.reason == "nothing-found"


@pytest.mark.parametrize("data", [meeting(item(), mid="none"), meeting(item(), day="31/02/2026")])
def test_a_meeting_without_number_or_day_is_refused(data: bytes) -> None:
    with pytest.raises(PageError) as refused:
        meeting_from_service(data, BASE)
    assert refused.value.reason == "nothing-found"


def test_attendees_are_read() -> None:
    one = '<attendee memberid="7" name="Councillor A&amp;B" roledescription="Chair" attendance="Expected"/>'
    read = meeting_from_service(meeting(item(), more=f"<attendees>{one}</attendees>"), BASE)
    assert read.attendees == (Attendee(name="Councillor A&B", role="Chair", attendance="Expected"),)


@pytest.mark.shared
def test_manchesters_meeting_is_read(real_page: Callable[[str], bytes]) -> None:
    data = real_page("pages/democracy.manchester.gov.uk/GetMeeting_4967_with_minutes_trimmed.xml")
    read = meeting_from_service(data, BASE, cid=144)
    assert (read.mid, read.cid, read.published, read.flag) == (4967, 144, "Agenda and minutes", "")
    assert (read.date, read.time) == (date(2026, 2, 10), time(10))
    assert read.venue == "Council Antechamber, Level 2, Town Hall Extension"
    assert [(found.aiid, found.number, found.title) for found in read.items] == [
        (18831, "1.", "Minutes"),
        (18833, "9.", "Work Programme"),
    ]
    assert read.items[0].agenda == (
        Block("paragraph", "To approve as a correct record the minutes of the meeting held on 25 November 2025."),
    )
    assert plain(read.items[1].minutes).endswith("for the remainder of 2025/26 municipal year.")
    assert [found.documents[0].url.partition("/documents/")[2][:7] for found in read.items] == ["s60860/", "s60909/"]
    assert len(read.attendees) == 1
