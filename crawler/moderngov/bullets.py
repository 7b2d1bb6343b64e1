"""Is a paragraph really a list item? Lists pasted from Word are paragraphs that begin with a glyph.

A sure glyph is a bullet wherever it begins a line. A letter or a dash is one only with evidence: Word's list style,
a symbol font, or the run of no-break spaces or tabs that Word puts behind a marker (`moderngov.md` 3.3).
"""

from __future__ import annotations

import re

from archive.records import BlockKind

_SURE = "•·▪▫◦●○■□‣⁃∙❖➢➤►◆✓✔\uf020-\uf0ff"
_PLAIN = "§ovqnluØüèàŸ–—−*+-"
_SURELY = re.compile(rf"[{_SURE}]\s*")
_SECTION_SIGN = re.compile(r"§\s*+(?=\D)")
_SPACED = re.compile(rf"[{_PLAIN}](?:\s*[\xa0\t]\s*)")
_LISTED = re.compile(r"[§ovØü–—−*+-]\s+")
_IN_SYMBOLS = re.compile(r"\S\s*")
MARKER = re.compile(r"\s*(?:\(?\w{1,5}[.)]|\(\w{1,5}\)|[A-Za-z]?\d+(?:\.\d+)*\.?|[^\w\s])?\w?\s*")


def read_marker(line: str, listed: bool = False, symbol: bool = False) -> tuple[BlockKind, str]:
    """The kind of a raw line (spaces not yet collapsed) and what is left of it.

    `listed`: the paragraph has Word's list style; `symbol`: its first character alone is set in a symbol font.
    """
    text = line.lstrip()
    patterns = [_SURELY, _SECTION_SIGN, _SPACED]
    if listed:
        patterns.append(_LISTED)
    if symbol:
        patterns.append(_IN_SYMBOLS)
    for pattern in patterns:
        match = pattern.match(text)
        if match:
            return "bullet", text[match.end() :]
    return "paragraph", text


def numeral(number: int, style: str) -> str:
    """The printed number of an `<ol>` item: style "1", "a", "A", "i" or "I" (HTML's `type`)."""
    if style in ("a", "A"):
        letters = _letters(number)
        return letters.upper() if style == "A" else letters
    if style in ("i", "I"):
        roman = _roman(number)
        return roman.upper() if style == "I" else roman
    return str(number)


def _letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters or "0"


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    letters = ""
    for value, name in _ROMAN:
        times, number = divmod(number, value)
        letters += name * times
    return letters
