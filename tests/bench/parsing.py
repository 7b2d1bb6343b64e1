"""How quickly are meeting pages of the pretend site read, beside the bare parse that lxml makes of their bytes?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from lxml import etree

from archive.records import Borough
from crawler.moderngov.meeting import meeting_of
from crawler.moderngov.recognise import LARGEST_PAGE, read_page
from crawler.moderngov.urls import PageAddress
from crawler.recording import Whereabouts, record_meeting
from tests.bench.clocks import Taken, taken
from tests.bench.progress import Progress
from tests.site import PretendCommittee, PretendMeeting, changes, demo_boroughs
from tests.site.routes import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsingFigures:
    """So many pages of so many bytes, and what reading and bare parsing took over all of them."""

    pages: int
    bytes: int
    reading: Taken
    bare: Taken


@dataclass(frozen=True, slots=True)
class _Sample:
    borough: Borough
    address: PageAddress
    body: bytes


def parsing_figures(pages: int, rounds: int, progress: Progress) -> ParsingFigures:
    """Read and parse the first so many meeting pages, in turns; the round with the least processor time counts."""
    samples = _samples(pages)
    reading, bare = [], []
    for number in range(1, rounds + 1):
        reading.append(taken(partial(_each, _read, samples)))
        bare.append(taken(partial(_each, _parse, samples)))
        progress(number, rounds)
    return ParsingFigures(
        pages=len(samples),
        bytes=sum(len(sample.body) for sample in samples),
        reading=_least(reading),
        bare=_least(bare),
    )


def _samples(pages: int) -> tuple[_Sample, ...]:
    """The pages of so many meetings, from all over the boroughs and their years."""
    places = [
        (site, committee, meeting)
        for site in map(Catalogue, demo_boroughs())
        for committee, meeting in changes.meetings(site.borough)
        if meeting.state == "minutes"
    ]
    return tuple(_sample(*place) for place in places[:: max(1, len(places) // pages)][:pages])


def _sample(site: Catalogue, committee: PretendCommittee, meeting: PretendMeeting) -> _Sample:
    pretend, prefix = site.borough, site.borough.habits.prefix
    return _Sample(
        Borough(slug=pretend.slug, name=pretend.name, base_url=f"https://{pretend.slug}.example{prefix}"),
        PageAddress(kind="meeting", meeting=meeting.mid, committee=committee.cid),
        site.answer(f"{prefix}/ieListDocuments.aspx?CId={committee.cid}&MId={meeting.mid}").body,
    )


def _read(sample: _Sample) -> None:
    url = sample.address.url(sample.borough.base_url)
    reading = meeting_of(read_page(sample.body, LARGEST_PAGE, url))
    assert record_meeting(sample.borough, reading, Whereabouts(number=sample.address.meeting)).items, url


def _parse(sample: _Sample) -> None:
    etree.fromstring(sample.body, etree.HTMLParser(encoding="utf-8"))


def _each(work: Callable[[_Sample], None], samples: Sequence[_Sample]) -> None:
    for sample in samples:
        work(sample)


def _least(rounds: Sequence[Taken]) -> Taken:
    return min(rounds, key=lambda one: one.processor_s)
