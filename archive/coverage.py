"""How much of what a council lists is held? Counted from the council's own listing, never guessed.

"Listed" are the meetings its committee pages name; "held" those whose page was read; "missing" is listed but not
held. A meeting that only an import brought is held without being listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from archive.bodies import borough_of, record_of
from archive.records import Borough, Meeting
from archive.tables import boroughs, frontier, listings, records, runs, versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One borough's numbers, and how its last crawl ended.

    `closed` says why a council cannot be crawled at all ("closed to robots"); `reasons` counts the pages the last
    run could not have, by named reason; `last_run` is None where no crawl has ended yet.
    """

    slug: str
    name: str
    base_url: str
    listed: int
    held: int
    missing: int
    with_minutes: int
    items: int
    documents: int
    first_date: date | None
    last_date: date | None
    last_run: datetime | None
    outcome: str
    closed: str
    reasons: tuple[tuple[str, int], ...]


def coverage_of(db: Connection) -> tuple[Coverage, ...]:
    """The coverage of every borough held, by name. What is withheld counts as held: it is not missing."""
    counts = _Counts(db)
    held = sorted((borough_of(body) for body in db.scalars(select(boroughs.c.body))), key=lambda b: b.name)
    return tuple(counts.of(borough) for borough in held)


class _Counts:
    """What the tables hold, counted once for all boroughs."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._records = Counter({(r.borough, r.kind): r.n for r in db.execute(_by_borough_and_kind())})
        listed = db.execute(select(listings.c.borough, listings.c.meeting)).all()
        self._listed = Counter(row.borough for row in listed)
        held = set(db.scalars(select(records.c.id).where(records.c.kind == "meeting")))
        self._missing = Counter(row.borough for row in listed if row.meeting not in held)
        self._minutes = Counter(m.borough for m in _meetings(db) if m.status.endswith("minutes"))

    def of(self, borough: Borough) -> Coverage:
        run = self._last_run(borough.slug)
        span = select(func.min(records.c.date), func.max(records.c.date)).where(records.c.borough == borough.slug)
        first, last = self._db.execute(span).one()
        return Coverage(
            slug=borough.slug,
            name=borough.name,
            base_url=borough.base_url,
            listed=self._listed[borough.slug],
            held=self._records[borough.slug, "meeting"],
            missing=self._missing[borough.slug],
            with_minutes=self._minutes[borough.slug],
            items=self._records[borough.slug, "item"],
            documents=self._records[borough.slug, "document"],
            first_date=date.fromisoformat(first) if first else None,
            last_date=date.fromisoformat(last) if last else None,
            last_run=datetime.fromisoformat(run.ended or run.started) if run else None,
            outcome=run.message if run else "not crawled yet",
            closed=run.message if run and run.outcome == "closed" else "",
            reasons=self._reasons(run.id) if run else (),
        )

    def _last_run(self, borough: str) -> Row[Any] | None:
        told = select(runs).where(runs.c.borough == borough, runs.c.outcome.not_in(("", "abandoned")))
        return self._db.execute(told.order_by(runs.c.id.desc()).limit(1)).first()

    def _reasons(self, run: int) -> tuple[tuple[str, int], ...]:
        failed = select(frontier.c.reason, func.count().label("n")).where(
            frontier.c.run == run, frontier.c.reason != ""
        )
        return tuple(
            (r.reason, r.n) for r in self._db.execute(failed.group_by(frontier.c.reason).order_by(frontier.c.reason))
        )


def _by_borough_and_kind() -> Any:
    return select(records.c.borough, records.c.kind, func.count().label("n")).group_by(
        records.c.borough, records.c.kind
    )


def _meetings(db: Connection) -> Iterable[Meeting]:
    current = (versions.c.record == records.c.id) & (versions.c.number == records.c.current)
    bodies = db.scalars(select(versions.c.body).join(records, current).where(records.c.kind == "meeting"))
    return (meeting for body in bodies if isinstance(meeting := record_of("meeting", body), Meeting))
