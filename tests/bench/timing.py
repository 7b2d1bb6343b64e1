"""How long do the engines take? Everything in turns, so that what else the machine does falls on all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive import Archive, read_settings
from archive.records import PLACES
from index import load_thesaurus, read_query
from index.hits import hit_of
from tests.bench.engines import Engine
from tests.bench.progress import telling
from tests.bench.queries import Query, QueryClass
from tests.bench.reading import read_tagged
from tests.bench.this_index import request_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildFigures:
    """Seconds that each engine took to index the archive, its bytes, and the seconds of what all have to do."""

    seconds: Mapping[str, float]
    sizes: Mapping[str, int]
    reading_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryFigures:
    """One class of so many queries. Seconds by engine, one an answer, round by round; `showing` likewise.

    `found` is the middle one of the totals.
    """

    name: str
    queries: int
    found: int
    seconds: Mapping[str, tuple[float, ...]]
    showing: tuple[float, ...]

    def quickest(self, times: Sequence[float]) -> tuple[float, ...]:
        """Of each query, the quickest of its times: what else the machine does can only add to it."""
        return tuple(min(times[query :: self.queries]) for query in range(self.queries))


def build_figures(engines: Sequence[Engine], archive: Archive, folder: Path) -> BuildFigures:
    """Let every engine index the archive, in a folder of its own under this one."""
    seconds = {}
    for number, engine in enumerate(engines):
        own = folder / str(number)
        own.mkdir()
        with telling(f"indexing, {engine.name}", "items") as told:
            seconds[engine.name] = _seconds(partial(engine.build, archive, own, told))
    with telling("reading alone", "items") as told:
        reading_s = _seconds(lambda: [None for _ in read_tagged(archive, told)])
    return BuildFigures(seconds=seconds, sizes={engine.name: engine.size() for engine in engines}, reading_s=reading_s)


def query_figures(one: QueryClass, engines: Sequence[Engine], archive: Archive, rounds: int) -> QueryFigures:
    """Ask every query of a class of every engine, so many times."""
    seconds: dict[str, list[float]] = {engine.name: [] for engine in engines}
    showing, totals = [], []
    for _ in range(rounds):
        for query in one.queries:
            answers = {}
            for engine in engines:
                began = time.perf_counter()
                answers[engine.name] = engine.search(query)
                seconds[engine.name].append(time.perf_counter() - began)
            first = answers[engines[0].name]
            showing.append(_seconds(partial(show, archive, query, first.top)))
            totals.append(first.total)
    return QueryFigures(
        name=one.name,
        queries=len(one.queries),
        found=sorted(totals)[len(totals) // 2],
        seconds={name: tuple(taken) for name, taken in seconds.items()},
        showing=tuple(showing),
    )


def show(archive: Archive, query: Query, items: Sequence[str]) -> None:
    """Read these items and cut and mark their passages: what any engine's results need to be shown."""
    request = request_of(query)
    node = read_query(request.text, thesaurus=load_thesaurus(), limits=read_settings({}), widen=False).node
    for entry in archive.entries(items):
        hit_of(entry, node, PLACES, (), ())


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
