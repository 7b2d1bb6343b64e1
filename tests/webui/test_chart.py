"""The chart shows every year between the first and the last, and a single hit beside a thousand."""

from __future__ import annotations

from index.results import FacetValue
from webui.chart import bars


def years(**counts: int) -> list[FacetValue]:
    return [FacetValue(name.strip("y"), name.strip("y"), count, False) for name, count in counts.items()]


def test_years_stand_in_the_order_of_time_with_the_empty_ones_between() -> None:
    shown = bars(years(y2025=1, y2022=2, unknown=3))
    assert [(bar.value, bar.count) for bar in shown] == [
        ("2022", 2),
        ("2023", 0),
        ("2024", 0),
        ("2025", 1),
        ("unknown", 3),
    ]


def test_the_highest_year_is_full_and_a_single_hit_is_still_seen() -> None:
    assert [bar.height for bar in bars(years(y2024=1000, y2025=1))] == [100, 2]


def test_an_impossible_date_does_not_draw_a_thousand_years() -> None:
    assert [bar.value for bar in bars(years(y1025=1, y2025=1))] == ["1025", "2025"]


def test_no_hits_draw_nothing() -> None:
    assert bars([]) == ()
