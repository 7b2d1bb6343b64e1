"""One run of the benchmark, from the archive to the figures. There are none unless the engines agree."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from archive import Archive
from tests.bench.comparing import compare
from tests.bench.engines import Engine
from tests.bench.parsing import ParsingFigures, parsing_figures
from tests.bench.progress import telling
from tests.bench.queries import QueryClass, query_classes
from tests.bench.saving import Tally, save_corpus
from tests.bench.timing import BuildFigures, QueryFigures, build_figures, query_figures

Makers = Sequence[Callable[[], Engine]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one run measured, of the engines in their order; the first one is ours."""

    engines: tuple[str, ...]
    parsing: ParsingFigures
    building: BuildFigures
    queries: tuple[QueryFigures, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All runs over one corpus."""

    corpus: Tally
    runs: tuple[Figures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is measured; `rounds` is how often each query is asked and each page read in one of the `runs`."""

    items: int
    runs: int
    rounds: int
    pages: int


def measure(makers: Makers, sizes: Sizes) -> Outcome:
    """Save a corpus once and measure the engines on it. Raises WrongAnswers where they differ."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with Archive.open(folder / "archive", write=True) as archive:
            with telling("saving the corpus", "items") as told:
                tally = save_corpus(archive, sizes.items, told)
            figures = []
            for number in range(sizes.runs):
                (own := folder / f"run-{number}").mkdir()
                figures.append(_run(makers, archive, own, query_classes(tally), sizes))
    return Outcome(tally, tuple(figures))


def _run(makers: Makers, archive: Archive, folder: Path, classes: Sequence[QueryClass], sizes: Sizes) -> Figures:
    with ExitStack() as held:
        engines = [make() for make in makers]
        for engine in engines:
            held.callback(engine.close)
        building = build_figures(engines, archive, folder)
        with telling("comparing", "queries") as told:
            compare(engines, [query for one in classes for query in one.queries], told)
        with telling("reading pages", "rounds") as told:
            parsing = parsing_figures(sizes.pages, sizes.rounds, told)
        return Figures(
            engines=tuple(engine.name for engine in engines),
            parsing=parsing,
            building=building,
            queries=_asked(classes, engines, archive, sizes.rounds),
        )


def _asked(
    classes: Sequence[QueryClass], engines: Sequence[Engine], archive: Archive, rounds: int
) -> tuple[QueryFigures, ...]:
    figures = []
    with telling("asking", "classes of queries") as told:
        for number, one in enumerate(classes, 1):
            figures.append(query_figures(one, engines, archive, rounds))
            told(number, len(classes))
    return tuple(figures)
