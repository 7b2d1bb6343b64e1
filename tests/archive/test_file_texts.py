"""A file is read once for each reader version, and what was read reaches every document that is this file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import Archive, Findings, save_page, withhold
from archive.file_texts import files_to_read, save_text, texts_of
from archive.page_texts import DocumentText, PageText
from archive.records import Document, DocumentLink
from tests.archive.sample import DOCUMENT, START, answer, item, meeting_page

READ = DocumentText(
    pages=(PageText(1, "Damp"), PageText(2, "", scanned=True)),
    outcome="partial",
    reason="scanned",
    note="page 2 is a picture",
    pages_total=2,
    scanned_pages=(2,),
)


@pytest.fixture
def sha256(archive: Archive) -> str:
    """Two documents of two items that are one and the same file."""
    other = Document(id="eastmere-s10", borough="eastmere", title="The same")
    twin = item(8, documents=(DocumentLink(document="eastmere-s10", title="The same"),))
    save_page(archive, answer(), replace(meeting_page(item(7), twin), documents=(DOCUMENT, other)))
    for document in ("eastmere-s9", "eastmere-s10"):
        fetched = answer(b"%PDF same", url=f"https://eastmere.example/{document}.pdf")
        save_page(archive, fetched, Findings(file=(document, "application/pdf")))
    (waiting,) = files_to_read(archive, 1)
    return waiting.sha256


def test_one_file_waits_once_and_is_read_for_all_its_documents(archive: Archive, sha256: str) -> None:
    start = archive.sequence()
    save_text(archive, sha256, 1, READ)
    assert files_to_read(archive, 1) == ()
    assert archive.text_of("eastmere-s9") == archive.text_of("eastmere-s10") == READ
    assert archive.items_changed_since(start) == ("eastmere-i7", "eastmere-i8")


def test_a_newer_reader_reads_it_again_and_its_text_counts(archive: Archive, sha256: str) -> None:
    save_text(archive, sha256, 1, READ)
    assert [waiting.sha256 for waiting in files_to_read(archive, 2)] == [sha256]
    better = DocumentText(pages=(PageText(1, "Damp and mould"),), outcome="read", pages_total=1)
    save_text(archive, sha256, 2, better)
    assert texts_of(archive, [sha256, "", "0" * 64]) == {sha256: better}


def test_a_withheld_document_has_no_text_for_a_reader(archive: Archive, sha256: str) -> None:
    save_text(archive, sha256, 1, READ)
    withhold(archive, "eastmere-s9", "Personal data", START)
    assert archive.text_of("eastmere-s9") is None
    assert archive.document_file("eastmere-s9") is None
    assert archive.text_of("eastmere-s10") == READ
