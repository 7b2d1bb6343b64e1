"""Which words of a query stand side by side in it, and are liked best where they stand so in a text?

Whoever types school streets finds every item with a school and a street in it, and wants School Streets first.
D. Metzler, W. B. Croft, "A Markov Random Field Model for Term Dependencies" (SIGIR 2005): neighbours in a query, in
either order and within a few words of each other, count as one more word of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from index.leaves import alternatives
from index.tree import And, Near, Node, Or, Phrase, Prefix, Widened, Word

_WITHIN = 4  # words: "right to buy", "violence against women"
_MOST = 8  # pairs: more words than that are a letter, not a name


def neighbours(node: Node) -> tuple[Near, ...]:
    """The pairs of words that follow one another without an operator but AND; the first few of them."""
    return tuple(islice(_pairs(node), _MOST))


def _pairs(node: Node) -> Iterator[Near]:
    match node:
        case And(nodes):
            for left, right in pairwise(nodes):
                if _is_side(left) and _is_side(right):
                    yield Near(left, right, _WITHIN)
            for one in nodes:
                yield from _pairs(one)
        case Or(nodes):
            for one in nodes:
                yield from _pairs(one)
        case Widened(typed, _):
            yield from _pairs(typed)
        case _:
            return


def _is_side(node: Node) -> bool:
    """Whether a NEAR can have it on one side (`index.tree`)."""
    if isinstance(node, Or | Widened):
        return all(_is_side(one) for one in alternatives(node))
    return isinstance(node, Word | Prefix | Phrase)
