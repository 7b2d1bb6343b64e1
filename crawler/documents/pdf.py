"""The text of a PDF, page by page, by pypdf. Runs in the confined child alone: what is read here is hostile.

A page that fails is told as unread, with its reason, and the next is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pypdf import PageObject, PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError
from pypdf.generic import ContentStream, NameObject, StreamObject

from crawler.documents.lines import is_garbled, paragraphs
from crawler.documents.messages import Message
from crawler.documents.ocr import Scans
from crawler.documents.placing import Operation, settled
from crawler.documents.scans import Painted, is_scan

_CONTENTS = NameObject("/Contents")
_SHOWS_SOMETHING = re.compile(rb"T[jJ]|['\"]|\bDo\b|\bID\b")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a page shows: its text, and the share of its area that pictures cover."""

    text: str
    painted: float


def read_pdf(file: BinaryIO, first: int, tesseract: str | None) -> Iterator[Message]:
    """Every page from page `first` on. A PDF that opens without a password is read, whatever else it is locked for."""
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            yield Message("refused", text="encrypted")
            return
        total = len(reader.pages)
    except Exception as problem:  # pypdf raises much besides its own errors on broken files
        yield Message("refused", text=_reason(problem))
        return
    if not total:
        yield Message("refused", text="damaged")
        return
    yield Message("total", total)
    scans = Scans(file, tesseract) if tesseract else None
    for number in range(first, total + 1):
        yield _told(reader, number, scans)


def _told(reader: PdfReader, number: int, scans: Scans | None) -> Message:
    try:
        sheet = _sheet(reader.pages[number - 1], reader)
    except Exception as problem:  # as above; a page may hold anything
        return Message("unread", number, _reason(problem))
    garbled = is_garbled(sheet.text)
    if not garbled and not is_scan(sheet.text, sheet.painted):
        return Message("page", number, sheet.text)
    seen = scans.text(number) if scans else None
    if seen is None:
        return Message("unread", number, "garbled" if garbled else "scanned", scanned=not garbled)
    return Message("page", number, seen, scanned=True)


def _reason(problem: Exception) -> str:
    if isinstance(problem, MemoryError):
        raise problem
    if isinstance(problem, LimitReachedError):
        return "too-costly"
    return "encrypted" if isinstance(problem, FileNotDecryptedError) else "damaged"


def _sheet(page: PageObject, reader: PdfReader) -> _Sheet:
    contents = page.get(_CONTENTS)
    shown = contents.get_object() if contents is not None else None
    if not isinstance(shown, StreamObject | list):
        return _Sheet("", 0.0)
    stream = ContentStream(shown, reader, "bytes")
    if not _SHOWS_SOMETHING.search(stream.get_data()):
        return _Sheet("", 0.0)
    operations: list[Operation] = stream.operations
    stream.operations = settled(operations)
    page[_CONTENTS] = stream
    painted = Painted(_images(page), float(page.mediabox.width) * float(page.mediabox.height))
    try:
        text = page.extract_text(visitor_operand_before=painted.see)
    finally:
        del page[_CONTENTS]  # the parsed operations take much memory, and pypdf keeps its pages
    return _Sheet(paragraphs(text), painted.share)


def _images(page: PageObject) -> frozenset[str]:
    """The names of the page's own pictures; forms are told by theirs not being among them."""
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return frozenset()
    named = objects.get_object()
    return frozenset(name for name in named if named[name].get("/Subtype") == "/Image")
