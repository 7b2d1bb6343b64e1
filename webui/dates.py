"""How does the site print a day and a moment? As people write them: "14 October 2025", London time.

Records keep local dates and UTC instants (`archive.records`); only the printing is decided here.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOT_KNOWN = "date not known"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip  # written out, because strftime follows the machine's locale


def long_date(day: date | None) -> str:
    """`14 October 2025`, or "date not known"; a moment (UTC) counts as its day in London."""
    if day is None:
        return NOT_KNOWN
    if isinstance(day, datetime):
        day = day.astimezone(LONDON).date()
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_moment(moment: datetime | None) -> str:
    """`14 October 2025, 7.30 pm` in London, from an instant with its zone; "date not known" without one."""
    if moment is None:
        return NOT_KNOWN
    local = moment.astimezone(LONDON)
    return f"{long_date(local.date())}, {clock(local.time())}"


def clock(at: time) -> str:
    """`7.30 pm`, as councils print the time of a meeting."""
    return f"{(at.hour - 1) % 12 + 1}.{at.minute:02} {'am' if at.hour < 12 else 'pm'}"
