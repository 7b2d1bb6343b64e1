"""Where is a document listed? In items, and among the packs of meetings; each place is kept with its time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, select

from archive.page_rows import in_parts, insert_all
from archive.tables import places

_OF_HOLDERS = select(places.c.holder, places.c.document).where(
    places.c.holder.in_(bindparam("holders", expanding=True))
)
_OF_DOCUMENTS = (
    select(places.c.document, places.c.holder)
    .where(places.c.document.in_(bindparam("documents", expanding=True)))
    .order_by(places.c.since.desc(), places.c.holder.desc())
)


def note_places(db: Connection, listed: Mapping[str, Sequence[str]], now: str) -> None:
    """Note which documents each of these holders lists now."""
    known = {
        (row.holder, row.document) for some in in_parts(listed) for row in db.execute(_OF_HOLDERS, {"holders": some})
    }
    there = {(holder, document): None for holder, documents in listed.items() for document in documents}
    for holder, document in known - there.keys():
        db.execute(delete(places).where(places.c.holder == holder, places.c.document == document))
    new = (place for place in there if place not in known)
    insert_all(db, places, [{"document": document, "holder": holder, "since": now} for holder, document in new])


def first_places(db: Connection, documents: Sequence[str]) -> dict[str, str]:
    """The holder that listed each of these documents first."""
    found = (row for some in in_parts(documents) for row in db.execute(_OF_DOCUMENTS, {"documents": some}))
    return {row.document: row.holder for row in found}
