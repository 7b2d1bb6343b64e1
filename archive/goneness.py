"""Marking what is no longer there at its council: it stays, with the date from which it was missing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update

from archive.bodies import stamp
from archive.store import Archive
from archive.tables import changes, records


def mark_gone(archive: Archive, record: str, now: datetime) -> bool:
    """Mark a record and what stands under it as gone; whether it was held and not marked before."""
    with archive.writing() as db:
        here = (records.c.id == record) | (records.c.parent == record)
        found = db.scalars(select(records.c.id).where(here, records.c.gone.is_(None))).all()
        for ident in found:
            db.execute(update(records).where(records.c.id == ident).values(gone=stamp(now)))
            db.execute(insert(changes).values(record=ident))
        return record in found
