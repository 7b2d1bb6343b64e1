"""Saving: one transaction per page, for what was fetched, what was read from it and what is to be fetched next.

Saving what is already held changes nothing but the time it was last seen; saving what differs adds a version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from archive.bodies import body_of, kind_of, record_of, stamp
from archive.captures import Answer, keep_capture
from archive.composing import completes, compose
from archive.page_rows import Held, PageRows, in_parts, insert_all, readings_of, replace_readings
from archive.places import first_places, note_places
from archive.records import AgendaItem, Borough, Committee, Document, Meeting, Record
from archive.store import Archive
from archive.tables import boroughs, changes, listings, records, versions


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
    saved = Saved(keep_capture(db, answer, sha256))
    if findings == _NOTHING:
        return saved
    page = _Page(db, saved, stamp(answer.retrieved_at), PageRows.of(db, _named_in(findings)))
    for committee in findings.committees:
        page.save(committee)
    for record in findings.named:
        page.save_if_absent(record)
    for meeting in findings.meetings:
        page.save(meeting)
        page.note_published(meeting, findings.items)
    for item in page.composed(findings.items, findings.items_from):
        page.save(item)
    page.mark_gone(findings)
    page.save_documents(findings)
    if findings.file is not None:
        page.save_file(*findings.file, sha256)
    page.rows.flush()
    page.note_listed(findings.listed, answer.borough)
    return page.saved


_NOTHING = Findings()
_PUBLISH = (
    update(records)
    .where(records.c.id == bindparam("which"), records.c.published != bindparam("shown"))
    .values(published=bindparam("shown"))
)
_UNDER = select(records.c.id, records.c.gone).where(
    (records.c.id == bindparam("of")) | ((records.c.parent == bindparam("of")) & (records.c.kind == "item"))
)
_GONE = update(records).where(records.c.id == bindparam("which")).values(gone=bindparam("since"))
_STAND = update(records).where(records.c.id == bindparam("which"))
_FILL = update(versions).where(versions.c.record == bindparam("which"), versions.c.number == bindparam("at"))


def _named_in(findings: Findings) -> Iterator[str]:
    """The ids of all records that a page tells of."""
    groups: tuple[tuple[Record, ...], ...] = (
        findings.committees, findings.named, findings.meetings, findings.items, findings.documents
    )  # fmt: skip
    yield from (record.id for group in groups for record in group)
    if findings.file is not None:
        yield findings.file[0]


@dataclass(frozen=True, slots=True)
class _Page:
    """One page on its way into the tables."""

    db: Connection
    saved: Saved
    now: str
    rows: PageRows

    def save(self, record: Record) -> None:
        """Add a version where the record says something new; else note that it was seen again."""
        held = self.rows.held.get(record.id)
        if held is None:
            self.rows.add(record.id, kind_of(record), _standing(record))
            self.rows.add_version(record.id, body_of(record), self.now, self.saved.capture)
            self.saved.new.append(record.id)
            return
        if isinstance(record, Document) and not record.sha256:
            # The page that lists a document does not know its file: what is known of that stays.
            known = held.record
            if isinstance(known, Document) and known.sha256:
                record = replace(record, sha256=known.sha256, media_type=known.media_type)
        body = body_of(record)
        if held.body == body:
            self.rows.seen_again(record.id, self.now)
        elif completes(held.record, record):
            self._stand(record, held.number)
            self._complete(record.id, held, body)
        else:
            self._stand(record, held.number + 1)
            self.rows.add_version(record.id, body, self.now, self.saved.capture)
            self.saved.changed.append(record.id)

    def save_if_absent(self, record: Record) -> None:
        """Save a record of which the page tells less than others do, only where none is held."""
        if record.id not in self.rows.held:
            self.save(record)

    def note_published(self, meeting: Meeting, items: tuple[AgendaItem, ...]) -> None:
        """Note what of a meeting its own page shows; pages that only name the meeting do not say it."""
        self.rows.flush()
        shown = meeting.status or ("agenda" if items else "nothing")
        self.db.execute(_PUBLISH, {"which": meeting.id, "shown": shown})

    def composed(self, items: tuple[AgendaItem, ...], source: str) -> Iterator[AgendaItem]:
        """The items as this reading of each and the one from its other page give it together."""
        read = readings_of(self.db, (item.id for item in items))
        news = {item.id: body for item in items if read.get(item.id, {}).get(source) != (body := body_of(item))}
        replace_readings(self.db, source, news, {ident for ident, by in read.items() if source in by})
        for item in items:
            other = next((body for by, body in read.get(item.id, {}).items() if by != source), None)
            known = record_of("item", other) if other is not None else None
            beside = known if isinstance(known, AgendaItem) else None
            yield compose(item, beside) if source == "meeting" else compose(beside, item)

    def save_documents(self, findings: Findings) -> None:
        """Save each document by what the first place that lists it says: others may name it otherwise."""
        holders: tuple[Meeting | AgendaItem, ...] = (*findings.meetings, *findings.items)
        note_places(self.db, {one.id: [link.document for link in one.documents] for one in holders}, self.now)
        here = {"", *(one.id for one in holders)}
        first = first_places(self.db, [document.id for document in findings.documents])
        for document in findings.documents:
            if first.get(document.id, "") in here:
                self.save(document)
            else:
                self.save_if_absent(document)

    def save_file(self, document: str, media_type: str, sha256: str) -> None:
        """Note which bytes a document is, and what they are; a replaced paper is a new version of its document."""
        held = self.rows.held.get(document)
        known = held.record if held is not None else None
        if isinstance(known, Document):
            self.save(replace(known, sha256=sha256, media_type=media_type))

    def mark_gone(self, findings: Findings) -> None:
        """Mark the items that a meeting's page lists no more, and unmark what is there (again)."""
        if findings.items_from != "meeting" or not findings.meetings:
            return
        self.rows.flush()
        for meeting in findings.meetings:
            there = {meeting.id, *(item.id for item in findings.items if item.meeting == meeting.id)}
            for row in self.db.execute(_UNDER, {"of": meeting.id}).all():
                if (row.id in there) == (row.gone is not None):
                    self.db.execute(_GONE, {"which": row.id, "since": None if row.id in there else self.now})
                    self.rows.note_change(row.id)

    def note_listed(self, listed: tuple[Listed, ...], borough: str) -> None:
        """Note that the council lists these meetings."""
        rows = {
            one.meeting: {
                "meeting": one.meeting,
                "borough": borough,
                "committee": one.committee,
                "date": one.date.isoformat() if one.date else None,
                "label": one.label,
                "last_listed": self.now,
            }
            for one in listed
        }
        for some in in_parts(rows):
            self.db.execute(delete(listings).where(listings.c.meeting.in_(some)))
        insert_all(self.db, listings, list(rows.values()))

    def _stand(self, record: Record, number: int) -> None:
        self.rows.flush()
        standing = {**_standing(record), "current": number}
        self.db.execute(_STAND, {"which": record.id, **standing})

    def _complete(self, record: str, held: Held, body: str) -> None:
        """Put the whole in the place of what was known of it: that is what the version said; only now we know it."""
        mine = {"which": record, "at": held.number}
        self.db.execute(_FILL, {**mine, "body": body, "last_seen": self.now, "capture": self.saved.capture})
        held.body = body
        self.rows.note_change(record)
        self.saved.completed.append(record)


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
