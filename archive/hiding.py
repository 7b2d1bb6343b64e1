"""Which records are hidden because they, or what they stand under, are withheld?

A document is hidden when it is withheld itself, or when every place that lists it is hidden. The packs of a meeting
print all its items and papers, so they are hidden with any of them (as `archive.leaving` keeps their captures back).
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from archive.tables import places, records, withholdings


def hidden_ids(db: Connection) -> frozenset[str]:
    """The ids of everything that no reader is shown."""
    hidden = _hidden_alone(db)
    return frozenset(hidden | _packs_around(db, hidden).keys())


def standing_above(db: Connection, record: str) -> tuple[str, ...]:
    """The record itself and those it stands under, nearest first."""
    line: list[str] = []
    here: str | None = record
    while here is not None:
        line.append(here)
        here = db.scalar(select(records.c.parent).where(records.c.id == here))
    if len(line) == 1:
        line += _common_holder(db, record) or _printed_in(db, record)
    return tuple(line)


def _hidden_alone(db: Connection) -> set[str]:
    """What is hidden without regard to what else prints it."""
    hidden = _withheld_and_below(db)
    return hidden | _documents_only_in(db, hidden) if hidden else hidden


def _packs_around(db: Connection, hidden: set[str]) -> dict[str, str]:
    """The packs that print something hidden, each with what it prints: an item, or a paper of an item."""
    if not hidden:
        return {}
    papers = select(places.c.holder, places.c.document).where(places.c.document.in_(hidden))
    causes = {row.holder: row.document for row in db.execute(papers)} | dict(zip(hidden, hidden, strict=True))
    packs = (
        select(records.c.id, places.c.document)
        .join(places, places.c.holder == records.c.parent)
        .where(records.c.kind == "item", records.c.id.in_(causes.keys()))
        .order_by(records.c.id.desc())
    )
    return {pack: causes[item] for item, pack in db.execute(packs)}


def _printed_in(db: Connection, document: str) -> tuple[str, ...]:
    """Where a pack is hidden for something that it prints, that, and what it stands under."""
    cause = _packs_around(db, _hidden_alone(db)).get(document)
    return standing_above(db, cause) if cause is not None and cause != document else ()


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
