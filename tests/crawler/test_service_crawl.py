"""Where a web service answers, a crawl asks it first; where it does not, the pages; the items are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive import Archive
from archive.services import ASKED_ANEW_AFTER, service_answers, service_is_worth_asking
from tests.crawler.conftest import Crawler
from tests.crawler.said import few_meetings, published, said
from tests.site import PretendBorough, PretendSite, changes, small_borough

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
