"""What is a file, judged by its bytes and never by its name? (OWASP ASVS 5.0, 5.2.2; `hazards.md` F6.)

Nothing here takes a file apart: it may be hostile, and this runs where no limits hold. A file may be given as bytes or
as a map of it, so that a large one is not copied.
"""

from __future__ import annotations

import mmap
import re
from typing import Literal

FileKind = Literal["empty", "pdf", "word", "old-word", "html", "text", "other"]
FileBytes = bytes | mmap.mmap

_MEDIA_TYPES: dict[FileKind, str] = {
    "empty": "application/octet-stream",
    "pdf": "application/pdf",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "old-word": "application/msword",
    "html": "text/html",
    "text": "text/plain",
    "other": "application/octet-stream",
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|\x1f\x8b|Rar!|7z\xbc\xaf|%!PS|\{\\rtf")
_SOMETHING = re.compile(rb"[^\x00\r\n\t ]")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|table|p|span)\b", re.IGNORECASE)
_WORD_PART = re.compile(rb"word/document\d*\.xml")
_WIDE_HTML_WITHIN = 100_000
_PDF_STARTS_WITHIN = 1024
_ZIP_ENDS_WITHIN = 65_557  # the end record and its longest comment


def kind_of(body: FileBytes) -> FileKind:
    """The kind of a file, whole or cut."""
    if not _SOMETHING.search(body):
        return "empty"
    head = body[:_PDF_STARTS_WITHIN]
    if head.startswith(_ZIP):
        return "word" if _WORD_PART.search(body) else "other"
    if head.startswith(_OLE):
        return "old-word"
    if b"%PDF-" in head:
        return "pdf"
    if _OTHERS.match(head):
        return "other"
    # Pages in UTF-16 hold a zero beside every letter.
    return "html" if _HTML.search(body) or _HTML.search(body[:_WIDE_HTML_WITHIN].replace(b"\x00", b"")) else "text"


def is_whole(body: FileBytes) -> bool:
    """Whether a file has the end that its kind must have: a PDF, or a zipped file such as a Word document."""
    if body[:4] == _ZIP:
        return body.rfind(b"PK\x05\x06", max(0, len(body) - _ZIP_ENDS_WITHIN)) >= 0
    if b"%PDF-" in body[:_PDF_STARTS_WITHIN]:
        return body.rfind(b"%%EOF") >= 0
    return True


def is_locked_office_file(body: FileBytes) -> bool:
    """Whether an old-style container holds a modern Office file behind a password (MS-OFFCRYPTO, 2.3.4)."""
    return body[:4] == _OLE and body.find("EncryptedPackage".encode("utf-16-le")) >= 0


def media_type_of(kind: FileKind) -> str:
    """The media type of a kind (RFC 6838)."""
    return _MEDIA_TYPES[kind]
