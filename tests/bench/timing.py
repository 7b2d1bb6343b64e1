"""How long do the engines take to answer? All in turns, so that what else the machine does falls on all alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median, median_high

from tests.bench.clocks import Taken, taken
from tests.bench.engines import Engine
from tests.bench.queries import QueryClass
from tests.bench.this_index import ThisIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryFigures:
    """One class of so many queries. By engine what each answer took, round by round; `shown` of the site's answers.

    `found` is the middle one of the totals.
    """

    name: str
    queries: int
    found: int
    taken: Mapping[str, tuple[Taken, ...]]
    shown: tuple[Taken, ...]

    def least(self, answers: Sequence[Taken]) -> float:
        """The middle one of the queries' processor seconds, of each its cheapest round."""
        rounds = (answers[query :: self.queries] for query in range(self.queries))
        return median(min(one.processor_s for one in some) for some in rounds)


def query_figures(one: QueryClass, ours: ThisIndex, others: Sequence[Engine], rounds: int) -> QueryFigures:
    """Ask every query of a class of every engine in turns, so many times."""
    engines: tuple[Engine, ...] = (ours, *others)
    answers: dict[str, list[Taken]] = {engine.name: [] for engine in engines}
    shown, found = [], [ours.search(query).total for query in one.queries]
    for _ in range(rounds):
        for query in one.queries:
            for engine in engines:
                answers[engine.name].append(taken(partial(engine.search, query)))
            shown.append(taken(partial(ours.shown, query)))
    return QueryFigures(
        name=one.name,
        queries=len(one.queries),
        found=median_high(found),
        taken={name: tuple(times) for name, times in answers.items()},
        shown=tuple(shown),
    )
