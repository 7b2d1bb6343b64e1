"""How long does a host ask us to stay away? `Retry-After` in both its forms (RFC 9110, 10.2.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_S = 86_400.0

_SECONDS = re.compile(r"[0-9]{1,12}")


def retry_after_s(value: str, *, date: str = "", now: float) -> float | None:
    """Seconds to stay away from the end of the answer on, at most a day; None where the header says nothing usable.

    A date is taken relative to the answer's own `Date` where it has one, as the host's clock may be wrong, and else
    to `now` (UTC seconds). Negative numbers and other garbage are ignored; a date in the past is 0.
    """
    text = value.strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), LONGEST_S)
    until = _instant(text)
    if until is None:
        return None
    since = _instant(date.strip())
    return min(max(until - (now if since is None else since), 0.0), LONGEST_S)


def _instant(text: str) -> float | None:
    """An HTTP date as UTC seconds."""
    if not text.isascii() or ":" not in text:
        return None  # the standard library would read a date into much less
    try:
        parsed = parsedate_to_datetime(text)
        if parsed.tzinfo is None:
            parsed = parsed.replace(tzinfo=UTC)
        return (parsed - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
    except (ValueError, OverflowError):
        return None
