"""APScheduler keeps to the rota: across the clock changes, after a sleep of days, and one turn at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from archive import Archive, read_settings
from archive.errors import ActiveRunError
from archive.locks import only_one
from archive.schedule_state import Turn, scheduled_turns, unfinished_scopes
from crawler import Scope, crawl
from crawler.boroughs import known_boroughs
from crawler.rota import LONDON, Kind, Row, timetable
from crawler.schedule import RotaTrigger, follow, look, scheduler_of
from crawler.turns import Turns
from tests.crawler.conftest import SETTINGS, Crawler
from tests.crawler.said import few_meetings
from tests.site import PretendSite, small_borough

ROWS = timetable(read_settings({}))
EASTMERE = few_meetings(small_borough(years=3), 3)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize("hour", range(4))
@pytest.mark.parametrize("start", [local("2026-03-26 12:00"), local("2026-10-22 12:00")])
def test_the_triggers_fire_once_a_night_when_the_clocks_change(hour: int, start: datetime) -> None:
    trigger = RotaTrigger(Row(kind="window", hour=hour, jitter=timedelta(minutes=10)))
    fired, previous, now = [], None, start
    for _ in range(6):
        previous = trigger.get_next_fire_time(previous, now)
        assert previous.utcoffset() == previous.astimezone(LONDON).utcoffset()
        fired.append(previous)
        now = (previous.astimezone(UTC) + timedelta(seconds=1)).astimezone(LONDON)
    days = [moment.date() for moment in fired]
    assert days == [start.date() + timedelta(days=day) for day in range(1, 7)]
    waits = [b.astimezone(UTC) - a.astimezone(UTC) for a, b in pairwise(fired)]
    assert all(timedelta(hours=22, minutes=50) <= wait <= timedelta(hours=25, minutes=10) for wait in waits)


@pytest.mark.parametrize("start", [local("2026-03-28 12:00"), local("2026-10-24 12:00")])
def test_the_hours_of_recent_turns_are_never_more_nor_fewer_than_their_interval(start: datetime) -> None:
    trigger = RotaTrigger(Row(kind="recent", every=timedelta(hours=4)))
    now = start.astimezone(UTC)
    for _ in range(12):
        then = trigger.get_next_fire_time(None, now).astimezone(UTC)
        assert timedelta() < then - now <= timedelta(hours=4)
        now = then


@contextmanager
def running(
    take: Callable[[Kind], None], last: Mapping[Kind, Turn] | None = None, rows: tuple[Row, ...] = ROWS
) -> Iterator[BackgroundScheduler]:
    scheduler = scheduler_of(rows, {str(kind): turn for kind, turn in (last or {}).items()}, take, datetime.now(UTC))
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=True)


def wait_until(done: Callable[[], bool], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.02)


def held(kind: str, planned: datetime) -> Turn:
    past = planned - timedelta(days=1)
    return Turn(kind=kind, started=past, ended=past, outcome="1 page", planned=planned)


def test_a_sleep_of_three_days_is_made_up_by_one_turn_of_each_kind() -> None:
    taken: list[Kind] = []
    soon = {row.kind: held(row.kind, datetime.now(UTC) + timedelta(minutes=1)) for row in ROWS}
    with running(taken.append, soon) as scheduler:
        assert taken == []
        # What the clock says when it wakes: the plans of before are three days old.
        for row in ROWS:
            scheduler.modify_job(row.kind, next_run_time=datetime.now(UTC) - timedelta(days=3))
        plans = look(scheduler, ROWS, datetime.now(UTC))
        wait_until(lambda: len(taken) == 3)
        time.sleep(0.5)
        assert sorted(taken) == ["recent", "sweep", "window"]
        plans = look(scheduler, ROWS, datetime.now(UTC))
        assert all(planned > datetime.now(UTC) for planned in plans.values())


def test_a_stop_of_three_days_is_made_up_by_one_turn_of_each_kind() -> None:
    taken: list[Kind] = []
    missed = {row.kind: held(row.kind, datetime.now(UTC) - timedelta(days=3)) for row in ROWS}
    with running(taken.append, missed):
        wait_until(lambda: len(taken) == 3)
        time.sleep(0.5)
    assert sorted(taken) == ["recent", "sweep", "window"]


def test_plans_of_a_clock_that_ran_ahead_are_made_anew() -> None:
    taken: list[Kind] = []
    done = {row.kind: held(row.kind, datetime.now(UTC) + timedelta(days=900)) for row in ROWS}
    with running(taken.append, done) as scheduler:
        for row in ROWS:
            scheduler.modify_job(row.kind, next_run_time=datetime.now(UTC) + timedelta(days=900))
        plans = look(scheduler, ROWS, datetime.now(UTC))
        assert all(planned < datetime.now(UTC) + timedelta(hours=27) for planned in plans.values())
    assert taken == []


def test_turns_are_taken_one_at_a_time() -> None:
    now, most, lock = [0], [0], threading.Lock()

    def take(_kind: Kind) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.05)
        with lock:
            now[0] -= 1

    missed = {row.kind: held(row.kind, datetime.now(UTC) - timedelta(days=1)) for row in ROWS}
    often = (Row(kind="recent", every=timedelta(seconds=0.05)), *ROWS[1:])
    with running(take, missed, often):
        time.sleep(0.6)
    assert most == [1]


def turns_of(archive: Archive, site: PretendSite, crawler: Crawler, told: list[str]) -> Turns:
    rows = known_boroughs(site.boroughs_file(crawler.folder / "boroughs.toml"))
    return Turns(
        archive=archive,
        boroughs={borough.slug: rows[borough.slug] for borough in site.boroughs},
        settings=replace(SETTINGS, schedule_window_days=36_500),
        tell=told.append,
        after_crawl=lambda: told.append("indexed"),
        stop=threading.Event(),
    )


def test_a_turn_crawls_has_the_index_follow_and_is_kept(archive: Archive, crawler: Crawler) -> None:
    told: list[str] = []
    with PretendSite([EASTMERE]) as site:
        (report,) = turns_of(archive, site, crawler, told).take("window")
    assert (report.ending.name, report.new > 0) == ("done", True)
    assert len(archive.item_ids()) == sum(len(m.items) for m in EASTMERE.committees[0].meetings)
    (turn,) = scheduled_turns(archive)
    assert (turn.kind, turn.planned) == ("window", None)
    assert turn.started
    assert turn.ended
    assert turn.started <= turn.ended
    assert turn.outcome == f"1 borough, {report.pages} pages, {report.new} new records, {report.changed} changed"
    assert told == ["window: crawling eastmere.", f"window: {report.line}", "indexed", f"window: {turn.outcome}."]


def test_while_another_crawl_runs_a_turn_is_skipped_and_says_so(archive: Archive, crawler: Crawler) -> None:
    with PretendSite([EASTMERE]) as site, only_one(archive.folder / "crawl.lock", "crawl"):
        with pytest.raises(ActiveRunError):
            turns_of(archive, site, crawler, []).take("recent")
        assert site.requests == ()
    (turn,) = scheduled_turns(archive)
    assert turn.outcome.startswith("skipped: Another crawl is running")


def test_a_swept_borough_is_left_for_a_month(archive: Archive, crawler: Crawler) -> None:
    told: list[str] = []
    with PretendSite([EASTMERE]) as site:
        turns = turns_of(archive, site, crawler, told)
        assert len(turns.take("sweep")) == 1
        site.forget_requests()
        assert turns.take("sweep") == ()
        assert site.requests == ()
    assert told[-1] == "sweep: nothing was due."


def test_a_stopped_sweep_is_gone_on_with_by_the_next_recent_turn(archive: Archive, crawler: Crawler) -> None:
    with PretendSite([EASTMERE]) as site:
        crawler.crawl_for(site, "eastmere", 3)
        assert unfinished_scopes(archive) == {"eastmere": Scope().key}
        told: list[str] = []
        turns = turns_of(archive, site, crawler, told)
        (report,) = turns.take("recent")
        targets = [request.target for request in site.requests if "robots" not in request.target]
    assert told[0] == "recent: crawling eastmere, going on with the sweep that was stopped."
    assert (report.resumed, report.ending.name) == (True, "done")
    assert len(targets) == len(set(targets))
    assert unfinished_scopes(archive) == {}


def test_a_crawl_that_is_told_to_stop_stops_between_two_pages(archive: Archive, crawler: Crawler) -> None:
    with PretendSite([EASTMERE]) as site:
        site.fault("ieListDocuments|mgAi", "slow")
        rows = known_boroughs(site.boroughs_file(crawler.folder / "boroughs.toml"))
        stop = threading.Event()
        (report,) = crawl(archive, [rows["eastmere"]], Scope(), SETTINGS, lambda _pages: stop.set(), stop)
        assert report.ending.name == "stopped"
        assert 0 < report.pages < 5
        assert unfinished_scopes(archive) == {"eastmere": Scope().key}


def test_a_second_scheduler_on_one_archive_is_refused(archive: Archive, crawler: Crawler) -> None:
    with PretendSite([EASTMERE]) as site, only_one(archive.folder / "schedule.lock", "scheduler"):
        with pytest.raises(ActiveRunError, match="Another scheduler is running"):
            follow(turns_of(archive, site, crawler, []), ROWS)
        assert site.requests == ()
