"""A crawl that is stopped at any step of its work, and gone on with, ends with the archive of an undisturbed one."""

from __future__ import annotations

import itertools
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import pytest

from archive import Archive
from archive.check import check_archive
from index import check_index
from tests.crash.canonical import canonical, difference
from tests.crash.children import Children, Ended
from tests.crash.steps import CRASHED
from tests.crash.towns import SLUG, hamlet, with_other_minutes
from tests.site import PretendBorough, PretendSite

STOPS = 6  # of the quick test
FAILS_ONCE = "ieListDocuments|mgAi"
NO_INDEX = ("--no-index",)


class Lane(ExitStack):
    """A pretend site, a process that forks crawls of it, and what an undisturbed crawl makes of it."""

    def __init__(self, folder: Path, borough: PretendBorough, options: tuple[str, ...] = (), refused: str = "") -> None:
        super().__init__()
        self.folder, self._options, self._refused = folder, options, refused
        self.site = PretendSite([borough])
        self.children = Children()

    def __enter__(self) -> Self:
        super().__enter__()
        self.enter_context(self.site)
        self.enter_context(self.children)
        self.folder.mkdir()
        boroughs = self.site.boroughs_file(self.folder / "boroughs.toml")
        self._command: tuple[str | Path, ...] = ("crawl", SLUG, "--boroughs", boroughs, *self._options)
        self._begin()
        undisturbed = self.crawl(self.folder / "undisturbed", count=True)
        assert undisturbed.code == 0, undisturbed.err
        self.steps = undisturbed.steps
        self.wanted = canonical(self.folder / "undisturbed")
        self.asked = self._asked()
        return self

    def crawl(self, data: Path, *, count: bool = False, crash_at: int = 0) -> Ended:
        """Crawl into this data folder, or go on with it."""
        return self.children.run(data, *self._command, count=count, crash_at=crash_at)

    def stop_at(self, step: int) -> bool:
        """Crawl, stop at this step, go on, and compare. Whether the crawl was stopped, or ended before that step."""
        data = self.folder / f"stopped-{step}"
        self._begin()
        stopped = self.crawl(data, crash_at=step)
        all_had = self._asked() == self.asked
        went_on = self.crawl(data)
        assert went_on.code == 0, (step, went_on.err)
        assert faults(data, index=self._options != NO_INDEX) == [], step
        held = canonical(data)
        assert held == self.wanted, f"stopped at step {step}: {difference(self.wanted, held)}"
        # What was under way is asked for again, and nothing else is; once all was had, it may be the next crawl.
        again = self._asked() - self.asked
        assert all_had or again.total() <= 1, (step, again)
        shutil.rmtree(data)
        return stopped.code == CRASHED

    def _begin(self) -> None:
        """A new record of requests, a passing failure to come, and pages that are refused where they are to be."""
        self.site.forget_requests()
        self.site.clear_faults()
        if self._refused:
            self.site.fault(self._refused, "forbidden")
        self.site.fault(FAILS_ONCE, "status", times=1, value=503)

    def _asked(self) -> Counter[str]:
        answered = (request for request in self.site.requests if request.status != 503)
        return Counter(request.target for request in answered if request.target != "/robots.txt")


def faults(data: Path, *, index: bool = True) -> list[str]:
    """What `scrutiny check` would name."""
    with Archive.open(data) as archive:
        return [*check_archive(archive), *(check_index(archive, data) if index else ())]


def test_a_crawl_stopped_now_and_then_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    with Lane(tmp_path / "lane", hamlet("on")) as lane:
        every = len(lane.steps) // STOPS
        for step in range(every // 2, len(lane.steps), every):
            assert lane.stop_at(step)


@pytest.mark.slow
def test_a_crawl_stopped_at_any_step_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    with (
        Lane(tmp_path / "pages", hamlet("off"), NO_INDEX) as pages,
        Lane(tmp_path / "service", hamlet("on"), NO_INDEX) as service,
        Lane(tmp_path / "alone", hamlet("on"), NO_INDEX, refused="ieListDocuments") as alone,
        ThreadPoolExecutor(3) as threads,
    ):

        def stops(lane: Lane) -> int:
            """Stop at the first step, the second, and so on, until a crawl ends undisturbed."""
            return sum(1 for _ in itertools.takewhile(lane.stop_at, itertools.count(1)))

        lanes = [pages, service, alone]
        assert list(threads.map(stops, lanes)) == [len(lane.steps) for lane in lanes]
        assert min(len(lane.steps) for lane in lanes) > 150


@pytest.mark.slow
def test_a_crawl_stopped_while_it_reads_documents_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    with Lane(tmp_path / "lane", hamlet("off", readable=True), NO_INDEX) as lane:
        first = next(place for place, name in enumerate(lane.steps, start=1) if "readings_of_files" in name)
        for step in range(first - 4, len(lane.steps) + 1):
            assert lane.stop_at(step)


@pytest.mark.slow
def test_an_indexer_stopped_at_any_step_ends_with_what_the_archive_holds(tmp_path: Path) -> None:
    with Lane(tmp_path / "lane", hamlet("off"), NO_INDEX) as lane:
        data = lane.folder / "undisturbed"
        assert stops_of_the_indexer(lane.children, data, tmp_path / "stopped") > 30
        assert lane.children.run(data, "index").code == 0
        lane.site.replace(with_other_minutes(lane.site.borough(SLUG)))
        assert lane.crawl(data).code == 0
        assert stops_of_the_indexer(lane.children, data, tmp_path / "stopped") > 15


def stops_of_the_indexer(children: Children, data: Path, copy: Path) -> int:
    """Stop the indexer of a copy at its first step, the second, and so on; at how many it could be stopped."""
    for step in itertools.count(1):
        shutil.copytree(data, copy)
        stopped = children.run(copy, "index", crash_at=step)
        assert children.run(copy, "index").code == 0, step
        assert faults(copy) == [], step
        shutil.rmtree(copy)
        if stopped.code != CRASHED:
            return step - 1
    raise AssertionError("there is always a last step")
