"""On which page does a line of a Word document stand? Counts its breaks, and lays table rows out as lines. Pure.

A document holds breaks that its author made (page breaks, sections, paragraphs that begin a page) and marks where its
last editor's pages ended. After an author's break the mark of the same page's end follows, and must not count again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from crawler.documents.lines import cleaned

Break = Literal["page", "section", "before", "rendered"]


@dataclass(slots=True)
class _Row:
    """An open table row; `turns` counts the page ends met in each cell, `made` those that took effect at once."""

    cells: list[list[str]] = field(default_factory=list)
    turns: list[int] = field(default_factory=list)
    made: int = 0


@dataclass(slots=True)
class Pages:
    """The pages read so far and the one being read."""

    _done: list[str] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _rows: list[_Row] = field(default_factory=list)
    _fresh: bool = True
    _at_top: bool = True

    def taken(self) -> list[str]:
        """The pages that are complete and were not taken before."""
        done, self._done = self._done, []
        return done

    def say(self, text: str) -> None:
        """A paragraph, or what stands of it on this page; it may hold line ends."""
        lines = [" ".join(line.split()) for line in cleaned(text).split("\n")]
        lines = [line for line in lines if line]
        self._at_top = False
        if lines:
            self._fresh = False
            self._output().extend(lines)

    def note(self, text: str) -> None:
        """A footnote; it stands at the end of the page that refers to it."""
        self._notes.append(" ".join(cleaned(text).split()))

    def turn(self, kind: Break) -> None:
        """A break. "rendered" counts only after words, "before" not where a page has just begun."""
        if (kind == "rendered" and self._fresh) or (kind == "before" and self._at_top):
            return
        if not self._rows:
            self._turn_page()
            self._at_top = kind == "section"
            return
        row = self._rows[0]
        if len(self._rows) == 1 and len(row.cells) <= 1:
            self._lines.extend(line for cell in row.cells for line in cell)
            row.cells[:] = [[] for _ in row.cells]
            row.made += 1
            self._turn_page()
        elif kind != "rendered" or row.cells[-1]:
            row.turns[-1] += 1

    def open_row(self) -> None:
        """A table row begins."""
        self._rows.append(_Row())

    def open_cell(self) -> None:
        """A cell begins."""
        if self._rows:
            self._rows[-1].cells.append([])
            self._rows[-1].turns.append(0)

    def close_row(self) -> None:
        """A row ends: one line, unless it only lays out what stands in its one filled cell."""
        if not self._rows:
            return
        row = self._rows.pop()
        filled = [cell for cell in row.cells if cell]
        words = [" ".join(cell) for cell in row.cells]
        while words and not words[-1]:
            words.pop()
        self._output().extend([" | ".join(words)] if len(filled) > 1 else filled[0] if filled else [])
        if not self._rows and row.turns:
            for _ in range(max(row.turns[0], *(turns - row.made for turns in row.turns))):
                self._turn_page()

    def finish(self) -> None:
        """The document ends: the page being read is its last."""
        while self._rows:
            self.close_row()
        self._turn_page()

    def _output(self) -> list[str]:
        inside = self._rows and self._rows[-1].cells
        return self._rows[-1].cells[-1] if inside else self._lines

    def _turn_page(self) -> None:
        self._done.append("\n".join([*self._lines, *(note for note in self._notes if note)]))
        self._lines, self._notes, self._fresh = [], [], True
