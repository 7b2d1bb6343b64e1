"""One agenda item, from the cells that hold it: title, texts, documents, and which texts the page cut short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import PageElement

from archive.records import TEXT_NAMES, Block, TextName
from crawler.moderngov.characters import split_item, split_size
from crawler.moderngov.documents import each_once, is_file, linked_document, listed_documents
from crawler.moderngov.labels import Label, label_of, plain_label_of
from crawler.moderngov.markup import attribute, children, first_words, has_class, tags, with_class
from crawler.moderngov.readings import ItemReading, PageDocument
from crawler.moderngov.sections import Part, parts_of
from crawler.moderngov.signs import links
from crawler.moderngov.wording import read_line, read_wording

_ANCHOR = re.compile(r"AI\s*(\d{1,12})", re.IGNORECASE)
_CUT_NAMES: dict[str, TextName] = {
    "agenda": "agenda",
    "minute": "minutes",
    "minutes": "minutes",
    "decision": "decision",
    "decisions": "decision",
}


@dataclass(slots=True)
class _Item:
    """What has been read of an item so far; `label` is the last one printed."""

    address: str
    label: Label | None = None
    title: str | None = None
    texts: dict[TextName, list[Block]] = field(default_factory=lambda: {name: [] for name in TEXT_NAMES})
    votes: list[Block] = field(default_factory=list)
    cut: set[TextName] = field(default_factory=set)
    documents: list[PageDocument] = field(default_factory=list)

    def take(self, part: Part) -> None:
        if part.kind == "text":
            self._take_text(part)
            return
        tag = part.nodes[0]
        if not isinstance(tag, Tag):
            return
        if part.kind == "cell":
            self.label = None
        elif part.kind == "label":
            words = first_words(tag)
            self.label = label_of(words) or plain_label_of(words)
        elif part.kind == "title":
            self._take_title(part, tag)
        elif part.kind == "vote":
            self.votes.extend(read_wording(part.nodes).text)
        else:
            self._take_list(part, tag)

    def _take_title(self, part: Part, tag: Tag) -> None:
        self.documents.extend(_linked(tag, self.address))
        if self.title is not None:
            self._take_text(part)
        else:
            self.title = split_size(read_line(part.nodes))[0]

    def _take_list(self, part: Part, tag: Tag) -> None:
        """A list outside Word's text holds documents; one that holds none, under a label of text, is text.

        Of what a reader may do ("View the decision for item 5."), only files are taken.
        """
        if has_class(tag, "mgActionList"):
            self.documents.extend(_files(tag, self.address))
            return
        documents = listed_documents(tag, self.address)
        if self.label == "documents" or any(document.key or is_file(document.url) for document in documents):
            self.documents.extend(documents)
        else:
            self._take_text(part)

    def _take_text(self, part: Part) -> None:
        if self.label == "documents":
            part = self._without_documents(part)
        wording = read_wording(part.nodes)
        named = [_CUT_NAMES[word] for word in wording.cut if word in _CUT_NAMES]
        # Text after a list of documents without a label of its own is kept as what an item begins with.
        name: TextName = "agenda" if self.label is None or self.label == "documents" else self.label
        if self.label is None and named:
            name = named[0]
        self.texts[name].extend(wording.text)
        if wording.cut:
            self.cut.add(named[0] if named else name)

    def _without_documents(self, part: Part) -> Part:
        """What a part says beside the files that it lists in paragraphs of their own, which are taken."""
        rest: list[PageElement] = []
        for node in part.nodes:
            found = _files(node, self.address) if isinstance(node, Tag) and not has_class(node, "mgWordPara") else []
            self.documents.extend(found)
            titles = " ".join(document.title for document in found)
            rest.extend([] if found and split_size(read_line([node]))[0] == titles else [node])
        return Part(part.kind, tuple(rest))


def _linked(tag: Tag, address: str) -> list[PageDocument]:
    """The documents that a title line or a paragraph links to."""
    every = [tag] if tag.name == "a" else tags(tag, "a")
    return [document for link in every if (document := linked_document(link, address))]


def _files(tag: Tag, address: str) -> list[PageDocument]:
    return [document for document in _linked(tag, address) if document.key or is_file(document.url)]


def read_item_parts(
    parts: Iterable[Part], *, address: str, aiid: int | None, position: int, number: str
) -> ItemReading:
    """The item that these parts make up. A recorded vote is kept as rows at the end of the decision."""
    item = _Item(address)
    for part in parts:
        item.take(part)
    return ItemReading(
        aiid=aiid,
        position=position,
        number=number,
        title=item.title or "",
        agenda=tuple(item.texts["agenda"]),
        decision=(*item.texts["decision"], *item.votes),
        minutes=tuple(item.texts["minutes"]),
        cut=tuple(name for name in TEXT_NAMES if name in item.cut),
        documents=each_once(item.documents),
    )


def read_row(row: Tag, position: int, address: str) -> ItemReading:
    """The item of one row of the table of agenda items; `position` counts from 1."""
    cells = children(row, "td", "th")
    numbered = next(cell for cell in cells if is_item_cell(cell))
    return read_item_parts(
        _parts_of_cells(cell for cell in cells if cell is not numbered),
        address=address,
        aiid=item_number(row),
        position=position,
        number=read_line([numbered]),
    )


def _parts_of_cells(cells: Iterable[Tag]) -> Iterator[Part]:
    """The parts of an item's cells; a column beside the item ("All wards") is no part of its minutes."""
    for place, cell in enumerate(cells):
        if place:
            yield Part("cell", (cell,))
        yield from parts_of([cell])


