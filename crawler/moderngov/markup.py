"""Small questions to the parsed tree, each in time that grows with the tree and without recursion."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bs4 import CData, Tag
from bs4.element import NavigableString, PageElement, PreformattedString, Script, Stylesheet, TemplateString

from crawler.moderngov.tree import Element, Places, Tree, class_names

_NO_CLASSES: frozenset[str] = frozenset()


def attribute(tag: Tag, name: str) -> str:
    """An attribute as text, "" where there is none."""
    value = tag.attrs.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


def classes(tag: Tag) -> frozenset[str]:
    """The tag's classes in small letters."""
    return class_names(attribute(tag, "class")) if "class" in tag.attrs else _NO_CLASSES


def has_class(tag: Tag, *names: str) -> bool:
    """Whether the tag has one of these classes, whatever their case."""
    return "class" in tag.attrs and not classes(tag).isdisjoint(_small(names))


def tags(root: Tag, *names: str) -> list[Tag]:
    """Every descendant of these names, or of any, in the page's order."""
    found = _grown(root)
    return _at(found, found.tree.names, names) if names else found.tree.elements[found.place + 1 : found.after]


def children(parent: Tag, *names: str) -> list[Tag]:
    """The tags of these names that stand directly in another."""
    return [node for node in parent.contents if isinstance(node, Tag) and node.name in names]


def first(root: Tag, *names: str) -> Tag | None:
    """The first descendant of one of these names."""
    return next(iter(tags(root, *names)), None)


def with_class(root: Tag, *names: str) -> list[Tag]:
    """Every descendant with one of these classes, in the page's order."""
    found = _grown(root)
    return _at(found, found.tree.classes, _small(names))


def first_with_class(root: Tag, *names: str) -> Tag | None:
    """The first descendant with one of these classes."""
    return next(iter(with_class(root, *names)), None)


def with_id(root: Tag, name: str) -> Tag | None:
    """The first descendant with this id, whatever its case."""
    found = _grown(root)
    return next(iter(_at(found, found.tree.ids, [name.lower()])), None)


def _grown(root: Tag) -> Element | Tree:
    """A part of a page as the tree that we grow has it: it knows its place."""
    assert isinstance(root, Element | Tree)
    return root


def _at(root: Element | Tree, places: Places, names: Iterable[str]) -> list[Tag]:
    """The elements below a root at the places of these names."""
    within: list[int] = []
    lists = [places[name] for name in names if name in places]
    for each in lists:
        within += each[bisect_left(each, root.place + 1) : bisect_left(each, root.after)]
    elements = root.tree.elements
    return [elements[place] for place in (sorted(set(within)) if len(lists) > 1 else within)]


@lru_cache
def _small(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def ancestors(node: PageElement, root: Tag) -> Iterator[Tag]:
    """The tags above a node, nearest first, below `root`."""
    parent = node.parent
    while parent is not None and parent is not root:
        yield parent
        parent = parent.parent


def is_words(node: PageElement) -> bool:
    """Whether a node is text that a reader sees: no comment, script or declaration."""
    if type(node) is NavigableString:
        return True
    if not isinstance(node, NavigableString):
        return False
    if isinstance(node, CData):
        return True
    return not isinstance(node, PreformattedString | Script | Stylesheet | TemplateString)


def first_words(tag: Tag, most: int = 200) -> str:
    """The beginning of a tag's text, spaces collapsed; bounded, as an unclosed link may hold the rest of the page."""
    words: list[str] = []
    length = 0
    waiting = tag.contents[::-1]
    while waiting and length <= most:
        node = waiting.pop()
        if isinstance(node, Tag):
            waiting += node.contents[::-1]
        elif is_words(node):
            words.append(str(node)[:most])
            length += len(words[-1])
    return " ".join("".join(words).split())


def ids_below(roots: Iterable[Tag]) -> set[int]:
    """The identities of all tags at or below these."""
    found: set[int] = set()
    for tag in roots:
        if id(tag) not in found:
            found.add(id(tag))
            found.update(map(id, tags(tag)))
    return found
