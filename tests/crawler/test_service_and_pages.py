"""The web service and the pages tell of the same council: what is recorded of it must not depend on who was asked.

Where the two cannot agree, because one of them does not say it, `as_the_service_tells_it` names what and why. Every
difference that it allows is shown to exist, so that the list is no longer than it must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import pytest

from archive import Findings
from archive.composing import compose
from archive.records import AgendaItem, Borough, Document, Meeting
from crawler.moderngov import read_committees, read_item_page, read_meeting, read_meetings
from crawler.moderngov.readings import CommitteeLink
from crawler.moderngov.webservice import (
    ServiceAddress,
    committees_from_service,
    meeting_from_service,
    meetings_from_service,
)
from crawler.recording import Whereabouts, record_committees, record_item_page, record_meeting, record_meetings
from crawler.scope import Scope
from tests.site import (
    PretendBorough,
    PretendCommittee,
    PretendItem,
    PretendMeeting,
    PretendSite,
    changes,
    small_borough,
)
from tests.site.visitor import get
from tests.site.webservice import own_title

# One plain; one with a prefix; one with an internal host, headings and other spellings; one with sessions in its
# links; one whose titles are escaped twice.
BOROUGHS = ("eastmere", "marlow-heath", "northwick-vale", "st-brannock", "wyvern-hill")


@dataclass(frozen=True, slots=True)
class Council:
    """A pretend council with its web service on, and what it is to the crawler."""

    pretend: PretendBorough
    borough: Borough

    def page(self, target: str) -> tuple[bytes, str]:
        url = f"{self.borough.base_url}/{target}"
        status, _, body = get(url)
        assert status == 200, url
        return body, url

    def call(self, address: ServiceAddress) -> bytes:
        status, headers, body = get(address.url(self.borough.base_url))
        assert (status, headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
        return body

    def whole(self) -> Iterator[tuple[PretendCommittee, PretendMeeting]]:
        return changes.meetings(self.pretend, scrutiny=True)


@contextmanager
def council(slug: str) -> Iterator[Council]:
    """A council with meetings in every state: one has its decisions published and no minutes, one is cancelled."""
    pretend = small_borough(slug)
    minuted = [meeting.mid for _, meeting in changes.meetings(pretend, scrutiny=True) if meeting.state == "minutes"]
    pretend = changes.with_state(pretend, minuted[1], "decisions")
    pretend = changes.with_state(pretend, minuted[2], "cancelled")
    pretend = replace(pretend, habits=replace(pretend.habits, service="on"))
    with PretendSite([pretend]) as site:
        yield Council(pretend, Borough(slug=slug, name=pretend.name, base_url=site.base_url(slug)))


@dataclass(frozen=True, slots=True)
class Told:
    """What is recorded of one meeting."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]
    documents: dict[str, Document]
    named: object


def told(findings: Findings, items: Iterable[AgendaItem]) -> Told:
    (meeting,) = findings.meetings
    return Told(meeting, tuple(items), {document.id: document for document in findings.documents}, findings.named)


def told_by_service(site: Council, committee: PretendCommittee, meeting: PretendMeeting) -> Told:
    answer = site.call(ServiceAddress(kind="service-meeting", meeting=meeting.mid))
    reading = meeting_from_service(answer, site.borough.base_url, cid=committee.cid, committee_name=committee.name)
    findings = record_meeting(site.borough, reading, Whereabouts(number=meeting.mid))
    return told(findings, findings.items)


def told_by_pages(site: Council, meeting: PretendMeeting) -> Told:
    """The meeting's page, and the page of every item that it cuts short."""
    body, url = site.page(f"ieListDocuments.aspx?MId={meeting.mid}")
    findings = record_meeting(site.borough, read_meeting(body, url=url), Whereabouts(number=meeting.mid))
    return told(findings, (item if not item.cut else completed(site, item) for item in findings.items))


def completed(site: Council, item: AgendaItem) -> AgendaItem:
    number = item.id.rpartition("-i")[2]
    body, url = site.page(f"mgAi.aspx?ID={number}")
    (own,) = record_item_page(site.borough, read_item_page(body, url=url), Whereabouts(number=int(number))).items
    return compose(item, own)


def as_the_service_tells_it(pages: Told, meeting: PretendMeeting, slug: str) -> Told:
    """What the pages tell, less what the web service does not say:

    - the meeting's own packs, frontsheet, supplements and printed minutes: not listed at all;
    - whether minutes are a draft: there is one flag, "published";
    - recorded votes, which the page prints below the item;
    - which attachment the item's title links to: the page prints the item's title for it, the service its own;
    - the size of a file.
    """
    drafted = meeting.state == "draft minutes"
    published = pages.meeting.published.replace("draft minutes", "minutes")
    told_meeting = replace(
        pages.meeting, documents=(), published=published, status="minutes" if drafted else pages.meeting.status
    )
    by_id = {f"{slug}-i{item.aiid}": item for item in meeting.items}
    own = {f"{slug}-{d.key}": own_title(item, d) for item in meeting.items for d in item.all_documents}
    attached = {ident: document for ident, document in pages.documents.items() if ident in own}
    return Told(
        told_meeting,
        tuple(_without_votes(item, by_id[item.id], own) for item in pages.items),
        {ident: replace(document, size="", title=own[ident]) for ident, document in attached.items()},
        pages.named,
    )


