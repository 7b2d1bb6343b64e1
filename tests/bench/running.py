"""One run of the benchmark, from the archive to the figures. There are none unless the engines agree."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from archive import Archive
from tests.bench.building import Built, build_all
from tests.bench.comparing import compare
from tests.bench.engines import Engine
from tests.bench.keeping import corpus_of
from tests.bench.parsing import ParsingFigures, parsing_figures
from tests.bench.progress import telling
from tests.bench.queries import QueryClass, query_classes
from tests.bench.saving import Tally
from tests.bench.this_index import ThisIndex
from tests.bench.timing import QueryFigures, query_figures

Makers = Sequence[Callable[[], Engine]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one run measured of this index and the others; `built` by name, reading alone among them."""

    parsing: ParsingFigures
    built: Mapping[str, Built]
    queries: tuple[QueryFigures, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All runs over one corpus, of this index and these others."""

    corpus: Tally
    ours: str
    others: tuple[str, ...]
    runs: tuple[Figures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is measured; `rounds` is how often each query is asked and each page read in one of the `runs`.

    `pages` is how many a document has in the mean, `meeting_pages` how many of the pretend site are read. The corpus
    is saved in `kept`, or found there.
    """

    items: int
    pages: float
    runs: int
    rounds: int
    meeting_pages: int
    kept: Path | None


def measure(others: Makers, sizes: Sizes) -> Outcome:
    """Measure this index and others on one corpus. Raises WrongAnswers where they differ, OtherCorpusError."""
    figures = []
    with corpus_of(sizes.items, sizes.pages, sizes.kept) as corpus, Archive.open(corpus.folder) as archive:
        classes = query_classes(corpus.tally)
        for _ in range(sizes.runs):
            with tempfile.TemporaryDirectory(prefix="bench-") as name:
                figures.append(_run(others, archive, Path(name), classes, sizes))
    names = tuple(make().name for make in others)
    return Outcome(corpus.tally, ThisIndex.name, names, tuple(figures))


def _run(makers: Makers, archive: Archive, folder: Path, classes: Sequence[QueryClass], sizes: Sizes) -> Figures:
    with ExitStack() as held:
        ours, others = ThisIndex(), [make() for make in makers]
        built = build_all(ours, others, archive, folder)
        for engine in (ours, *others):
            held.callback(engine.close)
        with telling("comparing", "queries") as told:
            compare(ours, others, [query for one in classes for query in one.queries], told)
        with telling("reading pages", "rounds") as told:
            parsing = parsing_figures(sizes.meeting_pages, sizes.rounds, told)
        return Figures(parsing=parsing, built=built, queries=_asked(classes, ours, others, sizes.rounds))


def _asked(
    classes: Sequence[QueryClass], ours: ThisIndex, others: Sequence[Engine], rounds: int
) -> tuple[QueryFigures, ...]:
    figures = []
    with telling("asking", "classes of queries") as told:
        for number, one in enumerate(classes, 1):
            figures.append(query_figures(one, ours, others, rounds))
            told(number, len(classes))
    return tuple(figures)
