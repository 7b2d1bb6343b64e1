"""The pages of Word documents: what a reader sees, on the page where it stands."""

from __future__ import annotations

import pytest

from crawler.documents import read_document
from tests.crawler.documents.papers import (
    PAGE_BREAK,
    RENDERED,
    docx,
    paged_docx,
    paragraph,
    part,
    row,
    run,
    zipped,
)

SECTION = "<w:sectPr/>"
GOES_ON = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
BEFORE = "<w:pageBreakBefore/>"
MARKED = f"<w:r>{RENDERED}<w:t>Mould</w:t></w:r>"
NOTED = '<w:r><w:footnoteReference w:id="2"/></w:r>'
BOXED = f"<w:txbxContent>{paragraph('Boxed')}</w:txbxContent>"
TWICE = f"<mc:AlternateContent><mc:Choice>{BOXED}</mc:Choice><mc:Fallback>{BOXED}</mc:Fallback></mc:AlternateContent>"
REVISED = f"<w:ins>{run(' and')}</w:ins><w:del>{run(' or')}</w:del>"


def texts(body: str, **parts: str) -> list[str]:
    named = {f"word/{name}.xml": inner for name, inner in parts.items()}
    document = read_document(docx(body, named))
    assert document.outcome == "read", document
    assert [page.number for page in document.pages] == list(range(1, (document.pages_total or 0) + 1))
    return [page.text for page in document.pages]


def planted(number: int) -> str:
    return f"the {number}th heron kept its minutes"


def test_words_are_found_on_their_pages_in_a_document_of_300() -> None:
    filler = "\n".join("The committee heard that repairs took longer than twenty days. " * 3 for _ in range(12))
    document = read_document(paged_docx([f"{filler}\n{planted(number)}" for number in range(1, 301)]))
    assert (document.outcome, document.pages_total) == ("read", 300)
    for number in (1, 41, 300):
        assert [page.number for page in document.pages if planted(number) in page.text] == [number]


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (paragraph("Damp") + paragraph("Mould"), ["Damp\nMould"]),
        (paragraph("Damp", PAGE_BREAK, "Mould"), ["Damp", "Mould"]),
        (paragraph("Damp", PAGE_BREAK) + paragraph(MARKED), ["Damp", "Mould"]),
        (paragraph("Damp", MARKED), ["Damp", "Mould"]),
        (paragraph(PAGE_BREAK) + paragraph(PAGE_BREAK) + paragraph("Mould"), ["", "", "Mould"]),
        (paragraph("Damp") + paragraph(MARKED, properties=BEFORE), ["Damp", "Mould"]),
        (paragraph("Damp", properties=BEFORE), ["Damp"]),
        (paragraph("Damp", properties='<w:pageBreakBefore w:val="0"/>'), ["Damp"]),
        (paragraph("Damp", properties=SECTION) + paragraph(MARKED, properties=BEFORE), ["Damp", "Mould"]),
        (paragraph("Damp", properties=GOES_ON) + paragraph("Mould"), ["Damp\nMould"]),
    ],
)
def test_a_page_ends_where_a_break_says_so_and_once(body: str, pages: list[str]) -> None:
    assert texts(body) == pages


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph("Da", run("mp")), "Damp"),
        (paragraph("Damp", "<w:r><w:tab/><w:t>mould</w:t><w:br/><w:t>rent</w:t></w:r>"), "Damp mould\nrent"),
        (paragraph("anti", "<w:r><w:noBreakHyphen/><w:t>social</w:t></w:r>"), "anti-social"),
        (
            paragraph("Damp", REVISED, run(" mould")),
            "Damp and mould",
        ),
        (paragraph("Damp", run(" secret", "<w:vanish/>"), run(" shown", '<w:vanish w:val="false"/>')), "Damp shown"),
        (paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>", "Damp"), "Damp"),
        (paragraph(f"<w:hyperlink>{run('Damp')}</w:hyperlink>"), "Damp"),
        (paragraph("Damp", f"<w:r>{TWICE}</w:r>"), "Boxed\nDamp"),
        (paragraph("of\ufb01cers", "\u200b\xad."), "officers."),
        (paragraph("  ") + paragraph("") + paragraph("Damp"), "Damp"),
    ],
)
def test_what_a_reader_sees_is_read_and_nothing_else(body: str, text: str) -> None:
    assert texts(body) == [text]


