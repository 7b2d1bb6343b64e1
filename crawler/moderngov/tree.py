"""The tree of a page: BeautifulSoup's own objects on lxml's parser, put together in a quicker way than its own.

BeautifulSoup's way from a parser's event to an element takes some ten calls, and so most of the time of reading a page.
Here the parser's events link the same objects (`Tag`, `NavigableString`, `Comment` …) in the same way directly; a test
compares both. On the way each element is given its place in the page, and the tree keeps the places of names, classes
and ids, so that nobody needs to walk over a page to find them (`crawler.moderngov.markup`).

Left out is what HTML has no use for: namespaces, and attributes as lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup, Comment, Doctype, Tag
from bs4.builder import ParserRejectedMarkup
from bs4.builder._lxml import LXMLTreeBuilder  # bs4.builder has it too, where types are not seen
from bs4.element import NavigableString, ProcessingInstruction
from lxml import etree

Places = dict[str, list[int]]

_ASCII_SPACES = " \n\t\f\r"
_KEPT_SPACES = frozenset(LXMLTreeBuilder.DEFAULT_PRESERVE_WHITESPACE_TAGS)
_STRINGS: Mapping[str, type[NavigableString]] = LXMLTreeBuilder.DEFAULT_STRING_CONTAINERS
_SPECIAL = _KEPT_SPACES | _STRINGS.keys()
_LONGEST_KNOWN = 200  # characters of a class attribute whose classes are remembered, as a page may be one long one


def class_names(stated: str) -> frozenset[str]:
    """The classes of a class attribute in small letters."""
    return _known_names(stated) if len(stated) <= _LONGEST_KNOWN else _names(stated)


def _names(stated: str) -> frozenset[str]:
    return frozenset(stated.lower().split())


_known_names = lru_cache(1_000)(_names)


class Element(Tag):
    """An element with its place among all elements of its page, and the place after the last that stands in it."""

    namespace = prefix = parser_class = sourceline = sourcepos = None
    cdata_list_attributes = preserve_whitespace_tags = None
    known_xml = can_be_empty_element = False
    interesting_string_types = Tag.MAIN_CONTENT_STRING_TYPES

    def __init__(self, tree: Tree, place: int, name: str, attributes: Any) -> None:
        # bs4's own would take as long as all the rest; what it sets is the same for all, and stands above.
        self.tree = tree
        self.place = place
        self.after = place + 1
        self.name = name
        self.attrs = attributes
        self.contents = []


class Tree(BeautifulSoup):
    """A page. `elements` are all of them in the page's order; `names`, `classes` and `ids` (the latter two in small
    letters) hold their places, `depth` is how many elements the most deeply nested one stands in, itself included."""

    place = -1

    def __init__(self, source: str) -> None:
        builder = _Builder(multi_valued_attributes=None)
        super().__init__(source.encode(), builder=builder, from_encoding="utf-8")

    def reset(self) -> None:
        """Begin anew, as bs4 does before each attempt to read a source."""
        super().reset()
        self.elements: list[Tag] = []
        self.names: Places = defaultdict(list)
        self.classes: Places = defaultdict(list)
        self.ids: Places = defaultdict(list)
        self.depth = 0

    @property
    def tree(self) -> Tree:
        """The tree itself, so that it may stand for its elements."""
        return self

    @property
    def after(self) -> int:
        """The place after its last element."""
        return len(self.elements)


class _Grower:
    """The parser's events, from which a tree grows. The names of its methods are lxml's.

    White space alone becomes one character, and strings get the classes that their elements ask for, as in bs4.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._open: list[Any] = [tree]
        self._last: Any = None
        self._keep_spaces = 0
        self._strings: list[type[NavigableString]] = [NavigableString]
        self._words: list[str] = []
        self.data = self._words.append

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._words:
            self._end_words(self._strings[-1])
        tree, opened = self._tree, self._open
        place = len(tree.elements)
        element = Element(tree, place, name, attributes or {})
        self._link(element)
        opened.append(element)
        tree.elements.append(element)
        tree.names[name].append(place)
        if attributes:
            if "class" in attributes:
                for each in class_names(attributes["class"]):
                    tree.classes[each].append(place)
            if "id" in attributes:
                tree.ids[attributes["id"].lower()].append(place)
        if len(opened) > tree.depth + 1:
            tree.depth = len(opened) - 1
        if name in _SPECIAL:
            self._open_special(element)

    def end(self, name: str) -> None:
        if self._words:
            self._end_words(self._strings[-1])
        if self._open[-1].name == name or any(element.name == name for element in self._open):
            while self._close() != name:
                pass

    def comment(self, words: str) -> None:
        self._add(words, Comment)

    def pi(self, target: str, words: str) -> None:
        self._add(f"{target} {words}", ProcessingInstruction)

    def doctype(self, name: str, public: str, system: str) -> None:
        self._add(Doctype._string_for_name_and_ids(name, public, system), Doctype)

    def close(self) -> None:
        if self._words:
            self._end_words(self._strings[-1])
        while len(self._open) > 1:
            self._close()

    def _open_special(self, element: Element) -> None:
        if element.name in _KEPT_SPACES:
            self._keep_spaces += 1
        if element.name in _STRINGS:
            self._strings.append(_STRINGS[element.name])
            element.interesting_string_types = {_STRINGS[element.name]}

    def _close(self) -> str:
        element = self._open.pop()
        element.after = len(self._tree.elements)
        name: str = element.name
        if name in _SPECIAL:
            self._keep_spaces -= name in _KEPT_SPACES
            if name in _STRINGS:
                self._strings.pop()
        return name

    def _add(self, words: str, kind: type[NavigableString]) -> None:
        if self._words:
            self._end_words(self._strings[-1])
        self._words.append(words)
        self._end_words(kind)

    def _end_words(self, kind: type[NavigableString]) -> None:
        words = "".join(self._words)
        self._words.clear()
        if not self._keep_spaces and not words.strip(_ASCII_SPACES):
            words = "\n" if "\n" in words else " "
        self._link(str.__new__(kind, words))

    def _link(self, node: Any) -> None:
        """Put a node behind all others, in the element that is open."""
        node.parent = parent = self._open[-1]
        node.next_element = node.next_sibling = None
        node.previous_element = last = self._last
        if last is not None:
            last.next_element = node
        contents = parent.contents
        if contents:
            node.previous_sibling = before = contents[-1]
            before.next_sibling = node
        else:
            node.previous_sibling = None
        contents.append(node)
        self._last = node


class _Builder(LXMLTreeBuilder):
    """bs4's builder with a quicker target for the parser's events."""

    def feed(self, markup: Any) -> None:
        """Grow the tree from its source."""
        assert isinstance(self.soup, Tree)
        encoding = self.soup.original_encoding
        parser = etree.HTMLParser(target=_Grower(self.soup), recover=True, encoding=encoding)
        try:
            parser.feed(markup)
            parser.close()
        except (UnicodeDecodeError, LookupError, etree.ParserError) as problem:
            raise ParserRejectedMarkup(problem) from problem
