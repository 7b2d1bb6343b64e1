"""Crawling one borough: from its list of committees to the last item page, a page at a time, whatever happens.

Every page ends in a named way, and everything a page gives is saved before the next is asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from archive import Archive, Settings, frontier, save_borough
from archive.falls import Alarm, Span, alarms_since, note_committees, note_unlisted
from archive.frontier import Fault, Run
from archive.records import Borough
from archive.services import service_is_worth_asking
from crawler.fetching.robots import Robots
from crawler.host import Host, Stopped
from crawler.moderngov.urls import PageAddress
from crawler.moderngov.webservice_urls import ServiceAddress
from crawler.reports import BoroughReport, Ending
from crawler.scope import Scope
from crawler.targets import Target, todo_of
from crawler.visiting import Visitor

Progress = Callable[[int], None]

_SERVICE, _PAGES = ServiceAddress(kind="service-committees"), PageAddress(kind="committees")


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
    archive = crawling.archive
    save_borough(archive, borough)
    seed: Target = _SERVICE if service_is_worth_asking(archive, borough.slug, _now()) else _PAGES
    run = frontier.begin(archive, borough.slug, crawling.scope.key, [todo_of(seed, borough)], _now())
    host = Host(archive, borough, crawling.settings, run, crawling.stop)
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
        self._alarms: tuple[Alarm, ...] = ()
        self._visitor = Visitor(crawling.archive, borough, run, host, crawling.scope, crawling.settings)

    def to_the_end(self) -> Ending:
        """Fetch until nothing is left to do. Raises Stopped."""
        if rest := self._host.wants_rest:
            return Ending("rate-limited", rest)
        robots = self._host.robots()
        if rest := self._host.wants_rest:
            return Ending("rate-limited", rest)
        if robots.standing in ("rate-limited", "unreachable"):
            return Ending("rate-limited" if robots.standing == "rate-limited" else "down", robots.reason)
        if not any(robots.allows(seed.url(self._borough.base_url)) for seed in (_SERVICE, _PAGES)):
            return Ending("closed", f"closed to robots: {robots.reason}")
        return self._through_the_frontier(robots) or self._through_what_is_not_listed(robots) or Ending("done", "")

    def _through_what_is_not_listed(self, robots: Robots) -> Ending | None:
        """Look after the meetings that were listed before and are not any more: are they gone, or only unlisted?"""
        now, scope, slug = _now(), self._crawling.scope, self._borough.slug
        if not scope.committees:
            note_committees(self._archive, self._run.id, slug, now)
        missing = note_unlisted(self._archive, self._run.id, slug, Span(scope.since, scope.until), now)
        self._alarms = alarms_since(self._archive, slug, now)
        numbers = (int(meeting.rsplit("-m", 1)[1]) for meeting in missing)
        pages = [todo_of(PageAddress(kind="meeting", meeting=number), self._borough) for number in numbers]
        return self._through_the_frontier(robots) if frontier.queue(self._archive, self._run, pages) else None

    def _through_the_frontier(self, robots: Robots) -> Ending | None:
        """Visit page after page; why that ended early, or None where nothing is left to do."""
        while (page := frontier.next_page(self._archive, self._run)) is not None:
            if not robots.allows(page.todo.url):
                self._visitor.leave(page, Fault("closed to robots", robots.reason))
                self._crawling.progress(1)
                continue
            if self._visitor.is_asked_elsewhere(page):
                continue
            self._host.wait_until(page.not_before.timestamp())
            if not self._host.count():
                limit = self._crawling.settings.requests_per_run
                used_up = f"the {limit:,} requests of one run are used up; the next run goes on from there"
                return Ending("budget", used_up)
            said = self._visitor.visit(page)
            if said.next == "stop":
                return Ending(said.reason or "down", said.note)
            self._crawling.progress(said.next != "again")
        return None

    def close(self, ending: Ending) -> BoroughReport:
        """End the run, or leave it to be gone on with, and tell what it did."""
        failures = frontier.failures(self._archive, self._run)
        if ending.name == "done" and (failures or self._alarms):
            ending = Ending("partial", f"{len(failures)} pages could not be had" if failures else "")
        report = BoroughReport(
            borough=self._borough,
            ending=ending,
            resumed=self._run.resumed,
            pages=self._visitor.tally.pages,
            new=self._visitor.tally.new,
            changed=self._visitor.tally.changed,
            failures=failures,
            alarms=tuple(alarm.line for alarm in self._alarms),
        )
        if ending.name in ("done", "partial", "closed"):
            whole = self._crawling.scope.whole
            frontier.end(self._archive, self._run, ending.name, report.outcome, _now(), whole=whole)
        else:
            frontier.pause(self._archive, self._run, ending.name, report.outcome, _now())
        return report


def _now() -> datetime:
    return datetime.now(UTC)
