"""The copied text of an item's page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Block, plain
from crawler.moderngov import is_copied_item, read_copied_item
from crawler.moderngov.readings import ItemReading, PageError

COPY = """Agenda item

Knife crime in the borough

To consider the report.

Minutes:

The Committee:

\xa0

  • noted “it”
v Agreed to write
o asked for more

1. first

Decision:

Agreed.

Supporting documents:

- Report 2022 - final, item 6.1 PDF 22 KB
- Annex, item 6.1 DOC 1 MB"""


def item(text: str, encoding: str = "utf-8") -> ItemReading:
    return read_copied_item(text.encode(encoding)).item


def test_a_copied_text_gives_title_texts_and_documents() -> None:
    read = item(COPY)
    assert (read.title, read.number, read.aiid, read.cut) == ("Knife crime in the borough", "6.1", None, ())
    assert (plain(read.agenda), plain(read.decision)) == ("To consider the report.", "Agreed.")
    assert read.minutes == (
        Block("paragraph", "The Committee:"),
        Block("bullet", "noted “it”"),
        Block("bullet", "Agreed to write"),
        Block("bullet", "asked for more"),
        Block("paragraph", "1. first"),
    )
    assert [(d.key, d.title, d.url, d.media_type, d.size) for d in read.documents] == [
        (None, "Report 2022 - final", "", "application/pdf", "22 KB"),
        (None, "Annex", "", "application/msword", "1 MB"),
    ]


@pytest.mark.parametrize(
    "variant",
    [
        COPY.replace("\n\n", "\n"),
        COPY.replace("\n", "\r\n"),
        COPY.replace("\n", "\r"),
        "\ufeff" + COPY,
        "Skip to main content\nHome\nMeetings\n" + COPY,
        "Home\nMeetings\nAgenda item\n" + COPY,
        COPY.replace("Minutes:", "Share this item\nMinutes:").replace("Decision:", "Back to top\nDecisions:"),
        COPY.replace("  • noted", "•\tnoted").replace("o asked", "o\tasked"),
        COPY.replace("  • noted", "•\nnoted").replace("v Agreed", "·\xa0\xa0 Agreed"),
        COPY.replace("Supporting documents:", "Additional documents:"),
        COPY.replace(" PDF 22 KB", " pdf icon PDF 22 KB"),
        COPY.replace(" PDF 22 KB", "\nPDF 22 KB"),
        COPY.replace("- Report", "•\tReport").replace("- Annex", "Annex"),
        COPY + "\n\n\n© The council",
        COPY + "\n\n\nContact us\n  • Privacy\n  • Cookies",
        COPY + "\n- Webcast for Knife crime in the borough",
        COPY.replace(" PDF 22 KB", " PDF 22 KB View as HTML (6/1) 30 KB"),
        COPY.replace(" PDF 22 KB", " PDF 22 KB\nView as DOCX (6/1) 30 KB"),
        COPY.replace(" PDF 22 KB", "\nPDF 22 KB").replace(" DOC 1 MB", "\n\nDOC 1 MB"),
        COPY.replace(" PDF 22 KB", "\npdf icon\nPDF (22 KB)").replace(" DOC 1 MB", "\nWord 1 MB"),
        COPY.replace("DOC 1 MB", "Word 1 MB"),
        COPY.replace("To consider", "    • Share this item\n    • Print this page\nTo consider"),
        COPY.replace("To consider", "•\nShare this item\nTo consider"),
        COPY.replace("Minutes:", "Draft minutes:"),
        COPY.replace("Minutes:", "MINUTES :"),
        COPY.replace("Minutes:", "Minutes").replace("Decision:", "Decision"),
    ],
)
def test_browsers_copies_differ_and_read_alike(variant: str) -> None:
    assert item(variant) == item(COPY)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_copies_are_read_in_any_encoding(encoding: str) -> None:
    assert item(COPY, encoding) == item(COPY)


def test_the_titles_own_document_is_listed() -> None:
    read = item(COPY.replace("in the borough", "in the borough pdf icon PDF 3 MB"))
    assert read.title == "Knife crime in the borough"
    assert (read.documents[0].title, read.documents[0].size) == ("Knife crime in the borough", "3 MB")


def test_documents_without_sizes_are_listed_and_an_empty_list_is_none() -> None:
    assert [d.title for d in item("Agenda item\nA\nSupporting documents:\nReport\nAnnex").documents] == [
        "Report",
        "Annex",
    ]
    assert item("Agenda item\nA\nMinutes:\nSaid.\nSupporting documents:").documents == ()


SIZES = "Agenda item\nA\nSupporting documents:\n{}"


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("Report\nPDF 345 KB\nAnnex\nWord 1 MB", [("Report", "345 KB"), ("Annex", "1 MB")]),
        ("Report\r\n\r\nPDF 345 KB\r\n\r\nAnnex\r\n\r\nExcel 22 KB", [("Report", "345 KB"), ("Annex", "22 KB")]),
        ("Report PDF 345 KB\nRestricted enclosure 2\nAnnex PDF 1 MB", [
            ("Report", "345 KB"), ("Restricted enclosure 2", ""), ("Annex", "1 MB"),
        ]),
        ("Report PDF 345 KB\nExempt annex View reasons document 'Exempt annex' is restricted (7/2)", [
            ("Report", "345 KB"), ("Exempt annex", ""),
        ]),
        ("Report PDF 345 KB\nExempt annex\nAnnex PDF 1 MB", [
            ("Report", "345 KB"), ("Exempt annex", ""), ("Annex", "1 MB"),
        ]),
        ("Report, item PDF 345 KB\nAnnex - PDF 1 MB", [("Report", "345 KB"), ("Annex", "1 MB")]),
        ("Report PDF 345 KB\nContact us", [("Report", "345 KB")]),
    ],
)  # fmt: skip
def test_no_document_of_a_list_is_lost(listed: str, expected: list[tuple[str, str]]) -> None:
    assert [(d.title, d.size) for d in item(SIZES.format(listed)).documents] == expected


def test_a_number_may_have_a_part_in_brackets() -> None:
    read = item(SIZES.format("Report, item 5 (i) PDF 345 KB\nAnnex, item 5 (i) PDF 1 MB"))
    assert (read.number, [d.title for d in read.documents]) == ("5 (i)", ["Report", "Annex"])


def test_what_stands_between_documents_and_minutes_is_text() -> None:
    read = item("Agenda item\nA\nAdditional documents:\nReport PDF 345 KB\nTo note it.\nMinutes:\nSaid.\n"
                "Supporting documents:\nAnnex PDF 1 MB")  # fmt: skip
    assert ([d.title for d in read.documents], plain(read.agenda)) == (["Report", "Annex"], "To note it.")


def test_the_size_of_the_titles_own_document_may_stand_on_the_next_line() -> None:
    read = item("Agenda item\nKnife crime\npdf icon\nPDF 3 MB\nTo consider.\nMinutes:\nSaid.")
    assert (read.title, [d.size for d in read.documents], plain(read.agenda)) == (
        "Knife crime", ["3 MB"], "To consider.",
    )  # fmt: skip


def test_documents_may_stand_before_the_minutes() -> None:
    read = item("Agenda item\nA\nSupporting documents:\n- R, item 2 PDF 1 KB\nMinutes:\nSaid.")
    assert (plain(read.minutes), len(read.documents)) == ("Said.", 1)


def test_an_item_called_minutes_keeps_its_title() -> None:
    read = item("Agenda item\nMinutes\nTo confirm them.\nMinutes:\nThey were confirmed.")
    assert (read.title, plain(read.agenda), plain(read.minutes)) == (
        "Minutes",
        "To confirm them.",
        "They were confirmed.",
    )


def test_a_title_that_looks_like_a_label_is_the_title_and_an_item_may_have_none() -> None:
    read = item("Agenda item\nMinutes\nThose of May were agreed.")
    assert (read.title, plain(read.agenda), read.minutes) == ("Minutes", "Those of May were agreed.", ())
    read = item("Agenda item\n\nMinutes:\n\n     The psalm was read.")
    assert (read.title, plain(read.minutes)) == ("", "The psalm was read.")


def test_the_rows_of_a_copied_table_stay_rows() -> None:
    read = item(
        "Agenda item\nA\nMinutes:\nName\tInterest\tAction\nAsh\tgovernor\n1.\tto note\n12\t\tx\n"
        "\tFor\tAgainst\t\n\xa0\tyes\tno"
    )
    assert read.minutes == (
        Block("row", "Name | Interest | Action"),
        Block("row", "Ash | governor"),
        Block("paragraph", "1. to note"),
        Block("row", "12 |  | x"),
        Block("row", " | For | Against"),
        Block("row", " | yes | no"),
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Dear councillor,\nabout the agenda item of last week",
        b"%PDF-1.4 Agenda item",
        b"<!DOCTYPE html><html><p>\nAgenda item\n</html>",
        b"\x00\x01\x02\nAgenda item\nx",
    ],
)
def test_any_other_text_is_no_copied_item(data: bytes) -> None:
    assert not is_copied_item(data)
    with pytest.raises(PageError) as caught:
        read_copied_item(data)
    assert caught.value.reason == "not-moderngov"


def test_a_copy_that_ends_after_its_heading_holds_nothing() -> None:
    with pytest.raises(PageError) as caught:
        read_copied_item(b"Agenda item\n\n")
    assert caught.value.reason == "nothing-found"


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    for data in (text.encode("utf-8", "ignore"), ("Agenda item\nA\nMinutes:\n" + text).encode("utf-8", "ignore")):
        if is_copied_item(data):
            read_copied_item(data + b"\nend")


@pytest.mark.shared
def test_southwarks_copy_reads_as_printed(real_page: Callable[[str], bytes]) -> None:
    read = read_copied_item(real_page("seeds/southwark.txt")).item
    assert read.title == "Southwark Community Safety Partnership"
    assert len(read.agenda) == 1
    assert read.minutes[3].kind == "bullet"
    assert read.minutes[3].text.startswith("Community Safety is one of the top priorities")
    assert read.minutes[-1].text.endswith("especially the police.")
    assert (read.documents, read.number) == ((), "")


@pytest.mark.shared
def test_tower_hamlets_copy_reads_as_printed(real_page: Callable[[str], bytes]) -> None:
    read = read_copied_item(real_page("seeds/tower-hamlets.txt")).item
    assert read.title == "Community Safety Spotlight with Cabinet Member and Borough Commander"
    assert [block.kind for block in read.minutes].count("bullet") == 32
    assert read.minutes[2].text.startswith("Agreed that women felt most unsafe")
    assert [(d.title, d.size) for d in read.documents] == [
        ("CS community safety spotlight on BC and Cabnet Member", "22 KB"),
        ("Tower Scrutiny Panel 2022 - Complete1 v3", "1 MB"),
    ]
