"""The figures as tables. A ratio is our processor time over another's: below 1 this archive is the quicker one.

Of several runs the middle one is shown, with the lowest and the highest of the ratios.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from statistics import median

from tests.bench.aims import aims_line
from tests.bench.building import READING
from tests.bench.clocks import Taken
from tests.bench.markdown import machine, on_day, short, spread, table
from tests.bench.running import Figures, Outcome

_MS, _MB = 1e3, 1e6
_UNKNOWN = "–"

Value = Callable[[Figures], float]


def tables_of(outcome: Outcome, day: date, left_out: Sequence[str] = ()) -> str:
    """All tables, in Markdown. `left_out` says in a sentence each what was not measured and why."""
    said = " ".join((_circumstances(outcome, day), *left_out))
    return "\n\n".join(
        (said, _parsing(outcome), _indexing(outcome), _asking(outcome), aims_line(outcome), _showing(outcome))
    )


def _circumstances(outcome: Outcome, day: date) -> str:
    corpus, runs = outcome.corpus, len(outcome.runs)
    versions = ", ".join(
        f"{name} {_version(package)}" for name, package in (("Whoosh", "whoosh3"), ("tantivy", "tantivy"))
    )
    return (
        f"{on_day(day)}; {runs} {'run' if runs == 1 else 'runs'}; {corpus.items:,} invented items, "
        f"{corpus.documents:,} documents with {corpus.pages:,} pages, {corpus.words:,} words, "
        f"{corpus.characters / _MB:.1f} MB of text. {machine()}, {versions}, SQLite {sqlite3.sqlite_version}."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return _UNKNOWN


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
    heads = (
        "Indexing", "items a second", "MB of text a second", "most memory", "on disk", "our time ÷ its",
        "both less reading",
    )  # fmt: skip
    ours, reading = _built_row(outcome, outcome.ours), _built_row(outcome, READING)
    others = ([*_built_row(outcome, other), *_built_ratios(outcome, other)] for other in outcome.others)
    return table(heads, [[*ours, "", ""], *others, [*reading, "", ""]])


def _built_row(outcome: Outcome, name: str) -> tuple[str, ...]:
    corpus = outcome.corpus
    items = _middle(outcome, lambda run: corpus.items / run.built[name].taken.clock_s)
    speed = _middle(outcome, lambda run: corpus.characters / _MB / run.built[name].taken.clock_s)
    size = _middle(outcome, lambda run: run.built[name].size / _MB)
    peaks = [peak for run in outcome.runs if (peak := run.built[name].peak) is not None]
    memory = f"{median(peaks) / _MB:,.0f} MB" if peaks else _UNKNOWN
    return name, f"{items:,.0f}", short(speed), memory, f"{size:,.0f} MB" if size else ""


def _built_ratios(outcome: Outcome, other: str) -> tuple[str, str]:
    def seconds(run: Figures, name: str) -> float:
        return run.built[name].taken.processor_s

    def alone(run: Figures, name: str) -> float:
        return seconds(run, name) - seconds(run, READING)

    ours = outcome.ours
    return (
        _range(outcome, lambda run: seconds(run, ours) / seconds(run, other)),
        _range(outcome, lambda run: alone(run, ours) / alone(run, other)),
    )


def _asking(outcome: Outcome) -> str:
    heads = ["Faceted queries; ms: median (95th percentile)", "items found", outcome.ours]
    for other in outcome.others:
        heads += (other, "our time ÷ its")
    return table(heads, [_class_row(outcome, number) for number in range(len(outcome.runs[0].queries))])


def _class_row(outcome: Outcome, number: int) -> list[str]:
    first = outcome.runs[0].queries[number]
    row = [first.name, f"{first.found / outcome.corpus.items:.1%}", _answered(outcome, number, outcome.ours)]
    for other in outcome.others:
        row += (_answered(outcome, number, other), _asked_ratio(outcome, number, other))
    return row


def _answered(outcome: Outcome, number: int, name: str) -> str:
    return _times(outcome, lambda run: run.queries[number].taken[name])


def _asked_ratio(outcome: Outcome, number: int, other: str) -> str:
    def ratio(run: Figures) -> float:
        one = run.queries[number]
        return one.least(one.taken[outcome.ours]) / one.least(one.taken[other])

    return _range(outcome, ratio)


def _showing(outcome: Outcome) -> str:
    """What the site answers, with the passages of twenty items, beside the same without them."""
    heads = (
        "The site's whole answer; ms: median (95th percentile)",
        "with 20 items shown",
        "found alone",
        "found ÷ whole",
    )
    return table(heads, [_shown_row(outcome, number) for number in range(len(outcome.runs[0].queries))])


def _shown_row(outcome: Outcome, number: int) -> tuple[str, ...]:
    def whole(run: Figures) -> Sequence[Taken]:
        return run.queries[number].shown

    def found(run: Figures) -> Sequence[Taken]:
        return run.queries[number].taken[outcome.ours]

    def share(run: Figures) -> float:
        return run.queries[number].least(found(run)) / run.queries[number].least(whole(run))

    name = outcome.runs[0].queries[number].name
    return name, _times(outcome, whole), _times(outcome, found), _range(outcome, share)


def _times(outcome: Outcome, answers: Callable[[Figures], Sequence[Taken]]) -> str:
    middle = _middle(outcome, lambda run: median(_clock(answers(run))) * _MS)
    late = _middle(outcome, lambda run: percentile(_clock(answers(run)), 0.95) * _MS)
    return f"{short(middle)} ({short(late)})"


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def _clock(times: Iterable[Taken]) -> list[float]:
    return [one.clock_s for one in times]


def _middle(outcome: Outcome, value: Value) -> float:
    return median(value(run) for run in outcome.runs)


def _range(outcome: Outcome, value: Value) -> str:
    return spread(value(run) for run in outcome.runs)
