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


def with_class(root: Tag, *names: str) -> list[Tag]:
    """Every descendant with one of these classes, in the page's order."""
    return [tag for tag in root.find_all(class_=True) if has_class(tag, *names)]


def first_with_class(root: Tag, *names: str) -> Tag | None:
    """The first descendant with one of these classes."""
    return next(iter(with_class(root, *names)), None)


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


def ids_below(tags: Iterable[Tag]) -> set[int]:
    """The identities of all tags at or below these."""
    found: set[int] = set()
    for tag in tags:
        if id(tag) not in found:
            found.add(id(tag))
            found.update(id(below) for below in tag.find_all(True))
    return found
