"""A document's text is laid out page by page: whole as long as that loads well, else around the page asked for."""

from __future__ import annotations

import pytest

from archive import read_settings
from archive.page_texts import DocumentText, PageText, ReadingOutcome
from webui.document_page import MARKED_CHARACTERS, PART_PAGES, WHOLE_CHARACTERS, WHOLE_PAGES, Pages, laid_out, state
from webui.links import page_url
from webui.marks import spotter
from webui.passages import Spotter


def nothing(_place: object, _text: str) -> tuple[tuple[int, int], ...]:
    return ()


def finder(query: str) -> Spotter:
    return spotter(query, read_settings({}))


def document(*texts: str, total: int | None = None, **pages: object) -> DocumentText:
    read = tuple(PageText(number, text) for number, text in enumerate(texts, start=1))
    return DocumentText(pages=read, outcome="read", pages_total=total)


def numbers(pages: Pages) -> list[int]:
    return [sheet.number for sheet in pages.sheets]


def test_a_document_of_300_pages_stands_on_one_page() -> None:
    pages = laid_out(document(*["words " * 350] * 300), 300, nothing)
    assert numbers(pages) == list(range(1, 301))
    assert (pages.parts, pages.asked, pages.total) == ((), 300, 300)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (None, (1, 50)),
        (1, (1, 50)),
        (50, (1, 50)),
        (51, (51, 100)),
        (841, (801, 850)),
        (999, (1, 50)),
        (910, (901, 910)),
    ],
)
def test_a_longer_one_is_shown_around_the_page_asked_for(asked: int | None, shown: tuple[int, int]) -> None:
    pages = laid_out(document(*["word"] * 910), asked, nothing)
    assert (numbers(pages)[0], numbers(pages)[-1]) == shown
    assert [(part.first, part.last) for part in pages.parts if part.here] == [shown]
    assert len(pages.sheets) <= PART_PAGES


def test_every_page_has_one_anchor_somewhere() -> None:
    pages = laid_out(document(*["word"] * 910), 420, nothing)
    there = [*numbers(pages), *(number for part in pages.parts if not part.here for number in part.anchors)]
    assert sorted(there) == list(range(1, 911))


def test_parts_lead_to_one_another() -> None:
    pages = laid_out(document(*["word"] * 910), 60, nothing)
    assert pages.before is not None
    assert pages.after is not None
    assert (pages.before.first, pages.after.first) == (1, 101)
    assert laid_out(document(*["word"] * 910), 1, nothing).before is None
    assert laid_out(document(*["word"] * 910), 910, nothing).after is None


def test_long_pages_make_short_parts_and_the_longest_one_of_its_own() -> None:
    pages = laid_out(document(*["w" * WHOLE_CHARACTERS] * 3), 2, nothing)
    assert numbers(pages) == [2]
    assert [(part.first, part.last) for part in pages.parts] == [(1, 1), (2, 2), (3, 3)]


def test_a_long_document_opens_where_the_words_are() -> None:
    texts = ["word"] * (WHOLE_PAGES + 100)
    texts[419] = "a marked word"
    pages = laid_out(document(*texts), None, finder("marked"))
    assert 420 in numbers(pages)
    assert pages.marked == (420,)
    assert laid_out(document(*texts), 3, finder("marked")).marked == ()


def test_marked_pages_lead_to_the_next_one() -> None:
    pages = laid_out(document("damp", "dry", "damp and mould", "damp"), None, finder("damp"))
    assert [(sheet.number, sheet.marked, sheet.following) for sheet in pages.sheets] == [
        (1, True, 3), (2, False, None), (3, True, 4), (4, True, None),
    ]  # fmt: skip


