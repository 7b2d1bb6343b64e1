"""How is text shown with words marked? Escaped first and always; `<mark>` is the only markup there can be.

Characters that no page can carry (NUL, other control characters, halves of surrogate pairs) are shown as U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from index.matching import Span

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def mark(text: str, spans: Iterable[Span]) -> str:
    """The text as HTML with these spans marked; overlapping ones become one, any beyond the text are left out."""
    html: list[str] = []
    at = 0
    for start, end in _merged(spans, len(text)):
        html += [_escaped(text[at:start]), "<mark>", _escaped(text[start:end]), "</mark>"]
        at = end
    return "".join([*html, _escaped(text[at:])])


def shifted(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """What of the spans falls between two characters, counted from the first of them."""
    inside = ((max(first, start), min(last, end)) for first, last in spans)
    return tuple((first - start, last - start) for first, last in inside if first < last)


def _merged(spans: Iterable[Span], length: int) -> Iterator[Span]:
    """The parts of the text that any span covers, in order and apart."""
    covered: Span | None = None
    for start, end in sorted(shifted(spans, 0, length)):
        if covered is None:
            covered = start, end
        elif start <= covered[1]:
            covered = covered[0], max(covered[1], end)
        else:
            yield covered
            covered = start, end
    if covered is not None:
        yield covered


def _escaped(text: str) -> str:
    return escape(_UNSHOWABLE.sub("\ufffd", text), quote=True)
