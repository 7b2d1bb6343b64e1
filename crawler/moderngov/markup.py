"""Small questions to the parsed tree, each in time that grows with the tree and without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup, CData, Tag
from bs4.builder._lxml import LXMLTreeBuilder  # bs4.builder has it too, where types are not seen
from bs4.element import NavigableString, PageElement, PreformattedString, Script, Stylesheet, TemplateString

_LONGEST_KNOWN = 200  # characters of a class attribute whose classes are remembered, as a page may be one long one
_NO_CLASSES: frozenset[str] = frozenset()


class _PlainBuilder(LXMLTreeBuilder):
    """bs4's own builder without what HTML has no use for: namespaces, and attributes as lists.

    A tree takes a fifth less time so; the names of these methods are lxml's.
    """

    def start(self, tag: Any, attrib: Mapping[Any, Any], nsmap: Any = None) -> None:  # noqa: ARG002  # there are none
        """An element begins."""
        assert self.soup is not None
        self.soup.handle_starttag(tag, None, None, dict(attrib), namespaces=self.active_namespace_prefixes[-1])

    def end(self, tag: Any) -> None:
        """An element ends."""
        assert self.soup is not None
        self.soup.endData()
        self.soup.handle_endtag(tag, None)


def tree_of(source: str) -> BeautifulSoup:
    """The tree of a page's source, every attribute in it as it stands."""
    builder = _PlainBuilder(multi_valued_attributes=None)
    return BeautifulSoup(source.encode(), builder=builder, from_encoding="utf-8")


def attribute(tag: Tag, name: str) -> str:
    """An attribute as text, "" where there is none."""
    value = tag.attrs.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


def classes(tag: Tag) -> frozenset[str]:
    """The tag's classes in small letters."""
    if "class" not in tag.attrs:
        return _NO_CLASSES
    stated = attribute(tag, "class")
    return _known_classes(stated) if len(stated) <= _LONGEST_KNOWN else _classes(stated)


def has_class(tag: Tag, *names: str) -> bool:
    """Whether the tag has one of these classes, whatever their case."""
    return "class" in tag.attrs and not classes(tag).isdisjoint(_wanted(names))


def tags(root: Tag, *names: str) -> Iterator[Tag]:
    """Every descendant of these names, or of any, in the page's order. Many times quicker than `find_all`."""
    after = _after(root)
    node = root.contents[0] if root.contents else after
    while node is not after and node is not None:
        if isinstance(node, Tag) and (not names or node.name in names):
            yield node
        node = node.next_element


def _after(root: Tag) -> PageElement | None:
    """What follows a tag and all that stands in it."""
    last: PageElement = root
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    return last.next_element


def _classes(stated: str) -> frozenset[str]:
    return frozenset(stated.lower().split())


_known_classes = lru_cache(1_000)(_classes)


@lru_cache
def _wanted(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


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
    wanted = name.lower()
    return next((tag for tag in tags(root) if "id" in tag.attrs and attribute(tag, "id").lower() == wanted), None)


def _with_class(root: Tag, names: tuple[str, ...]) -> Iterator[Tag]:
    wanted = _wanted(names)
    return (tag for tag in tags(root) if "class" in tag.attrs and not wanted.isdisjoint(classes(tag)))


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
