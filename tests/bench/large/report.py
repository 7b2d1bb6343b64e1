"""What was measured, as tables: how everything grows with the size, and each class of queries at the largest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from statistics import median

from tests.bench.large.figures import ClassFigures, Rebuilt, StepFigures
from tests.bench.markdown import machine, on_day, short, table
from tests.bench.report import percentile

_MB, _GB, _MS, _HOUR = 2**20, 2**30, 1e3, 3600.0
LATE = 0.95

Row = tuple[str, Callable[[StepFigures], str]]


def tables_of(steps: Sequence[StepFigures], rebuilt: Rebuilt | None, day: date) -> str:
    """All tables, in Markdown."""
    return "\n\n".join((_circumstances(steps[-1], rebuilt, day), _growth(steps), _queries(steps)))


def late_ms(classes: Iterable[ClassFigures]) -> float:
    """The 95th percentile of all answers, by the clock."""
    return percentile([second for one in classes for second in one.clock_s] or [0.0], LATE) * _MS


def _late_ms_of_processor(classes: Iterable[ClassFigures]) -> float:
    return percentile([second for one in classes for second in one.processor_s] or [0.0], LATE) * _MS


def _circumstances(last: StepFigures, rebuilt: Rebuilt | None, day: date) -> str:
    held = last.filled
    said = (
        f"{on_day(day)}; the largest size run: {held.items:,} items with {held.documents:,} documents of "
        f"{held.pages:,} pages, {held.rows:,} rows, {held.words / 1e6:,.0f} million words. {machine()}."
    )
    if rebuilt is not None:
        said += (
            f" Made anew at one go, the index took {_long(rebuilt.clock_s)} by the clock and "
            f"{_long(rebuilt.processor_s)} of processors, and {rebuilt.memory.own / _GB:.2f} GB of its own memory."
        )
    return said


def _growth(steps: Sequence[StepFigures]) -> str:
    rows: tuple[Row, ...] = (
        ("pages", lambda one: f"{one.filled.pages:,}"),
        ("rows of the index", lambda one: f"{one.filled.rows:,}"),
        ("words, millions", lambda one: f"{one.filled.words / 1e6:,.0f}"),
        ("text, GB", lambda one: short(one.filled.characters / _GB)),
        ("archive, GB", lambda one: short(one.archive_size / _GB)),
        ("index, GB", lambda one: short(one.points[-1].size / _GB)),
        ("indexing up to here, by the clock", lambda one: _long(one.points[-1].clock_s)),
        ("indexing up to here, of processors", lambda one: _long(one.points[-1].processor_s)),
        ("processor seconds for a million words", lambda one: short(_pace(one))),
        ("indexing: memory of its own, MB", lambda one: f"{one.building.own / _MB:,.0f}"),
        ("searching: memory of its own, MB", lambda one: f"{one.searching.own / _MB:,.0f}"),
        ("searching: files mapped, MB", lambda one: f"{one.searching.mapped / _MB:,.0f}"),
        ("opening the index and the first answer, s", lambda one: short(one.asked.opening_s)),
        ("all queries: 95th percentile, ms", lambda one: short(late_ms(one.asked.classes))),
        ("the same, of a processor", lambda one: short(_late_ms_of_processor(one.asked.classes))),
        ("one meeting more: found after, s", lambda one: short(one.fresh.found_s)),
        ("one meeting more: the longest answer meanwhile, ms", lambda one: short(one.fresh.answer_s * _MS)),
    )
    heads = ("Growth; items", *(f"{one.filled.items:,}" for one in steps))
    return table(heads, [(name, *map(said, steps)) for name, said in rows])


def _pace(step: StepFigures) -> float:
    return step.points[-1].processor_s / (step.filled.words / 1e6)


def _queries(steps: Sequence[StepFigures]) -> str:
    last = steps[-1]
    heads = (
        "Faceted queries; ms: median (95th percentile)", "items found", "refused as too costly", "of a processor",
        *(f"{one.filled.items:,} items" for one in steps),
    )  # fmt: skip
    return table(heads, [_class_row(steps, one, last.filled.items) for one in last.asked.classes])


def _class_row(steps: Sequence[StepFigures], last: ClassFigures, items: int) -> tuple[str, ...]:
    by_step = [next((one for one in step.asked.classes if one.name == last.name), None) for step in steps]
    refused = f"{last.refused} of {last.queries}" if last.refused else ""
    return (last.name, f"{last.found / items:.1%}", refused, _times(last.processor_s), *map(_clock, by_step))


def _clock(one: ClassFigures | None) -> str:
    return _times(one.clock_s) if one else ""


def _times(seconds: Sequence[float]) -> str:
    if not seconds:
        return ""
    return f"{short(median(seconds) * _MS)} ({short(percentile(seconds, LATE) * _MS)})"


def _long(seconds: float) -> str:
    return f"{short(seconds / _HOUR)} h" if seconds >= _HOUR else f"{short(seconds / 60)} min"
