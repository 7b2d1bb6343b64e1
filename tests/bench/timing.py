"""How long do the engines take? Everything in turns, so that what else the machine does falls on all of them alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median_high

from archive import Archive, read_settings
from archive.records import PLACES
from index import load_thesaurus, read_query
from index.hits import hit_of
from tests.bench.clocks import Taken, taken
from tests.bench.engines import Engine
from tests.bench.progress import telling
from tests.bench.queries import Query, QueryClass
from tests.bench.reading import read_tagged, topics_of_all
from tests.bench.this_index import request_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildFigures:
    """What each engine took to index the archive, its bytes, and what reading took, which all have to do."""

    taken: Mapping[str, Taken]
    sizes: Mapping[str, int]
    reading: Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryFigures:
    """One class of so many queries. By engine what each answer took, round by round; `showing` likewise.

    `found` is the middle one of the totals.
    """

    name: str
    queries: int
    found: int
    taken: Mapping[str, tuple[Taken, ...]]
    showing: tuple[Taken, ...]

    def least(self, of_all: Sequence[Taken]) -> tuple[float, ...]:
        """Of each query, the least processor seconds of its rounds."""
        return tuple(min(one.processor_s for one in of_all[query :: self.queries]) for query in range(self.queries))


def build_figures(engines: Sequence[Engine], archive: Archive, folder: Path) -> BuildFigures:
    """Let every engine index the archive, in a folder of its own under this one."""
    builds = {}
    for number, engine in enumerate(engines):
        (own := folder / str(number)).mkdir()
        with telling(f"indexing, {engine.name}", "items") as told:
            builds[engine.name] = taken(partial(engine.build, archive, own, told))
    with telling("reading alone", "items") as told:
        topics_of_all(archive.folder)
        reading = taken(lambda: [None for _ in read_tagged(archive, told)])
    return BuildFigures(taken=builds, sizes={engine.name: engine.size() for engine in engines}, reading=reading)


def query_figures(one: QueryClass, engines: Sequence[Engine], archive: Archive, rounds: int) -> QueryFigures:
    """Ask every query of a class of every engine in turns, so many times."""
    answers: dict[str, list[Taken]] = {engine.name: [] for engine in engines}
    showing, first = [], [engines[0].search(query) for query in one.queries]
    for _ in range(rounds):
        for query, known in zip(one.queries, first, strict=True):
            for engine in engines:
                answers[engine.name].append(taken(partial(engine.search, query)))
            showing.append(taken(partial(show, archive, query, known.top)))
    return QueryFigures(
        name=one.name,
        queries=len(one.queries),
        found=median_high(answer.total for answer in first),
        taken={name: tuple(times) for name, times in answers.items()},
        showing=tuple(showing),
    )


def show(archive: Archive, query: Query, items: Sequence[str]) -> None:
    """Read these items and cut and mark their passages: what any engine's results need to be shown."""
    request = request_of(query)
    node = read_query(request.text, thesaurus=load_thesaurus(), limits=read_settings({}), widen=False).node
    for entry in archive.entries(items):
        hit_of(entry, node, PLACES, (), ())
