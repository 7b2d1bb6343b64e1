"""What is a file, judged by its bytes and never by its name? (OWASP ASVS 5.0, 5.2.2.)"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from crawler.moderngov.readings import PageError

FileKind = Literal["pdf", "word", "old-word", "html", "text"]

_MEDIA_TYPES: dict[FileKind, str] = {
    "pdf": "application/pdf",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "old-word": "application/msword",
    "html": "text/html",
    "text": "text/plain",
}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|table|p|span)\b", re.IGNORECASE)
_PDF_STARTS_WITHIN = 1024


def kind_of_bytes(body: bytes) -> FileKind:
    """The kind of a file. Raises PageError for an empty one, a PDF that is cut, or a kind that is not taken in."""
    if not body.strip(b"\x00\r\n\t "):
        raise PageError("cut", "the file is empty")
    if b"%PDF-" in body[:_PDF_STARTS_WITHIN]:
        if b"%%EOF" not in body:
            raise PageError("cut", "the PDF has no end: it was not saved whole")
        return "pdf"
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        return "old-word"
    if body.startswith(b"PK\x03\x04"):
        return _zipped(body)
    return "html" if _HTML.search(body.replace(b"\x00", b"")) else "text"


def media_type_of(kind: FileKind) -> str:
    """The media type of a kind (RFC 6838)."""
    return _MEDIA_TYPES[kind]


def _zipped(body: bytes) -> FileKind:
    try:
        names = zipfile.ZipFile(io.BytesIO(body)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise PageError("cut", "the file is a damaged archive: a Word document that was not saved whole?") from None
    if "word/document.xml" not in names:
        raise PageError("not-moderngov", "the file is no Word document, PDF or page")
    return "word"
