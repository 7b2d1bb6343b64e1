"""How time and size grow with the number of rows, as a picture: four small charts, drawn by hand as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import TypeVar

from tests.bench.large.figures import StepFigures
from tests.bench.large.report import late_ms

_WIDE, _HIGH = 420, 250  # of a chart, with its margins
_LEFT, _RIGHT, _TOP, _BELOW, _LEGEND = 58, 16, 34, 40, 114
_COLOURS = ("#1d70b8", "#d4351c", "#00703c", "#912b88")
_TICKS = 4
_MOST_POINTS = 200  # of a line
_HOUR, _GB, _MB = 3600.0, 2**30, 2**20

T = TypeVar("T")

Spots = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: what it shows, and its points; each step is marked."""

    name: str
    spots: Spots
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart over the number of rows, in millions."""

    title: str
    lines: tuple[Line, ...]


def picture_of(steps: Sequence[StepFigures]) -> str:
    """The picture, as a whole SVG file."""
    charts = _charts(steps)
    drawn = "\n".join(
        f'<g transform="translate({_WIDE * (place % 2)} {_HIGH * (place // 2)})">\n{_drawn(chart)}\n</g>'
        for place, chart in enumerate(charts)
    )
    wide, high = 2 * _WIDE, _HIGH * ceil(len(charts) / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'font-family="sans-serif" font-size="12" role="img" aria-label="{escape(_said(charts))}">\n'
        f'<rect width="{wide}" height="{high}" fill="#fff"/>\n{drawn}\n</svg>\n'
    )


def _charts(steps: Sequence[StepFigures]) -> tuple[Chart, ...]:
    def over(value: Iterable[float]) -> Spots:
        return ((0.0, 0.0), *zip((step.filled.rows / 1e6 for step in steps), value, strict=True))

    last = steps[-1]
    each = last.filled.rows / last.filled.items / 1e6
    points = _thinned([(point.items * each, point) for point in last.points])
    return (
        Chart(
            "Indexing, hours",
            (
                Line("by the clock", ((0, 0), *((x, one.clock_s / _HOUR) for x, one in points)), marked=False),
                Line("of processors", ((0, 0), *((x, one.processor_s / _HOUR) for x, one in points)), marked=False),
            ),
        ),
        Chart(
            "On the disk, GB",
            (
                Line("the index", over(step.points[-1].size / _GB for step in steps)),
                Line("the archive", over(step.archive_size / _GB for step in steps)),
            ),
        ),
        Chart(
            "95th percentile, ms",
            (
                Line("all queries", over(late_ms(step.asked.classes) for step in steps)[1:]),
                Line("slowest class", over(max(late_ms([one]) for one in step.asked.classes) for step in steps)[1:]),
            ),
        ),
        Chart(
            "Own memory, MB",
            (
                Line("indexing", over(step.building.own / _MB for step in steps)[1:]),
                Line("searching", over(step.searching.own / _MB for step in steps)[1:]),
            ),
        ),
    )


def _thinned(points: list[tuple[float, T]]) -> list[tuple[float, T]]:
    every = max(1, len(points) // _MOST_POINTS)
    return [*points[:-1:every], points[-1]]


def _drawn(chart: Chart) -> str:
    right = max(x for line in chart.lines for x, _ in line.spots) or 1.0
    top = max(y for line in chart.lines for _, y in line.spots) or 1.0
    across, up = _ticks(right), _ticks(top)
    scale = _Scale(across[-1], up[-1])
    return "\n".join(
        (
            f'<text x="{_LEFT}" y="16" font-weight="bold">{escape(chart.title)}</text>',
            *_axes(scale, across, up),
            *(part for number, line in enumerate(chart.lines) for part in _line(line, number, scale)),
        )
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to places in a chart."""

    right: float
    top: float

    def x(self, value: float) -> float:
        return round(_LEFT + value / self.right * (_WIDE - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        return round(_HIGH - _BELOW - value / self.top * (_HIGH - _TOP - _BELOW), 1)


def _axes(scale: _Scale, across: Sequence[float], up: Sequence[float]) -> Iterator[str]:
    for value in up:
        y = scale.y(value)
        yield f'<path d="M{_LEFT} {y}H{_WIDE - _RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end" fill="#505a5f">{value:g}</text>'
    for value in across:
        x, y = scale.x(value), _HIGH - _BELOW + 16
        yield f'<text x="{x}" y="{y}" text-anchor="middle" fill="#505a5f">{value:g}</text>'
    yield f'<text x="{_WIDE - _RIGHT}" y="{_HIGH - 8}" text-anchor="end" fill="#505a5f">million rows</text>'


def _line(line: Line, number: int, scale: _Scale) -> Iterator[str]:
    colour = _COLOURS[number]
    places = [(scale.x(x), scale.y(y)) for x, y in line.spots]
    joined = " ".join(f"{x},{y}" for x, y in places)
    yield f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>'
    if line.marked:
        yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places)
    left, high = _WIDE - _RIGHT - _LEGEND * (2 - number), 16
    yield f'<path d="M{left} {high - 4}h18" stroke="{colour}" stroke-width="2"/>'
    yield f'<text x="{left + 24}" y="{high}">{escape(line.name)}</text>'


def _ticks(most: float) -> list[float]:
    """Round numbers from 0 to the first that is not below this one."""
    rough = most / _TICKS
    unit = 10.0 ** floor(log10(rough))
    step = next(unit * many for many in (1, 2, 2.5, 5, 10) if unit * many >= rough * 0.999)
    return [step * number for number in range(ceil(most / step - 1e-9) + 1)]


def _said(charts: Iterable[Chart]) -> str:
    """The picture in words, for those who do not see it."""
    ends = (
        f"{chart.title}: " + ", ".join(f"{line.name} {line.spots[-1][1]:.3g}" for line in chart.lines)
        for chart in charts
    )
    return f"At the largest size. {'. '.join(ends)}."
