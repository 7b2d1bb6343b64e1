"""Crawling one borough: from its list of committees to the last item page, a page at a time, whatever happens.

Every page ends in a named way, and everything a page gives is saved before the next is asked for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from archive import Answer, Archive, Settings, frontier, save_borough
from archive.frontier import Fault, Queued, Run, Todo
from archive.records import Borough
from crawler.fetching.answers import Fetched, OutcomeName
from crawler.fetching.politeness import Verdict
from crawler.host import Host, Stopped
from crawler.moderngov.readings import PageError
from crawler.moderngov.urls import PageAddress, page_address
from crawler.reports import BoroughReport, Ending
from crawler.scope import Scope
from crawler.taking import Taken, take

Progress = Callable[[int], None]

# What a page that arrived but cannot be taken in is to politeness: one that was cut is worth another attempt.
_AS_OUTCOME: dict[str, OutcomeName] = {"cut": "cut", "error-page": "error-page", "too-large": "too-large"}


@dataclass(frozen=True, slots=True)
class Crawling:
    """What the crawls of all boroughs share; `progress` is told of every page that is done with."""

    archive: Archive
    scope: Scope
    settings: Settings
    stop: threading.Event
    progress: Progress


def crawl_borough(borough: Borough, crawling: Crawling) -> BoroughReport:
    """Crawl one borough to the end of its frontier, or as far as its host and our limits allow."""
    save_borough(crawling.archive, borough)
    seed = PageAddress(kind="committees")
    seeds = [Todo(seed.key, seed.url(borough.base_url))]
    run = frontier.begin(crawling.archive, borough.slug, crawling.scope.key, seeds, _now())
    host = Host(crawling.archive, borough, crawling.settings, crawling.stop)
    walk = _Walk(borough, crawling, run, host)
    try:
        ending = walk.to_the_end()
    except Stopped:
        ending = Ending("stopped", "stopped; the same command goes on where it was")
    finally:
        host.close()
    return walk.close(ending)


class _Walk:
    """One run over one borough."""

    def __init__(self, borough: Borough, crawling: Crawling, run: Run, host: Host) -> None:
        self._borough, self._crawling, self._run, self._host = borough, crawling, run, host
        self._archive = crawling.archive
        self._pages = self._new = self._changed = 0

    def to_the_end(self) -> Ending:
        """Fetch until nothing is left to do. Raises Stopped."""
        if rest := self._host.wants_rest:
            return Ending("rate-limited", rest)
        robots = self._host.robots()
        if robots.standing == "unreachable":
            return Ending("down", robots.reason)
        if not robots.allows(PageAddress(kind="committees").url(self._borough.base_url)):
            return Ending("closed", f"closed to robots: {robots.reason}")
        while (page := frontier.next_page(self._archive, self._run)) is not None:
            if not robots.allows(page.todo.url):
                self._fail(page, None, Fault("closed to robots", robots.reason))
                continue
            self._host.wait_until(page.not_before.timestamp())
            limit = self._crawling.settings.requests_per_run
            if frontier.count_request(self._archive, self._run, self._host.memory) > limit:
                return Ending(
                    "budget", f"the {limit:,} requests of one run are used up; the next run goes on from there"
                )
            said = self._visit(page)
            if said.next == "stop":
                return Ending(said.reason or "down", said.note)
        return Ending("done", "")

    def close(self, ending: Ending) -> BoroughReport:
        """End the run, or leave it to be gone on with, and tell what it did."""
        failures = frontier.failures(self._archive, self._run)
        if ending.name == "done" and failures:
            ending = Ending("partial", f"{len(failures)} pages could not be had")
        report = BoroughReport(
            borough=self._borough,
            ending=ending,
            resumed=self._run.resumed,
            pages=self._pages,
            new=self._new,
            changed=self._changed,
            failures=failures,
        )
        if ending.name in ("done", "partial", "closed"):
            frontier.end(self._archive, self._run, ending.name, report.outcome, _now())
        else:
            frontier.pause(self._archive, self._run, ending.name, report.outcome, _now())
        return report

    def _visit(self, page: Queued) -> Verdict:
        """Ask for a page, take in what it gives, and say how to go on."""
        fetched = self._host.fetch(page.todo.url)
        read = self._read(page, fetched)
        if isinstance(read, PageError):
            fetched = replace(fetched, outcome=_AS_OUTCOME.get(read.reason, "rejected"))
        challenge = isinstance(read, PageError) and read.reason == "challenge"
        said = self._host.judge(fetched, challenge=challenge, attempt=page.attempts + 1)
        if isinstance(read, Taken):
            self._take(page, fetched, read)
            return said
        fault = Fault(read.reason, str(read)) if isinstance(read, PageError) else Fault(fetched.outcome, fetched.note)
        if said.next == "again":
            at = datetime.fromtimestamp(said.at, UTC)
            frontier.retry(self._archive, page, at, fault, self._host.memory)
        else:
            self._fail(page, self._answer(fetched, fault.reason), fault)
        return said

    def _read(self, page: Queued, fetched: Fetched) -> Taken | PageError | None:
        """What a page that arrived gives, or why it cannot be taken in; None where none arrived."""
        address = page_address(page.todo.url, [self._borough.base_url])
        if fetched.outcome != "ok" or address is None:
            return None
        limit = self._crawling.settings.max_page_bytes
        try:
            return take(self._borough, address, fetched.body, fetched.final_url, self._crawling.scope, max_bytes=limit)
        except PageError as problem:
            return problem
        except Exception as problem:
            # A fault of ours in reading one page must cost that page alone; it is reported with the page.
            return PageError("unreadable", f"our reader failed on it ({type(problem).__name__}: {problem})")

    def _take(self, page: Queued, fetched: Fetched, taken: Taken) -> None:
        found = [Todo(address.key, address.url(self._borough.base_url)) for address in taken.found]
        answer = self._answer(fetched, "ok")
        saved = frontier.finish(self._archive, self._run, page, answer, taken.findings, found, self._host.memory)
        self._new += len(saved.new)
        self._changed += len(saved.changed)
        self._count()

    def _fail(self, page: Queued, answer: Answer | None, fault: Fault) -> None:
        frontier.fail(self._archive, page, answer, fault, self._host.memory)
        self._count()

    def _count(self) -> None:
        self._pages += 1
        self._crawling.progress(1)

    def _answer(self, fetched: Fetched, outcome: str) -> Answer:
        return Answer(
            url=fetched.url,
            borough=self._borough.slug,
            how="crawl",
            retrieved_at=datetime.fromtimestamp(fetched.ended_at or time.time(), UTC),
            status=fetched.status,
            headers=fetched.headers,
            body=fetched.body,
            complete=fetched.complete,
            outcome=outcome,
        )


def _now() -> datetime:
    return datetime.now(UTC)
