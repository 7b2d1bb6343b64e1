"""The figures of crawling as tables: what a page costs beside a bare loop, and what an unchanged crawl still does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from statistics import median

from tests.bench.crawled import Crawled
from tests.bench.crawling import CrawlFigures, CrawlRound, processor_ms
from tests.bench.markdown import machine, on_day, short, spread, table
from tests.bench.served import Traffic

_KB = 1e3

Counted = Callable[[Crawled, Traffic], float]
_COUNTS: tuple[tuple[str, Counted], ...] = (
    ("requests", lambda _, traffic: traffic.requests),
    ("kB received", lambda _, traffic: traffic.bytes / _KB),
    ("captures added", lambda crawl, _: crawl.captures),
    ("versions added", lambda crawl, _: crawl.versions),
    ("index entries to be made anew", lambda crawl, _: crawl.changes),
    ("rows written", lambda crawl, _: crawl.rows),
    ("kB written", lambda crawl, _: crawl.written / _KB),
)


def crawl_tables(figures: CrawlFigures, day: date) -> str:
    """All of it, in Markdown."""
    return "\n\n".join([_circumstances(figures, day), _costs(figures), _again(figures)])


def _circumstances(figures: CrawlFigures, day: date) -> str:
    count = len(figures.rounds)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("requests", "lxml", "beautifulsoup4", "SQLAlchemy"))
    return f"{on_day(day)}; {count} {'round' if count == 1 else 'rounds'}. {machine()}, {libraries}."


def _costs(figures: CrawlFigures) -> str:
    bare = figures.rounds[0].bare
    papers = sum(visit.is_paper for visit in bare)
    heads = (
        "A first crawl; ms of a processor for each",
        "how many", "this crawler", "bare requests and lxml", "our time ÷ its",
    )  # fmt: skip
    reading = sum(one.crawl.reading.processor_s for one in figures.rounds if one.crawl.reading) / papers * 1e3
    rows = [
        ("pages: asked for, read, saved", f"{len(bare) - papers:,}", *_compared(figures.rounds, papers=False)),
        ("papers: asked for, saved", f"{papers:,}", *_compared(figures.rounds, papers=True)),
        ("papers: their text read, by child processes", f"{papers:,}", short(reading), "", ""),
    ]
    return table(heads, rows)


def _compared(rounds: Sequence[CrawlRound], *, papers: bool) -> tuple[str, str, str]:
    ours = [processor_ms(one.crawl.visits, papers=papers) for one in rounds]
    bare = [processor_ms(one.bare, papers=papers) for one in rounds]
    return short(median(ours)), short(median(bare)), spread([a / b for a, b in zip(ours, bare, strict=True)])


def _again(figures: CrawlFigures) -> str:
    heads = (
        "An unchanged second crawl",
        "first", "second", "÷ first", "second, of a site with validators", "÷ first",
    )  # fmt: skip
    without, with_ = figures.again[False], figures.again[True]
    rows = []
    for name, counted in _COUNTS:
        first = counted(without.first, without.first_traffic)
        second = counted(without.second, without.second_traffic)
        asked = counted(with_.second, with_.second_traffic)
        first_asked = counted(with_.first, with_.first_traffic)
        rows.append((name, f"{first:,.0f}", f"{second:,.0f}", _share(second, first), f"{asked:,.0f}",
                     _share(asked, first_asked)))  # fmt: skip
    return table(heads, rows)


def _share(second: float, first: float) -> str:
    return f"**{short(second / first)}**" if second else "**0**"
