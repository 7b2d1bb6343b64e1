"""What are the committees called? Names for lists and warnings, without reading whole records one by one."""

from __future__ import annotations

from sqlalchemy import Connection, select

from archive.bodies import record_of
from archive.hiding import hidden_ids
from archive.records import Committee
from archive.tables import records, versions


def committees_held(db: Connection, borough: str | None = None) -> dict[str, Committee]:
    """The committees of one borough or of all, by id; withheld ones are left out."""
    query = (
        select(records.c.id, versions.c.body)
        .join(versions, (versions.c.record == records.c.id) & (versions.c.number == records.c.current))
        .where(records.c.kind == "committee")
    )
    if borough is not None:
        query = query.where(records.c.borough == borough)
    hidden = hidden_ids(db)
    held = ((ident, record_of("committee", body)) for ident, body in db.execute(query) if ident not in hidden)
    return {ident: record for ident, record in held if isinstance(record, Committee)}
