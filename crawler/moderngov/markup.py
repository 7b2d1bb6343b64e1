"""Small questions to the parsed tree, each in time that grows with the tree and without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bs4 import CData, Tag
from bs4.element import NavigableString, PageElement, PreformattedString, Script, Stylesheet, TemplateString


def attribute(tag: Tag, name: str) -> str:
    """An attribute as text, "" where there is none."""
    value = tag.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


def classes(tag: Tag) -> frozenset[str]:
    """The tag's classes in small letters."""
    return frozenset(attribute(tag, "class").lower().split())


def has_class(tag: Tag, *names: str) -> bool:
    """Whether the tag has one of these classes, whatever their case."""
    return not classes(tag).isdisjoint(name.lower() for name in names)


def tags(root: Tag, *names: str) -> Iterator[Tag]:
    """Every descendant of these names, or of any, in the page's order. Many times quicker than `find_all`."""
    for node in root.descendants:
        if isinstance(node, Tag) and (not names or node.name in names):
            yield node


def children(parent: Tag, *names: str) -> list[Tag]:
    """The tags of these names that stand directly in another."""
    return [node for node in parent.contents if isinstance(node, Tag) and node.name in names]


def first(root: Tag, *names: str) -> Tag | None:
    """The first descendant of one of these names."""
    return next(tags(root, *names), None)


def with_class(root: Tag, *names: str) -> list[Tag]:
    """Every descendant with one of these classes, in the page's order."""
    return list(_with_class(root, names))


def first_with_class(root: Tag, *names: str) -> Tag | None:
    """The first descendant with one of these classes."""
    return next(_with_class(root, names), None)


def with_id(root: Tag, name: str) -> Tag | None:
    """The first descendant with this id, whatever its case."""
    return next((tag for tag in tags(root) if attribute(tag, "id").lower() == name.lower()), None)


def _with_class(root: Tag, names: Iterable[str]) -> Iterator[Tag]:
    wanted = {name.lower() for name in names}
    for tag in tags(root):
        if "class" in tag.attrs and not wanted.isdisjoint(classes(tag)):
            yield tag


def ancestors(node: PageElement, root: Tag) -> Iterator[Tag]:
    """The tags above a node, nearest first, below `root`."""
    parent = node.parent
    while parent is not None and parent is not root:
        yield parent
        parent = parent.parent


def is_words(node: PageElement) -> bool:
    """Whether a node is text that a reader sees: no comment, script or declaration."""
    if not isinstance(node, NavigableString):
        return False
    if isinstance(node, CData):
        return True
    return not isinstance(node, PreformattedString | Script | Stylesheet | TemplateString)


def first_words(tag: Tag, most: int = 200) -> str:
    """The beginning of a tag's text, spaces collapsed; bounded, as an unclosed link may hold the rest of the page."""
    words, length = [], 0
    for node in tag.descendants:
        if is_words(node):
            words.append(str(node)[:most])
            length += len(words[-1])
        if length > most:
            break
    return " ".join("".join(words).split())


def deepest(root: Tag) -> int:
    """How many elements the most deeply nested one stands in, itself included."""
    depths = {id(root): 0}
    for tag in tags(root):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    return max(depths.values())


def ids_below(roots: Iterable[Tag]) -> set[int]:
    """The identities of all tags at or below these."""
    found: set[int] = set()
    for tag in roots:
        if id(tag) not in found:
            found.add(id(tag))
            found.update(id(below) for below in tags(tag))
    return found
