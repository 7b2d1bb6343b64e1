"""A file is what its bytes say, whatever it is called."""

from __future__ import annotations

import mmap
from pathlib import Path

import pytest

from crawler.documents import is_whole, kind_of, media_type_of
from crawler.documents.kinds import FileKind
from tests.crawler.documents.papers import docx, paragraph, zipped
from tests.site.pdf import pdf

PAPER, WORD = pdf(["Damp"]), docx(paragraph("Damp"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"\x00 \r\n\t" * 3, "empty"),
        (PAPER, "pdf"),
        (b"\n" * 1000 + PAPER, "pdf"),
        (b"\n" * 1020 + PAPER, "text"),
        (WORD, "word"),
        (docx(paragraph("Damp"), main="word/document2.xml"), "word"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "other"),
        (OLE + bytes(500), "old-word"),
        (b"{\\rtf1 Damp}", "other"),
        (b"\x89PNG\r\n\x1a\n%PDF-", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "other"),
        (b"<!DOCTYPE html><title>x</title>", "html"),
        ("<html><p>Damp".encode("utf-16"), "html"),
        (b"Damp and mould, 3 < 4", "text"),
    ],
)
def test_the_bytes_say_what_a_file_is(body: bytes, kind: FileKind, tmp_path: Path) -> None:
    assert kind_of(body) == kind
    assert "/" in media_type_of(kind)
    if body:
        (tmp_path / "file").write_bytes(body)
        with (tmp_path / "file").open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            assert kind_of(mapped) == kind


@pytest.mark.parametrize("body", [PAPER, WORD], ids=["PDF", "Word"])
def test_a_file_cut_anywhere_is_not_whole(body: bytes) -> None:
    assert is_whole(body)
    assert not any(is_whole(body[:length]) for length in range(1100, len(body) - 30, 7))
    assert not is_whole(body[: len(body) // 2])
