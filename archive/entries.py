"""An agenda item with its meeting, committee, borough and documents, read for many items at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from archive.bodies import borough_of, record_of
from archive.hiding import hidden_ids
from archive.records import AgendaItem, Borough, Committee, Document, Entry, Meeting, Record
from archive.tables import boroughs, records, versions

_AT_ONCE = 500


def entries_of(db: Connection, items: Sequence[str]) -> tuple[Entry, ...]:
    """The entries in the order asked for; unknown and hidden items are left out, hidden documents too."""
    hidden = hidden_ids(db)
    held = _records(db, [item for item in items if item not in hidden])
    found = [held[item] for item in items if item in held]
    read = [item for item in found if isinstance(item, AgendaItem)]
    around = _records(db, {item.meeting for item in read if item.meeting} - held.keys())
    around |= _records(db, {m.committee for m in around.values() if isinstance(m, Meeting) and m.committee})
    around |= _records(db, {link.document for item in read for link in item.documents} - hidden)
    names = {slug: borough_of(body) for slug, body in db.execute(select(boroughs.c.slug, boroughs.c.body))}
    return tuple(_entry(item, around, names[item.borough]) for item in read)


def _entry(item: AgendaItem, around: dict[str, Record], borough: Borough) -> Entry:
    meeting = around.get(item.meeting or "")
    meeting = meeting if isinstance(meeting, Meeting) else None
    committee = around.get((meeting.committee if meeting else None) or "")
    listed = [(link.title, around.get(link.document)) for link in item.documents]
    return Entry(
        item=item,
        meeting=meeting,
        committee=committee if isinstance(committee, Committee) else None,
        borough=borough,
        documents=tuple(replace(found, title=title) for title, found in listed if isinstance(found, Document)),
    )


def _records(db: Connection, ids: Collection[str]) -> dict[str, Record]:
    """The current version of these records, by id."""
    wanted, read = list(ids), dict[str, Record]()
    for start in range(0, len(wanted), _AT_ONCE):
        rows = db.execute(
            select(records.c.id, records.c.kind, versions.c.body)
            .join(versions, (versions.c.record == records.c.id) & (versions.c.number == records.c.current))
            .where(records.c.id.in_(wanted[start : start + _AT_ONCE]))
        )
        read |= {id_: record_of(kind, body) for id_, kind, body in rows}
    return read
