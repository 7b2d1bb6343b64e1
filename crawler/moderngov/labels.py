"""Which label stands over a part of an item? "Minutes:", "DECISIONS", "Supporting documents" …, in any case.

Councils in Wales print them in Welsh too, some of them below an English heading.
"""

from __future__ import annotations

import re
from typing import Literal

Label = Literal["agenda", "decision", "minutes", "documents"]

_LABELS: tuple[tuple[Label, re.Pattern[str]], ...] = (
    ("minutes", re.compile(r"(?:draft |confirmed |approved )?minutes?(?: text| \(draft\))?|cofnodion", re.IGNORECASE)),
    (
        "decision",
        re.compile(
            r"(?:draft )?decisions?(?:\(s\))?(?: text)?|resolved|resolutions?|penderfyniad(?:au)?", re.IGNORECASE
        ),
    ),
    ("agenda", re.compile(r"agenda(?: item)?(?: text)?", re.IGNORECASE)),
    (
        "documents",
        re.compile(
            r"(?:additional|supporting|background|accompanying|associated|related)? ?(?:documents?|papers|attachments?)"
            r"|appendi(?:x|ces)|attachments?|dogfennau (?:ychwanegol|ategol)",
            re.IGNORECASE,
        ),
    ),
)
_PLAIN: tuple[tuple[Label, re.Pattern[str]], ...] = (
    ("minutes", re.compile(r"(?:draft |confirmed |approved )?minutes(?: \(draft\))?:|cofnodion:")),
    ("decision", re.compile(r"(?:draft )?decision(?:s|\(s\))?:|penderfyniad(?:au)?:")),
)
_PLAIN_DOCUMENTS = re.compile(
    r"(?:additional|supporting) documents?:?|dogfennau (?:ychwanegol|ategol):?", re.IGNORECASE
)


def label_of(line: str) -> Label | None:
    """What a line that ModernGov's own class makes a label stands over; None for labels that are part of the text."""
    words = line.strip().rstrip(":").strip()
    return next((label for label, pattern in _LABELS if pattern.fullmatch(words)), None)


def plain_label_of(line: str) -> Label | None:
    """What a whole line without that class stands over: it needs the colon, as "Minutes" may be a title."""
    words = re.sub(r"\s+:", ":", line.strip().lower())
    if _PLAIN_DOCUMENTS.fullmatch(words):
        return "documents"
    return next((label for label, pattern in _PLAIN if pattern.fullmatch(words)), None)
