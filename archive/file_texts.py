"""The text of kept files: read once for each file and reader version, however often a file is linked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from archive.page_texts import DocumentText, PageText, digest_of
from archive.tables import captures, changes, pages, readings_of_files, records

if TYPE_CHECKING:
    from archive.store import Archive  # which reads texts through this module

# Asked for file after file by an indexer, so made once: making a question takes longer than SQLite's answer does.
_NEWEST = (
    select(readings_of_files)
    .where(readings_of_files.c.sha256 == bindparam("file"))
    .order_by(readings_of_files.c.reader.desc())
    .limit(1)
)
_PAGES = (
    select(pages.c.number, pages.c.text, pages.c.scanned)
    .where(pages.c.sha256 == bindparam("file"), pages.c.reader == bindparam("by"))
    .order_by(pages.c.number)
)


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A kept file that this reader has not read: the hash of its bytes and where they came from."""

    sha256: str
    url: str


def files_to_read(archive: Archive, reader: int, *, scans: bool = False) -> tuple[WaitingFile, ...]:
    """The files of documents that this version of the reader has not read yet, in the order in which they were kept.

    With `scans` (scanned pages can be read here) also those with scans that were read where they could not be.
    """
    read = select(readings_of_files.c.sha256).where(readings_of_files.c.reader == reader)
    if scans:
        read = read.where(or_(readings_of_files.c.read_scans, readings_of_files.c.scanned == "[]"))
    wanted = (
        select(records.c.file, captures.c.url)
        .join(captures, captures.c.sha256 == records.c.file)
        .where(records.c.kind == "document", records.c.file != "", records.c.file.not_in(read))
        .order_by(captures.c.id)
    )
    with archive.reading() as db:
        waiting = {row.file: WaitingFile(row.file, row.url) for row in db.execute(wanted)}
    return tuple(waiting.values())


def save_text(archive: Archive, sha256: str, reader: int, text: DocumentText, *, scans: bool = False) -> None:
    """Keep what a reader made of a file, and have every document that is this file indexed anew.

    `scans`: the reader could read scanned pages.
    """
    with archive.writing() as db:
        for table in (pages, readings_of_files):
            db.execute(delete(table).where(table.c.sha256 == sha256, table.c.reader == reader))
        db.execute(insert(readings_of_files).values({**_row(sha256, reader, text), "read_scans": scans}))
        for page in text.pages:
            row = {"number": page.number, "text": page.text, "scanned": page.scanned}
            db.execute(insert(pages).values(sha256=sha256, reader=reader, **row))
        for document in db.scalars(select(records.c.id).where(records.c.file == sha256)).all():
            db.execute(insert(changes).values(record=document))


def text_of_file(db: Connection, sha256: str) -> DocumentText | None:
    """What the newest reader that read this file made of it."""
    row = db.execute(_NEWEST, {"file": sha256}).first()
    if row is None:
        return None
    return DocumentText(
        pages=tuple(PageText(*page) for page in db.execute(_PAGES, {"file": sha256, "by": row.reader})),
        outcome=row.outcome,
        reason=row.reason,
        note=row.note,
        pages_total=row.pages_total,
        scanned_pages=tuple(json.loads(row.scanned)),
    )


def texts_of(archive: Archive, hashes: Iterable[str]) -> dict[str, DocumentText]:
    """The texts of several files, by hash; those not read are left out."""
    with archive.reading() as db:
        found = {sha256: text_of_file(db, sha256) for sha256 in set(hashes) if sha256}
    return {sha256: text for sha256, text in found.items() if text is not None}


def _row(sha256: str, reader: int, text: DocumentText) -> dict[str, object]:
    return {
        "sha256": sha256,
        "reader": reader,
        "outcome": text.outcome,
        "reason": text.reason,
        "note": text.note,
        "pages_total": text.pages_total,
        "scanned": json.dumps(text.scanned_pages),
        "digest": digest_of(text),
    }
