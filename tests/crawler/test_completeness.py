"""The ledger's every number is what the site holds; what is deleted or broken there is named after the next crawl."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest

from archive import Archive, Coverage
from archive.counting import Within, counted
from archive.ledger import Ledger, ledgers, missing_meetings
from crawler import Scope
from crawler.reading_files import read_waiting
from tests.crawler.conftest import SETTINGS, Crawler
from tests.crawler.held import adds_up, by_committee_and_month, said_by, truth
from tests.crawler.said import few_meetings
from tests.site import TODAY, PretendBorough, PretendRobots, PretendSite, changes, small_borough

FEW = few_meetings(small_borough(years=3))
MIDS = sorted(meeting.mid for _, meeting in changes.meetings(FEW))


def page_of(mid: int) -> str:
    return rf"ieListDocuments.*MId={mid}\b"


def coverage(archive: Archive) -> Coverage:
    (row,) = archive.coverage()
    assert adds_up(row.tally)
    return row


def ledger(archive: Archive) -> Ledger:
    (found,) = ledgers(archive, TODAY)
    return found


def scrutiny_meetings(borough: PretendBorough) -> list[date]:
    return [meeting.date for _, meeting in changes.meetings(borough, scrutiny=True)]


@pytest.mark.parametrize("years", [2, pytest.param(10, marks=pytest.mark.slow)])
def test_every_number_of_the_ledger_is_what_the_site_holds(crawler: Crawler, archive: Archive, years: int) -> None:
    borough = small_borough("northwick-vale", years=years)
    with PretendSite([borough]) as site:
        (report,) = crawler.crawl(site)
    assert report.ending.name == "done"
    read_waiting(archive, threading.Event(), lambda done, of: None)
    whole = truth(meeting for _, meeting in changes.meetings(borough, scrutiny=True))
    row = coverage(archive)
    assert said_by(row.tally) == whole
    assert row.tally.read == row.tally.fetched == whole.documents
    assert dict(row.tally.not_held) == {"not yet published": whole.listed - whole.held}
    assert (row.alarms, row.tally.unlisted, row.tally.beside) == ((), 0, 0)
    months = {
        (committee.id, month.month): said_by(month.tally)
        for committee in ledger(archive).committees
        for month in committee.months
    }
    assert months == by_committee_and_month(borough)


def test_months_add_up_to_committees_and_committees_to_the_borough(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([FEW]) as site:
        site.fault(page_of(MIDS[0]), "status", value=404)
        crawler.crawl(site)
    (committee,) = ledger(archive).committees
    assert all(adds_up(month.tally) for month in committee.months)
    for name in ("listed", "held", "with_minutes", "called_off", "items"):
        in_months = sum(getattr(month.tally, name) for month in committee.months)
        assert in_months == getattr(committee.tally, name) == getattr(coverage(archive).tally, name), name


@pytest.mark.parametrize(
    ("fault", "value", "reason"),
    [
        ("status", 404, "gone"),
        ("status", 500, "failed"),
        ("cut", "", "failed"),
        ("forbidden", "", "blocked"),
        ("challenge", "", "blocked"),
    ],
)
def test_a_meeting_that_was_never_had_is_missing_for_its_reason(
    crawler: Crawler, archive: Archive, fault: str, value: object, reason: str
) -> None:
    with PretendSite([FEW]) as site:
        site.fault(page_of(MIDS[2]), fault, value=value)
        crawler.crawl(site)
    assert coverage(archive).tally.not_held == ((reason, 1),)
    (committee,) = ledger(archive).committees
    (missing,) = missing_meetings(archive, committee.id or "", TODAY)
    assert (missing.meeting, missing.reason) == (f"eastmere-m{MIDS[2]}", reason)
    assert missing.day == changes.find_meeting(FEW, MIDS[2]).date


def test_what_is_deleted_or_breaks_after_it_was_had_is_kept_and_named(crawler: Crawler, archive: Archive) -> None:
    deleted, broken = (changes.find_meeting(FEW, mid) for mid in MIDS[1:3])
    others = [meeting for _, meeting in changes.meetings(FEW) if meeting.mid not in MIDS[1:3]]
    page = next(item for meeting in others for item in meeting.items if item.cuts)
    paper = next(document for meeting in others for item in meeting.items for document in item.all_documents)
    with PretendSite([FEW]) as site:
        crawler.crawl(site)
        before = coverage(archive).tally
        site.replace(changes.without_meeting(FEW, deleted.mid))
        site.fault(page_of(broken.mid), "status", value=500)
        site.fault(rf"mgAi.*ID={page.aiid}\b", "status", value=404)
        site.fault(rf"documents/{paper.key}/", "status", value=404)
        (report,) = crawler.crawl(site)
    assert report.ending.name == "partial"
    now = coverage(archive).tally
    assert said_by(now) == said_by(before)
    assert (now.unlisted, now.held_from_before) == (1, (("gone", 1), ("failed", 1)))
    assert now.items_from_before == (("gone", len(deleted.items) + 1),)
    assert now.documents_from_before == (("gone", 1),)
    assert archive.gone_since(f"eastmere-m{deleted.mid}") is not None
    assert archive.gone_since(f"eastmere-m{broken.mid}") is None


def test_a_document_that_was_never_had_or_cannot_be_read_is_missing_for_its_reason(
    crawler: Crawler, archive: Archive
) -> None:
    item = next(item for item in changes.items(FEW) if len(item.documents) > 1)
    old_word = replace(item.documents[0], body=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    borough = changes.with_item(FEW, replace(item, documents=(old_word, *item.documents[1:])))
    papers = {document.key for each in changes.items(borough) for document in each.all_documents}
    gone, broken, *_ = sorted(papers - {document.key for document in item.documents})
    with PretendSite([borough]) as site:
        site.fault(rf"documents/{gone}/", "status", value=404)
        site.fault(rf"documents/{broken}/", "status", value=500)
        crawler.crawl(site)
        assert dict(coverage(archive).tally.not_read)["waiting"] == len(papers) - 2
        read_waiting(archive, threading.Event(), lambda done, of: None)
    tally = coverage(archive).tally
    assert (tally.documents, tally.fetched, tally.read) == (len(papers), len(papers) - 2, len(papers) - 3)
    assert tally.not_read == (("gone", 1), ("unreadable", 1), ("failed", 1))


def test_a_crawl_of_recent_meetings_forgets_no_older_reason(crawler: Crawler, archive: Archive) -> None:
    oldest, newest = changes.find_meeting(FEW, MIDS[0]), max(scrutiny_meetings(FEW))
    with PretendSite([FEW]) as site:
        site.fault(page_of(oldest.mid), "status", value=500)
        crawler.crawl(site)
        (report,) = crawler.crawl(site, scope=Scope(since=newest - timedelta(days=1)))
        assert report.ending.name == "done"
        assert coverage(archive).tally.not_held == (("failed", 1),)
        site.clear_faults()
        crawler.crawl(site)
    assert coverage(archive).tally.not_held == ()


@pytest.mark.parametrize("service", ["off", "on"])
def test_a_crawl_of_recent_meetings_takes_no_older_one_for_unlisted(
    crawler: Crawler, archive: Archive, service: Literal["off", "on"]
) -> None:
    borough = replace(FEW, habits=replace(FEW.habits, service=service))
    with PretendSite([borough]) as site:
        crawler.crawl(site)
        site.forget_requests()
        crawler.crawl(site, scope=Scope(since=max(scrutiny_meetings(borough))))
        asked = [request.target for request in site.requests]
    others = [meeting.mid for _, meeting in changes.meetings(borough) if meeting.date < max(scrutiny_meetings(borough))]
    assert not [target for target in asked for mid in others if re.search(rf"MId=0*{mid}\b|MeetingId={mid}\b", target)]
    assert (coverage(archive).tally.unlisted, coverage(archive).alarms) == (0, ())


def test_what_waits_for_its_turn_is_waiting_until_robots_close_it(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([FEW]) as site:
        crawler.crawl(site, settings=replace(SETTINGS, requests_per_run=4))
        tally = coverage(archive).tally
        assert 0 < tally.missing == dict(tally.not_held)["waiting"]
        site.replace(replace(FEW, robots=PretendRobots(body="User-agent: *\nDisallow: /\n")))
        crawler.crawl(site)
    tally = coverage(archive).tally
    assert set(dict(tally.not_held)) | set(dict(tally.not_read)) == {"closed to robots"}


def test_a_list_that_suddenly_names_nothing_is_an_alarm_and_no_success(crawler: Crawler, archive: Archive) -> None:
    (committee,) = FEW.committees
    with PretendSite([FEW]) as site:
        crawler.crawl(site)
        site.replace(replace(FEW, committees=(replace(committee, meetings=()),)))
        (report,) = crawler.crawl(site)
        assert report.ending.name == "partial"
        assert f"alarm: {committee.name} lists 0 meetings; it has listed {len(MIDS)}" in report.outcome
        (alarm,) = coverage(archive).alarms
        assert (alarm.committee, alarm.before, alarm.now) == (f"eastmere-c{committee.cid}", len(MIDS), 0)
        (again,) = crawler.crawl(site)
        assert (again.ending.name, coverage(archive).alarms) == ("done", (alarm,)), "it stands, and is told once"
        site.replace(FEW)
        crawler.crawl(site)
    assert coverage(archive).alarms == ()
    assert coverage(archive).tally.held_from_before == ()


def test_a_scrutiny_committee_that_is_no_longer_listed_is_an_alarm(crawler: Crawler, archive: Archive) -> None:
    borough = small_borough()
    first, *others = [c for c in borough.committees if c.scrutiny and not c.expired]
    kept = (replace(first, meetings=first.meetings[:2]), *(replace(c, meetings=c.meetings[:1]) for c in others))
    with PretendSite([replace(borough, committees=kept)]) as site:
        crawler.crawl(site)
        assert coverage(archive).alarms == ()
        site.replace(replace(borough, committees=kept[1:]))
        (report,) = crawler.crawl(site)
        (alarm,) = coverage(archive).alarms
        assert (alarm.name, alarm.named, alarm.before) == (first.name, False, 2)
        assert alarm.line in report.outcome
        site.replace(replace(borough, committees=kept))
        crawler.crawl(site)
    assert coverage(archive).alarms == ()


def test_a_single_meeting_taken_down_is_no_alarm(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([FEW]) as site:
        crawler.crawl(site)
        site.replace(changes.without_meeting(FEW, MIDS[1]))
        crawler.crawl(site)
    assert (coverage(archive).alarms, coverage(archive).tally.unlisted) == ((), 1)


def test_filters_narrow_the_numbers_as_they_narrow_a_search(crawler: Crawler, archive: Archive) -> None:
    borough = small_borough(years=2)
    with PretendSite([borough]) as site:
        crawler.crawl(site)
    since, until = date(2025, 3, 1), date(2025, 11, 30)
    meetings = [m for _, m in changes.meetings(borough, scrutiny=True) if since <= m.date <= until]
    assert meetings
    with archive.reading() as db:
        narrowed = counted(db, TODAY, Within(since=since, until=until), ())[()]
        of_year = counted(db, TODAY, Within(years=("2025",), boroughs=("eastmere",)), ())[()]
        nowhere = counted(db, TODAY, Within(years=("unknown",)), ())
    assert said_by(narrowed) == truth(meetings)
    assert of_year.listed == sum(day.year == 2025 for day in scrutiny_meetings(borough))
    assert nowhere == {}
