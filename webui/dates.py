"""How does the site print a day and a moment? As people write them: "14 October 2025", London time.

Records keep local dates and UTC instants (`archive.records`); only the printing is decided here.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOT_KNOWN = "date not known"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip  # written out, because strftime follows the machine's locale

_WRITTEN = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+([0-9]{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def typed_day(text: str) -> date | None:
    """The day that a text is and nothing else, as Britons type it: `10 September 2025`, `10th Sept 2025`, `10/9/2025`,
    `2025-09-10`."""
    with suppress(ValueError):
        if found := _YEAR_FIRST.fullmatch(text.strip()):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(text.strip()):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WRITTEN.fullmatch(text.strip()):
            (month,) = (place for place, name in enumerate(MONTHS, 1) if name.lower().startswith(found[2].lower()))
            return date(int(found[3]), month, int(found[1]))
    return None


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
