"""Do all engines say the same? Asked before queries are timed; every difference is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index import FACETS, PER_PAGE
from tests.bench.engines import Answer, Engine
from tests.bench.progress import Progress
from tests.bench.queries import Query


class WrongAnswers(Exception):
    """Engines gave different answers. One line a difference."""

    def __init__(self, differences: Sequence[str]) -> None:
        super().__init__("\n".join(differences))
        self.differences = tuple(differences)


def compare(ours: Engine, others: Sequence[Engine], queries: Sequence[Query], progress: Progress) -> None:
    """Ask every engine everything, by relevance and newest first, whose order is the same in all.

    Raises WrongAnswers where one differs from this index, or finds more or fewer items than are known to be there.
    """
    wrong: list[str] = []
    for number, query in enumerate(queries, 1):
        for asked in (query, replace(query, sort="newest")):
            first = ours.search(asked)
            wrong += (f"{ours.name}, {asked.line}: {what}" for what in _faults(asked, first))
            for other in others:
                answer = other.search(asked)
                found = (*_faults(asked, answer), *_differences(asked, first, answer))
                wrong += (f"{other.name}, {asked.line}: {what}" for what in found)
        progress(number, len(queries))
    if wrong:
        raise WrongAnswers(wrong)


def _faults(query: Query, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer by itself."""
    if query.expected is not None and answer.total != query.expected:
        yield f"{answer.total:,} items found, {query.expected:,} are there"
    if len(set(answer.top)) != min(answer.total, PER_PAGE):
        yield f"{len(set(answer.top))} different items shown of {answer.total:,}"


def _differences(query: Query, first: Answer, other: Answer) -> Iterator[str]:
    """Where an answer is not that of the first engine. Engines rank differently; only newest first is one order."""
    if other.total != first.total:
        yield f"{other.total:,} items instead of {first.total:,}"
    if query.sort == "newest" and other.top != first.top:
        yield "other items are the newest"
    for facet in FACETS:
        if dict(other.facets[facet]) != dict(first.facets[facet]):
            yield f"the counts by {facet.replace('_', ' ')} differ"
