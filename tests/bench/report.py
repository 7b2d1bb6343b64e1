"""The figures as tables. A ratio is our processor time over another's: below 1 this archive is the quicker one.

Of several runs the middle one is shown, with the lowest and the highest of the ratios.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from statistics import median

import whoosh

from tests.bench.clocks import Taken
from tests.bench.markdown import machine, on_day, short, spread, table
from tests.bench.running import Figures, Outcome
from tests.bench.timing import QueryFigures

_MS, _MB = 1e3, 1e6

Value = Callable[[Figures], float]


def tables_of(outcome: Outcome, day: date) -> str:
    """All tables, in Markdown."""
    others = outcome.runs[0].engines[1:]
    parts = [_circumstances(outcome, day), _parsing(outcome), _indexing(outcome)]
    return "\n\n".join([*parts, *(_asking(outcome, other) for other in others)])


def _circumstances(outcome: Outcome, day: date) -> str:
    corpus, runs = outcome.corpus, len(outcome.runs)
    return (
        f"{on_day(day)}; {runs} {'run' if runs == 1 else 'runs'}; {corpus.items:,} invented items, "
        f"{corpus.words:,} words, {corpus.characters / _MB:.1f} MB of text. "
        f"{machine()}, Whoosh {'.'.join(map(str, whoosh.__version__))}, SQLite {sqlite3.sqlite_version}."
    )


def _parsing(outcome: Outcome) -> str:
    pages, bytes_ = outcome.runs[0].parsing.pages, outcome.runs[0].parsing.bytes
    rate = _middle(outcome, lambda run: run.parsing.pages / run.parsing.reading.clock_s)
    bare = _middle(outcome, lambda run: run.parsing.pages / run.parsing.bare.clock_s)
    ratio = _range(outcome, lambda run: run.parsing.reading.processor_s / run.parsing.bare.processor_s)
    return table(
        (f"Reading {pages:,} meeting pages of {bytes_ / pages / 1e3:.0f} kB", "pages a second", "our time ÷ its"),
        [
            ("this crawler: recognised, cleaned, taken apart", f"{rate:,.0f}", ""),
            ("lxml: a bare parse", f"{bare:,.0f}", ratio),
        ],
    )


def _indexing(outcome: Outcome) -> str:
    ours, items = outcome.runs[0].engines[0], outcome.corpus.items

    def row(name: str) -> tuple[str, ...]:
        def whole(run: Figures) -> float:
            return run.building.taken[ours].processor_s / run.building.taken[name].processor_s

        def alone(run: Figures) -> float:
            build = run.building
            mine, its = (build.taken[one].processor_s - build.reading.processor_s for one in (ours, name))
            return mine / its

        rate = _middle(outcome, lambda run: items / run.building.taken[name].clock_s)
        size = _middle(outcome, lambda run: run.building.sizes[name] / _MB)
        ratios = ("", "") if name == ours else (_range(outcome, whole), _range(outcome, alone))
        return (name, f"{rate:,.0f}", f"{size:,.0f} MB", *ratios)

    rate = _middle(outcome, lambda run: items / run.building.reading.clock_s)
    heads = ("Indexing", "items a second", "on disk", "our time ÷ its", "both less reading and topics")
    return table(heads, [*map(row, outcome.runs[0].engines), ("reading and topics alone", f"{rate:,.0f}", "", "", "")])


def _asking(outcome: Outcome, other: str) -> str:
    ours = outcome.runs[0].engines[0]
    heads = (
        "Faceted queries; ms: median (95th percentile)", "items found", ours, "showing alone", other,
        "our time ÷ (its time + showing)", "(our time − showing) ÷ its time",
    )  # fmt: skip
    return table(heads, [_class_row(outcome, number, other) for number in range(len(outcome.runs[0].queries))])


def _class_row(outcome: Outcome, number: int, other: str) -> tuple[str, ...]:
    ours, first = outcome.runs[0].engines[0], outcome.runs[0].queries[number]

    def over(value: Callable[[QueryFigures], float]) -> Value:
        return lambda run: value(run.queries[number])

    def whole(one: QueryFigures) -> float:
        return _sum(one, ours, 0) / _sum(one, other, 1)

    def alone(one: QueryFigures) -> float:
        return _sum(one, ours, -1) / _sum(one, other, 0)

    def times(name: str) -> str:
        middle = _middle(outcome, over(lambda one: median(_clock(one.taken[name])) * _MS))
        late = _middle(outcome, over(lambda one: percentile(_clock(one.taken[name]), 0.95) * _MS))
        return f"{short(middle)} ({short(late)})"

    showing = short(_middle(outcome, over(lambda one: median(_clock(one.showing)) * _MS)))
    share = f"{first.found / outcome.corpus.items:.1%}"
    ratios = (_range(outcome, over(whole)), _range(outcome, over(alone)))
    return (first.name, share, times(ours), showing, times(other), *ratios)


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def _sum(one: QueryFigures, engine: str, showings: int) -> float:
    """The middle one of the queries' least processor times, with showing added so many times."""
    pairs = zip(one.least(one.taken[engine]), one.least(one.showing), strict=True)
    return median(answered + showings * shown for answered, shown in pairs)


def _clock(times: Iterable[Taken]) -> list[float]:
    return [one.clock_s for one in times]


def _middle(outcome: Outcome, value: Value) -> float:
    return median(value(run) for run in outcome.runs)


def _range(outcome: Outcome, value: Value) -> str:
    return spread(value(run) for run in outcome.runs)
