"""What a page is told by: its content, never its status; and that it arrived whole."""

from __future__ import annotations

import pytest

from crawler.moderngov import Page, kind_of, read_meeting, read_page
from crawler.moderngov.completeness import is_whole
from crawler.moderngov.decoding import decode
from crawler.moderngov.readings import REASONS, PageError
from tests.crawler.moderngov.building import label, meeting, page, row, words

COMMITTEE = "<ul class=mgBulletList><li><a href='mgCommitteeDetails.aspx?ID=1'>A</a></li></ul>"
SOUND = meeting(row(words("To note.") + label("Minutes:") + words("It was noted.")))


def refusal(data: bytes, largest: int = 1_000_000, address: str = "") -> str:
    with pytest.raises(PageError) as caught:
        read_page(data, largest, address)
    assert caught.value.reason in dict(REASONS)
    assert "\n" not in str(caught.value)
    return caught.value.reason


def html(body: str, title: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "data",
    [
        html("<h1>Pardon Our Interruption</h1><p>As you were browsing something made us think you were a bot.</p>"),
        html("<p>Checking if the site connection is secure</p>", "Just a moment..."),
        html("<h1>Sorry, you have been blocked</h1>", "Attention Required! | Cloudflare"),
        html('<iframe src="/_Incapsula_Resource?x=1"></iframe>'),
        html("<p>Request unsuccessful. Incapsula incident ID: 1-2</p>"),
        html("<p>Please complete the CAPTCHA to continue</p>"),
        html("<script>window._cf_chl_opt={}</script><p>Enable JavaScript and cookies to continue</p>"),
        b"<html><head><title>Just a moment...</title></head><body>",
    ],
)
def test_a_test_for_robots_is_a_challenge(data: bytes) -> None:
    assert refusal(data) == "challenge"


@pytest.mark.parametrize(
    "data",
    [
        html("<h1>Error</h1><p>An error has occurred.</p>"),
        html("<p>HTTP Error 503. The service is unavailable.</p>", "Service Unavailable"),
        html("<h2>404 - File or directory not found.</h2>", "404"),
        html("<h1>Access Denied</h1>"),
        html('<form action="/login"><input type="text"><input TYPE="Password"></form>', "Committees"),
        page('<p class="mgErrorTxt">The item is not available.</p>', heading="Error"),
        page(words("Something went wrong"), heading="Error"),
        page("<p>Please sign in</p><input type=password>", heading="Login"),
        page("<p>We are working on it</p>", heading="Service unavailable"),
    ],
)
def test_a_page_of_regret_is_an_error_page(data: bytes) -> None:
    assert refusal(data) == "error-page"


def test_the_error_address_is_an_error_whatever_the_page_says() -> None:
    assert refusal(SOUND, address="https://a.example/mgError.aspx?x=1") == "error-page"


@pytest.mark.parametrize(
    "data",
    [
        html("<h1>Welcome to the council</h1><p>Bins and libraries.</p>" + "<p>More of it.</p>" * 300, "Council"),
        html("<h1>Committees</h1><p>Our committees meet often.</p>", "Council"),
        b"%PDF-1.7 \x00\x01 nothing",
        b"just words",
        b"{}",
        b'<?xml version="1.0"?><committees><committee/></committees>',
    ],
)
def test_a_page_of_something_else_is_not_moderngov(data: bytes) -> None:
    assert refusal(data) == "not-moderngov"


