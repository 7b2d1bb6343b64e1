"""A page that arrives cut or mangled takes nothing away from what is held: the good record stays."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import Archive
from archive.records import Record
from archive.tables import records
from tests.crash.towns import SLUG, village
from tests.crawler.conftest import Crawler
from tests.crawler.said import everything
from tests.site import PretendSite

CUTS = 24  # a page each, cut after 4, 8, 12 … of a hundred parts


@contextmanager
def crawled(folder: Path, meetings: int) -> Iterator[tuple[PretendSite, Archive, Crawler]]:
    """A village, and an archive into which it was crawled."""
    with PretendSite([village(meetings)]) as site, Archive.open(folder / "data", write=True) as archive:
        crawler = Crawler(archive, folder)
        (report,) = crawler.crawl(site)
        assert report.ending.name == "done"
        yield site, archive, crawler


def gone(archive: Archive) -> list[str]:
    """The records that are marked as no longer at their source."""
    with archive.reading() as db:
        return list(db.scalars(select(records.c.id).where(records.c.gone.is_not(None))))


def break_pages(site: PretendSite, fault: str, values: list[int]) -> None:
    """Strike each meeting's page with the fault under a value of its own."""
    for meeting, value in zip(site.borough(SLUG).committees[0].meetings, values, strict=True):
        site.fault(rf"ieListDocuments.*MId={meeting.mid}\b", fault, value=value)


def test_a_page_cut_anywhere_changes_nothing_that_is_held(tmp_path: Path) -> None:
    with crawled(tmp_path, CUTS) as (site, archive, crawler):
        before = everything(archive)
        break_pages(site, "cut-at", [4 * number for number in range(1, CUTS + 1)])
        (report,) = crawler.crawl(site)
        assert {failure.fault.reason for failure in report.failures} == {"cut"}
        assert len(report.failures) == CUTS
        assert everything(archive) == before
        assert gone(archive) == []


def test_a_new_meeting_whose_page_is_cut_is_not_held_at_all(tmp_path: Path) -> None:
    with PretendSite([village(CUTS)]) as site, Archive.open(tmp_path / "data", write=True) as archive:
        break_pages(site, "cut-at", [4 * number for number in range(1, CUTS + 1)])
        (report,) = Crawler(archive, tmp_path).crawl(site)
        assert len(report.failures) == CUTS
        assert archive.item_ids() == ()


@pytest.mark.parametrize("pages", [16, pytest.param(150, marks=pytest.mark.slow)])
def test_a_mangled_page_loses_no_item_and_the_next_good_one_mends_it(tmp_path: Path, pages: int) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    with crawled(tmp_path, pages) as (site, archive, crawler):
        before = everything(archive)
        break_pages(site, "mutated", [seed + number for number in range(pages)])
        (report,) = crawler.crawl(site)
        assert not [failure for failure in report.failures if failure.fault.reason == "unreadable"]
        meanwhile = {ident: versions_of(archive, ident) for ident in before}
        assert all(meanwhile[ident][0] == said[0] for ident, said in before.items()), seed
        site.clear_faults()
        crawler.crawl(site)
        assert {ident: versions_of(archive, ident)[-1] for ident in before} == {i: s[-1] for i, s in before.items()}
        assert not set(gone(archive)) & before.keys(), seed


def versions_of(archive: Archive, ident: str) -> list[Record]:
    """What a record said, from first to last."""
    return [version.record for version in archive.versions(ident)]
