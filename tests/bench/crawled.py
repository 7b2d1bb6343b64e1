"""One crawl of a pretend council, and one bare loop over the same addresses, each in a new process that counts itself.

The bare loop is the least that anyone does who wants to read these pages: ask for each over one connection, parse it,
walk over its tree. It keeps nothing, waits for nothing, checks nothing and knows no address before it is told.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import requests
from sqlalchemy import Engine, event, func, select

from archive import Archive, read_settings
from archive.tables import captures, changes, versions
from crawler.boroughs import known_boroughs
from crawler.crawl import crawl
from crawler.reading_files import read_waiting
from crawler.scope import Scope
from tests.bench.clocks import Taken, taken

_ENVIRONMENT = {"SCRUTINY_ALLOW_LOOPBACK": "yes", "SCRUTINY_HOST_DELAY_S": "0"}
_WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Visit:
    """An address that was asked for, and the processor seconds from the end of the one before to its own."""

    address: str
    processor_s: float

    @property
    def is_paper(self) -> bool:
        """Whether it is a document's file, which is kept and not parsed: its text is read later, in a child."""
        return "/documents/" in self.address


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """What one crawl did. `visits` are of a first crawl alone, in their order.

    `rows` are those that statements wrote, `written` bytes handed over for writing, be it to the database, to its log
    or to the folder of kept bytes. `captures`, `versions` and `changes` (what the indexer will read anew) are those
    that it added. `reading` is what the children took that read the papers' texts, where these were read.
    """

    visits: tuple[Visit, ...] = ()
    rows: int
    written: int
    captures: int
    versions: int
    changes: int
    reading: Taken | None


def crawled(boroughs: Path, folder: Path, *, read_papers: bool = False) -> Crawled:
    """Crawl the borough of this file that is not among the shipped ones. Nothing else may run in this process."""
    settings = read_settings(_ENVIRONMENT)
    ours = [known_boroughs(boroughs)[slug] for slug in known_boroughs(boroughs).keys() - known_boroughs().keys()]
    rows = _count_rows()
    with Archive.open(folder, write=True) as archive:
        held, before, wrote = _held(archive), rows.total(), _written()
        stamps = [time.process_time()]
        (report,) = crawl(archive, ours, Scope(), settings, lambda pages: stamps.extend([time.process_time()] * pages))
        if report.ending.name != "done":
            raise RuntimeError(f"the crawl did not come to its end: {report.line}")
        new = _held(archive) - held
        told = (rows.total() - before, _written() - wrote)
        reading = taken(lambda: _read_papers(archive)) if read_papers else None
        visits = _visits(archive, stamps) if not held.total() else ()
    return Crawled(
        visits=visits,
        rows=told[0],
        written=told[1],
        captures=new["captures"],
        versions=new["versions"],
        changes=new["changes"],
        reading=reading,
    )


def _read_papers(archive: Archive) -> None:
    read_waiting(archive, threading.Event(), lambda _done, _all: None)


def fetched_barely(addresses: Sequence[str]) -> tuple[Visit, ...]:
    """Ask for these addresses in their order; parse and walk those that are pages."""
    visits, began = [], time.process_time()
    with requests.Session() as session:
        for address in addresses:
            body = session.get(address, allow_redirects=False).content
            if not Visit(address, 0.0).is_paper:
                for element in lxml.html.document_fromstring(body).iter():
                    _ = (element.text, element.tail)
            began, ended = time.process_time(), began
            visits.append(Visit(address, began - ended))
    return tuple(visits)


def _visits(archive: Archive, stamps: Sequence[float]) -> tuple[Visit, ...]:
    """Of a first crawl: each page leaves one capture, in the order in which they were asked for."""
    with archive.reading() as db:
        addresses = db.scalars(select(captures.c.url).order_by(captures.c.id)).all()
    spans = (later - earlier for earlier, later in itertools.pairwise(stamps))
    return tuple(Visit(*visit) for visit in zip(addresses, spans, strict=True))


def _held(archive: Archive) -> Counter[str]:
    with archive.reading() as db:
        return Counter(
            {table.name: db.scalar(select(func.count()).select_from(table)) for table in (captures, versions, changes)}
        )


def _count_rows() -> Counter[str]:
    """Rows that statements write from here on, by the statement's first word."""
    rows: Counter[str] = Counter()

    def count(_db: object, cursor: Any, statement: str, _given: object, _context: object, _many: bool) -> None:
        if statement.startswith(_WRITES):
            rows[statement.split(maxsplit=1)[0]] += max(cursor.rowcount, 0)

    event.listen(Engine, "after_cursor_execute", count)
    return rows


def _written() -> int:
    """Bytes that this process has handed to the system for writing into files, so far (Linux)."""
    told = dict(line.split(": ") for line in Path("/proc/self/io").read_text("ascii").splitlines())
    return int(told["wchar"])
