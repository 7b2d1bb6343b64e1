"""Which state of publication is a meeting in? Composed from the words a page prints, not from a list.

Source: the page's main heading and the flag at the end of the heading line; `moderngov.md` 3.1 and 3.2. In Wales
the heading may be in Welsh ("Agenda a chofnodion drafft").
"""

from __future__ import annotations

import re

CALLED_OFF = ("cancelled", "postponed", "moved", "withdrawn", "rescheduled")
_WELSH = {
    "rhaglen": "agenda",
    "penderfyniadau": "decisions",
    "phenderfyniadau": "decisions",
    "cofnodion": "minutes",
    "chofnodion": "minutes",
    "drafft": "draft",
}
_CALLED_OFF = re.compile(rf"\b({'|'.join(CALLED_OFF)})\b(?!\s+from\b)", re.IGNORECASE)


def status_of(published: str, flag: str = "") -> str:
    """One word or two: "cancelled", "draft minutes", "minutes", "decisions", "agenda" or "" (nothing yet)."""
    words = {_WELSH.get(word, word) for word in re.findall(r"[a-z]+", published.lower())}
    if word := called_off(flag):
        return word
    if "minutes" in words:
        return "draft minutes" if "draft" in words else "minutes"
    for word in ("decisions", "agenda"):
        if word in words or word.rstrip("s") in words:
            return word
    return ""


def called_off(words: str) -> str:
    """Why a meeting is not held, as a flag, a note or a status says it: "cancelled" …; "" where nothing says so.

    One that was moved from another day, or rescheduled from it, is held.
    """
    match = _CALLED_OFF.search(words)
    return match[1].lower() if match else ""
