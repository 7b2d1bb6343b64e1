"""Which records are hidden because they, or what they stand under, are withheld?

A document is hidden when it is withheld itself, or when every place that lists it is hidden.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from archive.tables import places, records, withholdings


def hidden_ids(db: Connection) -> frozenset[str]:
    """The ids of everything that no reader is shown."""
    hidden = _withheld_and_below(db)
    return frozenset(hidden | _documents_only_in(db, hidden)) if hidden else frozenset()


def standing_above(db: Connection, record: str) -> tuple[str, ...]:
    """The record itself and those it stands under, nearest first."""
    line: list[str] = []
    here: str | None = record
    while here is not None:
        line.append(here)
        here = db.scalar(select(records.c.parent).where(records.c.id == here))
    if len(line) == 1:
        line += _common_holder(db, record)
    return tuple(line)


def _documents_only_in(db: Connection, hidden: set[str]) -> set[str]:
    listed_there = set(db.scalars(select(places.c.document).where(places.c.holder.in_(hidden))))
    shown = select(places.c.document).where(places.c.document.in_(listed_there), places.c.holder.not_in(hidden))
    return listed_there - set(db.scalars(shown))


def _common_holder(db: Connection, document: str) -> tuple[str, ...]:
    """What a document stands under, where that hides it: any of its places, since all of them are then hidden."""
    if document not in _documents_only_in(db, _withheld_and_below(db)):
        return ()
    holder = db.scalar(select(places.c.holder).where(places.c.document == document).limit(1))
    return standing_above(db, holder) if holder is not None else ()


def _withheld_and_below(db: Connection) -> set[str]:
    hidden = set(db.scalars(select(withholdings.c.record)))
    layer = hidden
    while layer:
        layer = set(db.scalars(select(records.c.id).where(records.c.parent.in_(layer)))) - hidden
        hidden = hidden | layer
    return hidden
