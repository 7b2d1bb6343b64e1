"""How is a document's text laid out? Page by page, whole or in parts, with the words of a search marked; pure.

A document stands on one page of the site as long as that loads well, so that a reader can search and print it, and any
`#page-41` leads somewhere. Longer ones come in parts; then the list of parts holds the anchors of all other pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.page_texts import READING_REASONS, DocumentText, PageText
from index.matching import Span
from webui.markup import first_mark_named
from webui.passages import Group, Spotter, groups_of, lines_of

WHOLE_CHARACTERS, WHOLE_PAGES = 1_000_000, 400
PART_CHARACTERS, PART_PAGES = 300_000, 50
MARKED_CHARACTERS = 1_500_000
"""In how much text words are looked for, for one answer: about a second's work."""
MOST_ANCHORS = 2_000

_MEANINGS = dict(READING_REASONS)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a document, or a run of pages that could not be read (`last` is then the last of them).

    `note` says what is the matter with it, "" where nothing is. `following` is the next page shown here that has words
    marked, where this one has some.
    """

    number: int
    last: int
    groups: tuple[Group, ...] = ()
    note: str = ""
    marked: bool = False
    following: int | None = None

    @property
    def anchors(self) -> range:
        """The pages after the first of a run whose anchors stand here too."""
        return range(self.number + 1, min(self.last, self.number + MOST_ANCHORS) + 1)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of pages shown together, from the first to the last; `here` for the one that is shown."""

    first: int
    last: int
    here: bool

    @property
    def anchors(self) -> range:
        """The pages whose anchors stand at the link to this part."""
        return range(self.first, min(self.last, self.first + MOST_ANCHORS) + 1)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages to show, and where the others are. `parts` is empty where all are shown.

    `asked` is the page asked for, where there is one of that number; `searched` is False where some of what is shown is
    too long to look for words in it.
    """

    sheets: tuple[Sheet, ...]
    parts: tuple[Part, ...]
    total: int
    asked: int | None
    searched: bool

    @property
    def marked(self) -> tuple[int, ...]:
        """The pages shown that have words marked."""
        return tuple(sheet.number for sheet in self.sheets if sheet.marked)

    @property
    def before(self) -> Part | None:
        """The part before the one shown."""
        return next((one for one, after in pairwise(self.parts) if after.here), None)

    @property
    def after(self) -> Part | None:
        """The part after the one shown."""
        return next((one for before, one in pairwise(self.parts) if before.here), None)


def laid_out(text: DocumentText, asked: int | None, spot: Spotter) -> Pages:
    """The pages around the one asked for; where none was, around the first with a word to mark, else the first."""
    search = _Search(spot)
    sheets = tuple(_sheets(text))
    parts = tuple(_parts(sheets, text))
    total = sheets[-1].last if sheets else 0
    known = asked if asked is not None and 1 <= asked <= total else None
    here = known if len(parts) == 1 or known else search.first(text.pages)
    chosen = next((part for part in parts if here is not None and here <= part[-1].last), parts[0] if parts else ())
    pages = {page.number: page for page in text.pages}
    shown = [_filled(sheet, pages.get(sheet.number), search) for sheet in chosen]
    told = tuple(Part(part[0].number, part[-1].last, part is chosen) for part in parts) if len(parts) > 1 else ()
    return Pages(tuple(_followed(shown)), told, total, known, search.searched)


def state(text: DocumentText | None, *, kept: bool) -> str:
    """How far a document could be read, in a sentence; "" where there is nothing to say."""
    if text is None:
        return "Its text has not been read yet." if kept else "This document has not been fetched yet."
    if text.outcome == "unread":
        if text.reason == "scanned":
            return "This document is a scan: its pages are pictures, and their words could not be read."
        return f"The text of this document could not be read: {_MEANINGS.get(text.reason, 'no reason is known')}."
    if text.outcome == "partial":
        note = text.note or f"only a part of it could be read: {_MEANINGS.get(text.reason, 'no reason is known')}"
        return f"Not all of this document could be read: {note}."
    return ""


class _Search:
    """Looks for the words of a search, in so much text and no more."""

    def __init__(self, spot: Spotter) -> None:
        self._spot, self._left = spot, MARKED_CHARACTERS
        self._found: dict[int, Sequence[Span]] = {}
        self.searched = True

    def spans(self, page: PageText) -> Sequence[Span]:
        """What is to be marked on a page."""
        if page.number in self._found:
            return self._found[page.number]
        if len(page.text) > self._left:
            self.searched = False
            return ()
        self._left -= len(page.text)
        return self._found.setdefault(page.number, self._spot("documents", page.text))

    def first(self, pages: Sequence[PageText]) -> int | None:
        """The first page with something to be marked, among the first ones that there is time to look at."""
        looked_at, found = MARKED_CHARACTERS // 2, None
        for page in pages:
            looked_at -= len(page.text)
            if looked_at < 0:
                break
            if self.spans(page):
                found = page.number
                break
        return found


def _sheets(text: DocumentText) -> Iterator[Sheet]:
    """The pages in order, still without their words; between and after them what could not be read."""
    at = 1
    for page in text.pages:
        if page.number > at:
            yield _unread(at, page.number - 1)
        yield Sheet(page.number, page.number)
        at = page.number + 1
    if text.pages and text.pages_total and text.pages_total >= at:
        yield _unread(at, text.pages_total)


def _unread(first: int, last: int) -> Sheet:
    told = f"Page {first}" if first == last else f"Pages {first} to {last}"
    return Sheet(first, last, note=f"{told} could not be read.")


def _parts(sheets: Sequence[Sheet], text: DocumentText) -> Iterator[tuple[Sheet, ...]]:
    """The sheets in runs that are shown together."""
    length = {page.number: len(page.text) for page in text.pages}
    whole = sum(length.values()) <= WHOLE_CHARACTERS and len(sheets) <= WHOLE_PAGES
    most_pages, most_characters = (WHOLE_PAGES, WHOLE_CHARACTERS) if whole else (PART_PAGES, PART_CHARACTERS)
    part, characters = list[Sheet](), 0
    for sheet in sheets:
        added = length.get(sheet.number, 0)
        if part and (len(part) == most_pages or characters + added > most_characters):
            yield tuple(part)
            part, characters = [], 0
        part.append(sheet)
        characters += added
    if part:
        yield tuple(part)


def _filled(sheet: Sheet, page: PageText | None, search: _Search) -> Sheet:
    if page is None:
        return sheet
    spans = search.spans(page)
    groups = groups_of(f"page-{page.number}", lines_of(page.text), spans) if page.text.strip() else ()
    return Sheet(sheet.number, sheet.last, _landed(groups, page.number), _page_note(page), bool(spans))


def _landed(groups: Sequence[Group], number: int) -> tuple[Group, ...]:
    """The groups, the first mark in them with the anchor to which hits on this page lead (`webui.links.page_url`)."""
    for place, group in enumerate(groups):
        for at, passage in enumerate(group.passages):
            for column, cell in enumerate(passage.cells):
                if named := first_mark_named(cell, f"page-{number}-marked"):
                    cells = (*passage.cells[:column], named, *passage.cells[column + 1 :])
                    passages = (*group.passages[:at], replace(passage, cells=cells), *group.passages[at + 1 :])
                    return (*groups[:place], replace(group, passages=passages), *groups[place + 1 :])
    return tuple(groups)


def _page_note(page: PageText) -> str:
    if page.scanned and page.text:
        return "Read by machine from a picture of the page: letters may be wrong."
    if page.scanned:
        return "This page is a picture, and its words could not be read."
    return "" if page.text.strip() else "There are no words on this page."


def _followed(sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """The sheets, those with marks knowing which is the next of them."""
    marked = [sheet.number for sheet in sheets if sheet.marked]
    after = dict(pairwise(marked))
    for one in sheets:
        yield replace(one, following=after.get(one.number))
