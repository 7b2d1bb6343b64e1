"""Crawling boroughs side by side: a thread a host, so that none is asked twice at once or waits for another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import groupby

from archive import Archive, ScrutinyError, Settings
from archive.locks import only_one
from archive.records import Borough
from archive.sweeping import sweep
from crawler.fetching.addresses import authority
from crawler.fetching.certificates import ca_file_of
from crawler.fetching.politeness import check_delay
from crawler.reports import BoroughReport
from crawler.scope import Scope
from crawler.walk import Crawling, crawl_borough

_LOOK_EVERY_S = 0.5


def crawl(
    archive: Archive,
    boroughs: Sequence[Borough],
    scope: Scope,
    settings: Settings,
    progress: Callable[[int], None],
    stop: threading.Event | None = None,
) -> tuple[BoroughReport, ...]:
    """Crawl these boroughs; the reports come in their order. `progress` is told of pages done, from any thread.

    Who sets `stop` has every borough stop between two pages; the reports then say so.

    Raises ActiveRunError where another crawl runs on this archive, SettingsError for a delay of 0 to a public host or a
    file of certificates that cannot be used. An error that is not one borough's own (a full disk) stops all and is
    raised when they have stopped; KeyboardInterrupt likewise. What was saved stays, and the same call goes on where it
    was.
    """
    check_delay(settings.host_delay_s, (borough.base_url for borough in boroughs))
    ca_file_of(settings.ca_file)
    with only_one(archive.folder / "crawl.lock", "crawl"):
        sweep(archive)
        crawling = Crawling(archive, scope, settings, threading.Event(), progress)
        return _side_by_side(boroughs, crawling, stop or threading.Event())


def _side_by_side(boroughs: Sequence[Borough], crawling: Crawling, stop: threading.Event) -> tuple[BoroughReport, ...]:
    by_host = sorted(boroughs, key=lambda borough: authority(borough.base_url))
    groups = [list(group) for _, group in groupby(by_host, key=lambda borough: authority(borough.base_url))]
    if not groups:
        return ()
    with ThreadPoolExecutor(max_workers=len(groups), thread_name_prefix="crawl") as threads:
        running = [threads.submit(_one_after_another, group, crawling) for group in groups]
        try:
            _watch(running, stop)
        finally:
            # Also when the user interrupts: every thread ends between two pages, and nothing is left half done.
            crawling.stop.set()
    reports = {report.borough.slug: report for future in running for report in future.result()}
    return tuple(reports[borough.slug] for borough in boroughs)


def _one_after_another(boroughs: Iterable[Borough], crawling: Crawling) -> list[BoroughReport]:
    return [crawl_borough(borough, crawling) for borough in boroughs]


def _watch(running: Sequence[Future[list[BoroughReport]]], stop: threading.Event) -> None:
    """Wait for all, but no longer once one has met an error that concerns them all, or all are to stop."""
    pending = set(running)
    while pending and not stop.is_set():
        done, pending = wait(pending, timeout=_LOOK_EVERY_S)
        if any(isinstance(future.exception(), ScrutinyError) for future in done):
            return
