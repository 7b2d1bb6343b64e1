"""Is a page a picture of a page? One that is covered by pictures and says no more than packs stamp on a sheet. Pure.

Packs print "Page 41" on every sheet, scans too. A cover with a title on a photograph is a written page all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_STAMPS = re.compile(
    r"\b(?:page|agenda item|minute item|item|appendix|annex|schedule|scanned (?:by|with) \w+)\b[\s.:]*"
    r"(?:\d[\d.]*[a-z]?|[a-z])?\b(?:\s+of\s+\d+)?|\d+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]{2,}")
_LONGEST_STAMPS = 300
_COVERED = 0.7
_MORE_THAN_A_LOGO = 0.05


def is_scan(text: str, painted: float) -> bool:
    """Whether a page with this text, of whose area pictures cover the share `painted`, is a picture of a page."""
    if not text.strip():
        return painted >= _MORE_THAN_A_LOGO
    return painted >= _COVERED and len(text) < _LONGEST_STAMPS and not _WORD.search(_STAMPS.sub(" ", text))


class Painted:
    """Adds up what share of a page its pictures cover, as it is told the page's operations (ISO 32000-1, 8.9)."""

    def __init__(self, images: frozenset[str], area: float) -> None:
        self._images = images
        self._area = area
        self._painted = 0.0

    @property
    def share(self) -> float:
        """From 0 to 1; a scan may be stored in strips, each a picture."""
        return min(1.0, self._painted / self._area) if self._area > 0 else 0.0

    def see(self, operator: Any, operands: Any, matrix: Sequence[float], _text_matrix: Any) -> None:
        """One operation. A picture fills the unit square, whose area on the page is the matrix's determinant."""
        drawn = operator == b"Do" and operands and operands[0] in self._images
        if drawn or operator == b"INLINE IMAGE":
            self._painted += abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
