"""Which lines of a page belong together? The lines of a PDF as paragraphs, one a line. Pure.

A line goes on where the one before it is as long as lines are on this page, and begins anew at blank lines, bullets and
numbers. Guessing wrong costs little: phrases are found across the ends of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.moderngov.characters import without_unseen

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
    | dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf06e", "•")  # the bullets of Word's symbol fonts
)
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SOFT_BREAK = re.compile("\xad\\s*\n\\s*")
_BULLET = r"[•●▪◦○■□‣·–—*o-]"
_NUMBER = r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]"
_BEGINS = re.compile(rf"(?:{_BULLET}|{_NUMBER})(?:\s|$)|\d+(?:\.\d+)+\s")
_MARK_ALONE = re.compile(rf"{_BULLET}|{_NUMBER}")
_CUT_WORD = re.compile(r"(?<=[^\W_])-$")
_BROKEN_WORD = re.compile(r"(?<=[a-zà-ÿ])-$")
_WHOLE_WORD_GOES_ON = re.compile(r"[^\W_]")
_SHARE_OF_WIDTH = 0.6
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_STRANGE_SHARE = 0.3


def cleaned(text: str) -> str:
    """A text without what no reader sees: control characters, lone surrogates; its ligatures taken apart."""
    plain = _SURROGATES.sub("\ufffd", _LINE_ENDS.sub("\n", text)).translate(_LIGATURES)
    return without_unseen(plain)


def paragraphs(text: str) -> str:
    """The paragraphs of a page, one a line.

    Where a word seems to be cut by a hyphen at the end of a line, "-" and a line end are left between its parts: only
    the whole document tells whether the hyphen belongs to it (`crawler.documents.hyphens`).
    """
    lines = [" ".join(line.split()) for line in cleaned(_SOFT_BREAK.sub("", text)).split("\n")]
    return "\n".join(_joined(lines))


def is_garbled(text: str) -> bool:
    """Whether much of a text is signs without meaning, as of a font that does not name its letters."""
    signs = len(text) - text.count(" ") - text.count("\n")
    return signs > 0 and sum(1 for _ in _STRANGE.finditer(text)) > signs * _STRANGE_SHARE


def _joined(lines: list[str]) -> Iterator[str]:
    width = _usual_width(lines)
    current, before = "", ""
    for line in lines:
        if not line:
            if current:
                yield current
            current = before = ""
            continue
        if before and _goes_on(before, line, width):
            current = _glued(current, line)
        else:
            if current:
                yield current
            current = line
        before = line
    if current:
        yield current


def _usual_width(lines: list[str]) -> int:
    """The length that nine lines in ten do not exceed."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    if _BEGINS.match(line):
        return False
    if _MARK_ALONE.fullmatch(before) or _CUT_WORD.search(before):
        return True
    return len(before) >= width * _SHARE_OF_WIDTH


def _glued(words: str, line: str) -> str:
    if _BROKEN_WORD.search(words) and line[0].islower():
        return f"{words}\n{line}"
    if _CUT_WORD.search(words) and _WHOLE_WORD_GOES_ON.match(line):
        return words + line
    return f"{words} {line}"
