"""Where may a text be cut? Between its sentences; where one is too long, between words, with an ellipsis.

What ends in the middle of a list ("…; and") goes on too, though its paragraph ends there: a reader must not take the
first of three resolutions for all that was resolved.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.matching import Span

_TITLES = (
    "Cllr",
    "Cllrs",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Rev",
    "Prof",
    "Supt",
    "Insp",
    "Sgt",
    "Asst",
    "St",
    "No",
    "e.g",
    "i.e",
)
_NO_TITLE = "".join(rf"(?<!\b{re.escape(title)}\.)" for title in _TITLES)
_END = re.compile(rf"[.!?]{_NO_TITLE}[\"'”’)\]]*\s+(?=[\"'“‘(\[£]*[^\W_a-z])")
_SPACE, _INK = re.compile(r"\s+"), re.compile(r"\S")
_LIST_GOES_ON = re.compile(r"[,;:](?:\s+(?:and|or))?")
_LONGEST_ENDING = len("; and") + 3
_ELLIPSIS = "…"
_ENDINGS = ".!?:;)”’"


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a text, from and to which character; whether what is said there goes on at either end."""

    start: int
    end: int
    cut_before: bool = False
    cut_after: bool = False

    def framed(self, html: str) -> str:
        """The part's HTML with its ellipses; one stands apart from the end of a whole sentence."""
        after = " " * html.endswith(tuple(_ENDINGS)) + _ELLIPSIS
        return f"{_ELLIPSIS if self.cut_before else ''}{html}{after if self.cut_after else ''}"


def sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences between two characters of a text, without the space around them; none is empty."""
    ends = [match.end() for match in _END.finditer(text, start, end)]
    parts = zip([start, *ends], [*ends, end], strict=True)
    stripped = ((a + _space_before(text[a:b]), b - _space_after(text[a:b])) for a, b in parts)
    return [(a, b) for a, b in stripped if a < b]


def cut_around(text: str, parts: Sequence[Span], hit: Span, width: int) -> Cut:
    """The sentences around a hit that fit the width, the later ones first; of a longer sentence, the words around it.

    `parts` are the sentences, one of which the hit begins in.
    """
    first = last = max(0, bisect_right(parts, hit[0], key=lambda part: part[0]) - 1)
    if parts[first][1] - parts[first][0] > width:
        return _cut_within(text, parts[first], hit, width)
    while last + 1 < len(parts) and parts[last + 1][1] - parts[first][0] <= width:
        last += 1
    while first > 0 and parts[last][1] - parts[first - 1][0] <= width:
        first -= 1
    return Cut(parts[first][0], parts[last][1])


def told(text: str, cut: Cut, *, to_the_end: bool = False) -> Cut:
    """The same part, and whether the text goes on: after a list that does, or after anything (`to_the_end`)."""
    ending = text[max(cut.start, cut.end - _LONGEST_ENDING) : cut.end]
    goes_on = to_the_end or any(found.end() == len(ending) for found in _LIST_GOES_ON.finditer(ending))
    return replace(cut, cut_after=True) if goes_on and _INK.search(text, cut.end) else cut


def _cut_within(text: str, part: Span, hit: Span, width: int) -> Cut:
    """A third of the width before the hit, at the nearest spaces; words longer than the width are broken."""
    begin, finish = part
    start = max(begin, min(hit[0] - width // 3, finish - width))
    end = min(finish, start + width)
    if start > begin and (space := _SPACE.search(text, start - 1, min(hit[0], end))):
        start = space.end()
    if end < finish:
        spaces = [space.start() for space in _SPACE.finditer(text, max(start, min(hit[1], end)), end + 1)]
        end = spaces[-1] if spaces else end
    return Cut(start, end, start > begin, end < finish)


def _space_before(text: str) -> int:
    return len(text) - len(text.lstrip())


def _space_after(text: str) -> int:
    return len(text) - len(text.rstrip())
