"""Is the archive what it was when it was written? Names every fault; what a stop left over is none."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select, text

from archive.store import Archive
from archive.sweeping import left_over
from archive.tables import captures, records, versions


def check_archive(archive: Archive) -> Iterator[str]:
    """One line per fault: the database's own, lost or changed bytes, bytes that nothing refers to, broken records."""
    # Listed before the rows are read: what a crawl keeps meanwhile has its row by the end, and is no stray.
    there = set(archive.blobs.names())
    with archive.reading() as db:
        yield from _database_faults(db)
        kept = dict(db.execute(select(captures.c.sha256, captures.c.url)).all())
        yield from _record_faults(db)
    for sha256, url in sorted(kept.items()):
        if not archive.blobs.path(sha256).is_file():
            yield f"lost bytes: {sha256}, what {url} answered, is not in {archive.blobs.folder}"
        elif not archive.blobs.is_sound(sha256):
            yield f"changed bytes: {sha256}, what {url} answered, no longer hashes to its name"
    with archive.reading() as db:
        strays = there - set(db.scalars(select(captures.c.sha256)))
    strays -= left_over(archive.blobs, strays)
    # What a sweep has taken meanwhile is no stray either.
    strays = strays and strays & set(archive.blobs.names())
    yield from (f"stray file: {name} in {archive.blobs.folder} belongs to no capture" for name in sorted(strays))


def _database_faults(db: Connection) -> Iterator[str]:
    if db.dialect.name == "sqlite":
        said = [str(line) for line in db.scalars(text("PRAGMA integrity_check"))]
        yield from (f"database: {line}" for line in said if line != "ok")


def _record_faults(db: Connection) -> Iterator[str]:
    written = set(db.execute(select(versions.c.record, versions.c.number)))
    for id_, current in db.execute(select(records.c.id, records.c.current)):
        if (id_, current) not in written:
            yield f"broken record: {id_} has no version {current}"
