"""A whole borough, years of it, among traps: exactly its addresses are asked for, and the ledger tells its truth."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import pytest

from archive import Archive
from archive.ledger import ledgers, missing_meetings
from crawler.reading_files import read_waiting
from tests.crawler.conftest import Crawler
from tests.crawler.held import adds_up, by_committee_and_month, said_by, truth
from tests.crawler.said import few_meetings
from tests.site import (
    TODAY,
    PretendBorough,
    PretendCommittee,
    PretendDocument,
    PretendItem,
    PretendSite,
    changes,
    small_borough,
    visible,
)
from tests.site.boroughs import GROUNDS
from tests.site.dates import stamp
from tests.site.lists import PER_PAGE

MANY = 5_000
QUIRKS = [(ground.slug, "off") for ground in GROUNDS[:5]] + [("northwick-vale", "on")]
EVERYTHING, LISTS = ".", "ieListMeetings|GetMeetings"


def with_duplicates(borough: PretendBorough) -> PretendBorough:
    """The borough after the paper of one meeting has also been listed under an item of another, and of its own."""
    minuted = [m for _, m in changes.meetings(borough, scrutiny=True) if m.state == "minutes"]
    paper = next(d for meeting in minuted for item in meeting.items for d in item.documents)
    for meeting in minuted[-2:]:
        for item in meeting.items[:2]:
            if paper.key not in {document.key for document in item.all_documents}:
                borough = changes.with_item(borough, replace(item, documents=(*item.documents, paper)))
    return borough


def shown(borough: PretendBorough) -> list[PretendItem]:
    """The items of scrutiny meetings as they can be seen."""
    every = changes.meetings(borough, scrutiny=True)
    return [visible(i, m) for _, m in every for i in m.items if m.state not in ("planned", "cancelled")]


def expected(borough: PretendBorough) -> Counter[str]:
    """Every address that must be asked for, each once: counted from what the site holds, not from what it links to."""
    prefix, by_service = borough.habits.prefix.lower(), borough.habits.service == "on"
    cut = [item for item in shown(borough) if any(getattr(item, name) for name, _ in item.cuts)]
    pages = ["mgwebservice.asmx/getcommittees"] + ["mglistcommittees.aspx"] * (not by_service)
    for committee in (committee for committee in borough.committees if committee.scrutiny):
        if by_service:
            call = f"mgwebservice.asmx/getmeetings?lcommitteeid={committee.cid}"
            pages += [f"{call}&sfromdate=01/01/1990&stodate=31/12/2099"]
        else:
            pages += lists(committee)
        pages += [f"ielistdocuments.aspx?cid={committee.cid}&mid={meeting.mid}" for meeting in committee.meetings]
    if by_service:
        numbers = {item.aiid for item in cut}
        scrutiny = (meeting for _, meeting in changes.meetings(borough, scrutiny=True))
        short = [meeting.mid for meeting in scrutiny if numbers & {item.aiid for item in meeting.items}]
        pages += [f"mgwebservice.asmx/getmeeting?lmeetingid={mid}" for mid in short]
    else:
        pages += [f"mgai.aspx?id={item.aiid}" for item in cut]
    pages += [f"documents/{key}" for key in papers(borough)]
    return Counter(["/robots.txt", *(f"{prefix}/{page}" for page in pages)])


def papers(borough: PretendBorough) -> dict[str, PretendDocument]:
    return {document.key: document for item in shown(borough) for document in item.all_documents}


def lists(committee: PretendCommittee) -> Iterator[str]:
    """The leaves of a committee's list: the first, each earlier one and one beyond the last; and one later."""
    times = sorted((stamp(meeting.date, meeting.time) for meeting in committee.meetings), reverse=True)
    name = "ielistmeetings.aspx?"
    yield f"{name}cid={committee.cid}&year=0"
    last_of_leaves = [*times[PER_PAGE - 1 : -1 : PER_PAGE], times[-1]]
    for time in last_of_leaves:
        yield f"{name}act=earlier&cid={committee.cid}&d={time}&md=ielistmeetings"
    yield f"{name}act=later&cid={committee.cid}&d={times[0]}&md=ielistmeetings"


def asked(site: PretendSite) -> Counter[str]:
    """Every address that was asked for, in small letters, without the title that decorates a document's."""
    targets = (request.target.lower().replace("%2f", "/") for request in site.requests)
    return Counter(re.sub(r"(documents/[sgb]\d+)/.*", r"\1", target) for target in targets)


