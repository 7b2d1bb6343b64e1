"""What does a crawl still have to do? Kept in the archive, so that a crawl that is stopped goes on where it was.

A run belongs to one borough and has a scope (what was asked for); a page is in it once, under one key. What was
fetched, what was read and what is to be fetched next are saved in one transaction (`finish`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, literal, select, true, update

from archive.bodies import stamp
from archive.captures import Answer, last_sound
from archive.page_rows import in_parts, insert_all
from archive.records import Capture
from archive.saving import Findings, Saved, save_into
from archive.store import Archive
from archive.tables import frontier, hosts, runs

RESUMED_WITHIN = timedelta(days=7)
_EPOCH, _BEFORE_ALL = (stamp(datetime.fromtimestamp(second, UTC)) for second in (0, -1))
_FRESH = {"state": "todo", "attempts": 0, "not_before": _EPOCH, "reason": "", "message": ""}

# Made once: what is asked for every page costs more to put together than to ask.
_NEXT = (
    select(frontier)
    .where(frontier.c.run == bindparam("of"), frontier.c.state == "todo")
    .order_by(frontier.c.not_before, frontier.c.id)
    .limit(1)
)
_COUNT = update(runs).where(runs.c.id == bindparam("of")).values(requests=runs.c.requests + 1)
_COUNTED = select(runs.c.requests).where(runs.c.id == bindparam("of"))
_KNOWN = select(frontier.c.key).where(
    frontier.c.run == bindparam("of"), frontier.c.key.in_(bindparam("keys", expanding=True))
)
_MARK = update(frontier).where(frontier.c.id == bindparam("which"))
_REMEMBER = update(hosts).where(hosts.c.host == bindparam("at")).values(state=bindparam("now"))


@dataclass(frozen=True, slots=True)
class Todo:
    """A page to fetch: the key that names it once, and its address."""

    key: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A page of a run, with the attempts it has had, the earliest time of the next, and its last sound answer."""

    id: int
    todo: Todo
    attempts: int
    not_before: datetime
    known: Capture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A crawl of one borough; `resumed` where an earlier one was stopped before its end."""

    id: int
    borough: str
    started: datetime
    requests: int
    resumed: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a page could not be had: a named reason, and one line that tells it."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A page of a run that could not be had, and why."""

    key: str
    url: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class HostMemory:
    """What is to be remembered of a host beyond a restart, in the crawler's own words."""

    host: str
    state: str


def begin(archive: Archive, borough: str, scope: str, seeds: Iterable[Todo], now: datetime) -> Run:
    """Go on with the borough's unfinished run of this scope, unless it is too old, or begin one from these pages."""
    with archive.writing() as db:
        mine = (runs.c.borough == borough) & runs.c.ended.is_(None)
        fresh = runs.c.started >= stamp(now - RESUMED_WITHIN)
        row = db.execute(select(runs).where(mine, fresh, runs.c.scope == scope).order_by(runs.c.id.desc())).first()
        if row is not None:
            began = datetime.fromisoformat(row.started)
            return Run(id=row.id, borough=borough, started=began, requests=row.requests, resumed=True)
        given_up = {"ended": stamp(now), "outcome": "abandoned", "message": "a crawl of another scope, or too long ago"}
        db.execute(update(runs).where(mine).values(given_up))
        started = {
            "borough": borough,
            "scope": scope,
            "started": stamp(now),
            "requests": 0,
            "outcome": "",
            "message": "",
        }
        (key,) = db.execute(insert(runs).values(**started)).inserted_primary_key or (0,)
        _queue(db, key, seeds)
        return Run(id=key, borough=borough, started=now, requests=0, resumed=False)


def next_page(archive: Archive, run: Run) -> Queued | None:
    """The page to fetch next: the earliest that may be asked for, in the order in which they were found."""
    with archive.reading() as db:
        row = db.execute(_NEXT, {"of": run.id}).first()
        if row is None:
            return None
        known = last_sound(db, run.borough, row.url)
    until = datetime.fromisoformat(row.not_before)
    return Queued(id=row.id, todo=Todo(row.key, row.url), attempts=row.attempts, not_before=until, known=known)


def count_request(archive: Archive, run: Run, memory: HostMemory) -> int:
    """Count one request of a run and remember its host, before it is sent; the number so far."""
    with archive.writing() as db:
        db.execute(_COUNT, {"of": run.id})
        _remember(db, memory)
        return int(db.scalar(_COUNTED, {"of": run.id}) or 0)


