"""Captures in their table: what an address answered, kept once for as long as it answers the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from archive.bodies import stamp
from archive.records import Capture
from archive.tables import captures

# Made once: what is asked for every page costs more to put together than to ask.
_LAST = (
    select(captures)
    .where(captures.c.borough == bindparam("of"), captures.c.url == bindparam("at"))
    .order_by(captures.c.id.desc())
    .limit(1)
)
_LAST_SOUND = _LAST.where(captures.c.complete, captures.c.outcome == "ok")
_KEEP = insert(captures)
_SEEN_AGAIN = update(captures).where(captures.c.id == bindparam("which")).values(last_seen=bindparam("now"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What arrived, before it is kept. `how` is "crawl" or "import"; `note` an imported file's name.

    `outcome` is "ok" or the name of what was wrong with it (the tables of `crawler.fetching` and of
    `crawler.moderngov.readings`); `status` is None where nothing was fetched.
    """

    url: str
    borough: str
    how: str
    retrieved_at: datetime
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    complete: bool
    outcome: str
    note: str = ""


def keep_capture(db: Connection, answer: Answer, sha256: str) -> int:
    """The id of the capture; the last one of this address where it answered the very same, else a new one."""
    last = db.execute(_LAST, {"of": answer.borough, "at": answer.url}).first()
    if last is not None and _same(last, answer, sha256):
        db.execute(_SEEN_AGAIN, {"which": last.id, "now": stamp(answer.retrieved_at)})
        return int(last.id)
    return _insert(db, answer, sha256)


def last_sound(db: Connection, borough: str, url: str) -> Capture | None:
    """The last capture of an address that was whole and could be taken in."""
    row = db.execute(_LAST_SOUND, {"of": borough, "at": url}).first()
    return None if row is None else capture_of(row)


def capture_of(row: Row[Any]) -> Capture:
    """The record that a row of the table holds."""
    return Capture(
        id=row.id,
        url=row.url,
        borough=row.borough,
        how=row.how,
        retrieved_at=datetime.fromisoformat(row.retrieved_at),
        last_seen=datetime.fromisoformat(row.last_seen),
        status=row.status,
        headers=tuple((name, value) for name, value in json.loads(row.headers)),
        sha256=row.sha256,
        size=row.size,
        complete=row.complete,
        outcome=row.outcome,
        note=row.note,
    )


def _same(row: Row[Any], answer: Answer, sha256: str) -> bool:
    now = (sha256, answer.status, answer.complete, answer.outcome, answer.how, answer.note)
    return (row.sha256, row.status, row.complete, row.outcome, row.how, row.note) == now


def _insert(db: Connection, answer: Answer, sha256: str) -> int:
    row = {
        "url": answer.url,
        "borough": answer.borough,
        "how": answer.how,
        "retrieved_at": stamp(answer.retrieved_at),
        "last_seen": stamp(answer.retrieved_at),
        "status": answer.status,
        "headers": json.dumps(answer.headers),
        "sha256": sha256,
        "size": len(answer.body),
        "complete": answer.complete,
        "outcome": answer.outcome,
        "note": answer.note,
    }
    added = db.execute(_KEEP, row)
    (key,) = added.inserted_primary_key or (0,)
    return int(key)
