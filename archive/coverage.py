"""How much of what each council lists is held, in all, and how did its last crawl end?

The numbers are the ledger's (`archive.counting`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from archive.bodies import borough_of
from archive.counting import EVERYTHING, Within, counted
from archive.falls import Alarm, alarms_of
from archive.records import Borough
from archive.states import NOTHING
from archive.tables import boroughs, changes, frontier, records, runs
from archive.tallies import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One borough's numbers, what is alarming about its lists, and how its last crawl ended.

    `closed` says why a council cannot be crawled at all ("closed to robots"); `reasons` counts the pages the last
    run could not have, by the crawl's own named reasons; `last_run` is None where no crawl has ended yet.
    """

    slug: str
    name: str
    base_url: str
    tally: Tally
    alarms: tuple[Alarm, ...]
    first_date: date | None
    last_date: date | None
    last_run: datetime | None
    outcome: str
    closed: str
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How the last crawl of a borough ended that came to an end or was put off; `at` is None where none has yet."""

    slug: str
    name: str
    at: datetime | None
    outcome: str
    closed: str


def endings_of(db: Connection, only: str | None = None) -> tuple[Ending, ...]:
    """How the last crawl of every borough held ended, by name."""
    return tuple(_ending(borough, _last_run(db, borough.slug)) for borough in _boroughs(db, only))


def coverage_of(db: Connection, today: date, only: str | None = None) -> tuple[Coverage, ...]:
    """The coverage of every borough held, by name, or of one alone."""
    within = Within(boroughs=(only,)) if only else EVERYTHING
    tallies = {slug: tally for (slug,), tally in counted(db, today, within, ("borough",)).items()}
    alarms, spans = alarms_of(db, only), _spans(db)
    return tuple(
        _coverage(
            db,
            borough,
            tallies.get(borough.slug, Tally()),
            tuple(alarm for alarm in alarms if alarm.borough == borough.slug),
            spans.get(borough.slug, (None, None)),
        )
        for borough in _boroughs(db, only)
    )


def pulse_of(db: Connection) -> tuple[object, ...]:
    """What is another whenever the coverage may be another: for whoever keeps an answer that took long to count."""
    changed = select(func.max(changes.c.sequence)).scalar_subquery()
    turned = select(func.max(runs.c.id), func.sum(runs.c.requests), func.count(runs.c.ended), func.max(runs.c.started))
    return tuple(db.execute(turned.add_columns(changed)).one())


def _coverage(
    db: Connection, borough: Borough, tally: Tally, alarms: tuple[Alarm, ...], span: tuple[str | None, str | None]
) -> Coverage:
    run = _last_run(db, borough.slug)
    ended = _ending(borough, run)
    first, last = (date.fromisoformat(day) if day else None for day in span)
    return Coverage(
        slug=borough.slug,
        name=borough.name,
        base_url=borough.base_url,
        tally=tally,
        alarms=alarms,
        first_date=first,
        last_date=last,
        last_run=ended.at,
        outcome=ended.outcome,
        closed=ended.closed,
        reasons=_reasons(db, run.id) if run else (),
    )


def _boroughs(db: Connection, only: str | None) -> list[Borough]:
    wanted = select(boroughs.c.body).where(boroughs.c.slug == only) if only else select(boroughs.c.body)
    return sorted((borough_of(body) for body in db.scalars(wanted)), key=lambda borough: borough.name)


def _ending(borough: Borough, run: Row[Any] | None) -> Ending:
    return Ending(
        slug=borough.slug,
        name=borough.name,
        at=datetime.fromisoformat(run.ended or run.started) if run else None,
        outcome=run.message if run else "not crawled yet",
        closed=run.message if run and run.outcome == "closed" else "",
    )


def _spans(db: Connection) -> dict[str, tuple[str | None, str | None]]:
    """The first and the last day of the meetings held of each borough."""
    days = select(records.c.borough, func.min(records.c.date).label("first"), func.max(records.c.date).label("last"))
    held = days.where(records.c.kind == "meeting", records.c.published != NOTHING)
    rows = db.execute(held.group_by(records.c.borough))
    return {row.borough: (row.first, row.last) for row in rows}


def _last_run(db: Connection, borough: str) -> Row[Any] | None:
    told = select(runs).where(runs.c.borough == borough, runs.c.outcome.not_in(("", "abandoned")))
    return db.execute(told.order_by(runs.c.id.desc()).limit(1)).first()


def _reasons(db: Connection, run: int) -> tuple[tuple[str, int], ...]:
    failed = select(frontier.c.reason, func.count().label("n")).where(frontier.c.run == run, frontier.c.reason != "")
    by_reason = failed.group_by(frontier.c.reason).order_by(frontier.c.reason)
    return tuple((row.reason, row.n) for row in db.execute(by_reason))