def test_a_table_row_is_a_line_and_a_table_that_only_lays_out_is_none() -> None:
    table = row("Ward", "", "Homes") + row(paragraph("Old") + paragraph("Oak"), "12", "30") + row("Total", "", "")
    assert texts(f"<w:tbl>{table}</w:tbl>") == ["Ward |  | Homes\nOld Oak | 12 | 30\nTotal"]
    inner = f"<w:tbl>{row('a', 'b')}</w:tbl>"
    assert texts(f"<w:tbl>{row(paragraph('Damp') + inner)}</w:tbl>") == ["Damp\na | b"]


def test_a_row_stands_on_the_page_where_it_begins() -> None:
    later = row(paragraph(MARKED), "30")
    assert texts(f"<w:tbl>{row('Damp', '12')}{later}{row('Rent', '1')}</w:tbl>") == [
        "Damp | 12",
        "Mould | 30\nRent | 1",
    ]
    parted = row("Damp", paragraph("first", f"<w:r>{RENDERED}</w:r>", "second"))
    assert texts(f"<w:tbl>{parted}</w:tbl>" + paragraph("Rent")) == ["Damp | first second", "Rent"]


def test_footnotes_stand_at_the_end_of_their_page_and_headers_once() -> None:
    body = paragraph("Damp", NOTED) + paragraph(PAGE_BREAK) + paragraph("Mould")
    notes = part("footnotes", f'<w:footnote w:id="2">{paragraph("See the audit.")}</w:footnote>')
    header = part("hdr", paragraph("Report to Cabinet") + paragraph("12"))
    footer = part("ftr", paragraph("Not for sale"))
    read = texts(body, footnotes1=notes, header1=header, header2=header, footer1=footer)
    assert read == ["Report to Cabinet\nDamp\nSee the audit.\nNot for sale", "Mould"]


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"word/document.xml": f"{ENTITIES}<w><t>&b;</t></w>"}, "damaged"),
        ({"word/document.xml": '<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>'}, "damaged"),
        ({"word/document.xml": "<w><t>Damp"}, "damaged"),
        ({"word/document.xml/x": ""}, "damaged"),
        ({"word/document.xml": "<w>" + " " * 300_000_000 + "</w>"}, "too-large"),
    ],
    ids=["entities", "reference", "cut", "no main part", "bomb"],
)
def test_a_hostile_document_is_refused_by_its_reason(parts: dict[str, str], reason: str) -> None:
    document = read_document(zipped(parts))
    assert (document.outcome, document.reason) == ("unread", reason)


def test_elements_nested_without_end_do_no_harm() -> None:
    deep = "<w:sdt>" * 50_000 + paragraph("Damp") + "</w:sdt>" * 50_000
    document = read_document(docx(deep))
    assert document.reason == "damaged" or [page.text for page in document.pages] == ["Damp"]


def test_pages_before_the_damage_are_kept() -> None:
    pages = (paragraph("Damp"), paragraph("Mould" * 40_000), "<w:broken>")
    body = paragraph(PAGE_BREAK).join(pages)
    document = read_document(docx(body))
    assert [page.number for page in document.pages] == [1]
    assert (document.outcome, document.reason, document.pages_total) == ("partial", "damaged", None)
    assert document.note == "pages 1 read; what follows, if anything, not read: the file is broken"


def test_old_and_locked_word_files_are_told_apart() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert read_document(old).reason == "old-word"
    assert read_document(old + "EncryptedPackage".encode("utf-16-le")).reason == "encrypted"
