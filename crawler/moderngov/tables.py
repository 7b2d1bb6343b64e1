"""Where does a block go? Into the text, or into the cell of the table that is open; a closed table becomes rows.

A table of two columns or more becomes one row a line, its cells joined by " | ", empty ones too so that columns keep
their places (also where a cell reaches down from the row above), the rows of a table nested in a cell right after that
cell's row. A table with no more than one filled
cell a row only lays out the page: what it holds stays as it is, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.records import Block

_CELL_NAMES = ("td", "th")
_MOST_COLUMNS = 100  # of which cells may reach down


@dataclass(slots=True)
class _Cell:
    """A cell, and over how many rows it stands."""

    blocks: list[Block] = field(default_factory=list)
    rows: int = 1


@dataclass(slots=True)
class Tables:
    """The blocks read so far, and the tables that are open. Every `open` has its `close`, as elements have."""

    blocks: list[Block] = field(default_factory=list)
    _outputs: list[list[Block]] = field(init=False)
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

    def open(self, name: str, rows: int = 1) -> None:
        """An element begins; only tables, rows and cells matter. `rows` is how many a cell stands over."""
        if name == "table":
            self._rows.append([])
            self._outputs.append([])
        elif name == "tr" and self._rows:
            self._rows[-1].append([])
        elif name in _CELL_NAMES and self._rows:
            if not self._rows[-1]:
                self._rows[-1].append([])
            cell = _Cell(rows=rows)
            self._rows[-1][-1].append(cell)
            self._outputs.append(cell.blocks)

    def close(self, name: str) -> None:
        """An element ends."""
        if name == "table":
            beside, rows = self._outputs.pop(), self._rows.pop()
            self._outputs[-1].extend([*beside, *_table(rows)])
        elif name in _CELL_NAMES and self._rows:
            self._outputs.pop()


def _table(rows: list[list[_Cell]]) -> list[Block]:
    if all(sum(1 for cell in row if _own_words(cell)) < 2 for row in rows):
        return [block for row in rows for cell in row for block in cell.blocks]
    blocks: list[Block] = []
    for row in _in_columns(rows):
        words = [_own_words(cell) for cell in row]
        while words and not words[-1]:
            words.pop()
        if words:
            blocks.append(Block("row", " | ".join(words)))
        blocks.extend(block for cell in row for block in cell.blocks if block.kind == "row")
    return blocks


def _in_columns(rows: Iterable[list[_Cell]]) -> Iterator[list[_Cell]]:
    """The rows with an empty cell wherever one reaches down from above."""
    reaching: dict[int, int] = {}
    for row in rows:
        placed: list[_Cell] = []
        above, reaching = reaching, {}
        for cell in row:
            while len(placed) in above:
                placed.append(_Cell(rows=above.pop(len(placed))))
            placed.append(cell)
        below = ((column, cell.rows) for column, cell in enumerate(placed[:_MOST_COLUMNS]))
        reaching = {column: left - 1 for column, left in (*above.items(), *below) if left > 1}
        yield placed


def _own_words(cell: _Cell) -> str:
    """A cell's text as one line, without the rows of tables nested in it."""
    return " ".join(block.text for block in cell.blocks if block.kind != "row")
