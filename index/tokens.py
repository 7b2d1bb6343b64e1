"""What is a word, and where does it stand? The one place that says so, for the index, the query and the marks.

A word is a run of letters and digits with inner apostrophes; case, accents and the apostrophe's shape do not
matter; hyphens separate; there are no stop words (design, section 6).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import Stemmer

# A word printed in capitals is kept a second time under this mark, which no word can begin with: so "SEND" can be
# told from "send", and no walk through the words ever meets the marked ones.
CAPITALS_MARK = "^"

WordPositions: TypeAlias = "dict[str, array[int]]"

_APOSTROPHES = "'’‘ʼ`´′＇"
_MARKS = "\u0300-\u036f"
_RUN = rf"[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_]*)*"
WORD = re.compile(rf"{_RUN}(?:[{_APOSTROPHES}]{_RUN})*")
# Bytes of UTF-8 by which texts are cut into chunks: every ASCII sign that no word holds becomes a space.
_HELD = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'`").union(range(0x80, 0x100))
_CUT = bytes(byte if byte in _HELD else 0x20 for byte in range(0x100))
_SAME_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_STEMMER = Stemmer.Stemmer("english", 0)


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands: its folded form, whether it is printed in capitals, and its offsets in the text."""

    text: str
    capitals: bool
    start: int
    end: int


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """One word as the index keeps it: lower case, without accents, with a plain apostrophe."""
    if word.isascii():
        return word.lower().translate(_SAME_APOSTROPHE)
    decomposed = unicodedata.normalize("NFKD", word.translate(_SAME_APOSTROPHE))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def is_capitals(word: str) -> bool:
    """Whether a word is printed in capitals, as acronyms are: two letters or more, none of them small."""
    return len(word) > 1 and word.isupper()


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order; a word's position is its place in this sequence."""
    for match in WORD.finditer(text):
        word = match[0]
        yield Token(fold(word), is_capitals(word), match.start(), match.end())


def chunks(text: str) -> list[bytes]:
    """The text cut where an ASCII sign stands that no word holds; the words of the chunks are those of the text.

    Five times as quick as finding the words, which need be found in each different chunk only once.
    """
    return text.encode(errors="surrogatepass").translate(_CUT).split()


def positions_of(words: Iterable[str]) -> WordPositions:
    """Every folded word of these printed ones and where it stands, counted from 0; capitals under the mark too."""
    found: WordPositions = {}
    for position, word in enumerate(words):
        for term in terms_of_printed(word):
            at = found.get(term)
            if at is None:
                found[term] = array("I", (position,))
            else:
                at.append(position)
    return found


@lru_cache(maxsize=200_000)
def terms_of_printed(word: str) -> tuple[str, ...]:
    """What a printed word is kept as: folded, and under the mark where it is in capitals."""
    folded = fold(word)
    return (folded, CAPITALS_MARK + folded) if is_capitals(word) else (folded,)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What all forms of a folded word share ("police" and "policing": "polic")."""
    return str(_STEMMER.stemWord(word))
