"""Which day is it where the councils are? Days in the records are London's."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def today_in_london() -> date:
    """Today, by London's clock."""
    return datetime.now(UTC).astimezone(LONDON).date()
