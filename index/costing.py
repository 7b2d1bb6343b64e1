"""What would a query cost? Counted from the dictionary alone, before anything is read, so that it can be refused.

Whoosh's own time limit does not limit: the cost lies in preparing, which it does not interrupt. A count is sure.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.records import Place
from index.leaves import leaves
from index.lookup import terms_of
from index.postings import Postings
from index.tree import Node, Phrase, Prefix


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most a query may stand for (words of the dictionary) and read (words of the texts)."""

    terms: int
    occurrences: int


def refusal(node: Node, places: tuple[Place, ...], postings: Postings, bounds: Bounds) -> str | None:
    """Why the query is too costly to run, in a sentence for its reader; None where it is not."""
    expanded = occurrences = 0
    for leaf, sought in leaves(node, places):
        if isinstance(leaf, Phrase):
            terms = leaf.words
        else:
            terms = terms_of(leaf, postings, bounds.terms)
            expanded += len(terms) if isinstance(leaf, Prefix) or leaf.forms else 0
        if expanded > bounds.terms:
            return f"This search stands for more than {bounds.terms:,} different words. Use longer beginnings of words."
        occurrences += sum(
            one.occurrences for place in sought for term in terms for one in postings.extents(place, term)
        )
        if occurrences > bounds.occurrences:
            return "This search would have to read too much of the archive. Use fewer or rarer words."
    return None
