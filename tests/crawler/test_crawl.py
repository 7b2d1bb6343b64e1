"""A crawl of the pretend site ends with exactly what the council published, and asks for nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from archive import Archive
from archive.records import Block, Record
from archive.tables import captures
from crawler import Scope
from tests.crawler.conftest import Crawler
from tests.crawler.said import everything, published, said
from tests.site import PretendBorough, PretendSite, changes, demo_boroughs, small_borough, visible
from tests.site.boroughs import GROUNDS

EASTMERE = small_borough()


@pytest.mark.parametrize("slug", [ground.slug for ground in GROUNDS[:5]])
def test_what_is_held_is_what_was_published(crawler: Crawler, archive: Archive, slug: str) -> None:
    borough = small_borough(slug)
    with PretendSite([borough]) as site:
        (report,) = crawler.crawl(site)
    assert (report.ending.name, report.failures) == ("done", ())
    held = said(archive, borough)
    # A recorded vote is printed under the item; it is held with its decision.
    voted = {item.title for item in changes.items(borough) if item.votes}
    for mid, items in published(borough).items():
        assert [words[:2] for words in held[mid]] == [words[:2] for words in items]
        for mine, theirs in zip(held[mid], items, strict=True):
            assert (mine[2], mine[4], mine[5]) == (theirs[2], theirs[4], theirs[5]), mine[:2]
            assert mine[3] == theirs[3] or mine[1] in voted, mine[:2]


def test_only_scrutiny_is_crawled_unless_all_is_asked_for(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([EASTMERE]) as site:
        crawler.crawl(site)
        scrutiny = {c.number for c in archive.committees() if archive.meetings(c.id)}
        assert scrutiny == {c.cid for c in EASTMERE.committees if c.scrutiny}
        crawler.crawl(site, scope=Scope(all_committees=True))
        assert {c.number for c in archive.committees() if archive.meetings(c.id)} >= {
            c.cid for c in EASTMERE.committees if not c.expired
        }


def test_each_page_and_paper_is_asked_for_once_and_nothing_else_is(crawler: Crawler) -> None:
    with PretendSite([EASTMERE]) as site:
        crawler.crawl(site)
        targets = [request.target for request in site.requests]
    assert len(targets) == len(set(targets))
    meetings = {m.mid: m for _, m in changes.meetings(EASTMERE, scrutiny=True)}
    shown = [visible(item, m) for m in meetings.values() for item in m.items if m.state not in ("planned", "cancelled")]
    mids = {int(found[1]) for target in targets if (found := re.search(r"MId=(\d+)", target))}
    aiids = {int(found[1]) for target in targets if (found := re.search(r"mgAi\.aspx\?ID=(\d+)", target))}
    papers = {found[1] for target in targets if (found := re.match(r"/documents/(s\d+)/", target))}
    assert mids == set(meetings)
    assert aiids == {item.aiid for item in shown if any(getattr(item, name) for name, _ in item.cuts)} != set()
    assert papers == {document.key for item in shown for document in item.all_documents}
    others = [
        target for target in targets if not re.search(r"ieListDocuments|mgAi|ieListMeetings|/documents/s", target)
    ]
    assert others == ["/robots.txt", "/mgWebService.asmx/GetCommittees", "/mgListCommittees.aspx"]


def test_a_second_crawl_of_an_unchanged_site_changes_nothing(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([EASTMERE]) as site:
        crawler.crawl(site)
        before = kept(archive)
        (report,) = crawler.crawl(site)
    assert (report.new, report.changed) == (0, 0)
    assert kept(archive) == before


def test_a_second_crawl_of_a_host_that_gives_validators_is_answered_unchanged_and_keeps_nothing(
    crawler: Crawler, archive: Archive
) -> None:
    with PretendSite([EASTMERE]) as site:
        site.fault(r"aspx|documents/", "validators")
        crawler.crawl(site)
        before = kept(archive)
        site.forget_requests()
        (report,) = crawler.crawl(site)
        again = [request for request in site.requests if re.search(r"\.aspx|documents/", request.target)]
    assert (report.ending.name, report.new, report.changed) == ("done", 0, 0)
    assert all(request.header("If-None-Match") for request in again)
    assert {request.status for request in again} == {304}
    assert kept(archive) == before


def kept(archive: Archive) -> tuple[int, int, dict[str, list[Record]], frozenset[str]]:
    """Everything that a crawl could add to: captures, changes for the index, versions and files."""
    with archive.reading() as db:
        number = db.scalar(select(func.count()).select_from(captures)) or 0
    return number, archive.sequence(), everything(archive), frozenset(archive.blobs.names())


def minuted(borough: PretendBorough) -> tuple[int, int]:
    """The numbers of an item whose minutes the meeting page shows whole, and of its meeting."""
    return next(
        (item.aiid, meeting.mid)
        for _, meeting in changes.meetings(borough, scrutiny=True)
        for item in meeting.items
        if meeting.state == "minutes" and item.minutes and not item.cuts
    )


def test_changed_minutes_become_a_second_version(crawler: Crawler, archive: Archive) -> None:
    aiid, mid = minuted(EASTMERE)
    changed = replace(changes.find_item(EASTMERE, aiid), minutes=(Block("paragraph", "The Chair closed the meeting."),))
    with PretendSite([EASTMERE]) as site:
        crawler.crawl(site)
        site.replace(changes.with_item(EASTMERE, changed))
        (report,) = crawler.crawl(site)
    assert report.changed == 1
    versions = archive.versions(f"eastmere-i{aiid}")
    assert len(versions) == 2
    (now,) = (item for item in archive.items(f"eastmere-m{mid}") if item.id == f"eastmere-i{aiid}")
    assert now.minutes == changed.minutes
    assert versions[0].last_seen < versions[1].first_seen


def test_a_crawl_that_is_stopped_goes_on_where_it_was(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([EASTMERE]) as site:
        for _ in range(3):
            assert crawler.crawl_for(site, "eastmere", 4).ending.name == "stopped"
        (report,) = crawler.crawl(site)
        pages = [request.target for request in site.requests if request.target != "/robots.txt"]
    assert (report.ending.name, report.resumed) == ("done", True)
    assert len(pages) == len(set(pages))
    assert set(said(archive, EASTMERE)) == set(published(EASTMERE))


def test_days_narrow_a_crawl(crawler: Crawler, archive: Archive) -> None:
    since, until = date(2025, 6, 1), date(2025, 10, 31)
    with PretendSite([EASTMERE]) as site:
        crawler.crawl(site, scope=Scope(since=since, until=until))
    held = {m.id for c in archive.committees() for m in archive.meetings(c.id)}
    wanted = {m.mid for _, m in changes.meetings(EASTMERE, scrutiny=True) if since <= m.date <= until}
    assert wanted
    assert held == {f"eastmere-m{mid}" for mid in wanted}


def test_a_committee_named_narrows_a_crawl(crawler: Crawler, archive: Archive) -> None:
    committee = next(c for c in EASTMERE.committees if not c.scrutiny and c.meetings and not c.expired)
    with PretendSite([EASTMERE]) as site:
        crawler.crawl(site, scope=Scope.of(None, None, [f"eastmere-c{committee.cid}"], all_committees=False))
    assert {c.number for c in archive.committees() if archive.meetings(c.id)} == {committee.cid}


def test_hosts_are_crawled_side_by_side_and_each_only_once_at_a_time(crawler: Crawler) -> None:
    boroughs = demo_boroughs(3, years=1)
    with PretendSite(boroughs) as site:
        site.fault("mgListCommittees", "slow", value=0.5)
        crawler.crawl(site)
        requests = [request for request in site.requests if request.ended is not None]
    for borough in boroughs:
        mine = sorted((r.began, r.ended or 0.0) for r in requests if r.borough == borough.slug)
        assert all(first[1] <= second[0] for first, second in pairwise(mine)), borough.slug
    slow = [r for r in requests if "mgListCommittees" in r.target]
    assert max(r.began for r in slow) < min(r.ended or 0.0 for r in slow)
