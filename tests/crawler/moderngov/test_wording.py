"""Text as a reader wants it: Word's paragraphs, lists and tables."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Block
from crawler.moderngov.bullets import numeral
from crawler.moderngov.characters import one_line, split_item, split_size
from crawler.moderngov.wording import Wording, read_text, read_wording

SPACER = '<span style="font:7.0pt &quot;Times New Roman&quot;">&nbsp;&nbsp;&nbsp;</span>'


def wording(html: str) -> Wording:
    body = BeautifulSoup(html.encode(), "lxml", from_encoding="utf-8").body
    return read_wording(body.contents if body else [])


def blocks(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in wording(html).text]


def paragraphs(*texts: str) -> list[tuple[str, str]]:
    return [("paragraph", text) for text in texts]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>A period of up to 30\nminutes during</p>", "A period of up to 30 minutes during"),
        ("<p><b>RESOLVED</b> that</p>", "RESOLVED that"),
        ("<p><b>RESOLVED </b>that</p>", "RESOLVED that"),
        ("<p><b><span lang=EN-US>RESOLVED</span></b> <span>that</span></p>", "RESOLVED that"),
        ("<p>Councillor <span class=SpellE>Had</span>jimichael</p>", "Councillor Hadjimichael"),
        ("<p>with <span class=GramE>S100B(</span>4) of</p>", "with S100B(4) of"),
        ("<p>the 4<sup>th</sup> of</p>", "the 4th of"),
        ("<p>20 signatures<b>*</b> &amp; <b>notice</b></p>", "20 signatures* & notice"),
        ("<p>an&nbsp;&nbsp; odd&#8203; so&shy;ft \ufeffend\u2060</p>", "an odd soft end"),
        ("<p>he said &#147;no&#148; &#150; twice</p>", "he said “no” – twice"),
        ('<p><span style="background:yellow">(Wednesday 14 January\n2026)</span>.</p>', "(Wednesday 14 January 2026)."),
        ("<p>a<!-- hidden --><script>x</script><style>y</style>b</p>", "ab"),
        ("<p>one<span style='display:none'>two</span> <span hidden>three</span>four</p>", "one four"),
        ("<p>seen <span class=mgHide>, item 1.</span><span class='x mgFileSize'>PDF 1 KB</span></p>", "seen"),
        ("<p><![if !supportLists]>1.<o:p></o:p> kept<![endif]></p>", "1. kept"),
        ("loose words", "loose words"),
        ("<p>the\u00c2&nbsp;committee\u00c2  noted \u00c2\u00a35</p>", "the committee noted £5"),
        (
            "<p>it\u00e2\u20ac\u2122s \u00e2\u20ac\u0153fine\u00e2\u20ac\u009d \u00e2\u20ac\u201c ok</p>",
            "it’s “fine” – ok",
        ),
        ("<p>Ch\u00e2teau \u00c2ge \u20ac5 of \u00e2\u20acx</p>", "Ch\u00e2teau \u00c2ge \u20ac5 of \u00e2\u20acx"),
        ("<p>the Sub?Committee</p>", "the Sub?Committee"),
        (
            '<p>Contact <a class="__cf_email__" href="/cdn-cgi/l/email-protection">[email&#160;protected]</a>.</p>',
            "Contact [email protected].",
        ),
    ],
)
def test_a_paragraph_reads_exactly_as_printed(html: str, expected: str) -> None:
    assert blocks(html) == paragraphs(expected)


def test_empty_paragraphs_are_dropped_and_breaks_end_a_block() -> None:
    html = "<p>&nbsp;</p><p>one<br>two<br/><br/></p><p><span> \u200b</span></p><div>three<p>four</p>five</div><hr>"
    assert blocks(html) == paragraphs("one", "two", "three", "four", "five")


@pytest.mark.parametrize("glyph", ["·", "§", "o", "v", "-", "–", "*", "Ø", "ü", "\uf0b7", "•", "▪"])
def test_a_glyph_that_word_set_as_a_marker_is_a_bullet(glyph: str) -> None:
    listed = f'<p class="MsoListParagraphCxSpFirst"><span>{glyph}{SPACER}</span>to note the report</p>'
    spaced = f"<p class=MsoNormal>{glyph}&nbsp;&nbsp;&nbsp; to note\nthe report</p>"
    tabbed = f"<p class=MsoNormal>{glyph}\tto note the report</p>"
    emptied = f'<p class=MsoNormal>{glyph}<span style="font:7.0pt x"></span>to note the report</p>'
    for html in (listed, spaced, tabbed, emptied):
        assert blocks(html) == [("bullet", "to note the report")]


@pytest.mark.parametrize("letter", ["q", "n", "l", "§", "à", "è"])
def test_a_letter_in_a_symbol_font_is_a_bullet(letter: str) -> None:
    html = f'<p><span style="font-family:Wingdings">{letter}</span> <span>to note</span></p>'
    assert blocks(html) == [("bullet", "to note")]


@pytest.mark.parametrize(
    "line",
    [
        "o the thing",
        "v Chelsea (away)",
        "- 5 degrees",
        "– he said",
        "* The Chair may waive this",
        "§ 12 of the Act",
        "§12 of the Act",
        "of the o and the v",
        "A resident asked",
        "1. the introduction",
    ],
)
def test_an_ordinary_line_is_no_bullet(line: str) -> None:
    assert blocks(f"<p class=MsoNormal>{line}</p>") == paragraphs(line)


def test_a_letter_of_a_word_in_a_small_font_is_not_parted_from_it() -> None:
    html = '<p><span style="font-size:7.0pt">W</span><span style="font-size:7.0pt">ord</span></p>'
    assert blocks(html) == paragraphs("Word")


@pytest.mark.parametrize("number", ["1.", "(a)", "a)", "i)", "(iv)", "3.1", "3.1.2", "12.", "A1"])
def test_a_typed_number_stays_with_one_space(number: str) -> None:
    kept = f"<p class=MsoListParagraph><span>{number}{SPACER}</span>\nthe introduction</p>"
    emptied = f'<p class=MsoNormal>{number}<span style="font:7.0pt x"></span>the introduction</p>'
    assert blocks(kept) == blocks(emptied) == paragraphs(f"{number} the introduction")


def test_real_lists_keep_their_structure() -> None:
    html = """<ul><li>one<ul><li><p>two</p><p>more of it</p></li></ul></li><li>three</li></ul>
        <ol start="3" type="a"><li>x</li><li>y</li></ol><ol style="list-style-type:upper-roman"><li value="4">z</ol>
        <ol><li>1. typed too</li></ol><li>stray</li>"""
    assert blocks(html) == [
        ("bullet", "one"),
        ("bullet", "two"),
        ("paragraph", "more of it"),
        ("bullet", "three"),
        ("paragraph", "c. x"),
        ("paragraph", "d. y"),
        ("paragraph", "IV. z"),
        ("paragraph", "1. typed too"),
        ("bullet", "stray"),
    ]


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (1, "1", "1"),
        (3, "a", "c"),
        (27, "A", "AA"),
        (4, "i", "iv"),
        (1999, "I", "MCMXCIX"),
        (5000, "i", "5000"),
        (0, "a", "0"),
    ],
)
def test_numbers_are_printed_in_their_style(number: int, style: str, printed: str) -> None:
    assert numeral(number, style) == printed


def test_a_table_becomes_rows_and_a_nested_one_is_read_once() -> None:
    html = """<p>before</p><table><tr><td>Councillor</td><td>Interest</td><td></td></tr>
        <tr><td>Ash</td><td><p>a school</p><p>governor</p>
        <table><tr><td>For</td><td>12</td></tr></table></td><td> </td></tr>
        <tr><td colspan=3>No others</td></tr></table><p>after</p>"""
    assert blocks(html) == [
        ("paragraph", "before"),
        ("row", "Councillor | Interest"),
        ("row", "Ash | a school governor"),
        ("row", "For | 12"),
        ("row", "No others"),
        ("paragraph", "after"),
    ]


def test_a_table_that_only_lays_out_keeps_paragraphs_in_their_order() -> None:
    html = """<table><tr><td><p>one</p><ul><li>two</li></ul>
        <table><tr><td>a</td><td>b</td></tr></table><p>three</p></td><td> </td></tr>
        <tr><td></td><td>four</td></tr></table>"""
    expected = [
        ("paragraph", "one"),
        ("bullet", "two"),
        ("row", "a | b"),
        ("paragraph", "three"),
        ("paragraph", "four"),
    ]
    assert blocks(html) == expected


def test_an_empty_cell_keeps_its_column_but_none_trails() -> None:
    html = """<table><tr><th>Title</th><th>Votes</th><th>Result</th></tr>
        <tr><td>Motion</td><td></td><td>Carried</td></tr><tr><td></td><td>12</td><td> </td></tr></table>"""
    assert blocks(html) == [("row", "Title | Votes | Result"), ("row", "Motion |  | Carried"), ("row", " | 12")]


@pytest.mark.parametrize(
    "furniture",
    [
        "<ul><li><a href=#>Share this item</a></li></ul>",
        "<p><a href=#top>Back to top</a></p>",
        "<p>View the background to item 1.</p>",
        "<a href=x> View directions</a>",
        "<p>pdf icon</p>",
        "<ul class=mgActionList><li><a href='ieDecisionDetails.aspx?AIId=1'>Anything at all</a></li></ul>",
        "<li><a href='mgListRecordedVotesShort.aspx?AIID=1'>View Recorded Vote for this item</a></li>",
        "<div class='mgFooter'>foot</div>",
        "<a href='mgReasonsRestricted.aspx?OID=1'>View the reasons why document 'B' is restricted</a>",
        "<a href='mgReasonsRestricted.aspx?OID=1'>View reasons document 'B' is restricted</a>",
        "<p>Webcast for 6.1</p>",
    ],
)
def test_the_sites_furniture_is_stripped(furniture: str) -> None:
    assert blocks(f"<p>kept</p>{furniture}<p>kept too</p>") == paragraphs("kept", "kept too")


def test_words_like_furniture_within_a_sentence_stay() -> None:
    assert blocks("<p>Members may share this item with residents.</p>") == paragraphs(
        "Members may share this item with residents."
    )


@pytest.mark.parametrize(
    ("html", "text", "cut"),
    [
        (
            '<p>potential &nbsp;...&nbsp; <a href="mgAi.aspx?ID=1">\nview the full minutes text for item 59.</a></p>',
            ["potential"],
            "minutes",
        ),
        (
            '<p>was said. … <a href="mgAi.aspx?ID=1">View the full agenda text for item 3a</a></p>',
            ["was said."],
            "agenda",
        ),
        (
            '<p>said</p><p>...</p><p><a href="mgAi.aspx?ID=1">view the full decision text for item 1.</a></p>',
            ["said"],
            "decision",
        ),
        ('<p>said. . . </p><div><a href="x">view the full item text for item 1.</a></div>', ["said"], "item"),
        ('<p><a href="mgAi.aspx?ID=1">view the full minutes text for item 1.</a></p>', [], "minutes"),
        ('<p>said… <a href="mgAi.aspx?ID=1">View full minutes text for item 1</a>.</p>', ["said"], "minutes"),
    ],
)
def test_the_link_to_a_full_text_is_removed_and_named(html: str, text: list[str], cut: str) -> None:
    assert blocks(html) == paragraphs(*text)
    assert wording(html).cut == (cut,)


def test_dots_of_a_text_that_is_whole_stay() -> None:
    assert wording("<p>and so on ...</p>") == Wording((Block("paragraph", "and so on ..."),))


def test_an_unclosed_link_does_not_swallow_what_follows() -> None:
    assert blocks("<a href=x>Back to top<p>kept</p><p>too</p>") == paragraphs("kept", "too")


def test_deep_nesting_is_no_trouble() -> None:
    assert blocks("<div>" * 5000 + "deep") == paragraphs("deep")


PIECES = """
    <p> </p> <b> </b> <td> <tr> <table> </table> <ul> <li> </ul> <ol> <br> <div> </div> · o v &nbsp; word 1. <font>
