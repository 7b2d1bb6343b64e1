"""The agenda items of a meeting's page: labels, texts, documents, numbers."""

from __future__ import annotations

import pytest

from archive.records import Block, plain
from crawler.moderngov import read_meeting
from crawler.moderngov.readings import ItemReading, PageError
from tests.crawler.moderngov.building import label, listed, meeting, row, words

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
        words("To do.") + label("Additional documents:")
        + label(" Minutes : ") + words("Said.") + label("Resolved:") + words("Done."),
        words("To do.") + label("Supporting documents:") + listed(("documents/s1/a.pdf", "A"))
        + label("Decision") + words("Done.") + label("Draft minutes:") + words("Said."),
        f"<div class=skin>{words('To do.')}<div><div>{label('Decision:')}</div>{words('Done.')}</div>"
        f"{label('Minutes:')}{words('Said.')}</div>",
        words("To do.") + "<p><b>Decision:</b></p><p>Done.</p><h4>Minutes:</h4><p>Said.</p>",
        words("To do.") + label("Decision(s):") + words("Done.") + label("Minutes (draft):") + words("Said."),
        words("To do.") + label("Resolution:") + words("Done.") + label("MINUTE:") + words("Said."),
    ],
)  # fmt: skip
def test_each_label_owns_what_follows_it(inside: str) -> None:
    assert texts(only(inside)) == ("To do.", "Done.", "Said.")


def test_a_column_beside_the_item_is_no_part_of_its_minutes() -> None:
    item = only(words("To do.") + label("Minutes:") + words("Said."), more="<td><p>All wards</p></td>")
    assert texts(item) == ("To do.\nAll wards", "", "Said.")


