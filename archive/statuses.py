"""Which state of publication is a meeting in? Composed from the words a page prints, not from a list.

Source: the page's main heading and the flag at the end of the heading line; `moderngov.md` 3.1 and 3.2.
"""

from __future__ import annotations

import re

CALLED_OFF = ("cancelled", "postponed", "moved", "withdrawn", "rescheduled")


def status_of(published: str, flag: str = "") -> str:
    """One word or two: "cancelled", "draft minutes", "minutes", "decisions", "agenda" or "" (nothing yet)."""
    words = set(re.findall(r"[a-z]+", published.lower()))
    for word in CALLED_OFF:
        if word in flag.lower():
            return word
    if "minutes" in words:
        return "draft minutes" if "draft" in words else "minutes"
    for word in ("decisions", "agenda"):
        if word in words or word.rstrip("s") in words:
            return word
    return ""