def finish(
    archive: Archive,
    run: Run,
    page: Queued,
    answer: Answer,
    findings: Findings,
    found: Iterable[Todo],
    memory: HostMemory,
) -> Saved:
    """Save a sound page, what was read from it and what it leads to, and be done with it; one transaction."""
    with archive.writing() as db:
        saved = save_into(db, answer, archive.blobs.put(answer.body), findings)
        _queue(db, run.id, found)
        _mark(db, page, state="done", attempts=page.attempts + 1, reason="", message="")
        _remember(db, memory)
    return saved


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What is asked for in the place of a page: `next`, before all others that wait; with a `fault` the page itself
    stays missing, as the others do not say all that it would."""

    todos: tuple[Todo, ...]
    next: bool = False
    fault: Fault | None = None


def instead(
    archive: Archive, run: Run, page: Queued, answer: Answer | None, others: Instead, memory: HostMemory
) -> None:
    """Ask for other pages in the place of one that could not be had; what arrived is kept as evidence."""
    fault = others.fault
    with archive.writing() as db:
        if answer is not None:
            save_into(db, answer, archive.blobs.put(answer.body), Findings())
        _queue(db, run.id, others.todos, not_before=_BEFORE_ALL if others.next else _EPOCH)
        said = {"reason": fault.reason if fault else "", "message": fault.message if fault else ""}
        _mark(db, page, state="failed" if fault else "done", attempts=page.attempts + 1, **said)
        _remember(db, memory)


def queue(archive: Archive, run: Run, todos: Iterable[Todo]) -> int:
    """Add pages to a run; how many of them it did not have yet."""
    with archive.writing() as db:
        return _queue(db, run.id, todos)


def fail(archive: Archive, page: Queued, answer: Answer | None, fault: Fault, memory: HostMemory | None = None) -> None:
    """Give a page up for this run, for a named reason; what arrived instead is kept as evidence."""
    with archive.writing() as db:
        if answer is not None:
            save_into(db, answer, archive.blobs.put(answer.body), Findings())
        _mark(db, page, state="failed", attempts=page.attempts + 1, reason=fault.reason, message=fault.message)
        if memory is not None:
            _remember(db, memory)


def retry(archive: Archive, page: Queued, not_before: datetime, fault: Fault, memory: HostMemory) -> None:
    """Ask for a page again later in this run."""
    again = {"attempts": page.attempts + 1, "not_before": stamp(not_before)}
    with archive.writing() as db:
        _mark(db, page, **again, reason=fault.reason, message=fault.message)
        _remember(db, memory)


def remember(archive: Archive, memory: HostMemory) -> None:
    """Remember a host outside of any page."""
    with archive.writing() as db:
        _remember(db, memory)


def memory_of(archive: Archive, host: str) -> str | None:
    """What was last remembered of a host."""
    with archive.reading() as db:
        return db.scalar(select(hosts.c.state).where(hosts.c.host == host))


def pause(archive: Archive, run: Run, outcome: str, message: str, now: datetime) -> None:
    """Leave a run where it is, to be gone on with: its failed pages get new attempts then, its budget starts anew."""
    with archive.writing() as db:
        left = {"outcome": outcome, "message": message, "started": stamp(now), "requests": 0}
        db.execute(update(runs).where(runs.c.id == run.id).values(left))
        failed = (frontier.c.run == run.id) & (frontier.c.state == "failed")
        db.execute(update(frontier).where(failed).values(state="todo", attempts=0, not_before=_EPOCH))
        _forget_older(db, run, whole=False)


def end(archive: Archive, run: Run, outcome: str, message: str, now: datetime, *, whole: bool = True) -> None:
    """Close a run. Its failures stay until a later run has asked for the same page, or for all there is (`whole`); all
    else of its frontier goes."""
    with archive.writing() as db:
        db.execute(update(runs).where(runs.c.id == run.id).values(ended=stamp(now), outcome=outcome, message=message))
        _forget_older(db, run, whole=whole)
        db.execute(delete(frontier).where(frontier.c.run == run.id, frontier.c.state != "failed"))


def failures(archive: Archive, run: Run) -> tuple[Failure, ...]:
    """The pages of a run that could not be had."""
    query = select(frontier).where(frontier.c.run == run.id, frontier.c.reason != "").order_by(frontier.c.id)
    with archive.reading() as db:
        return tuple(Failure(key=r.key, url=r.url, fault=Fault(r.reason, r.message)) for r in db.execute(query))


def _queue(db: Connection, run: int, todos: Iterable[Todo], *, not_before: str = _EPOCH) -> int:
    """Add what the run does not have yet; how many pages that were."""
    wanted: dict[str, str] = {}
    for todo in todos:
        wanted.setdefault(todo.key, todo.url)
    known = {key for some in in_parts(wanted) for key in db.scalars(_KNOWN, {"of": run, "keys": some})}
    fresh = {"run": run, **_FRESH, "not_before": not_before}
    new = [{**fresh, "key": key, "url": url} for key, url in wanted.items() if key not in known]
    insert_all(db, frontier, new)
    return len(new)


def _mark(db: Connection, page: Queued, **values: object) -> None:
    db.execute(_MARK, {"which": page.id, **values})


def _remember(db: Connection, memory: HostMemory) -> None:
    if not db.execute(_REMEMBER, {"at": memory.host, "now": memory.state}).rowcount:
        db.execute(insert(hosts).values(host=memory.host, state=memory.state))


def _forget_older(db: Connection, run: Run, *, whole: bool) -> None:
    """Of earlier runs only failures stay, and only of pages that this run has not asked for: a run over a few weeks
    must not make us forget why a page of long ago is missing."""
    earlier = frontier.c.run.in_(select(runs.c.id).where(runs.c.borough == run.borough, runs.c.id < run.id))
    asked = select(frontier.c.key).where(frontier.c.run == run.id)
    here = frontier.c.key.in_(asked) | (literal("service-") + frontier.c.key).in_(asked)
    settled = true() if whole else (frontier.c.state != "failed") | here
    db.execute(delete(frontier).where(earlier, settled))
