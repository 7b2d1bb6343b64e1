"""Reading the archive: records by id, in their order, with all they stand under.

What is withheld is not there for any reader (design, section 4): every function here leaves it out, and
`withheld` alone tells that and why. A record is withheld with everything that stands under it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import CompoundSelect, Connection, Select, func, select, union

from archive.blobs import Blobs
from archive.bodies import borough_of, record_of
from archive.captures import capture_of
from archive.coverage import Coverage, Ending, coverage_of, endings_of, pulse_of
from archive.days import today_in_london
from archive.entries import entries_of
from archive.file_texts import text_of_file
from archive.hiding import hidden_ids, standing_above
from archive.page_texts import DocumentText
from archive.records import (
    AgendaItem,
    Borough,
    Capture,
    Committee,
    Document,
    Entry,
    Meeting,
    Record,
    Version,
    Withholding,
)
from archive.tables import boroughs, captures, changes, places, records, versions, withholdings

R = TypeVar("R", Committee, Meeting, AgendaItem, Document)


class Reading(ABC):
    """The reading half of the archive."""

    folder: Path
    blobs: Blobs

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of the archive."""

    def sequence(self) -> int:
        """A number that grows with every change of a record; 0 for an empty archive."""
        with self.reading() as db:
            return db.scalar(select(func.max(changes.c.sequence))) or 0

    def boroughs(self) -> tuple[Borough, ...]:
        """Every borough held, by name."""
        with self.reading() as db:
            held = [borough_of(body) for body in db.scalars(select(boroughs.c.body))]
        return tuple(sorted(held, key=lambda borough: borough.name))

    def borough(self, slug: str) -> Borough | None:
        """One borough held, by its slug."""
        with self.reading() as db:
            body = db.scalar(select(boroughs.c.body).where(boroughs.c.slug == slug))
        return None if body is None else borough_of(body)

    def committees(self, borough: str | None = None) -> tuple[Committee, ...]:
        """The committees held, of one borough or of all, by name."""
        query = _current("committee")
        if borough is None:
            # By borough too, for there is an index of that, and every record's borough is kept before it.
            query = query.where(records.c.borough.in_(select(boroughs.c.slug)))
        else:
            query = query.where(records.c.borough == borough)
        return tuple(sorted(self._many(query, Committee), key=lambda c: (c.name, c.id)))

    def committee(self, committee: str) -> Committee | None:
        """One committee by its id."""
        return self._one(committee, Committee)

    def meetings(self, committee: str) -> tuple[Meeting, ...]:
        """The meetings of a committee, newest first, those of unknown date last.

        A meeting known only by an import, without a number and whose items have since found their own, is left out.
        """
        query = _current("meeting").where(records.c.parent == committee)
        with self.reading() as db:
            with_items = set(db.scalars(select(records.c.parent).where(records.c.kind == "item").distinct()))
        held = [m for m in self._many(query, Meeting) if "-x" not in m.id[len(m.borough) :] or m.id in with_items]
        return tuple(sorted(held, key=_when, reverse=True))

    def meeting(self, meeting: str) -> Meeting | None:
        """One meeting by its id."""
        return self._one(meeting, Meeting)

    def items(self, meeting: str) -> tuple[AgendaItem, ...]:
        """The items of a meeting in their printed order."""
        query = _current("item").where(records.c.parent == meeting)
        return tuple(sorted(self._many(query, AgendaItem), key=lambda item: (item.position, item.id)))

    def document(self, document: str) -> Document | None:
        """One document by its id."""
        return self._one(document, Document)

    def places(self, document: str) -> tuple[str, ...]:
        """The ids of the items and meetings that list a document, the first one first."""
        query = select(places.c.holder).where(places.c.document == document)
        with self.reading() as db:
            hidden = hidden_ids(db)
            return tuple(h for h in db.scalars(query.order_by(places.c.since, places.c.holder)) if h not in hidden)

    def item_ids(self) -> tuple[str, ...]:
        """The ids of all items that may be shown."""
        with self.reading() as db:
            hidden = hidden_ids(db)
            held = db.scalars(select(records.c.id).where(records.c.kind == "item").order_by(records.c.id))
            return tuple(item for item in held if item not in hidden)

    def entry(self, item: str) -> Entry | None:
        """An item with all it stands under; None where it is unknown or withheld."""
        return next(iter(self.entries((item,))), None)

    def entries(self, items: Sequence[str]) -> tuple[Entry, ...]:
        """Items with all they stand under, in the order asked for; unknown and withheld ones are left out."""
        with self.reading() as db:
            return entries_of(db, items)

    def items_changed_since(self, sequence: int) -> tuple[str, ...]:
        """The items that any change after this number touches, through their meeting, committee or documents too."""
        with self.reading() as db:
            return tuple(db.scalars(_items_changed(sequence)))

    def versions(self, record: str) -> tuple[Version, ...]:
        """What a record has said, oldest first; nothing where it is unknown or withheld."""
        query = select(versions, records.c.kind).join(records, records.c.id == versions.c.record)
        with self.reading() as db:
            if record in hidden_ids(db):
                return ()
            rows = db.execute(query.where(versions.c.record == record).order_by(versions.c.number)).all()
        return tuple(
            Version(
                number=row.number,
                record=record_of(row.kind, row.body),
                first_seen=datetime.fromisoformat(row.first_seen),
                last_seen=datetime.fromisoformat(row.last_seen),
                capture=row.capture,
            )
            for row in rows
        )

    def evidence(self, record: str) -> Capture | None:
        """The capture that the current version of a record was read from."""
        query = (
            select(captures)
            .join(versions, versions.c.capture == captures.c.id)
            .join(records, (records.c.id == versions.c.record) & (records.c.current == versions.c.number))
            .where(records.c.id == record)
        )
        with self.reading() as db:
            row = None if record in hidden_ids(db) else db.execute(query).first()
        return None if row is None else capture_of(row)

    def document_file(self, document: str) -> Capture | None:
        """The capture whose bytes are the document itself, the latest of them; None where they are not kept."""
        found = self.document(document)
        if found is None or not found.sha256:
            return None
        mine = (captures.c.borough == found.borough) & (captures.c.sha256 == found.sha256)
        with self.reading() as db:
            row = db.execute(select(captures).where(mine).order_by(captures.c.id.desc())).first()
        return None if row is None else capture_of(row)

    def text_of(self, document: str) -> DocumentText | None:
        """The text of a document by the newest reader that read it; None where it is not kept or not read yet."""
        found = self.document(document)
        with self.reading() as db:
            return text_of_file(db, found.sha256) if found is not None and found.sha256 else None

    def gone_since(self, record: str) -> datetime | None:
        """Since when a record is no longer there at its council; None while it is."""
        with self.reading() as db:
            since = db.scalar(select(records.c.gone).where(records.c.id == record))
        return datetime.fromisoformat(since) if since else None

    def gone_under(self, record: str) -> dict[str, datetime]:
        """Since when what stands under a record is no longer there at its council, by id; the rest is left out."""
        left = select(records.c.id, records.c.gone).where(records.c.parent == record, records.c.gone.is_not(None))
        with self.reading() as db:
            return {row.id: datetime.fromisoformat(row.gone) for row in db.execute(left)}

    def coverage(self, borough: str | None = None) -> tuple[Coverage, ...]:
        """How much of what each borough lists is held, by borough name; or of one borough alone."""
        with self.reading() as db:
            return coverage_of(db, today_in_london(), borough)

    def endings(self) -> tuple[Ending, ...]:
        """How the last crawl of each borough ended, by borough name."""
        with self.reading() as db:
            return endings_of(db)

    def pulse(self) -> tuple[object, ...]:
        """What is another whenever the coverage may be another."""
        with self.reading() as db:
            return pulse_of(db)

    def capture(self, capture: int) -> Capture | None:
        """One capture by its number."""
        with self.reading() as db:
            row = db.execute(select(captures).where(captures.c.id == capture)).first()
        return None if row is None else capture_of(row)

    def withheld(self, record: str) -> Withholding | None:
        """Why a record is not shown: its own withholding or that of a record above it."""
        with self.reading() as db:
            above = standing_above(db, record)
            rows = {row.record: row for row in db.execute(select(withholdings)).all()}
        row = next((rows[one] for one in above if one in rows), None)
        if row is None:
            return None
        return Withholding(record=row.record, reason=row.reason, since=datetime.fromisoformat(row.since))

    def _one(self, record: str, cls: type[R]) -> R | None:
        kind = cls.__name__.lower().removeprefix("agenda")
        found: list[R] = self._many(_current(kind).where(records.c.id == record), cls)
        return found[0] if found else None

    def _many(self, query: Select[str, str, str], cls: type[R]) -> list[R]:
        with self.reading() as db:
            hidden = hidden_ids(db)
            read: Iterable[Record] = [
                record_of(kind, body) for id_, kind, body in db.execute(query) if id_ not in hidden
            ]
        return [record for record in read if isinstance(record, cls)]


