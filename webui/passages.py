"""How is a council's text laid out on a page? Its blocks, gathered into paragraphs, lists and tables.

Every block keeps an anchor of its own, counted over the blocks of its text (`p-minutes-3`), whatever it becomes:
an address with it stays right as long as the text does. Marks are spans of the whole text, because a phrase may
run over the end of a paragraph; here they are cut to the pieces they fall into.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Literal

from markupsafe import Markup

from archive.records import Block, Place, Text, TextName
from index.marking import mark, shifted
from index.matching import Span
from webui.markup import marked

GroupKind = Literal["paragraphs", "list", "table"]
Spotter = Callable[[Place, str], Sequence[Span]]
"""Finds the words of a search in a text of one place: where each begins and ends."""

_KINDS: dict[str, GroupKind] = {"paragraph": "paragraphs", "bullet": "list", "row": "table"}
CELL_BORDER = " | "


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as it is shown: its anchor, and its cells (one, except for a table's row)."""

    anchor: str
    cells: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring blocks of one kind."""

    kind: GroupKind
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One text of an item: what it is, its groups in order, and whether the council's page cut it short."""

    name: TextName
    heading: str
    groups: tuple[Group, ...]
    cut: bool


def marked_text(place: Place, text: str, spot: Spotter) -> Markup:
    """A text of one piece with its marks."""
    return marked(mark(text, spot(place, text)))


def lines_of(text: str) -> Text:
    """The lines of a document's page, each a paragraph or the row of a table (`archive.page_texts`)."""
    return tuple(Block("row" if CELL_BORDER in line else "paragraph", line) for line in text.split("\n"))


def groups_of(name: str, text: Text, spans: Sequence[Span]) -> tuple[Group, ...]:
    """The groups of a text; `spans` count the characters of `archive.records.plain(text)`."""
    cut = _cutter(spans)
    placed = [(block, offset, f"p-{name}-{place}") for place, (block, offset) in enumerate(_offsets(text), start=1)]
    return tuple(
        Group(_KINDS[kind], tuple(Passage(anchor, _cells(block, offset, cut)) for block, offset, anchor in run))
        for kind, run in groupby(placed, key=lambda one: one[0].kind)
    )


def _offsets(text: Text) -> Iterator[tuple[Block, int]]:
    """Each block with where it begins in the plain text, which puts one block a line."""
    offset = 0
    for block in text:
        yield block, offset
        offset += len(block.text) + 1


def _cutter(spans: Sequence[Span]) -> Callable[[int, int], Sequence[Span]]:
    """What of the spans falls between two characters, without going through all of them for every block."""
    ordered = sorted(spans)
    starts, ends = [start for start, _end in ordered], list(accumulate((end for _start, end in ordered), max))

    def cut(start: int, end: int) -> Sequence[Span]:
        return shifted(ordered[bisect_right(ends, start) : bisect_left(starts, end)], start, end)

    return cut


def _cells(block: Block, offset: int, cut: Callable[[int, int], Sequence[Span]]) -> tuple[Markup, ...]:
    cells = []
    for cell in block.text.split(CELL_BORDER) if block.kind == "row" else [block.text]:
        cells.append(marked(mark(cell, cut(offset, offset + len(cell)))))
        offset += len(cell) + len(CELL_BORDER)
    return tuple(cells)
