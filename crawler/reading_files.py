"""Reading the documents that are kept and not read yet: after every crawl and import, each file once.

Fetching and reading are apart, so that neither waits for the other and a stop between them loses nothing: what is
kept and not read is found again by the next run.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

from archive import Archive
from archive.file_texts import WaitingFile, files_to_read, save_text
from archive.page_texts import DocumentText
from crawler.documents import READER_VERSION, Nursery, ReadingStoppedError, can_read_scans, read_document

_READER = int(READER_VERSION)


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """How many files were read, wholly or in part, and how many could not be, by named reason."""

    read: int
    unread: tuple[tuple[str, int], ...]

    @property
    def line(self) -> str:
        """The report in one line; "" where nothing was to be read."""
        told = ", ".join(f"{count} {reason}" for reason, count in self.unread)
        if not self.read and not told:
            return ""
        return f"Documents read: {self.read:,}{f'; not read: {told}' if told else ''}."


def read_waiting(archive: Archive, stop: threading.Event, progress: Callable[[int, int], None]) -> ReadingReport:
    """Read every file that waits, as many at once as there are processors; `progress` is told files done and in all.

    After `stop` is set no further file is begun, and those in hand are left for the next run.
    """
    waiting = files_to_read(archive, _READER, scans=can_read_scans())
    outcomes: Counter[str] = Counter()
    workers = os.cpu_count() or 1
    with _nurseries(workers) as free, ThreadPoolExecutor(workers, thread_name_prefix="read") as threads:
        running = [threads.submit(_read, archive, file, free, stop) for file in waiting]
        try:
            for done, future in enumerate(as_completed(running), start=1):
                outcomes.update(_outcome(future))
                progress(done, len(running))
        finally:
            stop_now = [future.cancel() for future in running]
            if any(stop_now):
                stop.set()
    unread = tuple(sorted((reason, count) for reason, count in outcomes.items() if reason != "read"))
    return ReadingReport(outcomes["read"], unread)


@contextmanager
def _nurseries(number: int) -> Iterator[SimpleQueue[Nursery | None]]:
    """A nursery for each thread that reads, where the system can have them."""
    nurseries = [Nursery() if Nursery.is_possible() else None for _ in range(number)]
    free: SimpleQueue[Nursery | None] = SimpleQueue()
    for nursery in nurseries:
        free.put(nursery)
    try:
        yield free
    finally:
        for nursery in nurseries:
            if nursery is not None:
                nursery.close()


def _read(
    archive: Archive, file: WaitingFile, free: SimpleQueue[Nursery | None], stop: threading.Event
) -> DocumentText | None:
    """Read and keep one file; None where it was stopped."""
    if stop.is_set():
        return None
    nursery = free.get()
    try:
        text = read_document(archive.blobs.path(file.sha256), stop=stop, nursery=nursery)
    except ReadingStoppedError:
        return None
    finally:
        free.put(nursery)
    save_text(archive, file.sha256, _READER, text, scans=can_read_scans())
    return text


def _outcome(future: Future[DocumentText | None]) -> list[str]:
    text = future.result()
    if text is None:
        return []
    return ["read"] if text.outcome in ("read", "partial") else [text.reason]
