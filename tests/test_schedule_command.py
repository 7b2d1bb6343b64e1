"""The scheduler as a user runs it: a process of its own, by the clock, until it is told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive import Archive
from archive.locks import only_one
from archive.schedule_state import Turn, scheduled_turns
from tests.commands import answer, command, run
from tests.crash.children import LOOPBACK
from tests.crawler.said import few_meetings
from tests.site import PretendSite, small_borough

EASTMERE = few_meetings(small_borough(years=3), 3)
# Every two seconds or so, and as far back as the pretend council's meetings go.
OFTEN = {
    **LOOPBACK,
    "SCRUTINY_SCHEDULE_RECENT_EVERY_H": "0.0006",
    "SCRUTINY_SCHEDULE_RECENT_BACK_DAYS": "30000",
    "SCRUTINY_SCHEDULE_JITTER_S": "0",
}


class Scheduler:
    """A scheduler that runs, and what it has told so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.lines = process, list[str]()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip())

    def wait_for(self, told: Callable[[list[str]], bool], seconds: float = 60.0) -> None:
        until = time.monotonic() + seconds
        while not told(self.lines[:]):
            assert time.monotonic() < until, self.lines
            time.sleep(0.05)

    def stop(self, sent: signal.Signals) -> int:
        self.process.send_signal(sent)
        code = self.process.wait(60)
        self._reader.join()
        assert "Traceback" not in "\n".join(self.lines)
        return code


