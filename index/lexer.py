"""What stands in a query, piece by piece? Operands, operators and brackets, from any string whatever.

A stretch without spaces, quotation marks and brackets is a chunk: an operator when it is exactly one in capitals
(`AND`, `OR`, `NOT`, `NEAR/5`), else the words in it. So `AND/OR` and `NOT-FOR-PROFIT` are words, and `anti-social`
is one operand of two words. A place (`title:`) and a minus count at the start of a chunk alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from archive.records import PLACES, Place
from index.tokens import WORD, fold

OperatorName = Literal["AND", "OR", "NOT", "NEAR"]

LEAST_PREFIX = 3
_QUOTES = '"“”„‟«»＂'
_SCAN = re.compile(
    rf"[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}]|(?P<stray>[{_QUOTES}])|(?P<bracket>[()])|(?P<chunk>[^\s(){_QUOTES}]+)"
)
_NEAR = re.compile(r"NEAR/(0*[1-9][0-9]{0,2})", re.ASCII)
_NEARLY = re.compile(r"NEAR(?:/.*)?", re.DOTALL)
_PLACE = re.compile(rf"({'|'.join(PLACES)}):", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"(?:boroughs?|councils?|committees?|topics?|years?|dates?|since|until|sort|meetings?|items?|page|documents?|decisions?|text):",
    re.IGNORECASE,
)
_SMALL_NEAR = re.compile(r"near/[0-9]+", re.IGNORECASE | re.ASCII)
_EVERY_PLACE = ", ".join(f"{place}:" for place in PLACES[:-1]) + f" and {PLACES[-1]}:"
_MINUS = "-−"
_OPERATORS: dict[str, OperatorName] = {"AND": "AND", "OR": "OR", "NOT": "NOT"}


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word as it was typed and as it is looked up, and at which character; `prefix`: a star makes it a beginning."""

    printed: str
    text: str
    at: int
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Operand:
    """Words that stand together (one or more): a chunk's, or those between quotation marks."""

    words: tuple[TypedWord, ...]
    quoted: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """`AND`, `OR`, `NOT` (also a minus) or `NEAR`, as it was typed."""

    name: OperatorName
    printed: str
    distance: int = 0


@dataclass(frozen=True, slots=True)
class Bracket:
    """A round bracket; `at` is its character, counted from 1."""

    opens: bool
    at: int


Piece = Operand | Operator | Bracket


def plain_operand(printed: str, at: int = 0) -> Operand:
    """The words of a text that is no operator, or is one that cannot be read as one."""
    return Operand(tuple(TypedWord(one[0], fold(one[0]), at + one.start()) for one in WORD.finditer(printed)))


def shown(text: str) -> str:
    """What was typed, fit for a line of ours: without control characters or broken ones, and not endless."""
    clean = "".join(c if c.isprintable() else " " for c in text[:60]).strip()
    return f"{clean[:40]}…" if len(text) > 40 else clean