@pytest.mark.parametrize(
    ("slug", "service", "years", "many"),
    [
        pytest.param("marlow-heath", "off", 2, 100, marks=pytest.mark.slow),
        *(pytest.param(*quirk, 10, 200, marks=pytest.mark.slow) for quirk in QUIRKS),
    ],
)
def test_exactly_the_addresses_of_a_borough_are_asked_for_and_its_ledger_is_the_truth(
    crawler: Crawler, archive: Archive, slug: str, service: Literal["off", "on"], years: int, many: int
) -> None:
    borough = with_duplicates(small_borough(slug, years=years))
    borough = replace(borough, habits=replace(borough.habits, service=service))
    with PretendSite([borough]) as site:
        site.fault(EVERYTHING, "traps", value=many)
        (report,) = crawler.crawl(site)
        assert report.ending.name == "done"
        assert asked(site) == expected(borough)
        read_waiting(archive, threading.Event(), lambda done, of: None)
        assert_ledger_is_true(archive, borough)
        assert_what_is_deleted_shows(crawler, archive, site, borough)


def assert_ledger_is_true(archive: Archive, borough: PretendBorough) -> None:
    (row,) = archive.coverage()
    assert adds_up(row.tally)
    assert said_by(row.tally) == truth(meeting for _, meeting in changes.meetings(borough, scrutiny=True))
    assert row.tally.read == row.tally.fetched == row.tally.documents == len(papers(borough))
    assert dict(row.tally.not_held) == {"not yet published": row.tally.listed - row.tally.held}
    assert (row.alarms, row.tally.unlisted, row.tally.beside) == ((), 0, 0)
    (ledger,) = ledgers(archive, TODAY)
    months = {(c.id, month.month): said_by(month.tally) for c in ledger.committees for month in c.months}
    assert months == by_committee_and_month(borough)


def assert_what_is_deleted_shows(
    crawler: Crawler, archive: Archive, site: PretendSite, borough: PretendBorough
) -> None:
    """Take down a meeting, a paper and a page of an item or, where the service tells of items, of a meeting."""
    minuted = [meeting for _, meeting in changes.meetings(borough, scrutiny=True) if meeting.state == "minutes"]
    deleted, others = minuted[0], minuted[1:]
    # Of a meeting that stays: whoever does not show a meeting any more does not name its papers either.
    here = {document.key for meeting in minuted[:2] for item in meeting.items for document in item.all_documents}
    paper = next(d.key for m in others[1:] for item in m.items for d in item.all_documents if d.key not in here)
    page = next(item.aiid for meeting in others for item in meeting.items if item.cuts)
    by_service = borough.habits.service == "on"
    before = archive.coverage()[0].tally
    site.replace(changes.without_meeting(borough, deleted.mid))
    site.fault(rf"documents/{paper}/", "status", value=404)
    site.fault(rf"ieListDocuments.*MId={others[0].mid}\b" if by_service else rf"mgAi.*ID={page}\b", "status", value=404)
    (report,) = crawler.crawl(site)
    assert report.ending.name == "partial"
    now = archive.coverage()[0].tally
    assert said_by(now) == said_by(before), "what is gone stays"
    assert now.unlisted == 1
    assert dict(now.held_from_before) == {"gone": 2 if by_service else 1}
    assert dict(now.items_from_before).get("gone", 0) >= len(deleted.items)
    assert dict(now.documents_from_before) == {"gone": 1}
    assert archive.gone_since(f"{borough.slug}-m{deleted.mid}") is not None
    assert archive.gone_since(f"{borough.slug}-{paper}") is not None


def test_one_meeting_under_5000_spellings_is_asked_for_once(crawler: Crawler, archive: Archive) -> None:
    borough = few_meetings(small_borough(years=3))
    with PretendSite([borough]) as site:
        site.fault(LISTS, "traps", value=MANY)
        (report,) = crawler.crawl(site)
        meetings = Counter(re.findall(r"mid=\d+", " ".join(request.target.lower() for request in site.requests)))
    assert report.ending.name == "done"
    assert meetings == Counter(f"mid={meeting.mid}" for _, meeting in changes.meetings(borough, scrutiny=True))
    (committee,) = ledgers(archive, TODAY)[0].committees
    assert (committee.tally.listed, missing_meetings(archive, committee.id or "", TODAY)) == (len(meetings), ())


@pytest.mark.parametrize("host", ["http://localhost", "http://10.0.0.1", "//[::1]:22", "https://elsewhere.example"])
def test_a_paper_on_another_host_is_never_fetched_from_there(crawler: Crawler, host: str) -> None:
    borough = few_meetings(small_borough(years=3), 1)
    item = next(item for item in changes.items(borough) if item.documents)
    lure = PretendDocument(key="s9", title="A lure", file_name="x.pdf")
    borough = changes.with_item(borough, replace(item, documents=(*item.documents, lure)))
    with PretendSite([borough]) as site:
        site.fault("ieListDocuments", "other-host", value=f"{host}/documents/s9/x.pdf")
        (report,) = crawler.crawl(site)
    (failure,) = report.failures
    assert (failure.fault.reason, report.ending.name) == ("refused-address", "partial")
    assert failure.key != "document:eastmere-s9", "its number is another council's"
