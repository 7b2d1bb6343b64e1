"""The words of the parts of a Word document, read as a stream of XML events. Pure; the parser's target.

Told: what a reader sees, insertions included. Not told: deleted and hidden text, field codes, comments, and the second
copy of what a newer drawing format repeats for old readers. Source: ECMA-376, part 1, section 17, and part 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, NoReturn

from crawler.documents.word_pages import Pages

_NOT_TOLD = """
    del moveFrom Fallback instrText delInstrText delText pPrChange rPrChange sectPrChange tblPrChange trPrChange
    tcPrChange numberingChange
"""
_SKIPPED = frozenset(_NOT_TOLD.split())
_OFF = frozenset({"0", "false", "off"})
_GO_ON = frozenset({"continuous", "nextColumn"})


class ForbiddenMarkupError(Exception):
    """The part declares a document type, which Word never writes: it is there to define entities."""


class StoryReader:
    """Where the reader stands in the XML, and whether what stands there is told. Names are taken without namespace."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self._skipping = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition("}")[2]
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
            return
        self.path.append(name)
        self.opened(name, {key.rpartition("}")[2]: value for key, value in attributes.items()})

    def end(self, _tag: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
            return
        self.closed(self.path.pop())

    def data(self, text: str) -> None:
        """Characters; only those in `w:t` are words."""
        if not self._skipping and self.path and self.path[-1] == "t":
            self.words(text)

    def doctype(self, *_declared: object) -> NoReturn:
        """A declaration of a document type."""
        raise ForbiddenMarkupError

    def close(self) -> None:
        """The part ends."""

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """A told element begins."""

    def closed(self, name: str) -> None:
        """A told element ends."""

    def words(self, text: str) -> None:
        """Words."""

    def stands_in(self, *names: str) -> bool:
        """Whether the elements above the present one have these names, the nearest last."""
        return tuple(self.path[-1 - len(names) : -1]) == names


class NotesReader(StoryReader):
    """Footnotes and endnotes: `texts` holds each under its kind and number ("footnote 3")."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self._note = ""

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """A note begins, or a part of one."""
        if name in ("footnote", "endnote"):
            self._note = f"{name} {attributes.get('id', '')}"

    def closed(self, name: str) -> None:
        """Paragraphs of a note are parted by a space."""
        if name == "p":
            self.words(" ")

    def words(self, text: str) -> None:
        """Words of the note."""
        if self._note:
            self.texts[self._note] = self.texts.get(self._note, "") + text


class BodyReader(StoryReader):
    """The body, or a header or footer: its paragraphs, rows and breaks, put onto pages."""

    _MARKS: ClassVar[Mapping[str, str]] = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "sym": " "}

    def __init__(self, pages: Pages, notes: Mapping[str, str]) -> None:
        super().__init__()
        self._pages = pages
        self._notes = notes
        self._paragraphs: list[list[str]] = []
        self._hidden = False
        self._section_ends = False

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; most only stand around the words."""
        if name == "p":
            self._paragraphs.append([])
        elif name == "tr":
            self._pages.open_row()
        elif name == "tc":
            self._pages.open_cell()
        elif self.stands_in("r"):
            self._in_run(name, attributes)
        else:
            self._property(name, attributes)

    def closed(self, name: str) -> None:
        """A paragraph, run or row ends."""
        if name == "p":
            self._say(self._paragraphs.pop())
            if self._section_ends:
                self._section_ends = False
                self._pages.turn("section")
        elif name == "r":
            self._hidden = False
        elif name == "tr":
            self._pages.close_row()

    def words(self, text: str) -> None:
        """Words of a run."""
        if self._paragraphs and not self._hidden:
            self._paragraphs[-1].append(text)

    def close(self) -> None:
        """The part ends, and its last page."""
        self._pages.finish()

    def _in_run(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in self._MARKS:
            self.words(self._MARKS[name])
        elif name == "br":
            if attributes.get("type") == "page":
                self._break("page")
            else:
                self.words("\n")
        elif name == "lastRenderedPageBreak":
            self._break("rendered")
        elif name in ("footnoteReference", "endnoteReference"):
            note = f"{name.removesuffix('Reference')} {attributes.get('id', '')}"
            self._pages.note(self._notes.get(note, ""))

    def _property(self, name: str, attributes: Mapping[str, str]) -> None:
        """Paragraph, run and section properties; each stands before the words it is about."""
        on = attributes.get("val") not in _OFF
        if name == "vanish" and self.stands_in("r", "rPr"):
            self._hidden = on
        elif name == "pageBreakBefore" and on and self.stands_in("p", "pPr"):
            self._pages.turn("before")
        elif name == "sectPr" and self.stands_in("p", "pPr"):
            self._section_ends = True
        elif name == "type" and self.stands_in("pPr", "sectPr") and attributes.get("val") in _GO_ON:
            self._section_ends = False

    def _break(self, kind: str) -> None:
        if self._paragraphs and (said := self._paragraphs[-1]):
            self._say(said)
            said.clear()
        self._pages.turn("page" if kind == "page" else "rendered")

    def _say(self, words: list[str]) -> None:
        self._pages.say("".join(words))
