"""Every fault that a server can have costs its own page, by name, within its deadline and in little memory.

The fetcher's own matrix (`tests.crawler.fetching.faults`) has the rest of what can go wrong on the wire, TLS too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import Archive
from archive.check import check_archive
from archive.tables import frontier
from crawler.fetching.answers import OUTCOMES
from crawler.moderngov.readings import REASONS
from tests.crash.children import Children
from tests.crash.towns import SLUG, village
from tests.site import PretendSite

HARMLESS = ""
PARTIAL = 6
DEADLINE_S = 2.0  # less, and a busy machine meets it before a large body is seen to be too large
MOST_MEMORY = 64_000_000
LOGIN = '<html><body><form action="/login"><input type="password" name="p"></form></body></html>'

TABLE: tuple[tuple[str, object, str], ...] = (
    ("status", 400, "rejected"),
    ("status", 418, "rejected"),
    ("status", 404, "gone"),
    ("status", 410, "gone"),
    ("status", 206, "cut"),
    ("status", 304, "bad-answer"),
    ("status", 999, "bad-answer"),
    ("status", 401, "forbidden"),
    ("forbidden", "", "forbidden"),
    ("challenge", "", "challenge"),
    ("challenge", 503, "server-error"),
    ("status", 500, "server-error"),
    ("status", 503, "server-error"),
    ("retry-after", 0, "server-error"),
    ("too-many", 0, "rate-limited"),
    ("too-many", "", "rate-limited"),
    ("drop", "", "unreachable"),
    ("reset", "", "unreachable"),
    ("hang", "", "timeout"),
    ("drip", 0.05, "timeout"),
    ("drip-head", "", "timeout"),
    ("slow", 20, "timeout"),
    ("empty", "", "cut"),
    ("short", "", "cut"),
    ("short-chunked", "", "cut"),
    ("garbage-chunk", "", "cut"),
    ("reset-midway", "", "cut"),
    ("cut", "", "cut"),
    ("cut-without-length", "", "cut"),
    ("truncated-gzip", "", "cut"),
    ("fake-gzip", "", "bad-answer"),
    ("coding", "br", "bad-answer"),
    ("garbage", "", "bad-answer"),
    ("long-header", "", "bad-answer"),
    ("many-headers", "", "bad-answer"),
    ("length", "-5", "bad-answer"),
    ("length", "some", "bad-answer"),
    ("length", "9" * 5_000, "too-large"),
    ("gzip-bomb", 300, "too-large"),
    ("oversize", 200, "too-large"),
    ("announced", 200, "too-large"),
    ("endless", "", "too-large"),
    ("nested", "", "too-large"),
    ("tags", "", "too-large"),
    ("redirect-loop", "", "redirect-loop"),
    ("redirect-on", "", "redirect-loop"),
    ("redirect", "file:///etc/passwd", "redirect-refused"),
    ("redirect", "data:text/html,hello", "redirect-refused"),
    ("redirect", "http://elsewhere.example/", "redirect-refused"),
    ("redirect", "http://127.0.0.1:22/", "redirect-refused"),
    ("redirect", "http://[::1]/", "redirect-refused"),
    ("redirect", "http://10.0.0.1/", "redirect-refused"),
    ("redirect", "http://169.254.169.254/latest/", "redirect-refused"),
    ("redirect", "http://0x7f000001/", "redirect-refused"),
    ("redirect", "/mgError.aspx", "error-page"),
    ("error-page", "", "error-page"),
    ("body", LOGIN, "error-page"),
    ("body", "<html><body><p>Our new website</p></body></html>", "not-moderngov"),
    ("pdf", "", "not-moderngov"),
    # What a page says is judged by its bytes, and what stands in them is read as browsers do.
    ("media-type", "application/pdf", HARMLESS),
    ("media-type", "", HARMLESS),
    ("gzip", "", HARMLESS),
    ("wrong-charset", "", HARMLESS),
    ("windows-1252", "", HARMLESS),
    ("encoded", "utf-16", HARMLESS),
    ("strewn", "00", HARMLESS),
    ("strewn", "c3ff", HARMLESS),
)
# The breakers stop a borough after five pages in a row in trouble, or three that refuse us: that is tested elsewhere.
_TROUBLED = ("server-error", "rate-limited", "unreachable", "timeout", "forbidden", "challenge")
PARTS = 4


@dataclass(frozen=True, slots=True)
class Struck:
    """A meeting page, the fault that strikes it, and the reason that the ledger must give ("" where it is harmless)."""

    mid: int
    fault: str
    value: object
    reason: str


def part(number: int) -> list[tuple[str, object, str]]:
    """Every fourth row of the table, so that those that count for the breakers are dealt out evenly."""
    return sorted(TABLE, key=lambda row: row[2] not in _TROUBLED)[number::PARTS]


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with Children() as forked:
        yield forked


@pytest.mark.parametrize("number", range(PARTS))
def test_every_fault_costs_its_own_page_by_name(children: Children, tmp_path: Path, number: int) -> None:
    rows = part(number)
    borough = village(len(rows) + 2)
    mids = [meeting.mid for meeting in borough.committees[0].meetings]
    struck = [Struck(mid, *row) for mid, row in zip(mids[1:], rows, strict=False)]
    data = tmp_path / "data"
    with PretendSite([borough]) as site:
        for one in struck:
            site.fault(rf"ieListDocuments.*MId={one.mid}\b", one.fault, value=one.value)
        file = site.boroughs_file(tmp_path / "boroughs.toml")
        limits = {"SCRUTINY_PAGE_DEADLINE_S": str(DEADLINE_S)}
        ended = children.run(data, "crawl", SLUG, "--boroughs", file, "--no-index", environment=limits)
        assert ended.code == PARTIAL, ended.err
        longest = longest_wait(site)
    assert reasons(data) == {f"meeting:{one.mid}": one.reason for one in struck if one.reason}
    with Archive.open(data) as archive:
        lost = {one.mid for one in struck if one.reason}
        assert {mid for mid in mids if archive.meeting(f"{SLUG}-m{mid}") is None} == lost
        assert {len(archive.items(f"{SLUG}-m{mid}")) for mid in set(mids) - lost} == {2}
        assert list(check_archive(archive)) == []
    assert ended.growth < MOST_MEMORY
    assert longest < 10 * DEADLINE_S, "some fault held the crawl far beyond its deadline"


def test_the_table_has_every_kind_of_fault() -> None:
    assert len(TABLE) - len([row for row in TABLE if row[2] == HARMLESS]) >= 50
    unheard_of = {row[2] for row in TABLE} - {row.name for row in OUTCOMES} - {name for name, _ in REASONS} - {HARMLESS}
    assert not unheard_of


def reasons(data: Path) -> dict[str, str]:
    """The pages that the last run could not have, and the named reasons."""
    with Archive.open(data) as archive, archive.reading() as db:
        rows = db.execute(select(frontier.c.key, frontier.c.reason).where(frontier.c.state == "failed"))
        return {row.key: row.reason for row in rows}


def longest_wait(site: PretendSite) -> float:
    """The longest time between one request and the next; what a fault holds up shows in it."""
    return max(later.began - earlier.began for earlier, later in pairwise(site.requests))
