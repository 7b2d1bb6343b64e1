"""Which items answer a query tree? Evaluated whole, over arrays, one mask of all items a node.

The meaning of each node is in `index.tree`. Each leaf is looked up once for each place, whatever asks for it:
the query itself, the query on one place alone (`found_in`), or the ranking.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import assert_never

import numpy as np

from archive.records import PLACES, Place
from index.columns import Items, Mask
from index.leaves import alternatives, narrowed
from index.occurrences import merged, near_spots, phrase_spots, rows_of_spots
from index.postings import Numbers, Postings
from index.schema import CAPITALS_MARK
from index.tree import And, Everything, InPlace, Leaf, Near, Node, Not, Or, Phrase, Prefix, Widened, Word


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The rows a leaf stands in, and how often; a row may come more than once."""

    rows: Numbers
    counts: Numbers


class Evaluation:
    """One query over one state of the index. `most_terms` bounds what a prefix may stand for."""

    def __init__(self, postings: Postings, items: Items, most_terms: int) -> None:
        self.items = items
        self._postings = postings
        self._most_terms = most_terms
        self._found: dict[tuple[Leaf, Place], Occurrences] = {}
        self._masks: dict[tuple[Leaf | Near, Place], Mask] = {}

    def answers(self, node: Node, places: tuple[Place, ...]) -> Mask:
        """The items that answer the query when these places alone are looked at; what has no text there does not."""
        mask = self._mask(node, places)
        return mask if set(places) == set(PLACES) else mask & self.with_text(places)

    def with_text(self, places: tuple[Place, ...]) -> Mask:
        """The items that have words in one of these places."""
        return np.asarray(self.items.words[:, [PLACES.index(place) for place in places]].any(axis=1))

    def occurrences(self, leaf: Leaf, place: Place) -> Occurrences:
        """Where a leaf stands in one place."""
        key = (leaf, place)
        if key not in self._found:
            self._found[key] = self._look_up(leaf, place)
        return self._found[key]

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

    def _in_place(self, node: Leaf | Near, place: Place) -> Mask:
        key = (node, place)
        if key not in self._masks:
            rows = self._near_rows(node, place) if isinstance(node, Near) else self.occurrences(node, place).rows
            mask = np.zeros(len(self.items), np.bool_)
            mask[self.items.row_items[rows]] = True
            self._masks[key] = mask
        return self._masks[key]

    def _look_up(self, leaf: Leaf, place: Place) -> Occurrences:
        if isinstance(leaf, Phrase):
            rows = rows_of_spots(self._phrase(leaf, place))
            return Occurrences(rows, np.ones(len(rows), np.int64))
        read = [self._postings.read(place, term) for term in terms_of(leaf, self._postings, self._most_terms)]
        if len(read) == 1:
            return Occurrences(read[0].rows, read[0].counts)
        none = np.empty(0, np.int64)
        return Occurrences(
            np.concatenate([none, *(one.rows for one in read)]), np.concatenate([none, *(one.counts for one in read)])
        )

    def _phrase(self, phrase: Phrase, place: Place) -> Numbers:
        return phrase_spots([self._postings.read(place, word).spots() for word in phrase.words])

    def _near_rows(self, near: Near, place: Place) -> Numbers:
        sides = product(self._sides(near.left, place).items(), self._sides(near.right, place).items())
        found = [
            near_spots(left, left_words, right, right_words, near.distance)
            for (left_words, left), (right_words, right) in sides
        ]
        return rows_of_spots(merged(found))

    def _sides(self, node: Node, place: Place) -> dict[int, Numbers]:
        """The spots of one side of a NEAR, by how many words long they are."""
        match node:
            case Phrase(words):
                return {len(words): self._phrase(node, place)}
            case Word() | Prefix():
                terms = terms_of(node, self._postings, self._most_terms)
                return {1: merged([self._postings.read(place, term).spots() for term in terms])}
            case InPlace(only, below):
                return self._sides(below, place) if only == place else {}
            case Or() | Widened():
                return _by_length([self._sides(one, place) for one in alternatives(node)])
            case _:
                raise TypeError(f"NEAR joins words and phrases, not {type(node).__name__}")


def _by_length(parts: list[dict[int, Numbers]]) -> dict[int, Numbers]:
    lengths = {length for part in parts for length in part}
    return {length: merged([part[length] for part in parts if length in part]) for length in lengths}


def terms_of(leaf: Word | Prefix, postings: Postings, most: int) -> tuple[str, ...]:
    """The terms of the dictionary that a word or a beginning stands for."""
    if isinstance(leaf, Prefix):
        return postings.starting(leaf.text, most)
    words = postings.forms(leaf.text) if leaf.forms else (leaf.text,)
    return tuple(CAPITALS_MARK + word for word in words) if leaf.capitals else words
