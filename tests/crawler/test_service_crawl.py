"""Where a web service answers, a crawl asks it first; where it does not, the pages; the items are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from archive import Archive
from archive.records import Committee, Record
from archive.services import (
    ASKED_ANEW_AFTER,
    REFUSED_IN_A_ROW,
    service_answers,
    service_is_worth_asking,
)
from archive.tables import captures
from tests.crawler.conftest import Crawler
from tests.crawler.said import everything, few_meetings, published, said
from tests.site import PretendBorough, PretendSite, changes, small_borough

LARGER = few_meetings(small_borough(years=3), 6)
PAGES = "ieListDocuments|mgAi"
EASTMERE = few_meetings(small_borough(years=3), 3)


def with_service(borough: PretendBorough, service: str) -> PretendBorough:
    return replace(borough, habits=replace(borough.habits, service=service))  # type: ignore[arg-type]


def test_the_service_names_committees_and_meetings_and_gives_cut_texts_whole(
    crawler: Crawler, archive: Archive
) -> None:
    with PretendSite([with_service(EASTMERE, "on")]) as site:
        (report,) = crawler.crawl(site)
        asked = [request.target for request in site.requests if "/documents/" not in request.target]
    assert report.ending.name == "done"
    assert service_answers(archive, "eastmere")
    assert not [target for target in asked if "mgAi" in target or "ieListMeetings" in target]
    cut = {m.mid for _, m in changes.meetings(EASTMERE) if any(item.cuts for item in m.items)}
    assert sum("GetMeeting?" in target for target in asked) == len(cut) > 0
    held = archive.items(f"eastmere-m{min(cut)}")
    assert not any(item.cut for item in held)


def test_both_ways_end_in_the_same_items(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([with_service(EASTMERE, "on")]) as site:
        crawler.crawl(site)
        by_service = said(archive, EASTMERE)
        site.replace(with_service(EASTMERE, "off"))
        (report,) = crawler.crawl(site)
        assert (report.new, report.changed) == (0, 0)
    assert said(archive, EASTMERE) == by_service
    assert set(by_service) == set(published(EASTMERE))


@pytest.mark.parametrize("service", ["refused", "empty", "broken", "off"])
def test_where_the_service_does_not_answer_the_pages_do_and_that_is_remembered(
    crawler: Crawler, archive: Archive, service: str
) -> None:
    with PretendSite([with_service(EASTMERE, service)]) as site:
        (report,) = crawler.crawl(site)
        assert report.ending.name == "done"
        site.forget_requests()
        crawler.crawl(site)
        assert not [request for request in site.requests if "mgWebService" in request.target]
    assert set(said(archive, EASTMERE)) == set(published(EASTMERE))
    assert not service_is_worth_asking(archive, "eastmere", datetime.now(UTC))
    assert service_is_worth_asking(archive, "eastmere", datetime.now(UTC) + ASKED_ANEW_AFTER + timedelta(days=1))


def test_one_meeting_that_the_service_cannot_give_is_read_item_by_item(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([with_service(EASTMERE, "on")]) as site:
        site.fault("GetMeeting.lMeetingId", "status", value=404)
        (report,) = crawler.crawl(site)
        assert [request for request in site.requests if "mgAi" in request.target]
    assert report.ending.name == "done"
    assert not [item.cut for mid in published(EASTMERE) for item in archive.items(f"eastmere-m{mid}") if item.cut]


@pytest.mark.parametrize("fault", ["forbidden", "challenge"])
def test_meetings_whose_pages_are_refused_are_had_from_the_service(
    crawler: Crawler, archive: Archive, fault: str
) -> None:
    with PretendSite([with_service(LARGER, "on")]) as site:
        site.fault(PAGES, fault)
        (report,) = crawler.crawl(site)
        asked = [request.target for request in site.requests]
        site.forget_requests()
        before, sequence = everything(archive), archive.sequence()
        crawler.crawl(site)
        again = [request.target for request in site.requests]
    assert report.ending.name == "done"
    assert sum("ieListDocuments" in target for target in asked) == REFUSED_IN_A_ROW
    assert not [target for target in again if "ieListDocuments" in target]
    assert (everything(archive), archive.sequence()) == (before, sequence)
    held, wanted = said(archive, LARGER), published(LARGER)
    for mid, items in wanted.items():
        # A recorded vote is on the page alone; `test_service_and_pages` has every difference there may be.
        assert [words[:3] + words[4:] for words in held[mid]] == [words[:3] + words[4:] for words in items]
    (coverage,) = archive.coverage()
    assert (coverage.tally.held, coverage.tally.not_held) == (len(wanted), ())
    assert coverage.tally.fetched == coverage.tally.documents > 0


def test_refused_pages_are_asked_for_anew_after_a_while_and_tell_more(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([with_service(LARGER, "on")]) as site:
        site.fault(PAGES, "forbidden")
        crawler.crawl(site)
        site.clear_faults()
        with archive.writing() as db:
            long_ago = datetime.now(UTC) - ASKED_ANEW_AFTER - timedelta(days=1)
            db.execute(update(captures).values(last_seen=long_ago.isoformat()))
        (report,) = crawler.crawl(site)
        assert report.ending.name == "done"
        by_both = {ident: versions[-1] for ident, versions in everything(archive).items()}
    with Archive.open(crawler.folder / "other", write=True) as other:
        with PretendSite([with_service(LARGER, "on")]) as site:
            Crawler(other, crawler.folder).crawl(site)
        by_pages = {ident: versions[-1] for ident, versions in everything(other).items()}
    assert without_addresses(by_both) == without_addresses(by_pages)


def without_addresses(records: dict[str, Record]) -> dict[str, Record]:
    """The records without where they were had, which is another port each time."""
    return {
        ident: replace(record, source_url="") for ident, record in records.items() if not isinstance(record, Committee)
    }


def test_what_the_pages_told_stays_when_they_are_refused_and_new_minutes_come_still(
    crawler: Crawler, archive: Archive
) -> None:
    mids = sorted(published(LARGER))
    borough = changes.with_state(with_service(LARGER, "on"), mids[-1], "agenda")
    with PretendSite([borough]) as site:
        crawler.crawl(site)
        before = {mid: archive.meeting(f"eastmere-m{mid}") for mid in mids}
        site.fault(PAGES, "forbidden")
        site.replace(with_service(LARGER, "on"))
        (report,) = crawler.crawl(site)
    assert report.ending.name == "partial"
    assert {mid: archive.meeting(f"eastmere-m{mid}") for mid in mids} == before
    assert [words[4] for words in said(archive, LARGER)[mids[-1]]] == [
        words[4] for words in published(LARGER)[mids[-1]]
    ]
    (coverage,) = archive.coverage()
    assert coverage.tally.held_from_before == (("blocked", len(mids)),)


def test_a_council_that_refuses_service_and_pages_is_left_after_three(crawler: Crawler) -> None:
    with PretendSite([with_service(LARGER, "on")]) as site:
        site.fault(f"{PAGES}|GetMeeting.lMeetingId", "forbidden")
        (report,) = crawler.crawl(site)
        refused = [request.target for request in site.requests if request.status == 403]
    assert (report.ending.name, len(refused)) == ("blocked", 3)