def test_a_phrase_is_marked_over_the_end_of_a_line_within_a_page_alone() -> None:
    text = document("live facial\nrecognition", "live facial", "recognition")
    pages = laid_out(text, None, finder('"facial recognition"'))
    assert pages.marked == (1,)
    (group,) = pages.sheets[0].groups
    assert [(one.anchor, str(one.cells[0])) for one in group.passages] == [
        ("p-page-1-1", 'live <mark id="page-1-marked">facial</mark>'),
        ("p-page-1-2", "<mark>recognition</mark>"),
    ]


def test_rows_of_a_table_stand_in_cells() -> None:
    sheet = laid_out(document("Cases:\nWard | Cases\nAbbey | 41"), None, nothing).sheets[0]
    assert [(group.kind, [one.cells for one in group.passages]) for group in sheet.groups] == [
        ("paragraphs", [("Cases:",)]),
        ("table", [("Ward", "Cases"), ("Abbey", "41")]),
    ]


def test_what_could_not_be_read_stands_between_the_pages() -> None:
    text = DocumentText(
        pages=(PageText(2, "Two"), PageText(3, ""), PageText(4, "Four", scanned=True), PageText(5, "", scanned=True)),
        outcome="partial", pages_total=9,
    )  # fmt: skip
    pages = laid_out(text, 8, nothing)
    assert [(sheet.number, sheet.last, sheet.note) for sheet in pages.sheets] == [
        (1, 1, "Page 1 could not be read."),
        (2, 2, ""),
        (3, 3, "There are no words on this page."),
        (4, 4, "Read by machine from a picture of the page: letters may be wrong."),
        (5, 5, "This page is a picture, and its words could not be read."),
        (6, 9, "Pages 6 to 9 could not be read."),
    ]
    assert list(pages.sheets[-1].anchors) == [7, 8, 9]
    assert pages.asked == 8


def test_a_number_of_pages_that_nobody_can_believe_costs_nothing() -> None:
    pages = laid_out(document("One", total=10**9), 10**9, nothing)
    assert len(pages.sheets) == 2
    assert len(pages.sheets[1].anchors) <= 2_000


def test_a_text_too_long_to_look_through_is_shown_without_marks_and_said_so() -> None:
    pages = laid_out(document("damp " * MARKED_CHARACTERS), 1, finder("damp"))
    assert not pages.searched
    assert pages.marked == ()
    assert len(pages.sheets[0].groups) == 1


def reading(outcome: ReadingOutcome, reason: str = "", note: str = "") -> DocumentText:
    return DocumentText(pages=(), outcome=outcome, reason=reason, note=note)


@pytest.mark.parametrize(
    ("text", "kept", "told"),
    [
        (None, False, "This document has not been fetched yet."),
        (None, True, "Its text has not been read yet."),
        (reading("read"), True, ""),
        (reading("unread", "scanned"), True, "This document is a scan: its pages are pictures, "),
        (reading("unread", "encrypted"), True, "could not be read: the file is locked with a password."),
        (reading("partial", "too-large", "pages 1-75 of 120 read"), True, "could be read: pages 1-75 of 120 read."),
        (reading("partial", "damaged"), True, "only a part of it could be read: the file is broken."),
    ],
)
def test_how_far_a_document_could_be_read_is_told_in_words(text: DocumentText | None, kept: bool, told: str) -> None:
    assert told in state(text, kept=kept)


def test_a_pages_address_opens_long_documents_at_it_with_its_words_marked() -> None:
    assert page_url("wolden-s1") == "/documents/wolden-s1"
    assert page_url("wolden-s1", 41, 'a "b"') == "/documents/wolden-s1?page=41&q=a+%22b%22#page-41"
    assert page_url("wolden-s1", 41, "a", widen=False, version=2) == (
        "/documents/wolden-s1?page=41&q=a&widen=no&version=2#page-41"
    )
    assert page_url("wolden-s1", 41, "a", landing=True) == "/documents/wolden-s1?page=41&q=a#page-41-marked"
    assert page_url("wolden-s1", 41, landing=True) == "/documents/wolden-s1?page=41#page-41"
    assert page_url("wolden-s1", None, "a") == "/documents/wolden-s1?q=a"