def _without_votes(item: AgendaItem, pretend: PretendItem, own: dict[str, str]) -> AgendaItem:
    decision = item.decision[: len(pretend.decision)] if pretend.votes else item.decision
    links = tuple(replace(link, title=own[link.document]) for link in item.documents)
    return replace(item, decision=decision, documents=links)


@pytest.mark.parametrize("slug", BOROUGHS)
def test_both_readings_of_a_meeting_give_equal_records(slug: str) -> None:
    with council(slug) as site:
        for committee, meeting in site.whole():
            pages = told_by_pages(site, meeting)
            service = told_by_service(site, committee, meeting)
            expected = as_the_service_tells_it(pages, meeting, slug)
            assert service.meeting == expected.meeting
            for mine, theirs in zip(service.items, expected.items, strict=True):
                assert mine == theirs
            assert service.documents == expected.documents
            assert service.named == expected.named


DIFFERENCES: dict[str, Callable[[Told, Told], bool]] = {
    "packs": lambda a, b: bool(a.meeting.documents) and not b.meeting.documents,
    "drafts": lambda a, b: (a.meeting.status, b.meeting.status) == ("draft minutes", "minutes"),
    "votes": lambda a, b: any(x.decision != y.decision for x, y in zip(a.items, b.items, strict=True)),
    "titles": lambda a, b: any(a.documents[ident].title != document.title for ident, document in b.documents.items()),
    "sizes": lambda a, b: any(a.documents[ident].size and not document.size for ident, document in b.documents.items()),
}


def test_every_allowed_difference_is_there() -> None:
    found: set[str] = set()
    with council("st-brannock") as site:
        for committee, meeting in site.whole():
            pair = told_by_pages(site, meeting), told_by_service(site, committee, meeting)
            found |= {name for name, differs in DIFFERENCES.items() if differs(*pair)}
    assert found == set(DIFFERENCES)


@pytest.mark.parametrize("slug", BOROUGHS)
def test_documents_are_had_from_the_councils_own_base_whatever_host_the_answer_names(slug: str) -> None:
    with council(slug) as site:
        committee, meeting = next((c, m) for c, m in site.whole() if any(item.documents for item in m.items))
        for document in told_by_service(site, committee, meeting).documents.values():
            assert document.source_url.startswith(f"{site.borough.base_url}/documents/s")
            status, headers, _ = get(document.source_url)
            assert (status, headers["Content-Type"]) == (200, document.media_type)


@pytest.mark.parametrize("slug", BOROUGHS)
def test_both_lists_of_committees_give_equal_records_but_for_the_expired(slug: str) -> None:
    with council(slug) as site:
        page, url = site.page("mgListCommittees.aspx")
        listed = read_committees(page, url=url)
        served = committees_from_service(site.call(ServiceAddress(kind="service-committees")))
        expired = {committee.cid for committee in site.pretend.committees if committee.expired}
        assert {committee.number for committee in served if committee.expired} == expired != set()
        current = [committee for committee in served if not committee.expired]
        assert recorded(site, current) == recorded(site, listed)


def recorded(site: Council, links: Iterable[CommitteeLink]) -> object:
    kept = tuple(links)
    return set(record_committees(site.borough, kept, Scope().scrutiny(kept, site.borough)).committees)


@pytest.mark.parametrize("slug", BOROUGHS)
def test_both_lists_of_meetings_name_the_same_meetings_within_the_days_asked_for(slug: str) -> None:
    since, until = date(2025, 4, 1), date(2025, 12, 31)
    with council(slug) as site:
        committee = next(c for c in site.pretend.committees if c.scrutiny and not c.expired)
        page, url = site.page(f"ieListMeetings.aspx?CId={committee.cid}&Year=0")
        leaf = read_meetings(page, url=url)
        address = ServiceAddress(kind="service-meetings", committee=committee.cid, since=since, until=until)
        served = meetings_from_service(site.call(address), since, until)
        wanted = [m for m in leaf.meetings if m.date and since <= m.date <= until]
        # The page says what is published of a meeting, the service only that it is called off.
        assert {replace(m, label="") for m in served} == {replace(m, label="", committee=committee.cid) for m in wanted}
        assert {m.number for m in served if m.label == "CANCELLED"} == {
            m.number for m in wanted if m.label == "CANCELLED"
        }
        findings = record_meetings(site.borough, replace(leaf, meetings=served), committee.cid)
        assert {listed.meeting for listed in findings.listed} == {f"{slug}-m{m.number}" for m in wanted}


def test_attendees_come_with_the_meeting() -> None:
    with council("eastmere") as site:
        committee, meeting = next(iter(site.whole()))
        answer = site.call(ServiceAddress(kind="service-meeting", meeting=meeting.mid))
        names = [each.name for each in meeting_from_service(answer, site.borough.base_url).attendees]
    assert names == [f"Councillor {name}" for name in committee.members]
