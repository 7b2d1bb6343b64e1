"""A crawl of everything asks for every paper; of those held since long, only whether they are still there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from archive import Archive
from crawler import Scope
from tests.crawler.conftest import SETTINGS, Crawler
from tests.crawler.said import few_meetings
from tests.site import TODAY, PretendSite, changes, small_borough

FEW = few_meetings(small_borough(years=3), 3)
PAPERS = {document.key: document for item in changes.items(FEW) for document in item.all_documents}
KEYS = sorted(PAPERS)
LAST = max(meeting.date for _, meeting in changes.meetings(FEW))
RECENT = replace(SETTINGS, document_recheck_days=36_500)


def papers_asked(site: PretendSite) -> Counter[tuple[str, str]]:
    """How often each paper was asked for, and in which way."""
    found = ((request.method, re.search(r"/documents/(s[0-9]+)/", request.target)) for request in site.requests)
    return Counter((method, paper.group(1)) for method, paper in found if paper)


def test_papers_held_since_long_are_asked_for_by_their_heads_alone(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([FEW]) as site:
        crawler.crawl(site)
        assert papers_asked(site) == Counter(("GET", key) for key in PAPERS)
        site.forget_requests()
        sequence = archive.sequence()
        crawler.crawl(site)
        assert papers_asked(site) == Counter(("HEAD", key) for key in PAPERS)
    assert archive.sequence() == sequence


def test_an_old_paper_that_was_taken_down_is_marked_by_the_next_crawl(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([FEW]) as site:
        crawler.crawl(site)
        site.fault(rf"documents/{KEYS[0]}/", "status", value=404)
        (report,) = crawler.crawl(site)
    gone = {key for key in PAPERS if archive.gone_since(f"eastmere-{key}") is not None}
    assert (report.ending.name, gone) == ("partial", {KEYS[0]})
    (row,) = archive.coverage()
    assert row.tally.documents_from_before == (("gone", 1),)


def test_an_old_paper_of_another_length_is_fetched_anew(crawler: Crawler, archive: Archive) -> None:
    item = next(item for item in changes.items(FEW) if item.documents)
    longer = replace(item.documents[0], body=b"%PDF-1.4 replaced %%EOF")
    with PretendSite([FEW]) as site:
        crawler.crawl(site)
        before = archive.document(f"eastmere-{longer.key}")
        site.replace(changes.with_item(FEW, replace(item, documents=(longer, *item.documents[1:]))))
        site.forget_requests()
        crawler.crawl(site)
        asked = papers_asked(site)
    after = archive.document(f"eastmere-{longer.key}")
    assert before is not None
    assert after is not None
    assert before.sha256 != after.sha256
    assert asked["HEAD", longer.key] == asked["GET", longer.key] == 1
    assert sum(number for (method, _), number in asked.items() if method == "GET") == 1


def test_papers_of_recent_meetings_are_fetched_whole_each_time(crawler: Crawler) -> None:
    with PretendSite([FEW]) as site:
        crawler.crawl(site, settings=RECENT)
        site.forget_requests()
        crawler.crawl(site, settings=RECENT)
        assert papers_asked(site) == Counter(("GET", key) for key in PAPERS)


def test_a_crawl_of_some_days_asks_for_no_old_paper_that_is_held(crawler: Crawler) -> None:
    assert LAST < TODAY
    with PretendSite([FEW]) as site:
        crawler.crawl(site)
        site.forget_requests()
        crawler.crawl(site, scope=Scope(since=LAST - timedelta(days=10_000)))
        assert not papers_asked(site)
