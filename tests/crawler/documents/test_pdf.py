"""The pages of PDFs: their words on the right page, their lines whole, locked and scanned ones told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.documents import can_read_scans, read_document
from tests.crawler.documents.sheets import (
    CATALOG,
    FONT,
    NOTHING_READABLE,
    Picture,
    file_of,
    locked,
    one_page,
    packed,
    page,
    pages,
    scanned,
    stream,
    written,
)
from tests.site.pdf import pdf

SHARED = Path(__file__).parents[4] / "shared"
PETITION = SHARED / "pages" / "moderngov.kingston.gov.uk" / "ManorgatePetition.pdf"
FILLER = "The committee heard that repairs to damp and mouldy homes took longer than twenty days. " * 12
needs_tesseract = pytest.mark.skipif(not can_read_scans(), reason="Tesseract or its renderer is not installed")


def planted(number: int) -> str:
    return f"the {number}th heron kept its minutes"


def test_words_are_found_on_their_pages_in_a_pdf_of_300() -> None:
    document = read_document(pdf([f"{FILLER}\n{planted(number)}" for number in range(1, 301)]))
    assert (document.outcome, document.note, document.pages_total) == ("read", "", 300)
    for number in (1, 41, 300):
        assert [page.number for page in document.pages if planted(number) in page.text] == [number]


def test_a_file_and_its_bytes_read_the_same(tmp_path: Path) -> None:
    body = pdf(["Damp", "Mould"])
    (tmp_path / "paper").write_bytes(body)
    assert read_document(tmp_path / "paper") == read_document(body)


def test_words_that_are_placed_one_by_one_stand_on_one_line() -> None:
    words = [b"Damp", b"and", b"mould"]
    placed = b" ".join(
        b"BT /F1 12 Tf 1 0 0 1 0 20 Tm %d 700 Td (%b ) Tj ET" % (40 * number, word) for number, word in enumerate(words)
    )
    assert read_document(one_page(stream(placed))).pages[0].text == "Damp and mould"


def test_blank_pages_are_pages_and_a_file_of_nothing_else_says_so() -> None:
    document = read_document(pdf(["Damp", "", "Mould"]))
    assert [(page.number, page.text) for page in document.pages] == [(1, "Damp"), (2, ""), (3, "Mould")]
    assert document.outcome == "read"
    blank = read_document(pdf(["", ""]))
    assert (blank.outcome, blank.reason, blank.pages_total) == ("unread", "no-text", 2)


@pytest.mark.parametrize("method", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_locked_against_changes_alone_is_read(method: str) -> None:
    document = read_document(locked(["Damp and mould"], "", method))
    assert [page.text for page in document.pages] == ["Damp and mould"]
    assert read_document(locked(["Damp"], "secret", method)).reason == "encrypted"


def test_a_page_that_is_broken_leaves_the_others() -> None:
    objects = [CATALOG, pages(b"4 0 R 6 0 R", 2), FONT, page(5), stream(b"x", b"/Filter /FlateDecode"), page(7)]
    document = read_document(file_of([*objects, packed(written("Mould"))]))
    assert document.pages[-1].text == "Mould"
    assert document.pages_total == 2


def test_a_pdf_without_its_end_is_never_called_read() -> None:
    body = pdf(["Damp", "Mould"])
    document = read_document(body[: body.rindex(b"startxref")])
    assert (document.outcome, document.reason) == ("unread", "cut")


def test_scanned_pages_are_told_from_written_ones_whatever_a_pack_stamps_on_them() -> None:
    document = read_document(scanned([NOTHING_READABLE] * 2, stamp="Page 41"), ocr=False)
    assert (document.outcome, document.reason, document.scanned_pages) == ("unread", "scanned", (1, 2))
    cover = read_document(scanned([NOTHING_READABLE], stamp="Annual report of the parks"), ocr=False)
    assert (cover.outcome, cover.scanned_pages) == ("read", ())


def photographed(text: str) -> Picture:
    """A page of words as a scanner sees it."""
    renderer = pytest.importorskip("pypdfium2")
    bitmap = renderer.PdfDocument(pdf([text]))[0].render(scale=150 / 72, grayscale=True)
    dots = bytes(bitmap.buffer)
    lines = (dots[line * bitmap.stride : line * bitmap.stride + bitmap.width] for line in range(bitmap.height))
    return Picture(bitmap.width, bitmap.height, b"".join(lines))


@needs_tesseract
def test_scanned_pages_are_read_where_tesseract_is_installed() -> None:
    texts = ["The committee resolved to plant forty oak trees", "Repairs to homes took longer", ""]
    document = read_document(scanned([photographed(text) for text in texts]))
    assert (document.outcome, document.scanned_pages) == ("read", (1, 2, 3))
    assert [page.text for page in document.pages] == texts
    assert all(page.scanned for page in document.pages)


@pytest.mark.shared
@pytest.mark.skipif(not PETITION.is_file(), reason="the real pages are not here")
def test_a_real_paper_is_read_whole_with_its_lines_joined() -> None:
    document = read_document(PETITION)
    assert (document.outcome, document.pages_total) == ("read", 7)
    third = document.pages[2].text.split("\n")
    assert "● Noise and air pollution" in third
    assert any("Significant flow reductions (often exceeding 400 vehicles per hour)" in line for line in third)
    assert all(len(page.text) > 1000 for page in document.pages)