def _current(kind: str) -> Select[str, str, str]:
    """The id, kind and body of the current version of every record of a kind."""
    return (
        select(records.c.id, records.c.kind, versions.c.body)
        .join(versions, (versions.c.record == records.c.id) & (versions.c.number == records.c.current))
        .where(records.c.kind == kind)
    )


def _items_changed(sequence: int) -> CompoundSelect[str]:
    """The items that a change after this number touches: their own, or one of what they stand under or list.

    Each way is looked up by itself, by an index of its own: one question with all of them reads every record there is.
    """
    touched = select(changes.c.record).where(changes.c.sequence > sequence)
    items, above = select(records.c.id).where(records.c.kind == "item"), records.alias("above")
    return union(
        items.where(records.c.id.in_(touched)),
        items.where(records.c.parent.in_(touched)),
        items.join(above, above.c.id == records.c.parent).where(above.c.parent.in_(touched)),
        items.where(records.c.borough.in_(touched)),
        items.where(records.c.id.in_(select(places.c.holder).where(places.c.document.in_(touched)))),
    ).order_by("id")


def _when(meeting: Meeting) -> tuple[str, str, str]:
    """A sorting key; a date or time that is not known comes before all others."""
    day = meeting.date.isoformat() if meeting.date else ""
    return day, meeting.time.isoformat() if meeting.time else "", meeting.id
