"""Reading the text of a document, page by page, whatever it holds: PDF, Word, web pages and plain text.

The file is taken apart in a child process with limits (`hazards.md` F5). A child that breaks one is lost; another goes
on after the last page that was read, and leaves out a page that used up the limits by itself.
"""

from __future__ import annotations

import mmap
import os
import tempfile
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from archive.page_texts import READING_REASONS, DocumentText
from crawler.documents.child import Job
from crawler.documents.kinds import FileKind, is_locked_office_file, is_whole, kind_of
from crawler.documents.limits import LIMITS, Limits
from crawler.documents.messages import Message
from crawler.documents.ocr import find_tesseract
from crawler.documents.outcomes import Gathered, document_text, unread_document
from crawler.documents.sandbox import LostError, Nursery, messages

READER_VERSION = "1"
"""Changes whenever a file would read differently, so that texts are kept under a file's SHA-256 and this."""

_REASONS = frozenset(reason for reason, _ in READING_REASONS)
_NEVER_READ: dict[FileKind, str] = {"empty": "empty", "old-word": "old-word", "other": "other-kind"}


def read_document(
    source: bytes | Path,
    *,
    limits: Limits = LIMITS,
    ocr: bool = True,
    stop: threading.Event | None = None,
    nursery: Nursery | None = None,
) -> DocumentText:
    """The text of a document, given as its bytes or as the file that holds them.

    Whatever the file holds, this answers within the limits; what could not be read is said. With `ocr`, scanned pages
    are read too where Tesseract is installed. With a `nursery` the children come from there, which is quicker. Raises
    OSError for a file that is not there, and ReadingStoppedError soon after `stop` is set; nothing then is known of
    the document.
    """
    with _opened(source) as file:
        kind, whole, reason = _judged(file)
        if reason:
            return unread_document(reason)
        job = Job(kind=kind, first=1, tesseract=find_tesseract() if ocr and kind == "pdf" else None, limits=limits)
        return document_text(_gathered(file, job, whole, stop, nursery))


def can_read_scans() -> bool:
    """Whether scanned pages are read here: what could not be read without may be worth another try."""
    return find_tesseract() is not None


@contextmanager
def _opened(source: bytes | Path) -> Iterator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as file:
        file.write(source)
        file.flush()
        yield file


def _judged(file: BinaryIO) -> tuple[FileKind, bool, str]:
    """The kind of a file, whether it is whole, and why it is not read at all ("" where it is to be read)."""
    if not os.fstat(file.fileno()).st_size:
        return "empty", False, "empty"
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as body:
        kind = kind_of(body)
        reason = "encrypted" if is_locked_office_file(body) else _NEVER_READ.get(kind, "")
        return kind, is_whole(body), reason


def _gathered(file: BinaryIO, job: Job, whole: bool, stop: threading.Event | None, nursery: Nursery | None) -> Gathered:
    """Reads with one child after another, until one comes to the end or the rest is given up."""
    got, due, costly = Gathered(), time.monotonic() + job.limits.whole_s, 0
    while not got.is_complete:
        first = got.last + 1
        try:
            _listen(messages(file, replace(job, first=first), due, stop, nursery), got, job.limits)
            break
        except LostError as lost:
            reason = str(lost)
        if got.last < first:
            got.unread[first] = reason
            costly += 1
        # Only a PDF says how many pages it has before they are read, and lets one be passed over.
        if got.total is None or costly == job.limits.costly_pages or time.monotonic() > due:
            got.stopped = reason
            break
    if not whole and got.stopped in ("", "damaged"):
        got.stopped = "cut"
    return got


def _listen(told: Generator[Message, None, None], got: Gathered, limits: Limits) -> None:
    """Takes what one child tells, until it ends or there is more of it than is kept. Raises LostError."""
    with closing(told):
        for message in told:
            if message.kind == "refused":
                got.stopped = message.text if message.text in _REASONS else "unreadable"
            elif message.kind == "total":
                got.total = message.number
            elif message.number != got.last + 1:
                raise LostError("unreadable")
            else:
                got.take(message)
            if got.characters > limits.document_characters:
                got.stopped = "too-large"
                return
