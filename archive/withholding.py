"""Withholding a record and bringing it back. What that hides is `archive.hiding`.

Councils do withdraw personal data (design, section 4): the bytes and versions stay in the archive, unseen, so
that it can be undone.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select

from archive.bodies import stamp
from archive.errors import UsageError
from archive.store import Archive
from archive.tables import changes, records, withholdings


def withhold(archive: Archive, record: str, reason: str, now: datetime) -> None:
    """Hide a record from search, pages and exports, for a reason that is shown in its stead."""
    with archive.writing() as db:
        if db.scalar(select(records.c.id).where(records.c.id == record)) is None:
            raise UsageError(
                f"There is no record {record}: give an id as its page's address shows it, such as southwark-i51902."
            )
        if not reason.strip():
            raise UsageError("Say why with --reason: visitors see it in place of the record.")
        db.execute(delete(withholdings).where(withholdings.c.record == record))
        db.execute(insert(withholdings).values(record=record, reason=reason.strip(), since=stamp(now)))
        db.execute(insert(changes).values(record=record))


def bring_back(archive: Archive, record: str) -> None:
    """Undo a withholding."""
    with archive.writing() as db:
        if not db.execute(delete(withholdings).where(withholdings.c.record == record)).rowcount:
            raise UsageError(f"The record {record} is not withheld; nothing was changed.")
        db.execute(insert(changes).values(record=record))
