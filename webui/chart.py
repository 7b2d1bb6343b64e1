"""How do hits spread over the years? Bars as heights from 0 to 100, one for each year from first to last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.results import UNKNOWN, FacetValue

FULL = 100
LONGEST_GAP = 60  # years; an impossible date must not draw a thousand empty bars


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: its argument for a link, how it is named, its hits, and the height of its bar."""

    value: str
    label: str
    count: int
    height: int
    selected: bool


def bars(years: Iterable[FacetValue]) -> tuple[Bar, ...]:
    """The bars in the order of time, years without hits included, the unknown year last."""
    known = {year.value: year for year in years}
    highest = max((year.count for year in known.values()), default=0)
    return tuple(_bar(known.get(value, FacetValue(value, value, 0, False)), highest) for value in _years(known))


def _years(known: dict[str, FacetValue]) -> list[str]:
    numbers = sorted(int(value) for value in known if value.isdigit())
    if not numbers:
        return [UNKNOWN] if UNKNOWN in known else []
    first, last = numbers[0], numbers[-1]
    span = range(first, last + 1) if last - first <= LONGEST_GAP else numbers
    return [f"{year:04}" for year in span] + [UNKNOWN] * (UNKNOWN in known)


def _bar(year: FacetValue, highest: int) -> Bar:
    # A year with a single hit beside one with a thousand must still be seen: 2 of 100 at least.
    height = max(2, round(FULL * year.count / highest)) if year.count else 0
    return Bar(year.value, year.label, year.count, height, year.selected)
