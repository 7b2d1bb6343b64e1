"""Which items answer a query tree? Evaluated whole, over arrays, one mask of all items a node.

The meaning of each node is in `index.tree`. What is asked more than once, by the query itself and by the query on one
place alone (`found_in`), is answered from memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

import numpy as np

from archive.records import PLACES, Place
from index.columns import Items
from index.facts import Mask
from index.leaves import alternatives, narrowed
from index.lookup import Lookup
from index.matching import Mark
from index.postings import Postings
from index.tree import And, Everything, InPlace, Near, Node, Not, Or, Phrase, Prefix, Widened, Word


class Evaluation:
    """One query over one state of the index. `most_terms` bounds what a prefix may stand for."""

    def __init__(self, postings: Postings, items: Items, most_terms: int) -> None:
        self.items = items
        self.lookup = Lookup(postings, most_terms)
        self._masks: dict[tuple[Mark, Place], Mask] = {}

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
        key = (mark, place)
        if key not in self._masks:
            mask = np.zeros(len(self.items), np.bool_)
            mask[self.items.rows.items[self.lookup.rows(mark, place)]] = True
            self._masks[key] = mask
        return self._masks[key]
