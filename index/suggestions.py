"""Did you mean …? What a query that finds nothing may have been meant to say, from the words that there are.

Doubted is a word that stands nowhere, in none of its forms: typed plainly, or in a phrase, for a phrase with a word
that is nowhere can be nowhere either. Never doubted are a word alone in quotation marks (it is that very word), what is
excluded, the beginning of a word, a name from the thesaurus, and what is short or holds a digit, such as a reference.

Operators are in capitals, and many people type them small: `damp or mould` asks for three words, and OR is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import log10

from index.lexer import Operand, TypedWord, pieces
from index.likeness import Alike
from index.tokens import is_capitals
from index.tree import And, InPlace, Near, Node, Or, Phrase, Word

MOST_WORDS = 3  # doubted in one query: more are no slips
MOST_QUERIES = 3  # to be tried, for each costs a search
_SMALL_OPERATOR = re.compile(r"(?:and|or|not|near/[0-9]+)(?=[\s()]|$)", re.IGNORECASE | re.ASCII)
_DOUBTED = re.compile(r"(?=(?:'?[a-z]){4})[a-z']+")
# A slip more weighs as much as a hundred times the occurrences; another first letter, which people seldom get wrong
# (J. Pollock, A. Zamora, 1984), as much as ten times.
_SLIP, _FIRST_LETTER = 2.0, 1.0


def doubtful(node: Node) -> Iterator[Word]:
    """The words of a query that may be doubted, those of phrases without their forms."""
    match node:
        case Word():
            yield from (node,) * (_DOUBTED.fullmatch(node.text) is not None)
        case Phrase(words):
            yield from (Word(word) for word in words if _DOUBTED.fullmatch(word))
        case And(nodes) | Or(nodes):
            for one in nodes:
                yield from doubtful(one)
        case Near(left, right, _):
            yield from doubtful(left)
            yield from doubtful(right)
        case InPlace(_, below):
            yield from doubtful(below)
        case _:
            return


def in_capitals(text: str) -> str:
    """The query with the words in capitals that would be operators then; the same where there are none."""
    chunks = [one.words[0].at for one in pieces(text)[0] if isinstance(one, Operand) and not one.quoted]
    for operator in (found for at in chunks if (found := _SMALL_OPERATOR.match(text, at))):
        text = text[: operator.start()] + operator[0].upper() + text[operator.end() :]
    return text


def suggestions(text: str, alike: Mapping[str, Iterable[Alike]]) -> Iterator[str]:
    """The query rewritten, the likeliest way first, a few ways. `alike`: for each word doubted those that are there."""
    typed = _typed(text, alike)
    likeliest = {word: ranked(word, alike[word])[:MOST_QUERIES] or [word] for word in {one.text: None for one in typed}}
    ways = product(*(enumerate(words) for words in likeliest.values()))
    for way in islice(sorted(ways, key=lambda way: sum(place for place, _ in way)), MOST_QUERIES):
        rewritten = _rewritten(text, typed, dict(zip(likeliest, (word for _, word in way), strict=True)))
        if rewritten != text:
            yield rewritten


def ranked(typed: str, found: Iterable[Alike]) -> list[str]:
    """Words alike, the likeliest to have been meant first."""

    def unlikeliness(one: Alike) -> tuple[float, str]:
        slips = _SLIP * one.slips + _FIRST_LETTER * (one.term[0] != typed[0])
        return slips - log10(one.often), one.term

    return [one.term for one in sorted(found, key=unlikeliness)]


def _typed(text: str, doubted: Mapping[str, object]) -> list[TypedWord]:
    """Where words doubted stand in a query."""
    operands = (piece for piece in pieces(text)[0] if isinstance(piece, Operand))
    words = (word for one in operands if not one.quoted or len(one.words) > 1 for word in one.words)
    return [word for word in words if word.text in doubted and not word.prefix]


def _rewritten(text: str, typed: Sequence[TypedWord], words: Mapping[str, str]) -> str:
    for one in reversed(typed):
        text = text[: one.at] + _as_typed(one, words[one.text]) + text[one.at + len(one.printed) :]
    return text


def _as_typed(typed: TypedWord, word: str) -> str:
    """A word in capitals, or with one, where the one typed was."""
    if word == typed.text:
        return typed.printed
    if is_capitals(typed.printed):
        return word.upper()
    return word.capitalize() if typed.printed[0].isupper() else word
