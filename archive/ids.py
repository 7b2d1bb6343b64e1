"""What is a record called? After its number at the source, so that a second crawl meets the same record.

The forms are fixed by the design, section 3: `southwark-c308`, `-m7960`, `-i51902`, `-s112217`; where the
source gives no number, `southwark-x` and 12 hex digits of a hash.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date

RECORD_ID = re.compile(r"(?P<borough>[a-z0-9]+(?:-[a-z0-9]+)*?)-(?P<letter>[cmisgbx])(?P<rest>[0-9a-f]+(?:t[0-9]+)?)")


def committee_id(borough: str, number: int) -> str:
    """`southwark-c308` from the ModernGov committee id (CId)."""
    return f"{borough}-c{number}"


def meeting_id(borough: str, number: int) -> str:
    """`southwark-m7960` from the meeting id (MId)."""
    return f"{borough}-m{number}"


def item_id(borough: str, number: int) -> str:
    """`southwark-i51902` from the agenda item id (AIID)."""
    return f"{borough}-i{number}"


def document_id(borough: str, key: str) -> str:
    """`southwark-s112217` from the attachment key as the address prints it (`s112217`, `g10230t0`, `b23550`)."""
    return f"{borough}-{key.lower()}"


def hashed_id(borough: str, *parts: str | date | None) -> str:
    """`southwark-x0123456789ab`, over what is known of a record that has no number of its own."""
    known = "\x1f".join("" if part is None else str(part) for part in (borough, *parts))
    return f"{borough}-x{hashlib.sha256(known.encode()).hexdigest()[:12]}"


def is_record_id(text: str) -> bool:
    """Whether a text from outside has the form of a record's id at all."""
    return RECORD_ID.fullmatch(text) is not None
