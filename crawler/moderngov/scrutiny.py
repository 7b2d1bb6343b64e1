"""Which committees scrutinise? Told by their category's heading or by strong words in their name.

"Panel" or "commission" alone is not enough: a pension fund panel is none. A council's row in `boroughs.toml` adds what
neither tells. Names of every London borough were weighed (the design's list of boroughs).
"""

from __future__ import annotations

import re
from collections.abc import Collection

from crawler.moderngov.readings import CommitteeLink

_NAME = re.compile(
    r"\bscrutin(?:y|ise|ising)\b|\bselect committees?\b|\bselect sub-?\s?committees?\b|\bpds\b|\bpolicy development\b"
    r"|\bpolicy (?:and|&) (?:accountability|scrutiny|oversight|performance review)\b"
    r"|\boverview (?:and|&) (?:policy|review|performance|improvement|accountability)\b"
    r"|\boverview (?:committee|panel|board|commission)\b|\b(?:osc|hosc|josc|jhosc|osp)s?\b|\bcall[ -]?in\b",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"\bscrutin(?:y|ising)\b|\bselect committees?\b|\bpolicy development\b", re.IGNORECASE)
_OTHER_CATEGORY = re.compile(r"\b(?:non|not|other than)[ -]+(?:overview (?:and|&) )?scrutiny\b", re.IGNORECASE)


def is_scrutiny(link: CommitteeLink, also: Collection[int] = ()) -> bool:
    """Whether a committee's meetings are scrutiny; `also` are numbers that the council's row names."""
    if link.number in also or _NAME.search(link.name):
        return True
    return bool(_CATEGORY.search(link.category)) and not _OTHER_CATEGORY.search(link.category)
