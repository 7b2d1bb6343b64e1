"""The scheduled crawler, in the foreground: APScheduler takes the turns of the rota, one at a time.

No job store: what must outlive the process is in the archive. When a turn is due is `crawler.rota`'s to say, also to
APScheduler, whose own cron trigger repeats one instant for ever in the hour that comes twice. The clock may jump, and
the machine may sleep: every half minute the scheduler looks at the clock anew, and plans made by a clock that has
since been put back are made again.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobSubmissionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from archive.errors import ScrutinyError
from archive.locks import only_one
from archive.schedule_state import Turn, note_planned, scheduled_turns
from crawler.rota import LONDON, Kind, Row, first_turn, next_turn, planned_too_late
from crawler.turns import Turns

LOOK_EVERY_S = 30.0

# Its words are for its own developers; ours are told by `Turns.tell`.
logging.getLogger("apscheduler").addHandler(logging.NullHandler())


class RotaTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler is not typed
    """Tells APScheduler when the turns of a row are."""

    def __init__(self, row: Row) -> None:
        self.row = row

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """The next turn from now on, a random while later; of those that were missed the one planned last is enough."""
        late = random.uniform(0.0, self.row.jitter.total_seconds())  # noqa: S311
        return (next_turn(self.row, now) + timedelta(seconds=late)).astimezone(LONDON)


def scheduler_of(
    rows: Sequence[Row], last: Mapping[str, Turn], take: Callable[[Kind], None], now: datetime
) -> BackgroundScheduler:
    """A scheduler, not started yet, that takes these turns in one thread, each at most once at a time."""
    scheduler = BackgroundScheduler(timezone=LONDON, executors={"default": ThreadPoolExecutor(1)})
    for row in rows:
        first = first_turn(row, last.get(row.kind), now)
        planned: dict[str, Any] = {"next_run_time": first} if first else {}
        scheduler.add_job(
            take,
            RotaTrigger(row),
            args=(row.kind,),
            id=row.kind,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
            **planned,
        )
    return scheduler


def look(scheduler: BackgroundScheduler, rows: Sequence[Row], now: datetime) -> dict[Kind, datetime]:
    """Look at the clock anew, mend the plans where it was put back, and say what is planned."""
    plans: dict[Kind, datetime] = {}
    for row in rows:
        job = scheduler.get_job(row.kind)
        if planned_too_late(row, job.next_run_time, now):
            job.modify(next_run_time=job.trigger.get_next_fire_time(None, now))
        plans[row.kind] = job.next_run_time.astimezone(UTC)
    scheduler.wakeup()
    return plans


def follow(turns: Turns, rows: Sequence[Row]) -> None:
    """Take turns until KeyboardInterrupt; then the crawl under way stops between two pages, and all is saved.

    Raises ActiveRunError where another scheduler works on this archive.
    """
    with only_one(turns.archive.folder / "schedule.lock", "scheduler"):
        last = {turn.kind: turn for turn in scheduled_turns(turns.archive)}
        scheduler = scheduler_of(rows, last, lambda kind: _take(turns, kind), datetime.now(UTC))
        scheduler.add_listener(lambda event: _tell_of_waiting(turns, event), EVENT_JOB_MAX_INSTANCES)
        scheduler.start()
        try:
            _watch(turns, scheduler, rows)
        except KeyboardInterrupt:
            turns.tell("Stopping; a crawl under way stops after its page.")
        finally:
            turns.stop.set()
            scheduler.shutdown(wait=True)


def _watch(turns: Turns, scheduler: BackgroundScheduler, rows: Sequence[Row]) -> None:
    noted: dict[Kind, datetime] = {}
    while True:
        plans = look(scheduler, rows, datetime.now(UTC))
        for kind in (kind for kind, planned in plans.items() if noted.get(kind) != planned):
            try:
                note_planned(turns.archive, kind, plans[kind])
            except ScrutinyError as problem:
                turns.tell(f"{kind}: what is planned could not be noted: {problem}")
            else:
                noted[kind] = plans[kind]
                turns.tell(f"{kind}: next on {plans[kind].astimezone(LONDON):%-d %B %Y at %H:%M}.")
        time.sleep(LOOK_EVERY_S)


def _take(turns: Turns, kind: Kind) -> None:
    """Take a turn; whatever becomes of it is told, and the next one comes."""
    if turns.stop.is_set():
        return
    try:
        turns.take(kind)
    except ScrutinyError as problem:
        turns.tell(f"{kind}: {problem}")
    except Exception as problem:
        turns.tell(
            f"{kind}: unexpected, a fault of ours ({type(problem).__name__}: {problem}); please report this line."
        )


def _tell_of_waiting(turns: Turns, event: JobSubmissionEvent) -> None:
    turns.tell(f"{event.job_id}: a turn was left out, as the one before it has not ended yet.")