def pieces(text: str) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The pieces of a query in order, and a warning for each that could not be read as it was meant."""
    lexer = _Lexer(text)
    for match in _SCAN.finditer(text):
        lexer.take(match)
    return tuple(lexer.found), tuple(dict.fromkeys(lexer.warnings))


class _Lexer:
    """Walks over the text once; `place` waits for the quotation mark that follows it directly."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Piece] = []
        self.warnings: list[str] = []
        self.place: Place | None = None

    def take(self, match: re.Match[str]) -> None:
        """One piece of the scan."""
        place, self.place = self.place, None
        if match["quoted"] is not None:
            self._quoted(match["quoted"], match.start("quoted"), place)
        elif match["stray"]:
            self.warnings.append(
                f"The quotation mark at character {match.start() + 1} has no partner; "
                "what follows it was searched as plain words."
            )
        elif match["bracket"]:
            self.found.append(Bracket(match["bracket"] == "(", match.start() + 1))
        else:
            self._chunk(match["chunk"], match.start(), match.end())

    def _quoted(self, inside: str, at: int, place: Place | None) -> None:
        phrase = plain_operand(inside, at)
        if re.search(r"\w\*", inside):
            self.warnings.append(f"The star in “{shown(inside)}” does not count: quoted words are exact.")
        if phrase.words:
            self.found.append(replace(phrase, quoted=True, place=place))

    def _chunk(self, chunk: str, start: int, end: int) -> None:
        if chunk in _OPERATORS:
            self.found.append(Operator(_OPERATORS[chunk], chunk))
        elif near := _NEAR.fullmatch(chunk):
            self.found.append(Operator("NEAR", chunk, int(near[1])))
        else:
            self._words(chunk, start, end)

    def _words(self, chunk: str, start: int, end: int) -> None:
        minus = chunk[0] in _MINUS and (start == 0 or self.text[start - 1].isspace() or self.text[start - 1] == "(")
        rest = chunk[1:] if minus else chunk
        if minus and self._is_started(rest, end):
            self.found.append(Operator("NOT", chunk[0]))
        if _NEARLY.fullmatch(rest):
            self.warnings.append(
                f"“{shown(rest)}” was searched as plain words: NEAR needs a distance from 1 to 999, as in NEAR/5."
            )
        elif _SMALL_NEAR.fullmatch(rest):
            self.warnings.append(
                f"“{shown(rest)}” was searched as plain words: operators are in capitals, as in NEAR/5."
            )
        named = _PLACE.match(rest)
        if named:
            self._in_place(named, rest, end)
            return
        if filtered := _NO_PLACE.match(rest):
            self.warnings.append(
                f"“{shown(filtered[0])}” was searched as a plain word: only {_EVERY_PLACE} say where to look, and "
                "boroughs, committees, topics and dates are chosen as filters."
            )
        self._operand(rest, end, None)

    def _is_started(self, rest: str, end: int) -> bool:
        """Whether the minus stands directly before a word, a phrase or an opening bracket."""
        if rest:
            return WORD.match(rest) is not None
        return self.text[end : end + 1] == "(" or self._is_phrase(end)

    def _in_place(self, named: re.Match[str], rest: str, end: int) -> None:
        place = next(place for place in PLACES if place == named[1].lower())
        value = rest[named.end() :]
        if WORD.match(value):
            self._operand(value, end, place)
        elif not value and self._is_phrase(end):
            self.place = place
        else:
            self.warnings.append(
                f"“{shown(named[0])}” was searched as a plain word: "
                f'a word or a phrase must follow it directly, as in {place}:budget or {place}:"council tax".'
            )
            self._operand(rest, end, None)

    def _is_phrase(self, at: int) -> bool:
        """Whether a quoted phrase that holds a word begins here."""
        following = _SCAN.match(self.text, at)
        return following is not None and WORD.search(following["quoted"] or "") is not None

    def _operand(self, chunk: str, end: int, place: Place | None) -> None:
        words = tuple(self._word(match, chunk, end - len(chunk)) for match in WORD.finditer(chunk))
        if words:
            self.found.append(Operand(words, place=place))
        elif "*" in chunk:
            self.warnings.append(f"A star needs the beginning of a word before it, {LEAST_PREFIX} letters or more.")

    def _word(self, match: re.Match[str], chunk: str, start: int) -> TypedWord:
        word, text, at = match[0], fold(match[0]), start + match.start()
        if chunk[match.end() : match.end() + 1] != "*":
            return TypedWord(word, text, at)
        if WORD.match(chunk, match.end() + 1):
            self.warnings.append(f"The star in “{shown(chunk)}” was left out: it counts at the end of a word alone.")
            return TypedWord(word, text, at)
        if sum(c.isalnum() for c in text) < LEAST_PREFIX:
            self.warnings.append(
                f"“{shown(word)}*” was searched as the plain word “{shown(word)}”: "
                f"a beginning needs {LEAST_PREFIX} letters or more."
            )
            return TypedWord(word, text, at)
        return TypedWord(word, text, at, prefix=True)