@pytest.mark.parametrize("tag", ["h3", "h4", "summary", "button"])
def test_a_heading_without_class_or_colon_is_a_label(tag: str) -> None:
    skin = f"<div><{tag}>{{}}</{tag}><div>{{}}</div></div>".format
    documents = listed(("documents/s1/A.pdf", "Annex"))
    item = only(words("To note.") + skin("Supporting documents", documents) + skin("Minutes", words("Said.")))
    assert (texts(item), [d.key for d in item.documents]) == (("To note.", "", "Said."), ["s1"])
    assert texts(only(words("To note.") + "<p>Minutes</p>" + words("Said."))) == ("To note.\nMinutes\nSaid.", "", "")


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
        (label("Minutes:") + words("Said … <a href='mgAi.aspx?ID=70'>Read more</a>"), ("minutes",), ("", "", "Said")),
        (words("As in <a href='mgAi.aspx?ID=9'>item 5</a> ... Noted"), (), ("As in item 5 ... Noted", "", "")),
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
    title = """<a class="mgAiTitleLnk" href="documents/s112217/Petition Report.pdf">Petition &#40;second&#41;
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


RESTRICTED = """Appendix B <a href="mgReasonsRestricted.aspx?OID=1&OT=AT">
    View the reasons why document is restricted</a>"""
UNNAMED = """<a href="documents/s1/x.pdf" title="Link to document 'Named here' pdf file"><img alt=""></a>"""


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ('<a href="documents/s1/Plan.DOC">Plan</a>', ("s1", "Plan", "application/msword", "")),
        (
            '<a href="documents/s1/Plan.pdf">Plan <span class=mgFileSize>XLS 30 KB</span></a>',
            ("s1", "Plan", "application/vnd.ms-excel", "30 KB"),
        ),
        ('<a href="mgConvert2PDF.aspx?ID=5">Plan, item 3. PDF 2 MB</a>', ("s5", "Plan", "application/pdf", "2 MB")),
        ('<a href="https://video.example.org/watch">Film</a>', (None, "Film", "", "")),
        ("Appendix B - exempt", (None, "Appendix B - exempt", "", "")),
        (RESTRICTED, (None, "Appendix B", "", "")),
        (f"{RESTRICTED} (8/2)", (None, "Appendix B", "", "")),
        ("Minutes of the working group (8/2)", (None, "Minutes of the working group (8/2)", "", "")),
        (
            '<a href="documents/s1/Plan.docx">Plan <span class=mgFileSize>Word 1 MB</span></a>',
            ("s1", "Plan", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "1 MB"),
        ),
        ('<a href="documents/s1">Plan Word 1 MB</a>', ("s1", "Plan", "application/msword", "1 MB")),
        (UNNAMED, ("s1", "Named here", "application/pdf", "")),
    ],
)
def test_documents_of_every_kind_are_listed(entry: str, expected: tuple[str | None, str, str, str]) -> None:
    item = only(label("Supporting documents:") + f'<ul class="mgBulletList"><li>{entry}</li></ul>')
    assert [(d.key, d.title, d.media_type, d.size) for d in item.documents] == [expected]


def test_a_scripts_address_is_dropped_and_its_title_kept() -> None:
    item = only(
        label("Additional documents:") + listed(("javascript:alert(1)", "Annex A"), ("data:text/html,x", "Annex B"))
    )
    assert [(d.key, d.title, d.url) for d in item.documents] == [(None, "Annex A", ""), (None, "Annex B", "")]


@pytest.mark.parametrize("words_of_link", ["Webcast", "Webcast for 1.", "Webcast for Knife crime", "View the webcast"])
def test_a_film_of_the_meeting_is_neither_text_nor_document(words_of_link: str) -> None:
    film = f'<ul class="mgBulletList"><li><a href="https://film.example/?mg_a_id=70">{words_of_link}</a></li></ul>'
    item = only(film + label("Additional documents:") + film + label("Minutes:") + words("Said."))
    assert (texts(item), item.documents) == (("", "", "Said."), ())


def test_documents_outside_a_list_are_listed_too() -> None:
    late = '<p class="mgAiTitleTxt"><a class="mgAiTitleLnk" href="documents/s1/Late.pdf">Late report PDF 3 KB</a></p>'
    lines = '<p><a href="documents/s2/A.pdf">Annex A</a></p><a href="documents/s3/B.pdf">Annex B</a><p>To follow: C</p>'
    lines += '<p>Watch it on <a href="https://film.example">our channel</a>.</p>'
    item = only(late + label("Supporting documents:") + lines + label("Minutes:") + words("Said."))
    assert [(d.key, d.title) for d in item.documents] == [("s1", "Late report"), ("s2", "Annex A"), ("s3", "Annex B")]
    assert texts(item) == ("Late report PDF 3 KB\nTo follow: C\nWatch it on our channel.", "", "Said.")


def test_of_a_list_of_actions_the_files_alone_are_taken() -> None:
    actions = """<ul class="mgActionList"><li><a href="ieDecisionDetails.aspx?AIId=70">View the decision</a></li>
        <li>Declared: none</li><li><a href="documents/s4/Late.pdf">Late report</a></li></ul>"""
    item = only(actions + words("To note.") + label("Minutes:") + actions + words("Said."))
    assert (texts(item), [(d.key, d.title) for d in item.documents]) == (
        ("To note.", "", "Said."),
        [("s4", "Late report")],
    )


def test_another_form_of_a_document_is_no_other_document() -> None:
    form = '<a href="mgConvert2PDF.aspx?ID=9&T=2">View as HTML (1/{}) <span class="mgFileSize">6 KB</span></a>'
    title = '<a class="mgAiTitleLnk" href="documents/s1/Plan.pdf">Plan <span class="mgFileSize">PDF 1 MB</span></a>'
    annex = f'<li><a href="documents/s2/Annex.pdf">Annex, item 1. PDF 6 KB</a> {form.format(2)}</li>'
    item = only(label("Additional documents:") + f"<ul class=mgBulletList>{annex}</ul>", title=title + form.format(1))
    assert item.title == "Plan"
    assert [(d.key, d.title, d.size) for d in item.documents] == [("s1", "Plan", "1 MB"), ("s2", "Annex", "6 KB")]


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


def test_a_row_without_class_and_anchor_is_known_by_its_title_lines() -> None:
    nested = "<table><tr><td><p>3.</p></td><td>x</td></tr></table>"
    rows = row(words("a", nested), aiid=None) + row(words("b"), number="2.", aiid=None)
    read = read_meeting(meeting(rows.replace("mgItemNumberCell", "number"))).items
    assert [(item.number, item.title) for item in read] == [("1.", "Knife crime"), ("2.", "Knife crime")]


def test_a_repeated_row_is_one_item() -> None:
    assert len(read_meeting(meeting(row(words("a")) * 2)).items) == 1
