"""Asking one host, at its pace: waits before every request, remembers the host beyond a restart.

The rule for the waits is `crawler.fetching.politeness`; the network is `crawler.fetching.http`.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import asdict, replace

from archive import Archive, Settings
from archive.frontier import HostMemory, memory_of, remember
from archive.records import Borough
from crawler.fetching.addresses import authority
from crawler.fetching.answers import Fetched, Validators
from crawler.fetching.certificates import ca_file_of
from crawler.fetching.http import Fetcher
from crawler.fetching.politeness import (
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
    """The host of one borough, asked by one thread, one request at a time."""

    def __init__(self, archive: Archive, borough: Borough, settings: Settings, stop: threading.Event) -> None:
        self.name = authority(borough.base_url)
        self.pace = Pace(host_delay_s=settings.host_delay_s)
        self.state = _remembered(archive, self.name)
        self._allowed = {authority(url) for url in (borough.base_url, *borough.former_urls)}
        self._archive, self._borough, self._settings, self._stop = archive, borough, settings, stop
        self._fetcher = Fetcher(
            contact=settings.contact, allow_loopback=settings.allow_loopback, ca_file=ca_file_of(settings.ca_file)
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._fetcher.close()

    @property
    def memory(self) -> HostMemory:
        """What is to be remembered of the host."""
        return HostMemory(self.name, json.dumps(asdict(self.state)))

    @property
    def asking(self) -> HostMemory:
        """What is to be remembered before the host is asked: should we be killed now, its answer may end yet."""
        ends = time.time() + self._settings.page_deadline_s
        return HostMemory(self.name, json.dumps(asdict(replace(self.state, last_end=ends))))

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
        """What the host's robots file allows; its Crawl-delay holds from here on. Raises Stopped."""
        self.wait_until(0.0)
        remember(self._archive, self.asking)
        fetched = fetch_robots(
            self._fetcher,
            self._borough.base_url,
            allowed_hosts=self._allowed,
            deadline_s=self._settings.page_deadline_s,
            between=self._between,
        )
        self._note(fetched)
        robots = robots_of(fetched, permission=self._borough.permission)
        self.pace = Pace(host_delay_s=self._settings.host_delay_s, crawl_delay_s=robots.crawl_delay)
        return robots

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
        """The answer to asking for the head of a file alone, where it says that a file of this many bytes is there.

        Else None, and the host may be asked again: what is gone, replaced or not told must be asked for whole.
        Raises Stopped.
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
            return head
        self._note(head)
        self.wait_until(0.0)
        remember(self._archive, self.asking)
        return None

    def judge(self, fetched: Fetched, *, challenge: bool, attempt: int) -> Verdict:
        """What follows from an answer whose page has been read; `attempt` counts from 1."""
        answer = answer_of(fetched, challenge=challenge)
        self.state = after_answer(self.state, answer)
        return verdict(self.state, answer, self.pace, attempt=attempt)

    def _note(self, fetched: Fetched) -> None:
        self.state = after_answer(self.state, answer_of(fetched))

    def _between(self, redirect: Fetched) -> bool:
        """Wait as the rule bids before a redirect is followed; leave it where the host wants a long rest."""
        self._note(redirect)
        if self.wants_rest:
            return False
        self.wait_until(0.0)
        remember(self._archive, self.asking)
        return True


def _remembered(archive: Archive, host: str) -> HostState:
    kept = memory_of(archive, host)
    if kept is None:
        return HostState(host=host)
    said = json.loads(kept)
    return new_run(HostState(**{**said, "barred": tuple(said["barred"]), "troubled": tuple(said["troubled"])}))
