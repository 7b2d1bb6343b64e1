"""Which bytes are a document's, now and before? Reads the archive.

Every version of a document names its file; a version that only a new title or size made has the same file as before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive import Archive
from archive.file_texts import texts_of
from archive.page_texts import DocumentText
from archive.records import Capture, Document, Version

KINDS = {
    "application/pdf": ("PDF", ".pdf"),
    "application/msword": ("Word, old format", ".doc"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("Word", ".docx"),
    "application/vnd.ms-excel": ("Excel, old format", ".xls"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("Excel", ".xlsx"),
}
"""What kinds of file are called, and under which ending they are kept; everything else is bytes without a kind."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that a document was from `first_seen` to `last_seen` (UTC), and the versions that had it.

    `capture` is what it was retrieved by, None where that is not known.
    """

    numbers: tuple[int, ...]
    sha256: str
    media_type: str
    first_seen: datetime
    last_seen: datetime
    capture: Capture | None

    @property
    def number(self) -> int:
        """The number that it is known by: that of its first version."""
        return self.numbers[0]

    @property
    def kind(self) -> str:
        """What its kind is called, or its media type; "" where that is not known."""
        return KINDS[self.media_type][0] if self.media_type in KINDS else self.media_type


def kept_files(archive: Archive, document: str) -> tuple[KeptFile, ...]:
    """The files of a document, oldest first; none where it is unknown or withheld, or nothing was fetched."""
    files = list[KeptFile]()
    for version in archive.versions(document):
        record = version.record
        if not isinstance(record, Document) or not record.sha256:
            continue
        before = files.pop() if files and files[-1].sha256 == record.sha256 else None
        files.append(_file(archive, version, record, before))
    return tuple(files)


def file_of(files: tuple[KeptFile, ...], number: int | None) -> KeptFile | None:
    """The newest file, or the one that a version had; None where it had none."""
    if number is None:
        return files[-1] if files else None
    return next((file for file in files if number in file.numbers), None)


def size_of(number: int) -> str:
    """`161 KB`: a number of bytes as councils print it."""
    if number < 1_000:
        return f"{number} bytes"
    return f"{number / 1_000:.0f} KB" if number < 1_000_000 else f"{number / 1_000_000:.1f} MB"


def text_of(archive: Archive, file: KeptFile | None) -> DocumentText | None:
    """The text of one file; None where it was not read. The document must be one that may be shown."""
    return texts_of(archive, [file.sha256]).get(file.sha256) if file else None


def _file(archive: Archive, version: Version, record: Document, before: KeptFile | None) -> KeptFile:
    capture = before.capture if before else None
    if capture is None and version.capture is not None:
        found = archive.capture(version.capture)
        capture = found if found is not None and found.sha256 == record.sha256 else None
    return KeptFile(
        numbers=(*(before.numbers if before else ()), version.number),
        sha256=record.sha256,
        media_type=record.media_type or _declared(capture),
        first_seen=before.first_seen if before else version.first_seen,
        last_seen=version.last_seen,
        capture=capture,
    )


def _declared(capture: Capture | None) -> str:
    headers = {name.lower(): value for name, value in capture.headers} if capture else {}
    return headers.get("content-type", "").partition(";")[0].strip().lower()
