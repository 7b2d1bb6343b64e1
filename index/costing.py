"""What would a query cost? Counted from the dictionary alone, before anything is read, so that it can be refused.

Whoosh's own time limit does not limit: the cost lies in preparing, which it does not interrupt. A count is sure.
One step is what it takes to look at one row (an item's text, a page) that holds a word: some 50 nanoseconds, and half
as much again where the index was not read before. To look at one of the places where a word stands in it, as phrases
and NEAR must, takes as much.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.records import Place
from index.leaves import Placed, leaves, nears
from index.lookup import terms_of
from index.postings import Postings
from index.tree import Leaf, Near, Node, Phrase, Prefix, Word
from index.words import Extent

_A_LOOK = 1_000  # steps that it takes to find a word in one place of all segments
_NEAR = 2  # steps for each place where a side of a NEAR stands, for these are put in order and searched
_BESIDE = 3  # times as many steps as the rarest word of a phrase occurs are the most that another one is worth


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most a query may stand for (words of the dictionary), and the most steps that it may take."""

    terms: int
    steps: int


def refusal(node: Node, places: tuple[Place, ...], postings: Postings, bounds: Bounds) -> str | None:
    """Why the query is too costly to run, in a sentence for its reader; None where it is not."""
    different = tuple(dict.fromkeys(leaves(node, places)))
    if _expanded(different, postings, bounds.terms) > bounds.terms:
        return f"This search stands for more than {bounds.terms:,} different words. Use longer beginnings of words."
    costs = _Costs(postings, bounds.terms)
    steps = sum(costs.of(leaf, place) for leaf, sought in different for place in sought)
    steps += sum(costs.of_near(near, place) for near, sought in frozenset(nears(node, places)) for place in sought)
    if steps > bounds.steps:
        return "This search would have to read too much of the archive. Use fewer or rarer words."
    return None


def _expanded(found: Iterable[Placed], postings: Postings, most: int) -> int:
    """How many words of the dictionary these stand for; hardly counted on beyond the most."""
    expanded = 0
    for leaf, _ in found:
        if not isinstance(leaf, Phrase) and (isinstance(leaf, Prefix) or leaf.forms):
            expanded += len(terms_of(leaf, postings, most))
        if expanded > most:
            break
    return expanded


@dataclass(frozen=True, slots=True)
class _Much:
    """How many rows hold something, and how often, at most."""

    rows: int = 0
    occurrences: int = 0

    def __add__(self, other: _Much) -> _Much:
        return _Much(self.rows + other.rows, self.occurrences + other.occurrences)


class _Costs:
    def __init__(self, postings: Postings, most_terms: int) -> None:
        self._postings, self._most_terms = postings, most_terms

    def of(self, leaf: Leaf, place: Place) -> int:
        """The steps of a leaf in one place."""
        if isinstance(leaf, Phrase):
            return self._of_phrase([self._of_term(word, place) for word in leaf.words])
        looks = 1 if isinstance(leaf, Prefix) else len(terms_of(leaf, self._postings, self._most_terms))
        return self._much(leaf, place).rows + looks * _A_LOOK

    def of_near(self, near: Near, place: Place) -> int:
        """The steps beside those of its leaves: what both sides hold where both are, as if they knew nothing of it."""
        left, right = (self._of_side(side, place) for side in (near.left, near.right))
        both = min(left.rows, right.rows)
        return _NEAR * sum(side.occurrences * both // side.rows for side in (left, right)) if both else 0

    def _of_phrase(self, words: list[_Much]) -> int:
        """The rarest word is read whole; what of others is looked at beside it, is less with every one."""
        first, second, *others = sorted(word.occurrences for word in words)
        beside = _BESIDE * first
        steps = first + min(second, beside) + sum(min(one, beside) for one in others) // 4
        return steps + sum(word.rows for word in words) // 8 + len(words) * _A_LOOK if first else 0

    def _of_side(self, side: Node, place: Place) -> _Much:
        found = _Much()
        for leaf, places in leaves(side, (place,)):
            if places:
                found += self._much(leaf, place)
        return found

    def _much(self, leaf: Leaf, place: Place) -> _Much:
        if isinstance(leaf, Phrase):
            return min((self._of_term(word, place) for word in leaf.words), key=lambda word: word.occurrences)
        if isinstance(leaf, Prefix):
            return _sum(self._postings.extents_starting(place, leaf.text))
        return sum((self._of_term(term, place) for term in self._terms(leaf)), _Much())

    def _terms(self, leaf: Word) -> tuple[str, ...]:
        return terms_of(leaf, self._postings, self._most_terms)

    def _of_term(self, term: str, place: Place) -> _Much:
        return _sum(self._postings.extents(place, term))


def _sum(extents: Iterable[Extent]) -> _Much:
    found = list(extents)
    return _Much(sum(one.rows for one in found), sum(one.occurrences for one in found))
