"""How quickly are meeting pages of the pretend site read, beside the bare parse that lxml makes of their bytes?"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from archive.records import Borough
from crawler.moderngov.recognise import LARGEST_PAGE
from crawler.moderngov.urls import PageAddress
from crawler.scope import Scope
from crawler.taking import take
from tests.bench.progress import Progress
from tests.site import PretendCommittee, PretendMeeting, changes, demo_boroughs
from tests.site.routes import Catalogue

_EVERYTHING = Scope(all_committees=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsingFigures:
    """So many pages of so many bytes, and the seconds that reading and bare parsing took over all of them."""

    pages: int
    bytes: int
    read_s: float
    lxml_s: float


@dataclass(frozen=True, slots=True)
class _Sample:
    borough: Borough
    address: PageAddress
    body: bytes


def parsing_figures(pages: int, rounds: int, progress: Progress) -> ParsingFigures:
    """Read and parse the first so many meeting pages, in turns; the best round of each counts."""
    samples = _samples(pages)
    read, bare = [], []
    for number in range(1, rounds + 1):
        read.append(_seconds(_read, samples))
        bare.append(_seconds(_parse, samples))
        progress(number, rounds)
    return ParsingFigures(
        pages=len(samples), bytes=sum(len(sample.body) for sample in samples), read_s=min(read), lxml_s=min(bare)
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
    taken = take(sample.borough, sample.address, sample.body, url, _EVERYTHING, max_bytes=LARGEST_PAGE)
    assert taken.findings.items, url


def _parse(sample: _Sample) -> None:
    etree.fromstring(sample.body, etree.HTMLParser(encoding="utf-8"))


def _seconds(work: Callable[[_Sample], None], samples: Sequence[_Sample]) -> float:
    began = time.perf_counter()
    for sample in samples:
        work(sample)
    return time.perf_counter() - began
