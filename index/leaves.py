"""The words, beginnings and phrases that stand in a query tree, each with the places it is looked for in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from archive.records import Place
from index.tree import And, Everything, InPlace, Leaf, Near, Node, Not, Or, Phrase, Prefix, Widened, Word

Placed = tuple[Leaf, tuple[Place, ...]]


def narrowed(places: tuple[Place, ...], place: Place) -> tuple[Place, ...]:
    """What is left of these places inside `InPlace`: the one named, or nothing."""
    return tuple(one for one in places if one == place)


def alternatives(node: Or | Widened) -> tuple[Node, ...]:
    """The nodes of which any will do."""
    return node.nodes if isinstance(node, Or) else (node.typed, *node.also)


def leaves(node: Node, places: tuple[Place, ...]) -> Iterator[Placed]:
    """Every leaf, those of exclusions too, as often as it stands there."""
    match node:
        case Word() | Prefix() | Phrase():
            yield node, places
        case Near(left, right, _):
            yield from leaves(left, places)
            yield from leaves(right, places)
        case InPlace(place, below):
            yield from leaves(below, narrowed(places, place))
        case And(nodes) | Or(nodes):
            for one in nodes:
                yield from leaves(one, places)
        case Widened():
            for one in alternatives(node):
                yield from leaves(one, places)
        case Not(below):
            yield from leaves(below, places)
        case Everything():
            return
        case _:
            assert_never(node)


def nears(node: Node, places: tuple[Place, ...]) -> Iterator[tuple[Near, tuple[Place, ...]]]:
    """Every NEAR, those of exclusions too, with the places it is looked for in."""
    match node:
        case Near():
            yield node, places
        case InPlace(place, below):
            yield from nears(below, narrowed(places, place))
        case And(nodes) | Or(nodes):
            for one in nodes:
                yield from nears(one, places)
        case Widened():
            for one in alternatives(node):
                yield from nears(one, places)
        case Not(below):
            yield from nears(below, places)
        case Word() | Prefix() | Phrase() | Everything():
            return
        case _:
            assert_never(node)


def wanted(node: Node, places: tuple[Place, ...]) -> Iterator[tuple[Placed, ...]]:
    """What an item is liked for: groups of leaves that are names of one thing. Exclusions are not among them."""
    match node:
        case Word() | Prefix() | Phrase():
            yield ((node, places),)
        case Near(left, right, _):
            yield from wanted(left, places)
            yield from wanted(right, places)
        case InPlace(place, below):
            yield from wanted(below, narrowed(places, place))
        case And(nodes) | Or(nodes):
            for one in nodes:
                yield from wanted(one, places)
        case Widened():
            yield tuple(leaf for one in alternatives(node) for group in wanted(one, places) for leaf in group)
        case Not() | Everything():
            return
        case _:
            assert_never(node)
