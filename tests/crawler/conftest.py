"""An archive of its own, and how to crawl a pretend site into it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from archive import Archive, Settings, read_settings
from crawler import BoroughReport, Scope, crawl
from crawler.boroughs import known_boroughs
from crawler.walk import Crawling, crawl_borough
from tests.site import PretendSite

SETTINGS = replace(read_settings({}), allow_loopback=True, host_delay_s=0.0, page_deadline_s=5.0)


@dataclass(frozen=True, slots=True)
class Crawler:
    """Crawls the boroughs of a pretend site into an archive, as the command line does."""

    archive: Archive
    folder: Path

    def crawl(
        self, site: PretendSite, *slugs: str, scope: Scope | None = None, settings: Settings = SETTINGS
    ) -> tuple[BoroughReport, ...]:
        rows = known_boroughs(site.boroughs_file(self.folder / "boroughs.toml"))
        chosen = [rows[slug] for slug in slugs or [borough.slug for borough in site.boroughs]]
        return crawl(self.archive, chosen, scope or Scope(), settings, lambda done: None)

    def crawl_for(self, site: PretendSite, slug: str, pages: int) -> BoroughReport:
        """Crawl until so many pages are done with, then stop as an interrupt does."""
        rows = known_boroughs(site.boroughs_file(self.folder / "boroughs.toml"))
        stop, left = threading.Event(), iter(range(pages - 1, -1, -1))

        def count(_done: int) -> None:
            if next(left, 0) == 0:
                stop.set()

        return crawl_borough(rows[slug], Crawling(self.archive, Scope(), SETTINGS, stop, count))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", write=True) as opened:
        yield opened


@pytest.fixture
def crawler(archive: Archive, tmp_path: Path) -> Crawler:
    return Crawler(archive, tmp_path)
