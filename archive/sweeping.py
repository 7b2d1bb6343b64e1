"""What did a stop leave behind? Files half written, and kept bytes that no row came to point at: both are swept.

Bytes are put within the transaction that writes their row (`archive.blobs`), so while we hold the writer's lock
nobody is between the two, and a blob without a row is one whose transaction never ended: a crash, a full disk.
"""

from __future__ import annotations

from collections.abc import Set

from sqlalchemy import Connection, select

from archive.blobs import Blobs
from archive.store import Archive
from archive.tables import captures

_MOST = 100


def sweep(archive: Archive) -> int:
    """Remove what stopped runs left; how many files that was. Safe beside imports, which may go on meanwhile."""
    swept = archive.blobs.sweep()
    with archive.reading() as db:
        if not _strays(archive.blobs, db):
            return swept
    with archive.writing() as db:
        left = left_over(archive.blobs, _strays(archive.blobs, db))
        for sha256 in left:
            archive.blobs.remove(sha256)
    return swept + len(left)


def left_over(blobs: Blobs, strays: Set[str]) -> set[str]:
    """Those of the files without a row that a stop left: few, and each whole.

    A stop leaves one for each host at most. More of them mean that the database is not the one that they were kept
    with (an older backup, a new one), and a file that is not what its name says was never kept by us: then none is
    touched, and `scrutiny check` names them.
    """
    if len(strays) > _MOST:
        return set()
    return {name for name in strays if blobs.holds(name) and _is_whole(blobs, name)}


def _is_whole(blobs: Blobs, name: str) -> bool:
    try:
        return blobs.is_sound(name)
    except FileNotFoundError:
        # Another sweep has taken it since it was listed.
        return False


def _strays(blobs: Blobs, db: Connection) -> set[str]:
    return set(blobs.names()) - set(db.scalars(select(captures.c.sha256)))