@contextmanager
def scheduling(folder: Path, *arguments: str | Path, environment: dict[str, str] = OFTEN) -> Iterator[Scheduler]:
    with subprocess.Popen(
        command("--data", folder, "schedule", "eastmere", *arguments),
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        scheduler = Scheduler(process)
        try:
            yield scheduler
        finally:
            if process.poll() is None:
                process.kill()


SELDOM = OFTEN | {"SCRUTINY_SCHEDULE_RECENT_EVERY_H": "100"}


def ended(kind: str, times: int = 1) -> Callable[[list[str]], bool]:
    return lambda lines: sum(f" {kind}: 1 borough, " in line for line in lines) >= times


def turns_of(data: Path) -> dict[str, Turn]:
    with Archive.open(data) as archive:
        return {turn.kind: turn for turn in scheduled_turns(archive)}


@pytest.fixture
def site() -> Iterator[PretendSite]:
    with PretendSite([EASTMERE]) as served:
        yield served


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_crawls_again_and_again_and_stops_when_told_to(
    site: PretendSite, tmp_path: Path, sent: signal.Signals
) -> None:
    file = site.boroughs_file(tmp_path / "boroughs.toml")
    with scheduling(tmp_path / "data", "--boroughs", file) as scheduler:
        scheduler.wait_for(ended("recent", times=2))
        assert scheduler.stop(sent) == 0
    assert any("Indexed" in line for line in scheduler.lines)
    assert turns_of(tmp_path / "data").keys() == {"recent", "window", "sweep"}


def test_a_crawl_under_way_stops_after_its_page_and_is_gone_on_with_at_once(site: PretendSite, tmp_path: Path) -> None:
    data, file = tmp_path / "data", site.boroughs_file(tmp_path / "boroughs.toml")
    meetings = EASTMERE.committees[0].meetings
    page = f"MId={meetings[1].mid}"
    site.fault(page, "slow", times=1, value=3)
    with scheduling(data, "--boroughs", file, environment=SELDOM) as scheduler:
        scheduler.wait_for(lambda _lines: any(page in request.target for request in site.requests))
        assert turns_of(data)["recent"].ended is None
        assert scheduler.stop(signal.SIGTERM) == 0
    assert scheduler.lines[-1].endswith("recent: stopped.")
    with scheduling(data, "--boroughs", file, environment=SELDOM) as scheduler:
        scheduler.wait_for(ended("recent"))
        assert scheduler.stop(signal.SIGTERM) == 0
    assert any("(gone on with): complete" in line for line in scheduler.lines)
    asked = [request.target for request in site.requests if "ieListDocuments" in request.target]
    assert len(asked) == len(set(asked)) == len(meetings)


def test_while_another_crawl_runs_turns_are_skipped_and_told_and_come_again(site: PretendSite, tmp_path: Path) -> None:
    data, file = tmp_path / "data", site.boroughs_file(tmp_path / "boroughs.toml")
    data.mkdir()
    with only_one(data / "crawl.lock", "crawl"), scheduling(data, "--boroughs", file) as scheduler:
        scheduler.wait_for(lambda lines: sum("Another crawl is running" in line for line in lines) > 1)
        assert not site.requests
        assert "skipped" in run("--data", data, "status").stdout
        assert scheduler.stop(signal.SIGTERM) == 0


def test_a_turn_that_fails_is_told_in_one_line_and_does_not_end_the_scheduler(
    site: PretendSite, tmp_path: Path
) -> None:
    file = site.boroughs_file(tmp_path / "boroughs.toml")
    site.fault("mgListCommittees", "status", times=20, value=404)
    with scheduling(tmp_path / "data", "--boroughs", file) as scheduler:
        scheduler.wait_for(lambda lines: any("not complete: eastmere" in line for line in lines))
        scheduler.wait_for(lambda lines: len(lines) > 12)
        assert scheduler.process.poll() is None
        assert scheduler.stop(signal.SIGTERM) == 0


def test_a_second_scheduler_is_refused_and_the_first_one_goes_on(site: PretendSite, tmp_path: Path) -> None:
    file = site.boroughs_file(tmp_path / "boroughs.toml")
    with scheduling(tmp_path / "data", "--boroughs", file) as scheduler:
        scheduler.wait_for(bool)
        second = run("--data", tmp_path / "data", "schedule", "eastmere")
        assert (second.returncode, f"pid {scheduler.process.pid}" in second.stderr) == (5, True)
        assert scheduler.stop(signal.SIGTERM) == 0


def test_a_killed_scheduler_is_taken_up_where_it_was(site: PretendSite, tmp_path: Path) -> None:
    data, file = tmp_path / "data", site.boroughs_file(tmp_path / "boroughs.toml")
    site.fault("mgAi|ieListDocuments", "slow", times=3)
    with scheduling(data, "--boroughs", file) as scheduler:
        scheduler.wait_for(lambda _lines: len(site.requests) > 4)
        scheduler.stop(signal.SIGKILL)
    with scheduling(data, "--boroughs", file) as scheduler:
        scheduler.wait_for(ended("recent"))
        assert scheduler.stop(signal.SIGTERM) == 0
    assert run("--data", data, "check").returncode == 0


def test_one_turn_can_be_taken_alone(site: PretendSite, tmp_path: Path) -> None:
    file = site.boroughs_file(tmp_path / "boroughs.toml")
    asked = ("--data", tmp_path / "data", "schedule", "eastmere", "--boroughs", file, "--once", "window")
    done = run(*asked, environment=OFTEN | {"SCRUTINY_SCHEDULE_WINDOW_DAYS": "30000"})
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert ended("window")(done.stderr.splitlines())
    items = sum(len(meeting.items) for meeting in EASTMERE.committees[0].meetings)
    assert answer(tmp_path / "data")["total"] == items
    assert "window" in run("--data", tmp_path / "data", "status").stdout


def test_one_turn_that_could_not_have_all_says_so_by_its_code(site: PretendSite, tmp_path: Path) -> None:
    file = site.boroughs_file(tmp_path / "boroughs.toml")
    site.fault("mgListCommittees", "status", value=404)
    done = run("--data", tmp_path / "data", "schedule", "eastmere", "--boroughs", file, "--once", "sweep")
    assert (done.returncode, "eastmere" in done.stderr) == (6, True)


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "told"),
    [
        (("schedule", "atlantis"), {}, 2, "no borough 'atlantis'"),
        (("schedule", "southwark", "--once", "never"), {}, 2, "--help"),
        (("schedule", "southwark"), {"SCRUTINY_SCHEDULE_WINDOW_HOUR": "24"}, 4, "SCRUTINY_SCHEDULE_WINDOW_HOUR"),
        (("schedule", "southwark"), {"SCRUTINY_SCHEDULE_RECENT_EVERY_H": "0"}, 4, "SCRUTINY_SCHEDULE_RECENT_EVERY_H"),
    ],
)
def test_what_cannot_be_scheduled_is_told_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], code: int, told: str
) -> None:
    done = run("--data", tmp_path / "data", *arguments, environment=LOOPBACK | environment)
    assert (done.returncode, done.stdout, told in done.stderr) == (code, "", True)
    assert len(done.stderr.strip().splitlines()) == 1
