"""What the scheduled crawler did last and does next, kept in the archive: `scrutiny status` and the site can tell.

One fact a kind of turn ("recent", "window", "sweep"; the kinds are the crawler's own words).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from archive.bodies import stamp
from archive.store import Archive
from archive.tables import facts, runs

_PREFIX = "scheduled "


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A kind of scheduled crawl: when it last began and ended, how, and when it is planned next (UTC).

    It is under way, or was cut off, where `started` is known and `ended` is not.
    """

    kind: str
    started: datetime | None = None
    ended: datetime | None = None
    outcome: str = ""
    planned: datetime | None = None


def scheduled_turns(archive: Archive) -> tuple[Turn, ...]:
    """Every kind of turn that the scheduler has ever planned, by kind; none where it never ran."""
    query = select(facts.c.value).where(facts.c.name.startswith(_PREFIX, autoescape=True)).order_by(facts.c.name)
    with archive.reading() as db:
        return tuple(_turn(value) for value in db.scalars(query))


def note_planned(archive: Archive, kind: str, at: datetime) -> None:
    """Note when a turn is planned next."""
    _note(archive, kind, lambda turn: replace(turn, planned=at))


def note_begun(archive: Archive, kind: str, at: datetime) -> None:
    """Note that a turn has begun."""
    _note(archive, kind, lambda turn: replace(turn, started=at, ended=None, outcome=""))


def note_ended(archive: Archive, kind: str, at: datetime, outcome: str) -> None:
    """Note that a turn has ended, and how in one line."""
    _note(archive, kind, lambda turn: replace(turn, ended=at, outcome=outcome))


def unfinished_scopes(archive: Archive) -> dict[str, str]:
    """The scope of each borough's crawl that was stopped before its end, by borough."""
    query = select(runs.c.borough, runs.c.scope).where(runs.c.ended.is_(None)).order_by(runs.c.id)
    with archive.reading() as db:
        return {row.borough: row.scope for row in db.execute(query)}


def last_crawled(archive: Archive, scope: str) -> dict[str, datetime]:
    """When each borough was last crawled in this scope, to its end or not, by borough."""
    when = func.max(func.coalesce(runs.c.ended, runs.c.started))
    query = select(runs.c.borough, when.label("at")).where(runs.c.scope == scope).group_by(runs.c.borough)
    with archive.reading() as db:
        return {row.borough: datetime.fromisoformat(row.at) for row in db.execute(query)}


def _note(archive: Archive, kind: str, changed: Callable[[Turn], Turn]) -> None:
    """In one transaction: a turn is planned by one thread while another takes it."""
    mine = facts.c.name == _PREFIX + kind
    with archive.writing() as db:
        value = db.scalar(select(facts.c.value).where(mine))
        turn = changed(Turn(kind=kind) if value is None else _turn(value))
        db.execute(delete(facts).where(mine))
        db.execute(insert(facts).values(name=_PREFIX + kind, value=_value(turn)))


def _value(turn: Turn) -> str:
    said = {name: stamp(value) if isinstance(value, datetime) else value for name, value in asdict(turn).items()}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _turn(value: str) -> Turn:
    said = json.loads(value)
    times = {name: datetime.fromisoformat(said[name]) for name in ("started", "ended", "planned") if said[name]}
    return Turn(**{**said, **times})
