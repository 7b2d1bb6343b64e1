"""How does a site print a date and a time? In the ways listed by the reference on ModernGov, section 3.2."""

from __future__ import annotations

from datetime import date, time

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def plain_day(day: date) -> str:
    """`15 January 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """`15 Jan 2026`, as lists of meetings print it."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def week_day(day: date) -> str:
    """`Thursday 15 January 2026`."""
    return f"{DAYS[day.weekday()]} {plain_day(day)}"


def long_day(day: date) -> str:
    """`Thursday, 15th January, 2026`."""
    ends = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
    return f"{DAYS[day.weekday()]}, {day.day}{ends.get(day.day, 'th')} {MONTHS[day.month - 1]}, {day.year}"


def clock(at: time, point: str = ":") -> str:
    """`7:30 pm`, or `7.30 pm` with another point."""
    return f"{(at.hour - 1) % 12 + 1}{point}{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def stamp(day: date, at: time) -> str:
    """`202601151930`, as the `D=` of "Earlier meetings" has it."""
    return f"{day:%Y%m%d}{at:%H%M}"
