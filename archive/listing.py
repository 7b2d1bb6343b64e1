"""What the crawl needs to know of what is held: under which committee a meeting is listed, which files are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, func, or_, select

from archive.bodies import record_of
from archive.page_rows import HELD, in_parts
from archive.records import Committee, Document
from archive.store import Archive
from archive.tables import listings, places, records

_COMMITTEE = select(listings.c.committee).where(listings.c.meeting == bindparam("of"))


def committee_listing(archive: Archive, meeting: str) -> Committee | None:
    """The committee whose list names a meeting, withheld or not."""
    with archive.reading() as db:
        committee = db.scalar(_COMMITTEE, {"of": meeting})
        held = _held(db, [committee]) if committee else {}
    return next((record for record in held.values() if isinstance(record, Committee)), None)


def documents_held(archive: Archive, documents: Sequence[str]) -> dict[str, Document]:
    """The documents held among these, withheld or not: the crawl keeps what it hides."""
    if not documents:
        return {}
    with archive.reading() as db:
        return {ident: record for ident, record in _held(db, documents).items() if isinstance(record, Document)}


def last_day_of(archive: Archive, document: str) -> date | None:
    """The day of the last meeting that has this document among its papers; None where none is known."""
    holder, meeting = records.alias("holder"), records.alias("meeting")
    among = holder.join(places, (places.c.holder == holder.c.id) & (places.c.document == document))
    of_meeting = or_(meeting.c.id == holder.c.parent, meeting.c.id == holder.c.id) & (meeting.c.kind == "meeting")
    with archive.reading() as db:
        day = db.scalar(select(func.max(meeting.c.date)).select_from(among.join(meeting, of_meeting)))
    return date.fromisoformat(day) if day else None


def _held(db: Connection, ids: Sequence[str]) -> dict[str, object]:
    rows = (row for some in in_parts(ids) for row in db.execute(HELD, {"ids": some}))
    return {row.id: record_of(row.kind, row.body) for row in rows}
