"""Where does a block go? Into the text, or into the cell of the table that is open; a closed table becomes rows.

A table of two columns or more becomes one row a line, its cells joined by " | ", empty ones too so that columns keep
their places, the rows of a table nested in a cell right after that cell's row. A table with no more than one filled
cell a row only lays out the page: what it holds stays as it is, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.records import Block

_Cell = list[Block]
_CELL_NAMES = ("td", "th")


@dataclass(slots=True)
class Tables:
    """The blocks read so far, and the tables that are open. Every `open` has its `close`, as elements have."""

    blocks: list[Block] = field(default_factory=list)
    _outputs: list[_Cell] = field(init=False)
    _rows: list[list[list[_Cell]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._outputs = [self.blocks]

    def add(self, block: Block) -> None:
        """Puts a block where the reader stands."""
        self._outputs[-1].append(block)

    def trim_last(self, pattern: re.Pattern[str]) -> str:
        """Takes a pattern off the last block, and the block away if nothing is left; answers the empty line."""
        blocks = self._outputs[-1]
        if blocks:
            last = blocks.pop()
            text = pattern.sub("", last.text)
            if text:
                blocks.append(Block(last.kind, text))
        return ""

    def open(self, name: str) -> None:
        """An element begins; only tables, rows and cells matter."""
        if name == "table":
            self._rows.append([])
            self._outputs.append([])
        elif name == "tr" and self._rows:
            self._rows[-1].append([])
        elif name in _CELL_NAMES and self._rows:
            if not self._rows[-1]:
                self._rows[-1].append([])
            self._rows[-1][-1].append([])
            self._outputs.append(self._rows[-1][-1][-1])

    def close(self, name: str) -> None:
        """An element ends."""
        if name == "table":
            beside, rows = self._outputs.pop(), self._rows.pop()
            self._outputs[-1].extend([*beside, *_table(rows)])
        elif name in _CELL_NAMES and self._rows:
            self._outputs.pop()


def _table(rows: list[list[_Cell]]) -> list[Block]:
    if all(sum(1 for cell in row if _own_words(cell)) < 2 for row in rows):
        return [block for row in rows for cell in row for block in cell]
    blocks: list[Block] = []
    for row in rows:
        words = [_own_words(cell) for cell in row]
        while words and not words[-1]:
            words.pop()
        if words:
            blocks.append(Block("row", " | ".join(words)))
        blocks.extend(block for cell in row for block in cell if block.kind == "row")
    return blocks


def _own_words(cell: _Cell) -> str:
    """A cell's text as one line, without the rows of tables nested in it."""
    return " ".join(block.text for block in cell if block.kind != "row")
