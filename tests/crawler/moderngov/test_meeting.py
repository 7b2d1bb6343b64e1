"""A meeting's page: items, labels, documents, and what stands over them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from archive.records import Block, plain
from crawler.moderngov import read_meeting
from crawler.moderngov.readings import ItemReading, PageError
from tests.crawler.moderngov.building import HEADING, label, listed, meeting, page, row, words

URL = "https://democracy.example.gov.uk/committees/ieListDocuments.aspx?CId=308&MId=7960&Ver=4"
FULL = '&nbsp;...&nbsp; <a href="mgAi.aspx?ID=70" title="Link">view the full {} text for item 1.</a>'
VOTES = """<table  class="mgTableNoBorderFullWidth" ><caption  class="mgSectionTitle" >Recorded Vote</caption>
    <thead><th scope="col">Title</th><th scope="col">Result</th></th>
    <tr><td>Resolution 1</td><td><img alt='' src='x.png' />Carried</td></tr></table>
    <li><a href="mgListRecordedVotesShort.aspx?AIID=70&amp;MID=7960">View Recorded Vote for this item</a></li>"""


def only(inside: str, **more: object) -> ItemReading:
    items = read_meeting(meeting(row(inside, **more)), url=URL).items  # type: ignore[arg-type]
    assert len(items) == 1
    return items[0]


def texts(item: ItemReading) -> tuple[str, str, str]:
    return plain(item.agenda), plain(item.decision), plain(item.minutes)


@pytest.mark.parametrize(
    "inside",
    [
        words("To do.") + label("Decision:") + words("Done.") + label("Minutes:") + words("Said."),
        words("To do.") + label("MINUTES") + words("Said.") + label("decisions") + words("Done."),
        words("To do.") + label("Additional documents:") + label(" Minutes : ") + words("Said.") + label("Resolved:") + words("Done."),
        words("To do.") + label("Supporting documents:") + listed(("documents/s1/a.pdf", "A"))
        + label("Decision") + words("Done.") + label("Draft minutes:") + words("Said."),
        f"<div class=skin>{words('To do.')}<div><div>{label('Decision:')}</div>{words('Done.')}</div>{label('Minutes:')}{words('Said.')}</div>",
        words("To do.") + "<p><b>Decision:</b></p><p>Done.</p><h4>Minutes:</h4><p>Said.</p>",
    ],
)  # fmt: skip
def test_each_label_owns_what_follows_it(inside: str) -> None:
    assert texts(only(inside)) == ("To do.", "Done.", "Said.")


def test_a_label_with_nothing_after_is_an_empty_text() -> None:
    item = only(words("To do.") + label("Minutes:") + label("Decision:") + "<div class='mgWordPara'></div>")
    assert texts(item) == ("To do.", "", "")


def test_words_that_look_like_a_label_in_words_own_text_stay_text() -> None:
    item = only(label("Minutes:") + words("The Committee", "<b>Decision:</b>", "<b>Minutes:</b> agreed", "RESOLVED:"))
    assert texts(item) == ("", "", "The Committee\nDecision:\nMinutes: agreed\nRESOLVED:")


def test_a_label_of_something_else_is_text() -> None:
    item = only(words("To do.") + label("Reason for urgency:") + words("Time."))
    assert texts(item)[0] == "To do.\nReason for urgency:\nTime."


def test_text_after_a_list_of_documents_is_not_lost() -> None:
    item = only(label("Additional documents:") + listed(("documents/s1/a.pdf", "A")) + words("To do."))
    assert (texts(item)[0], len(item.documents)) == ("To do.", 1)


def test_text_without_any_label_is_agenda_text() -> None:
    assert texts(only(words("The Chair welcomed everyone."))) == ("The Chair welcomed everyone.", "", "")


@pytest.mark.parametrize(
    ("inside", "cut", "expected"),
    [
        (label("Minutes:") + words("Said " + FULL.format("minutes")), ("minutes",), ("", "", "Said")),
        (
            words("To do " + FULL.format("agenda")) + label("Minutes:") + words("Said"),
            ("agenda",),
            ("To do", "", "Said"),
        ),
        (label("Decision:") + words("Done " + FULL.format("item")), ("decision",), ("", "Done", "")),
        (label("Minutes:") + words(FULL.format("minutes")), ("minutes",), ("", "", "")),
        (words("To do") + words("Said " + FULL.format("minutes")), ("minutes",), ("To do", "", "Said")),
        (
            words("a " + FULL.format("agenda")) + label("Minutes:") + words("b " + FULL.format("minutes")),
            ("agenda", "minutes"),
            ("a", "", "b"),
        ),
    ],
)
def test_a_cut_text_is_named_and_its_link_removed(
    inside: str, cut: tuple[str, ...], expected: tuple[str, str, str]
) -> None:
    item = only(inside)
    assert (item.cut, texts(item)) == (cut, expected)


@pytest.mark.parametrize("number", ["59.", "3a", "7.1", "A1", "77/21", "498.", ""])
def test_numbers_are_kept_as_printed(number: str) -> None:
    assert only("", number=number).number == number


def test_headings_and_items_without_a_title_are_items() -> None:
    rows = row("", number="", title="Part A - Open Business", aiid=9) + row(
        words("To do."), number="2.", title="", aiid=8
    )
    read = read_meeting(meeting(rows)).items
    assert [(item.position, item.number, item.title, item.aiid) for item in read] == [
        (1, "", "Part A - Open Business", 9),
        (2, "2.", "", 8),
    ]


def test_words_tables_within_an_item_are_no_items() -> None:
    nested = words(
        "<table><tr><td class='mgItemNumberCell'>1.</td><td>x</td></tr><tr><td>Ash</td><td>none</td></tr></table>"
    )
    item = only(label("Minutes:") + nested, more="<td></td>")
    assert item.minutes == (Block("row", "1. | x"), Block("row", "Ash | none"))


def test_an_item_that_has_swallowed_the_next_is_damage() -> None:
    swallowed = '<div class="mgWordPara"><table><tr><td>x</td></tr>' + row("", number="2.", aiid=71)
    with pytest.raises(PageError) as caught:
        read_meeting(meeting(row(swallowed)))
    assert caught.value.reason == "cut"


def test_a_recorded_vote_is_kept_with_the_decision_and_is_no_minutes() -> None:
    item = only(label("Minutes:") + words("Said.") + VOTES)
    assert texts(item)[2] == "Said."
    assert Block("row", "Resolution 1 | Carried") in item.decision
    assert only(label("Minutes:") + VOTES).minutes == ()


def test_the_titles_link_is_a_document() -> None:
    title = """<a class="mgAiTitleLnk" href="documents/s112217/Petition Report.pdf" title="Link">Petition &#40;second&#41;
        <span class="mgFileSize"><img alt="pdf icon"/> PDF 161 KB</span> </a>"""
    item = only("", title=title)
    (document,) = item.documents
    assert item.title == document.title == "Petition (second)"
    assert (document.key, document.media_type, document.size) == ("s112217", "application/pdf", "161 KB")
    assert document.url == "https://democracy.example.gov.uk/committees/documents/s112217/Petition%20Report.pdf"


def test_a_title_glued_to_its_size_loses_it() -> None:
    assert only("", title="Homelessness Strategy pdf icon PDF 1 MB").title == "Homelessness Strategy"


def test_documents_are_listed_once_in_their_order_with_clean_titles() -> None:
    item = only(
        label("Additional documents:")
        + listed(
            ("documents/s2/b.docx", "Annex B"), ("documents/s1/a.pdf", "Annex A"), ("documents/s2/b.docx", "Annex B")
        )
    )
    assert [(d.key, d.title, d.size, d.media_type) for d in item.documents] == [
        ("s2", "Annex B", "601 KB", "application/pdf"),
        ("s1", "Annex A", "601 KB", "application/pdf"),
    ]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ('<a href="documents/s1/Plan.DOCX">Plan</a>', ("s1", "Plan", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "")),
        ('<a href="documents/s1/Plan.xls">Plan <span class=mgFileSize>XLS 30 KB</span></a>', ("s1", "Plan", "application/vnd.ms-excel", "30 KB")),
        ('<a href="mgConvert2PDF.aspx?ID=5">Plan, item 3. PDF 2 MB</a>', ("s5", "Plan", "application/pdf", "2 MB")),
        ('<a href="https://video.example.org/watch">Film</a>', (None, "Film", "", "")),
        ("Appendix B - exempt", (None, "Appendix B - exempt", "", "")),
        ('Appendix B <a href="mgReasonsRestricted.aspx?OID=1&OT=AT">View the reasons why document is restricted</a>', (None, "Appendix B", "", "")),
        ("""<a href="documents/s1/x.pdf" title="Link to document 'Named here' pdf file"><img alt=""></a>""", ("s1", "Named here", "application/pdf", "")),
    ],
)  # fmt: skip
def test_documents_of_every_kind_are_listed(entry: str, expected: tuple[str | None, str, str, str]) -> None:
    item = only(label("Supporting documents:") + f'<ul class="mgBulletList"><li>{entry}</li></ul>')
    assert [(d.key, d.title, d.media_type, d.size) for d in item.documents] == [expected]


def test_a_scripts_address_is_dropped_and_its_title_kept() -> None:
    item = only(
        label("Additional documents:") + listed(("javascript:alert(1)", "Annex A"), ("data:text/html,x", "Annex B"))
    )
    assert [(d.key, d.title, d.url) for d in item.documents] == [(None, "Annex A", ""), (None, "Annex B", "")]


def test_share_this_item_is_neither_text_nor_document() -> None:
    share = '<ul class="mgBulletList"><li><a href="#">Share this item</a></li></ul>'
    item = only(share + label("Additional documents:") + share + label("Minutes:") + share + words("Said."))
    assert (texts(item), item.documents) == (("", "", "Said."), ())


def test_a_list_of_text_outside_words_boxes_is_text() -> None:
    item = only(
        label("Minutes:") + "<p>Agreed to</p><ul><li>lobby <a href='https://x.example'>them</a></li></ul><p>soon</p>"
    )
    assert item.minutes == (Block("paragraph", "Agreed to"), Block("bullet", "lobby them"), Block("paragraph", "soon"))
    assert item.documents == ()


def test_labels_that_an_unclosed_list_has_swallowed_are_found() -> None:
    share = '<ul class="{}"><li><a href="#">Share this item</a></li>'
    inside = label("Additional documents:") + listed(("documents/s1/a.pdf", "A")) + label("Minutes:") + words("Said.")
    for kind in ("mgActionList", "mgBulletList", "share"):
        item = only(words("To do.") + share.format(kind) + inside)
        assert (texts(item), len(item.documents)) == (("To do.", "", "Said."), 1)


def test_an_item_without_anchor_is_numbered_by_its_links() -> None:
    assert only(label("Minutes:") + words("Said " + FULL.format("minutes")), aiid=None).aiid == 70
    assert only(VOTES, aiid=None).aiid == 70
    assert only(words("To do."), aiid=None).aiid is None


def test_a_row_without_its_class_is_known_by_its_anchor() -> None:
    rows = row(words("a")) + row(words("b"), number="2.", aiid=71).replace("mgItemNumberCell", "mgItemNumb?rCell")
    assert [item.aiid for item in read_meeting(meeting(rows)).items] == [70, 71]


def test_a_repeated_row_is_one_item() -> None:
    assert len(read_meeting(meeting(row(words("a")) * 2)).items) == 1


LINKS = """<li><a href="mgMeetingAttendance.aspx?ID=7960">Attendance details</a></li>
    <li><a href="documents/g8001/Agenda frontsheet.pdf?T=0">Agenda frontsheet <span class="mgFileSize">PDF 198 KB</span></a></li>
    <li><a href="mgChooseDocPack.aspx?ID=8001">Agenda reports pack</a></li>
    <li><a href="mgChooseDocPack.aspx?ID=8001&amp;SID=9001">Late Material <span class="mgFileSize">PDF 1 MB</span></a></li>
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
            '<meta name="dc.date" content="soon">',
            ("Overview and Scrutiny Committee", date(2026, 1, 15), time(19, 30), ""),
        ),
        (
            "",
            '<meta name="DC.title" content="Agenda for Housing Panel on Thursday 15 January 2026, 7:30 pm">',
            ("Housing Panel", date(2026, 1, 15), time(19, 30), ""),
        ),
        ("Overview and Scrutiny Committee", "", ("Overview and Scrutiny Committee", None, None, "")),
    ],
)
def test_committee_date_time_and_flag_stand_over_the_meeting(
    heading: str, meta: str, expected: tuple[object, ...]
) -> None:
    read = read_meeting(meeting(row(""), heading=heading, meta=meta))
    assert (read.committee_name, read.date, read.time, read.flag) == expected
    assert read.cid == 308


def test_the_committee_is_known_by_its_link_elsewhere_on_the_page() -> None:
    sub = f'<div class="mgSubTitle"><h2 class="mgSubTitleTxt">{HEADING}</h2></div>'
    crumb = '<ul><li><a href="ieListMeetings.aspx?CommitteeId=308">Meetings</a></li></ul>'
    table = f'<table id="mgItemTable">{row("")}</table>'
    assert read_meeting(page(crumb + table, sub=sub)).cid == 308


@pytest.mark.parametrize("name", ["Venue", "Proposed venue"])
def test_the_venue_is_read_without_directions(name: str) -> None:
    before = f'<p><span  class="mgLabel" >{name}: </span>Guildhall, High Street <a href="mgLocationDetails.aspx?RID=1"> View directions</a></p>'
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
    "published", ["Agenda", "Agenda and draft minutes", "Agenda, decisions and minutes", "Decisions", ""]
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
        assert not any("view the full" in text or "pdf icon" in text for text in texts(item))


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
