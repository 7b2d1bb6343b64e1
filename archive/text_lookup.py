"""What an index asks of the texts of files: did one change, and what stands on a few of their pages?

Both are answered without reading any other page. What counts is the reading by the newest reader.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Row, and_, or_, select

from archive.store import Archive
from archive.tables import pages, readings_of_files

T = TypeVar("T")

_AT_ONCE = 200

Newest = dict[str, tuple[int, str]]


def text_digests(archive: Archive, hashes: Collection[str]) -> dict[str, str]:
    """What tells the wording of each of these files from any other; those not read are left out."""
    with archive.reading() as db:
        return {sha256: digest for sha256, (_, digest) in _newest(db, hashes).items()}


def single_pages(archive: Archive, wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], str]:
    """The texts of these pages of these files, by hash and number; those that are not there are left out."""
    with archive.reading() as db:
        newest = _newest(db, wanted)
        one_file = [
            and_(pages.c.sha256 == sha256, pages.c.reader == reader, pages.c.number.in_(wanted[sha256]))
            for sha256, (reader, _) in newest.items()
        ]
        rows: list[Row[str, int, str]] = []
        for some in _parts(one_file):
            rows += db.execute(select(pages.c.sha256, pages.c.number, pages.c.text).where(or_(*some))).all()
    return {(sha256, number): text for sha256, number, text in rows}


def _newest(db: Connection, hashes: Collection[str]) -> Newest:
    """The newest reader that read each of these files, and the digest of what it made of it."""
    table, found = readings_of_files, Newest()
    for some in _parts(sorted({one for one in hashes if one})):
        rows = db.execute(
            select(table.c.sha256, table.c.reader, table.c.digest)
            .where(table.c.sha256.in_(some))
            .order_by(table.c.reader)
        )
        found |= {sha256: (reader, digest) for sha256, reader, digest in rows}
    return found


def _parts(whole: Sequence[T]) -> Iterator[Sequence[T]]:
    """So many at once as a query may name."""
    return (whole[start : start + _AT_ONCE] for start in range(0, len(whole), _AT_ONCE))
