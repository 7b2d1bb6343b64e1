"""Does a hyphen at the end of a line belong to its word? "decision-/making" has it, "recog-/nition" has not. Pure.

The document itself is asked first: the form that it prints elsewhere wins. Else a compound is what begins as compounds
commonly do, or whose two parts are both words elsewhere in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_CUT = re.compile(r"([^\W\d_]+)-\n([^\W\d_]+)")
_MOST_CUTS = 50_000
_LETTERS = r"[^\W\d_]+"
_WORDS = re.compile(rf"{_LETTERS}(?:-{_LETTERS})*")
_BEGINNINGS = """
    after age all anti carbon citizen climate co community cost council councillor counter cross data decision
    double e early eight evidence face fact fast first five four full gender half hard high higher ill joint key
    large larger long low lower medium mid mixed multi near net never nine non north one patient peer person point
    problem pupil quarter quasi race rent resident ring risk second self semi seven short single six small socio
    south ten tenant term third three top trauma two user value vice victim well year zero
"""
_BEGIN_COMPOUNDS = frozenset(_BEGINNINGS.split())


def settled_words(texts: Sequence[str]) -> list[str]:
    """The texts of a document's pages with every word that a line's end cut made whole, hyphen kept or dropped."""
    cuts = [cut.groups() for text in texts for cut in _CUT.finditer(text)]
    seen = _seen(texts, cuts) if 0 < len(cuts) <= _MOST_CUTS else frozenset()

    def whole(cut: re.Match[str]) -> str:
        first, second = cut.groups()
        return first + second if _drops(first.lower(), second.lower(), seen) else f"{first}-{second}"

    return [_CUT.sub(whole, text) if cuts else text for text in texts]


def _drops(first: str, second: str, seen: frozenset[str]) -> bool:
    if f"{first}-{second}" in seen:
        return False
    if first + second in seen:
        return True
    if min(len(first), len(second)) == 1:
        return False  # no one parts a word so; it is "x-ray"
    return first not in _BEGIN_COMPOUNDS and not (first in seen and second in seen)


def _seen(texts: Iterable[str], cuts: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """Which of the words that matter stand somewhere within a line. Bounded by the cuts, whatever the texts hold."""
    wanted: set[str] = set()
    for first, second in cuts:
        a, b = first.lower(), second.lower()
        wanted.update((a, b, a + b, f"{a}-{b}"))
    return frozenset(
        word for text in texts for match in _WORDS.finditer(_CUT.sub(" ", text)) if (word := match[0].lower()) in wanted
    )