"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=60))
def test_no_words_are_lost_in_any_nesting(pieces: list[str]) -> None:
    html = " ".join(pieces)
    body = BeautifulSoup(html.encode(), "lxml", from_encoding="utf-8").body
    text = read_text(body.contents if body else [])
    assert sum(block.text.count("word") for block in text) == html.count("word")
    assert all(block.text == one_line(block.text) and block.text for block in text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Report PDF 161 KB", ("Report", "pdf", "161 KB")),
        ("Report pdf icon PDF 1 MB", ("Report", "pdf", "1 MB")),
        ("Pimlico District HeatingPDF 500 KB", ("Pimlico District HeatingPDF 500 KB", "", "")),
        ("Report (PDF, 132 KB)", ("Report", "pdf", "132 KB")),
        ("Plan DOC 30 KB", ("Plan", "doc", "30 KB")),
        ("The PDF format", ("The PDF format", "", "")),
        ("Budget 2024", ("Budget 2024", "", "")),
        ("Report PDF 161 KB View as HTML (6/1) 67 KB", ("Report", "pdf", "161 KB")),
        ("Annex View as DOCX (6/2)", ("Annex", "", "")),
        ("Annex , View reasons document 'Annex' is restricted (3)", ("Annex", "", "")),
        ("How councillors view as residents do", ("How councillors view as residents do", "", "")),
    ],
)
def test_the_size_is_told_from_the_title(line: str, expected: tuple[str, str, str]) -> None:
    assert split_size(line) == expected


def test_the_items_number_is_told_from_the_title() -> None:
    assert split_item("Complete1 v3, item 6.1") == ("Complete1 v3", "6.1")
    assert split_item("Item 6") == ("Item 6", "")