def is_number_cell(cell: Tag) -> bool:
    """Whether this is the cell that makes a row an agenda item."""
    return "mgitemnumbercell" in attribute(cell, "class").lower().split()


def is_anchored(cell: Tag) -> bool:
    """Whether a row's first cell holds ModernGov's anchor ("AI51902") in its title line, which says the same."""
    if any(isinstance(before, Tag) and before.name in ("td", "th") for before in cell.previous_siblings):
        return False
    titles = children(cell, "p")
    anchors = [anchor for title in titles[:1] for anchor in tags(title, "a")]
    return any(_ANCHOR.fullmatch(attribute(anchor, "name")) for anchor in anchors)


def is_number_line(cell: Tag) -> bool:
    """Whether a row's first cell, directly in the table of items, holds a title line: the item's number."""
    if not any(has_class(title, "mgAiTitleTxt") for title in children(cell, "p")):
        return False
    if cell.find_previous_sibling(["td", "th"]) is not None or cell.find_next_sibling("td") is None:
        return False
    table = cell.find_parent("table")
    return table is not None and (has_class(table, "mgItemTable") or attribute(table, "id").lower() == "mgitemtable")


def is_item_cell(cell: Tag) -> bool:
    """Whether a cell makes its row an agenda item."""
    return is_number_cell(cell) or is_anchored(cell) or is_number_line(cell)


def item_number(root: Tag) -> int | None:
    """The agenda item id (AIID) that a part of a page states: by its anchor, else by its links to itself."""
    for anchor in tags(root, "a"):
        match = _ANCHOR.fullmatch(attribute(anchor, "name") or attribute(anchor, "id"))
        if match and int(match[1]):
            return int(match[1])
    for _, link in links(root):
        if link.page.startswith("mglistrecordedvotes") and (number := link.number("aiid")):
            return number
    cut = [link.number("id") for tag, link in links(root) if link.page == "mgai" and "full" in first_words(tag).lower()]
    return next((number for number in cut if number), None)


def printed_number(root: Tag) -> str:
    """The item's number as its list of documents prints it for screen readers: ", item 59."."""
    for hidden in with_class(root, "mgHide"):
        number = split_item(f" {first_words(hidden)}")[1]
        if number:
            return number
    return ""
