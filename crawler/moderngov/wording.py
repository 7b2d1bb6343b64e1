"""The text of a part of a page as a reader wants it: paragraphs, list items and table rows, nothing lost or glued.

Word's hard line wraps are joined, empty paragraphs dropped, `<br>` ends a block; words are never parted or joined
across inline elements. The walk is a loop, not a recursion, however deep a page nests. Source: `moderngov.md` 3.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import PageElement

from archive.records import Block, Text
from crawler.moderngov.bullets import MARKER, numeral, read_marker
from crawler.moderngov.characters import is_furniture, is_furniture_link, without_unseen
from crawler.moderngov.markup import attribute, classes, first_words, is_words
from crawler.moderngov.tables import Tables

_BLOCK_NAMES = """
    address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_UNREAD_NAMES = """
    applet audio button canvas embed head iframe input link math meta noscript object script select style svg template
    textarea title video
"""
_BLOCKS, _UNREAD = frozenset(_BLOCK_NAMES.split()), frozenset(_UNREAD_NAMES.split())
_UNREAD_CLASSES = frozenset({"mghide", "mgfilesize", "mgactionlist", "mgfooter", "mghiddenfield"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LIST_CLASS = re.compile(r"\bMso(?:List|Bullet)\w*", re.IGNORECASE)
_LIST_STYLE = re.compile(r"mso-list\s*:|text-indent\s*:\s*-\s*\d", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"symbol|wingdings|webdings|courier", re.IGNORECASE)
_GLYPH = re.compile(r"\s*[^\s\dA-Zabcdefgijkmprstwxyz(£]\s*")
_SPACER = re.compile(r"font(?:-size)?\s*:\s*7(?:\.\d+)?\s*pt", re.IGNORECASE)
_ORDER = re.compile(r"list-style(?:-type)?\s*:\s*(lower|upper)-(alpha|latin|roman)", re.IGNORECASE)
_FULL_TEXT = re.compile(
    r"(?:view|read|see) (?:the )?full (?:(?P<name>\w+) )?text(?: (?:for|of) (?:this item|item .{1,20}))?\.?"
    r"|view the full (?:agenda )?item",
    re.IGNORECASE,
)
_ITEM_PAGE = re.compile(r"(?:^|/)mgai\.aspx?\?", re.IGNORECASE)
_DOTS = re.compile(r"\s*(?:\.\s?\.\s?\.|…)[\s.]*$")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text, and the words by which its "view the full … text" links name what was cut ("minutes", "item", "")."""

    text: Text
    cut: tuple[str, ...] = ()


@dataclass(slots=True)
class _List:
    """An open list; `style` is None for bullets."""

    style: str | None
    number: int = 1

    def marker(self, item: Tag) -> str:
        if self.style is None:
            return "•"
        self.number = _integer(attribute(item, "value"), self.number)
        self.number += 1
        return f"{numeral(self.number - 1, self.style)}."


@dataclass(slots=True)
class _Line:
    """The paragraph being read, spaces as they stand."""

    words: str = ""
    listed: bool = False
    symbol: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _End:
    """Where an element ends."""

    of: Tag


@dataclass(slots=True)
class _Reader:
    tables: Tables = field(default_factory=Tables)
    line: _Line = field(default_factory=_Line)
    lists: list[_List] = field(default_factory=list)
    marker: str = ""
    symbols: int = 0
    cut: list[str] = field(default_factory=list)

    def open(self, tag: Tag) -> bool:
        """An element begins; whether its end is to be told too."""
        if tag.name in _BLOCKS:
            self._open_block(tag)
            return True
        style = attribute(tag, "style")
        if style and _SPACER.search(style) and not first_words(tag, 20) and MARKER.fullmatch(self.line.words):
            self.line.words += "\xa0"  # the space behind a marker, though the vendor's cleaner emptied the span
        is_symbol = _SYMBOL_FONT.search(style + attribute(tag, "face")) is not None
        self.symbols += is_symbol
        return is_symbol

    def close(self, tag: Tag) -> None:
        """The end of an element whose end matters."""
        if tag.name in _BLOCKS:
            self._close_block(tag)
        else:
            self.symbols -= 1

    def read(self, words: str) -> None:
        if self.symbols and not self.line.words.strip() and _GLYPH.fullmatch(words):
            self.line.symbol = True
        self.line.words += words

    def leaves_out(self, link: Tag) -> bool:
        """Whether a link leads to the full text of what is cut before it: by its words, or by dots and its page."""
        match = _FULL_TEXT.fullmatch(first_words(link))
        if match is None and not (
            _ITEM_PAGE.search(attribute(link, "href")) and _DOTS.search(without_unseen(self.line.words))
        ):
            return False
        self.cut.append((match["name"] or "").lower() if match else "")
        self.line.cut = True
        return True

    def flush(self) -> None:
        line = self.line
        if not line.cut and (not line.words or line.words.isspace()):
            line.words, line.symbol = "", False
            return  # as between most elements
        self.line = _Line(listed=line.listed)
        kind, rest = read_marker(without_unseen(line.words), line.listed, line.symbol)
        words = " ".join(rest.split())
        if line.cut:
            words = _DOTS.sub("", words) if words else self.tables.trim_last(_DOTS)
        if not words or is_furniture(words):
            return
        if self.marker == "•":
            kind = "bullet"
        elif self.marker and not words.startswith(self.marker):
            words = f"{self.marker} {words}"
        self.marker = ""
        self.tables.add(Block(kind, words))

    def _open_block(self, tag: Tag) -> None:
        self.flush()
        self.line.listed = bool(tag.attrs) and bool(
            _LIST_CLASS.search(attribute(tag, "class")) or _LIST_STYLE.search(attribute(tag, "style"))
        )
        if tag.name in ("ul", "ol"):
            self.lists.append(_List(_order(tag), _integer(attribute(tag, "start"), 1)))
        elif tag.name == "li":
            self.marker = self.lists[-1].marker(tag) if self.lists else "•"
        rows = _integer(attribute(tag, "rowspan"), 1) if "rowspan" in tag.attrs else 1
        self.tables.open(tag.name, rows)

    def _close_block(self, tag: Tag) -> None:
        self.flush()
        self.line.listed = False
        if tag.name in ("ul", "ol"):
            self.lists.pop()
        if tag.name in ("ul", "ol", "li"):
            self.marker = ""
        self.tables.close(tag.name)


def read_wording(nodes: Iterable[PageElement]) -> Wording:
    """The text of neighbouring nodes, and which of its parts the council's page cut short."""
    reader = _Reader()
    waiting: list[PageElement | _End] = list(reversed([*nodes]))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            waiting += _entered(node, reader)
        elif isinstance(node, _End):
            reader.close(node.of)
        elif is_words(node):
            reader.read(str(node))
    reader.flush()
    return Wording(tuple(reader.tables.blocks), tuple(reader.cut))


def read_text(nodes: Iterable[PageElement]) -> Text:
    """The text of neighbouring nodes as blocks."""
    return read_wording(nodes).text


def read_line(nodes: Iterable[PageElement]) -> str:
    """The text of neighbouring nodes as one line: a title, a number, a heading."""
    return " ".join(block.text for block in read_text(nodes))


def _entered(tag: Tag, reader: _Reader) -> Sequence[PageElement | _End]:
    """What of an element is to be read, the last first; it has been opened."""
    if tag.name in _UNREAD or (tag.attrs and _is_hidden(tag)):
        return ()
    if tag.name == "a" and (is_furniture_link(first_words(tag)) or reader.leaves_out(tag)):
        return ()
    if (tag.attrs or tag.name in _BLOCKS) and reader.open(tag):
        return _End(tag), *tag.contents[::-1]
    return tag.contents[::-1]


def _is_hidden(tag: Tag) -> bool:
    if "hidden" in tag.attrs or not _UNREAD_CLASSES.isdisjoint(classes(tag)):
        return True
    return "style" in tag.attrs and _HIDDEN.search(attribute(tag, "style")) is not None


def _order(tag: Tag) -> str | None:
    if tag.name == "ul":
        return None
    match = _ORDER.search(attribute(tag, "style"))
    if match:
        letter = "i" if match[2].lower() == "roman" else "a"
        return letter.upper() if match[1].lower() == "upper" else letter
    style = attribute(tag, "type").strip()
    return style if style in ("a", "A", "i", "I") else "1"


def _integer(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\s*\d{1,6}\s*", text) else otherwise
