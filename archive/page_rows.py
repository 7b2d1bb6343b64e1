"""The rows of the records that one page gives: read at once and written at once.

A statement costs many times what its row costs, and a page gives dozens of records; so what is held of them is asked
for together, and what is new is written together. `flush` is to be called before anything else asks the tables, and
at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from archive.bodies import record_of
from archive.records import Record
from archive.tables import changes, readings, records, versions

AT_ONCE = 500
"""Values in one statement, well below what any database takes."""

HELD = (
    select(records.c.id, records.c.kind, records.c.current, versions.c.body)
    .join(versions, (versions.c.record == records.c.id) & (versions.c.number == records.c.current))
    .where(records.c.id.in_(bindparam("ids", expanding=True)))
)
"""What records say now: `id`, `kind`, `current` and `body` of those of these `ids` that are held."""

_READ = select(readings).where(readings.c.item.in_(bindparam("items", expanding=True)))
_SEEN_AGAIN = (
    update(versions)
    .where(versions.c.record == bindparam("which"), versions.c.number == bindparam("at"))
    .values(last_seen=bindparam("now"))
)
_UNREAD = delete(readings).where(readings.c.item == bindparam("which"), readings.c.source == bindparam("by"))

Rows = list[dict[str, Any]]


@dataclass(slots=True)
class Held:
    """What a record says now: its kind, the number of its version, and its body."""

    kind: str
    number: int
    body: str

    @property
    def record(self) -> Record:
        """The record itself."""
        return record_of(self.kind, self.body)


@dataclass(slots=True)
class PageRows:
    """What is held of a page's records, and the rows that are waiting to be written."""

    db: Connection
    held: dict[str, Held] = field(default_factory=dict)
    _records: Rows = field(default_factory=list)
    _versions: Rows = field(default_factory=list)
    _changes: Rows = field(default_factory=list)
    _seen: Rows = field(default_factory=list)

    @classmethod
    def of(cls, db: Connection, ids: Iterable[str]) -> PageRows:
        """The rows of a page that gives records under these ids."""
        found = (row for some in in_parts(ids) for row in db.execute(HELD, {"ids": some}))
        return cls(db, {row.id: Held(row.kind, row.current, row.body) for row in found})

    def add(self, ident: str, kind: str, standing: dict[str, object]) -> None:
        """A record that was not held; its first version is to follow."""
        self.held[ident] = Held(kind, 0, "")
        self._records.append({"id": ident, "kind": kind, "current": 1, "published": "", **standing})

    def add_version(self, ident: str, body: str, now: str, capture: int) -> None:
        """The next version of a record."""
        held = self.held[ident]
        held.number, held.body = held.number + 1, body
        row = {"record": ident, "number": held.number, "body": body, "first_seen": now, "last_seen": now}
        self._versions.append({**row, "capture": capture})
        self.note_change(ident)

    def seen_again(self, ident: str, now: str) -> None:
        """A record says what it said."""
        self._seen.append({"which": ident, "at": self.held[ident].number, "now": now})

    def note_change(self, ident: str) -> None:
        """A record is to be indexed anew."""
        self._changes.append({"record": ident})

    def flush(self) -> None:
        """Write what waits."""
        for table, rows in ((records, self._records), (versions, self._versions), (changes, self._changes)):
            insert_all(self.db, table, rows)
            rows.clear()
        if self._seen:
            self.db.execute(_SEEN_AGAIN, self._seen)
            self._seen.clear()


def readings_of(db: Connection, items: Iterable[str]) -> dict[str, dict[str, str]]:
    """What each page said of these items, by item and by page."""
    found: dict[str, dict[str, str]] = {}
    for some in in_parts(items):
        for row in db.execute(_READ, {"items": some}):
            found.setdefault(row.item, {})[row.source] = row.body
    return found


def replace_readings(db: Connection, source: str, bodies: dict[str, str], held: Collection[str]) -> None:
    """Keep what one kind of page now says of these items; of some it is held what that page said before."""
    if old := [{"which": item, "by": source} for item in bodies if item in held]:
        db.execute(_UNREAD, old)
    insert_all(db, readings, [{"item": item, "source": source, "body": body} for item, body in bodies.items()])


def insert_all(db: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert these rows, be they none."""
    if rows:
        db.execute(_insert_into(table), rows)


_insert_into = cache(insert)  # one for each table: what is asked for every page costs more to put together than to ask


def in_parts(values: Iterable[str]) -> Iterator[list[str]]:
    """The values, each once, in lists that are not too long for a statement."""
    each = iter(dict.fromkeys(values))
    while some := list(islice(each, AT_ONCE)):
        yield some
