"""Which other names does a query look for? What the thesaurus holds for plain words, and nothing for quoted ones.

A single word otherwise counts in all its forms. Without a thesaurus nothing is widened: every word is exact.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.joining import all_of
from index.lexer import TypedWord
from index.thesaurus import Name, Thesaurus
from index.tree import Node, Phrase, Prefix, Widened, Word


def plain(word: TypedWord, *, forms: bool) -> Node:
    """A word by itself."""
    return Prefix(word.text) if word.prefix else Word(word.text, forms=forms)


def run_of_names(words: Sequence[TypedWord], thesaurus: Thesaurus | None) -> list[Node]:
    """Plain words in a row: from left to right the longest name each, or the word itself."""
    if thesaurus is None:
        return [plain(word, forms=False) for word in words]
    nodes: list[Node] = []
    at = 0
    while at < len(words):
        names = _names_at(words[at:], thesaurus)
        length = len(names[0].words) if names else 1
        nodes.append(_widened(words[at : at + length], names, thesaurus) if names else plain(words[at], forms=True))
        at += length
    return nodes


def one_name(words: Sequence[TypedWord], thesaurus: Thesaurus | None) -> Node:
    """Words where one thing is needed: a name if they are one, a word, or a phrase; with a prefix in it an AND."""
    if len(words) == 1:
        return run_of_names(words, thesaurus)[0]
    if any(word.prefix for word in words):
        return all_of(plain(word, forms=thesaurus is not None) for word in words)
    phrase = Phrase(tuple(word.text for word in words))
    names = _names_at(words, thesaurus) if thesaurus else ()
    if thesaurus and names and len(names[0].words) == len(words):
        return Widened(phrase, _others(names, thesaurus))
    return phrase


def _names_at(words: Sequence[TypedWord], thesaurus: Thesaurus) -> tuple[Name, ...]:
    """The names (all of one length) that these words begin with; a prefix is never part of a name."""
    exact = next((number for number, word in enumerate(words) if word.prefix), len(words))
    return thesaurus.names_at([word.text for word in words[:exact]], [word.printed for word in words[:exact]])


def _widened(words: Sequence[TypedWord], names: tuple[Name, ...], thesaurus: Thesaurus) -> Node:
    """A long form's words may stand anywhere in the item, as typed; an acronym is what it is."""
    typed = names[0].node() if names[0].acronym else all_of(plain(word, forms=True) for word in words)
    return Widened(typed, _others(names, thesaurus))


def _others(names: tuple[Name, ...], thesaurus: Thesaurus) -> tuple[Node, ...]:
    typed = {name.words for name in names}
    others = (other for name in names for other in thesaurus.entries[name.entry] if other.words not in typed)
    return tuple(dict.fromkeys(other.node() for other in others))
