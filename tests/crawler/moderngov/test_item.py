"""The page of one agenda item."""

from __future__ import annotations

import pytest

from archive.records import plain
from crawler.moderngov import kind_of, read_item_page, read_page
from crawler.moderngov.readings import PageError
from tests.crawler.moderngov.building import label, listed, meeting, page, row, words

URL = "https://democracy.example.gov.uk/mgAi.aspx?ID=51902"
SUB = '<div class="mgSubTitle"><h2 class="mgSubTitleTxt">Knife crime in the borough</h2></div>'
NOTICE = "<p>You can view the individual reports for this meeting.</p>"
BACK = '<ul class="mgActionList"><li><a href="ieListDocuments.aspx?CId=308&MId=7960">Meeting</a></li></ul>'
BODY = (
    words("To consider the report.")
    + label("Minutes:")
    + words("The full minutes.")
    + label("Supporting documents:")
    + listed(("documents/s5/Report.pdf", "Report"))
)


def test_an_item_page_gives_the_item_and_its_place() -> None:
    read = read_item_page(page(NOTICE + BACK + BODY, heading="Agenda item", sub=SUB), url=URL)
    assert (read.item.aiid, read.mid, read.cid) == (51902, 7960, 308)
    assert read.item.title == "Knife crime in the borough"
    assert (plain(read.item.agenda), plain(read.item.minutes)) == ("To consider the report.", "The full minutes.")
    assert [(d.key, d.title) for d in read.item.documents] == [("s5", "Report")]
    assert read.item.number == "1."


@pytest.mark.parametrize(
    "title",
    [
        SUB,
        "<h2>Knife crime in the borough</h2>",
        '<p class="mgAiTitleTxt">Knife crime in the borough</p>',
        """<h2 class="mgSubTitleTxt"><a href="documents/s9/x.pdf">Knife crime in the borough
        <span class="mgFileSize">PDF 1 MB</span></a></h2>""",
    ],
)
def test_the_title_is_found_in_any_markup(title: str) -> None:
    for box in ("{}", '<div class="mgContent">{}</div>'):
        read = read_item_page(page(box.format(title + BODY), heading="Agenda item"))
        assert read.item.title == "Knife crime in the borough"
        assert plain(read.item.agenda) == "To consider the report."


@pytest.mark.parametrize(
    "minutes", ["<h3>Minutes:</h3>", '<h3 class="mgSubSubTitleTxt">Minutes:</h3>', label("Minutes:")]
)
def test_an_item_without_a_title_does_not_take_a_label_for_one(minutes: str) -> None:
    read = read_item_page(page(minutes + words("The psalm was read."), heading="Agenda item"))
    assert (read.item.title, plain(read.item.minutes)) == ("", "The psalm was read.")


def test_the_title_may_stand_in_the_main_heading() -> None:
    data = page(words("To note."), heading="Agenda item - Knife crime in the borough and what is done about it")
    assert kind_of(read_page(data)) == "item"
    assert read_item_page(data).item.title == "Knife crime in the borough and what is done about it"


def test_an_item_may_stand_in_a_table_as_on_its_meetings_page() -> None:
    rows = row(BODY, number="59.", aiid=51902, title="Knife crime in the borough")
    data = meeting(rows, published="Agenda item").replace(b"mgSubTitle", b"skin")
    assert kind_of(read_page(data)) == "item"
    item = read_item_page(data).item
    assert (item.aiid, item.number, item.title) == (51902, "59.", "Knife crime in the borough")
    assert (plain(item.agenda), plain(item.minutes)) == ("To consider the report.", "The full minutes.")


def test_a_meetings_page_in_the_place_of_an_items_is_refused() -> None:
    with pytest.raises(PageError) as caught:
        read_item_page(meeting(row(BODY, aiid=51902) + row(BODY, aiid=51903)), url=URL)
    assert caught.value.reason == "error-page"


@pytest.mark.parametrize("before", ["", "Meeting: ", "Back to "])
def test_the_way_back_to_the_meeting_is_no_text(before: str) -> None:
    back = f'<p>{before}<a href="ieListDocuments.aspx?MId=7960">Scrutiny Committee, 15 January 2026 (Item 59.)</a></p>'
    said = '<p>See <a href="ieListDocuments.aspx?MId=7960">the last meeting</a>.</p>'
    read = read_item_page(page(SUB + f'<div class="mgContent">{back}{said}</div>', heading="Agenda item"))
    assert (read.mid, plain(read.item.agenda)) == (7960, "See the last meeting.")


def test_a_notice_above_an_empty_item_is_not_its_text() -> None:
    read = read_item_page(page(NOTICE + SUB + '<div class="mgContent"></div>', heading="Agenda item"))
    assert (read.item.title, read.item.agenda) == ("Knife crime in the borough", ())


def test_text_whose_labels_are_lost_is_agenda_text() -> None:
    read = read_item_page(page(f"{SUB}<p>To consider the report.</p><p>The full minutes.</p>", heading="Agenda item"))
    assert plain(read.item.agenda) == "To consider the report.\nThe full minutes."
    assert read.item.minutes == ()


@pytest.mark.parametrize(
    ("inside", "meta", "expected"),
    [
        ('<p><a name="AI51902"></a></p>', "", 51902),
        (
            '<li><a href="mgListRecordedVotesShort.aspx?AIID=51902&MID=1">View Recorded Vote for this item</a></li>',
            "",
            51902,
        ),
        ("", '<link rel="canonical" href="https://a.example/mgAi.aspx?ID=51902">', 51902),
        ('<p><a href="ieListDocuments.aspx?CId=1&MId=2#AI51902">Meeting</a></p>', "", 51902),
        ('<a href="ieListDocuments.aspx?MId=2#AI1">One</a> <a href="ieListDocuments.aspx?MId=2#AI2">Two</a>', "", None),
        ("", "", None),
    ],
)
def test_the_items_number_comes_from_the_page(inside: str, meta: str, expected: int | None) -> None:
    assert read_item_page(page(SUB + inside + BODY, heading="Agenda item", meta=meta)).item.aiid == expected


def test_a_page_saved_by_a_browser_names_its_address() -> None:
    saved = f"<!-- saved from url=(0049){URL} -->\n".encode() + page(SUB + BODY, heading="Agenda item")
    read = read_item_page(saved)
    assert read.item.aiid == 51902
    assert read.item.documents[0].url == "https://democracy.example.gov.uk/documents/s5/Report.pdf"


def test_links_to_several_meetings_name_none() -> None:
    other = '<p><a href="ieListDocuments.aspx?MId=1">One</a> <a href="ieListDocuments.aspx?MId=2">Two</a></p>'
    assert read_item_page(page(SUB + other + BODY, heading="Agenda item")).mid is None


def test_an_item_page_that_says_nothing_is_an_error() -> None:
    empty = page("", heading="Agenda item")
    assert kind_of(read_page(empty)) == "item"
    with pytest.raises(PageError) as caught:
        read_item_page(empty)
    assert caught.value.reason == "nothing-found"
