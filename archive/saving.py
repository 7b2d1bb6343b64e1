"""Saving: one transaction per page, for what was fetched, what was read from it and what is to be fetched next.

Saving what is already held changes nothing but the time it was last seen; saving what differs adds a version.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from archive.bodies import body_of, kind_of, record_of, stamp
from archive.captures import Answer, keep_capture
from archive.composing import completes, compose
from archive.records import AgendaItem, Borough, Committee, Document, Meeting, Record
from archive.store import Archive
from archive.tables import boroughs, changes, listings, places, readings, records, versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A meeting as its committee's list names it; `label` is printed text ("Agenda, Minutes")."""

    meeting: str
    committee: str
    date: date | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was read from one page, as records.

    `named` are committees and meetings that the page only mentions: they are saved where nothing better is held.
    `items` come with the page they were read from: "meeting" or "page" (the item's own). `file` is the document that
    the answer itself is the file of, with its media type by its bytes.
    """

    committees: tuple[Committee, ...] = ()
    named: tuple[Committee | Meeting, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    items_from: str = "meeting"
    documents: tuple[Document, ...] = ()
    listed: tuple[Listed, ...] = ()
    file: tuple[str, str] | None = None


@dataclass(slots=True)
class Saved:
    """What saving one page did: the ids of records that are new, of those that now say something else, and of the
    items whose cut text is now whole."""

    capture: int
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)


def save_borough(archive: Archive, borough: Borough) -> None:
    """Keep what a crawl or an import needs to know of a borough, so that later commands need no boroughs file."""
    with archive.writing() as db:
        held = db.scalar(select(boroughs.c.body).where(boroughs.c.slug == borough.slug))
        if held == body_of(borough):
            return
        db.execute(delete(boroughs).where(boroughs.c.slug == borough.slug))
        db.execute(insert(boroughs).values(slug=borough.slug, body=body_of(borough)))
        db.execute(insert(changes).values(record=borough.slug))


def save_page(archive: Archive, answer: Answer, findings: Findings) -> Saved:
    """Keep one page and what was read from it, in a transaction of its own."""
    with archive.writing() as db:
        return save_into(db, answer, archive.blobs.put(answer.body), findings)


def save_into(db: Connection, answer: Answer, sha256: str, findings: Findings) -> Saved:
    """The same within a transaction that does more. The bytes must already be kept under `sha256`."""
    page = _Page(db, Saved(keep_capture(db, answer, sha256)), stamp(answer.retrieved_at))
    for committee in findings.committees:
        page.save(committee)
    for record in findings.named:
        page.save_if_absent(record)
    for meeting in findings.meetings:
        page.save(meeting)
        page.note_published(meeting, findings.items)
    for item in findings.items:
        page.save(page.composed(item, findings.items_from))
    page.mark_gone(findings)
    page.save_documents(findings)
    if findings.file is not None:
        page.save_file(*findings.file, sha256)
    for listed in findings.listed:
        page.note_listed(listed, answer.borough)
    return page.saved


@dataclass(frozen=True, slots=True)
class _Page:
    """One page on its way into the tables."""

    db: Connection
    saved: Saved
    now: str

    def save(self, record: Record) -> None:
        """Add a version where the record says something new; else note that it was seen again."""
        if isinstance(record, Document) and not record.sha256:
            # The page that lists a document does not know its file: what is known of that stays.
            held = self._held(record.id)
            if isinstance(held, Document) and held.sha256:
                record = replace(record, sha256=held.sha256, media_type=held.media_type)
        current = self.db.execute(
            select(versions.c.number, versions.c.body)
            .join(records, (records.c.id == versions.c.record) & (records.c.current == versions.c.number))
            .where(records.c.id == record.id)
        ).first()
        body = body_of(record)
        if current is None:
            place = {"kind": kind_of(record), "current": 1, "published": "", **_standing(record)}
            self.db.execute(insert(records).values(id=record.id, **place))
            self._add_version(record.id, 1, body)
            self.saved.new.append(record.id)
        elif current.body == body:
            seen_again = (versions.c.record == record.id) & (versions.c.number == current.number)
            self.db.execute(update(versions).where(seen_again).values(last_seen=self.now))
        elif completes(record_of(kind_of(record), current.body), record):
            self._stand(record, current.number)
            self._complete(record.id, current.number, body)
        else:
            self._stand(record, current.number + 1)
            self._add_version(record.id, current.number + 1, body)
            self.saved.changed.append(record.id)

    def save_if_absent(self, record: Record) -> None:
        """Save a record of which the page tells less than others do, only where none is held."""
        if self.db.scalar(select(records.c.id).where(records.c.id == record.id)) is None:
            self.save(record)

    def note_published(self, meeting: Meeting, items: tuple[AgendaItem, ...]) -> None:
        """Note what of a meeting its own page shows; pages that only name the meeting do not say it."""
        shown = meeting.status or ("agenda" if items else "nothing")
        other = (records.c.id == meeting.id) & (records.c.published != shown)
        self.db.execute(update(records).where(other).values(published=shown))

    def composed(self, item: AgendaItem, source: str) -> AgendaItem:
        """The item as this reading and the one from its other page give it together."""
        mine = (readings.c.item == item.id) & (readings.c.source == source)
        self.db.execute(delete(readings).where(mine))
        self.db.execute(insert(readings).values(item=item.id, source=source, body=body_of(item)))
        rows = self.db.execute(select(readings.c.source, readings.c.body).where(readings.c.item == item.id))
        read = {source: held for source, body in rows if isinstance(held := record_of("item", body), AgendaItem)}
        return compose(read.get("meeting"), read.get("page"))

    def save_documents(self, findings: Findings) -> None:
        """Save each document by what the first place that lists it says: others may name it otherwise."""
        here: set[str] = set()
        holders: tuple[Meeting | AgendaItem, ...] = (*findings.meetings, *findings.items)
        for holder in holders:
            here.add(holder.id)
            self._note_places(holder.id, [link.document for link in holder.documents])
        for document in findings.documents:
            first = self.db.scalar(
                select(places.c.holder)
                .where(places.c.document == document.id)
                .order_by(places.c.since, places.c.holder)
                .limit(1)
            )
            if first is None or first in here:
                self.save(document)
            else:
                self.save_if_absent(document)

    def save_file(self, document: str, media_type: str, sha256: str) -> None:
        """Note which bytes a document is, and what they are; a replaced paper is a new version of its document."""
        held = self._held(document)
        if isinstance(held, Document):
            self.save(replace(held, sha256=sha256, media_type=media_type))

    def mark_gone(self, findings: Findings) -> None:
        """Mark the items that a meeting's page lists no more, and unmark what is there (again)."""
        if findings.items_from != "meeting":
            return
        for meeting in findings.meetings:
            there = [item.id for item in findings.items if item.meeting == meeting.id]
            left = (records.c.parent == meeting.id) & (records.c.kind == "item") & records.c.id.not_in(there)
            self._mark(left & records.c.gone.is_(None), self.now)
            back = records.c.id.in_([meeting.id, *there]) & records.c.gone.is_not(None)
            self._mark(back, None)

    def _mark(self, which: ColumnElement[bool], since: str | None) -> None:
        ids = list(self.db.scalars(select(records.c.id).where(which)))
        for ident in ids:
            self.db.execute(update(records).where(records.c.id == ident).values(gone=since))
            self.db.execute(insert(changes).values(record=ident))

    def _held(self, record: str) -> Record | None:
        row = self.db.execute(
            select(records.c.kind, versions.c.body)
            .join(versions, (versions.c.record == records.c.id) & (versions.c.number == records.c.current))
            .where(records.c.id == record)
        ).first()
        return None if row is None else record_of(row.kind, row.body)

    def note_listed(self, listed: Listed, borough: str) -> None:
        """Note that the council lists a meeting."""
        self.db.execute(delete(listings).where(listings.c.meeting == listed.meeting))
        self.db.execute(
            insert(listings).values(
                meeting=listed.meeting,
                borough=borough,
                committee=listed.committee,
                date=listed.date.isoformat() if listed.date else None,
                label=listed.label,
                last_listed=self.now,
            )
        )

    def _note_places(self, holder: str, documents: list[str]) -> None:
        known = set(self.db.scalars(select(places.c.document).where(places.c.holder == holder)))
        gone = (places.c.holder == holder) & places.c.document.not_in(documents)
        self.db.execute(delete(places).where(gone))
        for document in dict.fromkeys(documents):
            if document not in known:
                self.db.execute(insert(places).values(document=document, holder=holder, since=self.now))

    def _stand(self, record: Record, number: int) -> None:
        standing = {**_standing(record), "current": number}
        self.db.execute(update(records).where(records.c.id == record.id).values(standing))

    def _complete(self, record: str, number: int, body: str) -> None:
        """Put the whole in the place of what was known of it: that is what the version said; only now we know it."""
        mine = (versions.c.record == record) & (versions.c.number == number)
        whole = {"body": body, "last_seen": self.now, "capture": self.saved.capture}
        self.db.execute(update(versions).where(mine).values(whole))
        self.db.execute(insert(changes).values(record=record))
        self.saved.completed.append(record)

    def _add_version(self, record: str, number: int, body: str) -> None:
        row = {"record": record, "number": number, "body": body, "first_seen": self.now, "last_seen": self.now}
        self.db.execute(insert(versions).values(**row, capture=self.saved.capture))
        self.db.execute(insert(changes).values(record=record))


def _standing(record: Record) -> dict[str, object]:
    """Where a record stands: its borough, what it is under, its date and its place in the printed order."""
    parent, day, position = None, None, 0
    if isinstance(record, Meeting):
        parent, day = record.committee, record.date
    if isinstance(record, AgendaItem):
        parent, position = record.meeting, record.position
    file = record.sha256 if isinstance(record, Document) else ""
    when = day.isoformat() if day else None
    return {"borough": record.borough, "parent": parent, "date": when, "position": position, "file": file}
