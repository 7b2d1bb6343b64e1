"""The parts of an agenda item in their printed order: titles, labels, lists of documents, recorded votes, text.

Skins wrap these in boxes of their own, so they are found at any depth; whatever is none of them is text. Word's own
text is never searched for lists or labels without ModernGov's class. Source: `moderngov.md` 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bs4 import Tag
from bs4.element import PageElement

from crawler.moderngov.labels import label_of, plain_label_of
from crawler.moderngov.markup import ancestors, classes, first, first_words, ids_below, tags, with_class

PartKind = Literal["cell", "title", "label", "documents", "vote", "text"]

_LABEL_CLASSES = frozenset({"mgsubitemtitletxt", "mgsubsubtitletxt"})
_LABEL_TAGS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "dt", "div", "strong", "b", "span", "summary", "button"})
# A heading below an item's title needs no colon to be a label; a paragraph that reads "Minutes" may be text.
_BARE_TAGS = frozenset({"h3", "h4", "h5", "h6", "dt", "summary", "button"})
_LIST_TAGS = frozenset(("ul", "ol"))
_LONGEST_LABEL = 40
_VOTE = re.compile(r"recorded votes?\b.{0,40}", re.IGNORECASE)
_PASSED_OVER = frozenset({"mgfooter", "mghelpline"})


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring nodes of one kind; a "cell" is where another cell of the item's row begins."""

    kind: PartKind
    nodes: tuple[PageElement, ...]


def parts_of(roots: Iterable[Tag]) -> tuple[Part, ...]:
    """The parts of an item, from its cells or from the box that holds it."""
    return tuple(part for root in roots for part in _parts(root))


def _parts(root: Tag) -> Iterator[Part]:
    marks = _marks(root)
    holders = _holders(marks.values(), root)
    loose: list[PageElement] = []
    stack: list[PageElement | None] = list(reversed(root.contents))
    while stack:
        node = stack.pop()
        kind = marks[id(node)][0] if id(node) in marks else None
        if node is not None and kind is None and id(node) not in holders:
            loose.append(node)
            continue
        if loose:
            yield Part("text", tuple(loose))
            loose = []
        if node is not None and kind is not None:
            yield Part(kind, (node,))
        elif isinstance(node, Tag):
            stack.append(None)  # what follows a box is no part of its last paragraph
            stack.extend(reversed(node.contents))
    if loose:
        yield Part("text", tuple(loose))


def _marks(root: Tag) -> dict[int, tuple[PartKind, Tag]]:
    words = with_class(root, "mgWordPara")
    in_words = ids_below(words) - {id(tag) for tag in words}
    marks: dict[int, tuple[PartKind, Tag]] = {id(tag): ("text", tag) for tag in words}
    for tag in tags(root):
        named, inside = classes(tag), id(tag) in in_words
        kind = _kind(tag, named, in_words=inside) if named or not inside else None
        if kind is not None:
            marks[id(tag)] = (kind, tag)
    holders = _holders((mark for mark in marks.values() if mark[0] != "documents"), root)
    # Word's text and lists are parts of their own only while nothing else has slipped in through an unclosed box.
    return {key: mark for key, mark in marks.items() if mark[0] not in ("text", "documents") or key not in holders}


def is_label(tag: Tag) -> bool:
    """Whether a tag outside Word's text is a label over a part of an item, and not a title: it has class or colon."""
    words = _short(tag)
    return _is_classed_label(classes(tag), words) or (tag.name in _LABEL_TAGS and plain_label_of(words) is not None)


def _kind(tag: Tag, named: frozenset[str], *, in_words: bool) -> PartKind | None:
    """Which part an element is, by its name and its classes (in small letters)."""
    if named and not named.isdisjoint(_LABEL_CLASSES):
        return "label" if _is_classed_label(named, _short(tag)) else None
    if in_words:
        return "documents" if tag.name in _LIST_TAGS and "mgbulletlist" in named else None
    if "mgaititletxt" in named:
        return "title"
    if tag.name in _LIST_TAGS:
        return "documents" if named.isdisjoint(_PASSED_OVER) else None
    if tag.name == "table":
        return "vote" if _is_vote(tag) else None
    return "label" if _is_plain_label(tag) else None


def _is_classed_label(named: frozenset[str], words: str) -> bool:
    return not named.isdisjoint(_LABEL_CLASSES) and label_of(words) is not None


def _is_plain_label(tag: Tag) -> bool:
    if tag.name not in _LABEL_TAGS:
        return False
    words = _short(tag)
    return plain_label_of(f"{words}:" if tag.name in _BARE_TAGS and not words.endswith(":") else words) is not None


def _short(tag: Tag) -> str:
    words = first_words(tag, _LONGEST_LABEL)
    return words if len(words) <= _LONGEST_LABEL else ""


def _is_vote(table: Tag) -> bool:
    caption = first(table, "caption")
    return caption is not None and _VOTE.fullmatch(first_words(caption)) is not None


def _holders(marks: Iterable[tuple[PartKind, Tag]], root: Tag) -> set[int]:
    """The boxes that some part stands in."""
    holders: set[int] = set()
    for _, tag in marks:
        for above in ancestors(tag, root):
            if id(above) in holders:
                break
            holders.add(id(above))
    return holders
