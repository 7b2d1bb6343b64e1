"""Which items answer a query tree? Evaluated whole, over arrays, one mask of all items a node.

The meaning of each node is in `index.tree`. What is asked more than once, by the query itself, by the query on one
place alone (`found_in`), or by the next query, is answered from memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

import numpy as np
import numpy.typing as npt

from archive.records import PLACES, Place
from index.columns import Items
from index.facts import Mask
from index.kept import Kept
from index.leaves import alternatives, narrowed
from index.lookup import Lookup
from index.matching import Mark
from index.postings import Postings
from index.tree import And, Everything, InPlace, Near, Node, Not, Or, Phrase, Prefix, Widened, Word


class Evaluation:
    """Queries over one state of the index. `most_terms` bounds what a prefix may stand for."""

    def __init__(self, postings: Postings, items: Items, most_terms: int, kept: Kept) -> None:
        self.items, self.kept = items, kept
        self.lookup = Lookup(postings, most_terms, kept)

    def answers(self, node: Node, places: tuple[Place, ...]) -> Mask:
        """The items that answer the query when these places alone are looked at; what has no text there does not."""
        mask = self._mask(node, places)
        return mask if set(places) == set(PLACES) else mask & self.with_text(places)

    def with_text(self, places: tuple[Place, ...]) -> Mask:
        """The items that have words in one of these places."""
        return self._any(self.items.with_text[PLACES.index(place)] for place in places)

    def _mask(self, node: Node, places: tuple[Place, ...]) -> Mask:
        match node:
            case Word() | Prefix() | Phrase() | Near():
                return self._any(self._in_place(node, place) for place in places)
            case InPlace(place, below):
                return self._mask(below, narrowed(places, place))
            case And(nodes):
                return np.asarray(np.logical_and.reduce([self._mask(one, places) for one in nodes]))
            case Or() | Widened():
                return self._any(self._mask(one, places) for one in alternatives(node))
            case Not(below):
                return ~self._mask(below, places)
            case Everything():
                return np.ones(len(self.items), np.bool_)
            case _:
                assert_never(node)

    def _any(self, masks: Iterable[Mask]) -> Mask:
        found = np.zeros(len(self.items), np.bool_)
        for mask in masks:
            found |= mask
        return found

    def _in_place(self, mark: Mark, place: Place) -> Mask:
        bits = self.kept.of((mark, place), lambda: self._look_up(mark, place))
        return np.unpackbits(bits, count=len(self.items)).view(np.bool_)

    def _look_up(self, mark: Mark, place: Place) -> npt.NDArray[np.uint8]:
        mask = np.zeros(len(self.items) + 1, np.bool_)  # one more, which is that of removed rows
        for found in (part for whole in self.lookup.rows(mark, place) for part in whole.parts()):
            mask[self.items.rows.items[found.rows + np.int64(found.base)]] = True
        return np.packbits(mask[:-1])
