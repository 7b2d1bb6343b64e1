"""Asking one host, at its pace: waits before every request, remembers the host beyond a restart.

The rule for the waits is `crawler.fetching.politeness`; the network is `crawler.fetching.http`.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import fields, replace

from archive import Archive, Settings
from archive.frontier import HostMemory, Run, count_request, memory_of, remember
from archive.records import Borough
from crawler.fetching.addresses import authority
from crawler.fetching.answers import Fetched, Validators
from crawler.fetching.certificates import ca_file_of
from crawler.fetching.http import Fetcher
from crawler.fetching.politeness import (
    ATTEMPTS,
    HostState,
    Pace,
    Verdict,
    after_answer,
    answer_of,
    new_run,
    next_allowed,
    verdict,
    wants_rest,
)
from crawler.fetching.robots import Robots, fetch_robots, robots_of
from crawler.targets import Allowance


class Stopped(Exception):
    """The crawl was asked to stop while it waited."""


class Host:
    """The host of one borough, asked by one thread, one request at a time, no more often than a run may ask."""

    def __init__(self, archive: Archive, borough: Borough, settings: Settings, run: Run, stop: threading.Event) -> None:
        self.name = authority(borough.base_url)
        self.pace = Pace(host_delay_s=settings.host_delay_s)
        self.state = _remembered(archive, self.name)
        self._allowed = {authority(url) for url in (borough.base_url, *borough.former_urls)}
        self._archive, self._borough, self._settings = archive, borough, settings
        self._run, self._stop = run, stop
        self._fetcher = Fetcher(
            contact=settings.contact, allow_loopback=settings.allow_loopback, ca_file=ca_file_of(settings.ca_file)
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._fetcher.close()

    @property
    def memory(self) -> HostMemory:
        """What is to be remembered of the host."""
        return HostMemory(self.name, _words(self.state))

    def count(self) -> bool:
        """Count a request before it is sent; whether the run may still send it.

        Should we be killed now, its answer may end yet: until when is remembered with it.
        """
        ends = time.time() + self._settings.page_deadline_s
        memory = HostMemory(self.name, _words(replace(self.state, last_end=ends)))
        return count_request(self._archive, self._run, memory) <= self._settings.requests_per_run

    @property
    def wants_rest(self) -> str:
        """Why the host is to be left for another run, or "" where it need not be."""
        return wants_rest(self.state, now=time.time())

    def wait_until(self, at: float) -> None:
        """Wait until a time (UTC seconds) and until the host may be asked. Raises Stopped."""
        until = max(at, next_allowed(self.state, self.pace, now=time.time()))
        while (left := until - time.time()) > 0:
            if self._stop.wait(min(left, 60.0)):
                raise Stopped
        if self._stop.is_set():
            raise Stopped

    def robots(self) -> Robots:
        """What the host's robots file allows; its Crawl-delay holds from here on. Raises Stopped.

        A passing failure is tried again as a page's is: it should not cost the borough a whole run.
        """
        fetched = self._robots_file()
        for attempt in range(1, ATTEMPTS + 1):
            said = self.judge(fetched, challenge=False, attempt=attempt)
            remember(self._archive, self.memory)
            if said.next != "again":
                break
            fetched = self._robots_file(said.at)
        robots = robots_of(fetched, permission=self._borough.permission)
        self.pace = Pace(host_delay_s=self._settings.host_delay_s, crawl_delay_s=robots.crawl_delay)
        return robots

    def _robots_file(self, at: float = 0.0) -> Fetched:
        self.wait_until(at)
        self.count()
        return fetch_robots(
            self._fetcher,
            self._borough.base_url,
            allowed_hosts=self._allowed,
            deadline_s=self._settings.page_deadline_s,
            between=self._between,
        )

    def fetch(self, url: str, allowed: Allowance, validators: Validators) -> Fetched:
        """Ask for one page. The caller has waited, and judges the answer when it is read. Raises Stopped."""
        return self._fetcher.fetch(
            url,
            allowed_hosts=self._allowed,
            deadline_s=allowed.deadline_s,
            max_bytes=allowed.max_bytes,
            validators=validators,
            between=self._between,
        )

    def still_answers(self, url: str, allowed: Allowance, size: int) -> Fetched | None:
        """ "not-modified" where the head of a file, asked for alone, says that a file of this many bytes is there.

        Else None, and the host may be asked again: what is gone, replaced or not told must be asked for whole. Where it
        may not, for now, what it answered. Raises Stopped.
        """
        head = self._fetcher.fetch(
            url,
            allowed_hosts=self._allowed,
            deadline_s=self._settings.page_deadline_s,
            max_bytes=allowed.max_bytes,
            between=self._between,
            head_only=True,
        )
        if head.outcome == "ok" and not head.header("Content-Encoding") and head.header("Content-Length") == str(size):
            return replace(head, outcome="not-modified")
        if self._between(head):
            return None
        return replace(head, outcome="redirected") if head.outcome == "ok" else head

    def judge(self, fetched: Fetched, *, challenge: bool, attempt: int) -> Verdict:
        """What follows from an answer whose page has been read; `attempt` counts from 1."""
        answer = answer_of(fetched, challenge=challenge)
        self.state = after_answer(self.state, answer)
        return verdict(self.state, answer, self.pace, attempt=attempt)

    def _between(self, answer: Fetched) -> bool:
        """Wait as the rule bids between an answer and what is asked next for the same page; whether to ask it.

        Not where the host wants a long rest, or where the run's requests are used up.
        """
        self.state = after_answer(self.state, answer_of(answer))
        remember(self._archive, self.memory)
        if self.wants_rest:
            return False
        self.wait_until(0.0)
        return self.count()


def _words(state: HostState) -> str:
    return json.dumps({field.name: getattr(state, field.name) for field in fields(state)})


def _remembered(archive: Archive, host: str) -> HostState:
    kept = memory_of(archive, host)
    if kept is None:
        return HostState(host=host)
    said = json.loads(kept)
    return new_run(HostState(**{**said, "barred": tuple(said["barred"]), "troubled": tuple(said["troubled"])}))
