"""What does a crawl still have to do? Kept in the archive, so that a crawl that is stopped goes on where it was.

A run belongs to one borough and has a scope (what was asked for); a page is in it once, under one key. What was
fetched, what was read and what is to be fetched next are saved in one transaction (`finish`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from archive.bodies import stamp
from archive.captures import Answer
from archive.saving import Findings, Saved, save_into
from archive.store import Archive
from archive.tables import frontier, hosts, runs

_EPOCH = stamp(datetime.fromtimestamp(0, UTC))


@dataclass(frozen=True, slots=True)
class Todo:
    """A page to fetch: the key that names it once, and its address."""

    key: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A page of a run, with the attempts it has had and the earliest time of the next."""

    id: int
    todo: Todo
    attempts: int
    not_before: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A crawl of one borough; `resumed` where an earlier one was stopped before its end."""

    id: int
    borough: str
    requests: int
    resumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A page of a run that could not be had, and why."""

    key: str
    url: str
    reason: str
    message: str


def begin(archive: Archive, borough: str, scope: str, seeds: Iterable[Todo], now: datetime) -> Run:
    """Go on with the borough's unfinished run of this scope, or begin a new one from these pages."""
    with archive.writing() as db:
        mine = (runs.c.borough == borough) & runs.c.ended.is_(None)
        row = db.execute(select(runs).where(mine, runs.c.scope == scope).order_by(runs.c.id.desc())).first()
        if row is not None:
            return Run(id=row.id, borough=borough, requests=row.requests, resumed=True)
        db.execute(
            update(runs)
            .where(mine)
            .values(ended=stamp(now), outcome="abandoned", message="another scope was asked for")
        )
        started = {
            "borough": borough,
            "scope": scope,
            "started": stamp(now),
            "requests": 0,
            "outcome": "",
            "message": "",
        }
        (key,) = db.execute(insert(runs).values(**started)).inserted_primary_key or (0,)
        for seed in seeds:
            _queue(db, key, seed)
        return Run(id=key, borough=borough, requests=0, resumed=False)


def next_page(archive: Archive, run: Run) -> Queued | None:
    """The page to fetch next: the earliest that may be asked for, in the order in which they were found."""
    query = select(frontier).where(frontier.c.run == run.id, frontier.c.state == "todo")
    with archive.reading() as db:
        row = db.execute(query.order_by(frontier.c.not_before, frontier.c.id).limit(1)).first()
    if row is None:
        return None
    until = datetime.fromisoformat(row.not_before)
    return Queued(id=row.id, todo=Todo(row.key, row.url), attempts=row.attempts, not_before=until)


def finish(
    archive: Archive, run: Run, page: Queued, answer: Answer, findings: Findings, found: Iterable[Todo]
) -> Saved:
    """Save a sound page, what was read from it and what it leads to, and be done with it; one transaction."""
    sha256 = archive.blobs.put(answer.body)
    with archive.writing() as db:
        saved = save_into(db, answer, sha256, findings)
        for todo in found:
            _queue(db, run.id, todo)
        _mark(db, page, state="done", attempts=page.attempts + 1)
    return saved


def fail(archive: Archive, page: Queued, answer: Answer | None, reason: str, message: str) -> None:
    """Give a page up for this run, for a named reason; what arrived instead is kept as evidence."""
    sha256 = archive.blobs.put(answer.body) if answer is not None else ""
    with archive.writing() as db:
        if answer is not None:
            save_into(db, answer, sha256, Findings())
        _mark(db, page, state="failed", attempts=page.attempts + 1, reason=reason, message=message)


def retry(archive: Archive, page: Queued, not_before: datetime, reason: str, message: str) -> None:
    """Ask for a page again later in this run."""
    with archive.writing() as db:
        _mark(db, page, attempts=page.attempts + 1, not_before=stamp(not_before), reason=reason, message=message)


def count_request(archive: Archive, run: Run) -> int:
    """Count one request of a run, before it is sent; the number so far."""
    with archive.writing() as db:
        db.execute(update(runs).where(runs.c.id == run.id).values(requests=runs.c.requests + 1))
        return int(db.scalar(select(runs.c.requests).where(runs.c.id == run.id)) or 0)


def end(archive: Archive, run: Run, outcome: str, message: str, now: datetime) -> None:
    """Close a run. Its failures stay until the borough's next run ends; all else of its frontier goes."""
    with archive.writing() as db:
        db.execute(update(runs).where(runs.c.id == run.id).values(ended=stamp(now), outcome=outcome, message=message))
        older = select(runs.c.id).where(runs.c.borough == run.borough, runs.c.id != run.id)
        db.execute(delete(frontier).where(frontier.c.run.in_(older)))
        db.execute(delete(frontier).where(frontier.c.run == run.id, frontier.c.state == "done"))


def failures(archive: Archive, run: Run) -> tuple[Failure, ...]:
    """The pages of a run that could not be had."""
    query = select(frontier).where(frontier.c.run == run.id, frontier.c.state == "failed").order_by(frontier.c.id)
    with archive.reading() as db:
        return tuple(Failure(key=r.key, url=r.url, reason=r.reason, message=r.message) for r in db.execute(query))


def host_rest(archive: Archive, host: str) -> datetime:
    """Until when a host asked, or our own rule bids, that it be left alone."""
    with archive.reading() as db:
        kept = db.scalar(select(hosts.c.not_before).where(hosts.c.host == host))
    return datetime.fromisoformat(kept or _EPOCH)


def rest_host(archive: Archive, host: str, until: datetime) -> None:
    """Remember until when a host is to be left alone, beyond a restart."""
    with archive.writing() as db:
        db.execute(delete(hosts).where(hosts.c.host == host))
        db.execute(insert(hosts).values(host=host, not_before=stamp(until)))


def _queue(db: Connection, run: int, todo: Todo) -> None:
    known = db.scalar(select(func.count()).where(frontier.c.run == run, frontier.c.key == todo.key))
    if not known:
        fresh = {"state": "todo", "attempts": 0, "not_before": _EPOCH, "reason": "", "message": ""}
        db.execute(insert(frontier).values(run=run, key=todo.key, url=todo.url, **fresh))


def _mark(db: Connection, page: Queued, **values: object) -> None:
    db.execute(update(frontier).where(frontier.c.id == page.id).values(**values))
