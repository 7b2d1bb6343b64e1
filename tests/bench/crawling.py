"""What does a crawl cost? Its processor time beside a bare loop over the same pages, and what the next one still does.

Crawl and bare loop run in turns, each in a new process, and the council in a third, so that each counts itself alone.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import ParamSpec, TypeVar

from tests.bench.crawled import Crawled, Visit, crawled, fetched_barely
from tests.bench.progress import Progress
from tests.bench.served import Served, Traffic, served

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class CrawlRound:
    """A first crawl and a bare loop over the addresses that it asked for."""

    crawl: Crawled
    bare: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """An unchanged crawl after the first: what each of them did, and was sent."""

    first: Crawled
    first_traffic: Traffic
    second: Crawled
    second_traffic: Traffic


@dataclass(frozen=True, slots=True)
class CrawlFigures:
    """All rounds, in the first of which papers' texts are read too, and the second crawls, by "has validators"."""

    rounds: tuple[CrawlRound, ...]
    again: Mapping[bool, Again]


def crawl_figures(years: int, rounds: int, progress: Progress) -> CrawlFigures:
    """Crawl a pretend borough with so many years of meetings, so many times."""
    with tempfile.TemporaryDirectory(prefix="bench-crawl-") as name:
        folder = Path(name)
        done = []
        with served(folder, years, validators=False) as site:
            for number in range(rounds):
                done.append(_round(site, folder / f"round-{number}", read_papers=number == 0))
                progress(number + 1, rounds)
        again = {}
        for validators in (False, True):
            with served(folder, years, validators=validators) as site:
                again[validators] = _again(site, folder / f"again-{validators}")
    return CrawlFigures(tuple(done), again)


def processor_ms(visits: Sequence[Visit], *, papers: bool) -> float:
    """The mean over the papers, or over the pages, in milliseconds of a processor."""
    return 1e3 * mean(visit.processor_s for visit in visits if visit.is_paper == papers)


def _round(site: Served, folder: Path, *, read_papers: bool) -> CrawlRound:
    first = in_a_new_process(crawled, site.boroughs, folder, read_papers=read_papers)
    return CrawlRound(first, in_a_new_process(fetched_barely, [visit.address for visit in first.visits]))


def _again(site: Served, folder: Path) -> Again:
    first = in_a_new_process(crawled, site.boroughs, folder)
    traffic = site.traffic()
    second = in_a_new_process(crawled, site.boroughs, folder)
    return Again(first, traffic, second, site.traffic())


def in_a_new_process(work: Callable[_P, _T], *given: _P.args, **more: _P.kwargs) -> _T:
    """Do this where nothing has been imported, cached or counted before."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(work, *given, **more).result()
