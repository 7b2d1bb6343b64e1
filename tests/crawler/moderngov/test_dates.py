"""Dates and times as councils print them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.moderngov.dates import Heading, read_date, read_heading, read_time

JANUARY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Thursday 15 January 2026 7:30 pm", JANUARY),
        ("Wednesday, 17th September, 2025 7.00 pm", date(2025, 9, 17)),
        ("15 Jun 2026\xa07:30 pm", date(2026, 6, 15)),
        ("13/01/2026", date(2026, 1, 13)),
        ("Thursday 15.01.2026 7.00 pm", JANUARY),
        ("15.01/2026", None),
        ("1.15.01.2026", None),
        ("2026-01-15", JANUARY),
        ("Tues 3rd of Feb. 2026", date(2026, 2, 3)),
        ("1st Sept 2025", date(2025, 9, 1)),
        ("15-Jan-2026", JANUARY),
        ("17 th September 2025", date(2025, 9, 17)),
        ("30 February 2026", None),
        ("31/02/2026", None),
        ("15/13/2026", None),
        ("15 January", None),
        ("January 2026", None),
        ("15 Janvier 2026", None),
        ("15 January 20266", None),
        ("115 January 2026", None),
        ("15 January 0026", None),
        ("", None),
    ],
)
def test_a_date_is_read_or_it_is_none(printed: str, expected: date | None) -> None:
    assert read_date(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("7:30 pm", time(19, 30)),
        ("7.00 p.m.", time(19)),
        ("10.00 am", time(10)),
        ("7pm", time(19)),
        ("7 PM", time(19)),
        ("12.30 pm", time(12, 30)),
        ("12.05 a.m.", time(0, 5)),
        ("12 noon", time(12)),
        ("19:30", time(19, 30)),
        ("Thursday 15 January 2026 at\xa07.15\xa0pm", time(19, 15)),
        ("15/01/2026 18.30", time(18, 30)),
        ("7.30", None),
        ("7", None),
        ("7.75 pm", None),
        ("25:00", None),
        ("13.00 am", None),
        ("7.00 - 9.00 pm", None),
        ("17.09.2025", None),
        ("", None),
    ],
)
def test_a_time_is_read_or_it_is_none(printed: str, expected: time | None) -> None:
    assert read_time(printed) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Council - Thursday 15 January 2026 7:30 pm", Heading("Council", JANUARY, time(19, 30), "")),
        (
            "Council - Thursday 15 January 2026 7:30 pm, CANCELLED",
            Heading("Council", JANUARY, time(19, 30), "CANCELLED"),
        ),
        ("Council - Thursday, 15th January, 2026 - POSTPONED", Heading("Council", JANUARY, None, "POSTPONED")),
        ("Council - 15 January 2026 (MOVED)", Heading("Council", JANUARY, None, "MOVED")),
        (
            "Joint Committee - Sub-Committee - Thursday 15 January 2026 7.30 pm",
            Heading("Joint Committee - Sub-Committee", JANUARY, time(19, 30), ""),
        ),
        (
            "Budget 1 April 2024 Group - 15 January 2026 7.30 pm, Rescheduled from 8 January 2026",
            Heading("Budget 1 April 2024 Group", JANUARY, time(19, 30), "Rescheduled from 8 January 2026"),
        ),
        ("Council Thursday 15 January 2026 7.30", Heading("Council", JANUARY, None, "")),
        ("Council - 31 June 2026 7.30 pm", Heading("Council", None, time(19, 30), "")),
        ("Council", Heading("Council", None, None, "")),
    ],
)
def test_a_heading_line_is_read_from_its_right_end(line: str, expected: Heading) -> None:
    assert read_heading(line) == expected


@given(
    st.dates(date(1950, 1, 1), date(2150, 1, 1)),
    st.times(),
    st.sampled_from(["%A {d} %B %Y", "{d} %b %Y", "%d/%m/%Y", "%Y-%m-%d"]),
)
def test_every_date_and_time_is_read_back(day: date, at: time, form: str) -> None:
    line = f"Committee - {day.strftime(form.format(d=day.day))} {at.strftime('%H:%M')}"
    assert read_heading(line) == Heading("Committee", day, at.replace(second=0, microsecond=0), "")


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    read_heading(text)
    read_time(text)