@pytest.mark.parametrize("data", [b"", b" \r\n", SOUND[:-9], SOUND[: len(SOUND) // 2], html("<p>x")[:-7]])
def test_a_page_without_its_end_is_cut(data: bytes) -> None:
    assert refusal(data) == "cut"


def test_a_page_over_the_limit_is_too_large() -> None:
    assert refusal(SOUND, len(SOUND) - 1) == "too-large"
    assert isinstance(read_page(SOUND, len(SOUND)), Page)


def test_a_page_that_nests_without_bound_is_too_large() -> None:
    assert refusal(page("<div>" * 3000)) == "too-large"
    assert refusal(page("<i>" * 450_000), 10_000_000) == "too-large"


def test_a_word_about_robots_in_a_sound_page_is_no_challenge() -> None:
    sound = meeting(row(words("Just a moment: the captcha was discussed, access denied, service unavailable.")))
    assert kind_of(read_page(sound)) == "meeting"


def test_a_page_is_moderngovs_without_the_usual_heading_or_box() -> None:
    table = f'<table id="mgItemTable">{row(words("To note."))}</table>'
    assert kind_of(read_page(html(f'<div id="modgov"><h1>Agenda</h1>{table}</div>'))) == "meeting"
    assert kind_of(read_page(html(f"<h1>Agenda</h1>{table}"))) == "meeting"


@pytest.mark.parametrize(
    ("inside", "heading", "kind"),
    [
        (words("To note."), "Agenda item", "item"),
        (label("Minutes:") + words("Noted."), "Something new", "item"),
        ("<p>No documents are available for this meeting</p>", "Meeting", "meeting"),
        ("<p>Members</p>", "Committee details", "other"),
        ("", "Browse meetings", "meetings"),
        (COMMITTEE, "Committees", "committees"),
        (COMMITTEE, "Our council's bodies", "committees"),
        (COMMITTEE.replace("mgBulletList", "list"), "All committees and panels", "committees"),
        (
            COMMITTEE.replace("mgCommitteeDetails.aspx?ID", "ieListMeetings.aspx?CommitteeId"),
            "Browse meetings",
            "committees",
        ),
        ("<h2 class=mgSectionTitle>Committee appointments</h2>" + COMMITTEE, "Ash Field", "other"),
        (COMMITTEE, "Councillor Ash Field", "other"),
        (label("Minutes:") + words("Noted.") + label("Minutes:") + words("Noted again."), "Issue - meetings", "other"),
        (label("Decision:") + words("Agreed."), "Decision details", "other"),
        ('<h2 class="mgSubTitleTxt">Panel - 15 January 2026</h2><p>1. Apologies</p>', "Meeting documents", "other"),
        ('<h2 class="mgSubTitleTxt">Panel - 15 January 2026</h2>', "Meeting attendance", "other"),
        ('<h2 class="mgSubTitleTxt">Panel - 15 January 2026</h2>', "Meeting", "meeting"),
    ],
)
def test_the_kind_is_told_by_the_content(inside: str, heading: str, kind: str) -> None:
    assert kind_of(read_page(page(inside, heading=heading))) == kind


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "\r\n\r\n",
        "<!-- served in 12 ms -->\n",
        "<script>document.write('</p><b>')</script>\n<noscript><img src=x></noscript>",
        "<!--a--><!-- <b> -->\n<script src='x'></script>\n",
    ],
)
def test_scripts_and_comments_may_follow_the_end(tail: str) -> None:
    assert is_whole(SOUND.decode() + tail)


@pytest.mark.parametrize("tail", ["<!-- served", "<script>var a", "<scri", "<", "and then", "<p>more"])
def test_what_follows_the_end_must_be_whole_too(tail: str) -> None:
    assert not is_whole(SOUND.decode() + tail)


@pytest.mark.parametrize(
    "pasted",
    [
        "<p>pasted</p></body></html>",
        "<html><head><title>x</title></head><body><p>pasted</p></body></html>",
        "</div></div></div></body></html>",
        "<script>document.write('</html>')</script>",
        "<!-- </html> -->",
        '<a title="</html>">x</a>',
        "&lt;/html&gt;",
    ],
)
def test_an_end_within_the_content_is_not_the_pages_end(pasted: str) -> None:
    whole = meeting(row(words(pasted)) + row(words("Second"), number="2.", aiid=71))
    place = whole.index(b"html", whole.index(pasted.split("</html>")[0].encode()) if "</html>" in pasted else 0)
    for end in range(place, whole.index(b"AI71") + 60):
        assert not is_whole(whole[:end].decode())
    assert [item.aiid for item in read_meeting(whole).items] == [70, 71]


def test_boxes_that_a_skin_closes_in_place_do_not_make_a_page_cut() -> None:
    assert is_whole(meeting(row(words("a")), before='<div class="clear" />' * 9).decode())


def test_a_page_cut_anywhere_never_passes() -> None:
    for end in range(len(SOUND.rstrip())):
        with pytest.raises(PageError):
            read_meeting(SOUND[:end])


@pytest.mark.parametrize(
    ("head", "body", "encoding"),
    [
        ("charset=utf-8", "“café” £5", "utf-8"),
        ("charset=iso-8859-1", "“café” £5", "cp1252"),
        ('http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"', "“café” £5", "cp1252"),
        ("charset=windows-1252", "“café” £5", "cp1252"),
        ("charset=iso-8859-1", "“café” £5", "utf-8"),
        ("charset=utf-8", "“café” £5", "cp1252"),
        ("name=x", "“café” £5", "cp1252"),
        ("name=x", "“café” £5", "utf-8"),
        ("charset=utf-8", "“café” £5", "utf-16"),
        ("charset=utf-8", "“café” £5", "utf-16-le"),
        ("charset=utf-8", "“café” £5", "utf-16-be"),
        ("charset=utf-8", "“café” £5", "utf-8-sig"),
        ("charset=hex", "“café” £5", "utf-8"),
        ("charset=iso-8859-2", "Łódź", "iso-8859-2"),
    ],
)
def test_a_page_is_read_in_its_encoding(head: str, body: str, encoding: str) -> None:
    text = f"<html><head><meta {head}></head><body>{body}</body></html>"
    assert body in decode(text.encode(encoding))


def test_a_page_of_both_encodings_keeps_both() -> None:
    assert decode("<meta charset=utf-8>£ and ".encode() + b"\x93this\x94\x81") == "<meta charset=utf-8>£ and “this”"


def test_windows_quotes_reach_the_text_of_a_latin_page() -> None:
    data = meeting(row(words("he said ~no~"))).replace(b"utf-8", b"iso-8859-1").replace(b"~no~", b"\x93no\x94")
    assert read_meeting(data).items[0].agenda[0].text == "he said “no”"


def test_zeros_in_a_page_are_no_trouble() -> None:
    assert read_meeting(SOUND.replace(b"noted", b"no\x00ted")).items[0].minutes[0].text == "It was noted."


@pytest.mark.parametrize(
    ("before", "meta", "expected"),
    [
        (b"<!-- saved from url=(0068)https://a.example/ieListDocuments.aspx?CId=5&MId=77&Ver=4 -->\n", "", 77),
        (b"", '<link rel="canonical" href="https://a.example/ieListDocuments.aspx?MId=78">', 78),
        (b"", '<meta property="og:url" content="https://a.example/ieListDocuments.aspx?MId=79">', 79),
        (b"", '<link rel="canonical" href="javascript:x">', None),
    ],
)
def test_a_saved_page_says_where_it_came_from(before: bytes, meta: str, expected: int | None) -> None:
    data = before + meeting(row(words("To note.")), meta=meta)
    assert read_meeting(data).mid == expected


def test_an_xhtml_page_is_read_like_any_other() -> None:
    assert read_meeting(b'<?xml version="1.0" encoding="utf-8"?>\n' + SOUND).items[0].number == "1."
