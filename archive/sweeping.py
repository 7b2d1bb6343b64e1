"""What did a crash leave behind? Files half written, and kept bytes that no row came to point at: both are swept.

Bytes are put within the transaction that writes their row (`archive.blobs`), so while we hold the writer's lock
nobody is between the two, and a blob without a row is one whose transaction never ended.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from archive.store import Archive
from archive.tables import captures

_MOST = 100


def sweep(archive: Archive) -> int:
    """Remove what crashed runs left; how many files that was. Safe beside imports, which may go on meanwhile.

    A crash leaves one blob for each host at most. More of them mean that the database is not the one that these
    blobs were kept with (an older backup, or a new one): then none is touched, and `scrutiny check` names them.
    """
    swept = archive.blobs.sweep()
    with archive.reading() as db:
        if not _strays(archive, db):
            return swept
    with archive.writing() as db:
        strays = _strays(archive, db)
        if len(strays) > _MOST:
            return swept
        for sha256 in strays:
            archive.blobs.remove(sha256)
    return swept + len(strays)


def _strays(archive: Archive, db: Connection) -> list[str]:
    """The blobs that no capture points at. Files that are not where a blob of their name would be are not ours."""
    there = set(archive.blobs.names())
    kept = set(db.scalars(select(captures.c.sha256)))
    return [name for name in there - kept if archive.blobs.holds(name)]
