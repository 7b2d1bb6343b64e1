"""How are query trees put together? Flat, without repeats, and never with a lone member: one tree for one meaning."""

from __future__ import annotations

from collections.abc import Iterable

from index.tree import And, Everything, Node, Not, Or


def all_of(nodes: Iterable[Node]) -> Node:
    """The AND of one or more nodes; an AND among them is taken apart, a repeat counts once."""
    flat = dict.fromkeys(inner for node in nodes for inner in (node.nodes if isinstance(node, And) else (node,)))
    return And(tuple(flat)) if len(flat) > 1 else next(iter(flat))


def any_of(nodes: Iterable[Node]) -> Node:
    """The OR of one or more nodes, likewise."""
    flat = dict.fromkeys(inner for node in nodes for inner in (node.nodes if isinstance(node, Or) else (node,)))
    return Or(tuple(flat)) if len(flat) > 1 else next(iter(flat))


def none_of(node: Node) -> Node:
    """Everything but this; what is excluded twice is asked for."""
    return node.node if isinstance(node, Not) else Not(node)


def standing_alone(node: Node) -> Node:
    """A whole query: exclusions alone mean everything else (design, section 6)."""
    members = node.nodes if isinstance(node, And) else (node,)
    if all(isinstance(member, Not) for member in members):
        return And((Everything(), *members))
    return node
