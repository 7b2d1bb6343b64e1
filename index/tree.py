"""A query as it was understood: the tree between the language that is typed and the engine that evaluates it.

Meaning (design, section 6). An item answers a leaf when one of its places holds it; a phrase and NEAR must
hold within one text (title, agenda, decision, minutes, one document's title, one page of a document). AND, OR
and NOT are over the item with its documents. Every `text` here is folded as `index.tokens` folds words.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.records import Place


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `forms`: every dictionary word with the same stem counts. `capitals`: only when printed in capitals."""

    text: str
    forms: bool = False
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins with this (3 letters or more)."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these words in this order, two or more (one quoted word is a `Word` without forms)."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Both within `distance` words of each other in one text, in either order.

    Sides are leaves, or `Or`/`Widened` of leaves. Between two words the distance is the difference of their
    positions; between phrases, of their nearest ends. `a NEAR/5 b NEAR/5 c` is the AND of its neighbours.
    """

    left: Node
    right: Node
    distance: int


@dataclass(frozen=True, slots=True)
class InPlace:
    """What is below holds in this place alone (`title:word`)."""

    place: Place
    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of these; two or more."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these; two or more."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    node: Node


@dataclass(frozen=True, slots=True)
class Widened:
    """What was typed, or one of its other names from the thesaurus; evaluated as an OR."""

    typed: Node
    also: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query."""


Leaf = Word | Prefix | Phrase
Node = Word | Prefix | Phrase | Near | InPlace | And | Or | Not | Widened | Everything
