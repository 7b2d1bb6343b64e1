"""A meeting's page (`ieListDocuments.aspx`): its items, its documents, and what stands over them. `moderngov.md` 3."""

from __future__ import annotations

from bs4 import Tag

from archive.statuses import called_off
from crawler.moderngov.documents import each_once, is_file, linked_document
from crawler.moderngov.header import committee_number, flag_in_note, meeting_heading, meeting_number, venue
from crawler.moderngov.items import is_anchored, is_item_cell, is_number_cell, read_row
from crawler.moderngov.markup import ancestors, attribute, ids_below, tags, with_class
from crawler.moderngov.readings import ItemReading, MeetingReading, PageDocument, PageError
from crawler.moderngov.recognise import Page
from crawler.moderngov.signs import NO_DOCUMENTS, NOTHING_YET, main_heading


def meeting_of(page: Page) -> MeetingReading:
    """The meeting. Raises PageError (nothing-found) where a page that should list items lists none."""
    heading = meeting_heading(page)
    published = main_heading(page.content)
    rows = _item_rows(page)
    items = tuple(read_row(row, position, page.address) for position, row in enumerate(rows, 1))
    flag = heading.flag or ("" if items else flag_in_note(page))
    if not items:
        _expect_no_items(page, published, flag)
    return MeetingReading(
        mid=meeting_number(page),
        cid=committee_number(page),
        committee_name=heading.committee,
        date=heading.date,
        time=heading.time,
        published=published,
        flag=flag,
        venue=venue(page),
        items=_numbered_once(items),
        documents=_documents(page, rows),
    )


def _expect_no_items(page: Page, published: str, flag: str) -> None:
    """A meeting that is called off, or to come, or says that it has no documents, may be without items."""
    if called_off(flag) or NO_DOCUMENTS.search(page.content.get_text(" ")) or NOTHING_YET.fullmatch(published):
        return
    raise PageError(
        "nothing-found",
        f"the meeting's page ({published or 'without a heading'}) should list agenda items and lists none",
    )


def _item_rows(page: Page) -> list[Tag]:
    """The rows that own a number cell, at the top level: Word's tables nest inside their second cell."""
    in_words = ids_below(with_class(page.tree, "mgWordPara"))
    rows: list[Tag] = []
    known: set[int] = set()
    for cell in tags(page.tree, "td", "th"):
        row = cell.parent
        if row is None or id(row) in known or not is_item_cell(cell):
            continue
        if id(cell) in in_words or any(id(above) in known for above in ancestors(row, page.tree)):
            _refuse_swallowed(cell)
            continue
        known.add(id(row))
        rows.append(row)
    return rows


def _refuse_swallowed(cell: Tag) -> None:
    """A nested number cell with ModernGov's anchor is an item that broken markup before it has swallowed."""
    if is_number_cell(cell) and is_anchored(cell):
        raise PageError("cut", "the page is damaged: one agenda item has swallowed the next")


def _numbered_once(items: tuple[ItemReading, ...]) -> tuple[ItemReading, ...]:
    """A page that repeats a row states it once: two items never have one number (AIID)."""
    seen: set[int] = set()
    kept: list[ItemReading] = []
    for item in items:
        if item.aiid is None or item.aiid not in seen:
            kept.append(item)
        if item.aiid is not None:
            seen.add(item.aiid)
    return tuple(kept)


def _documents(page: Page, rows: list[Tag]) -> tuple[PageDocument, ...]:
    """The packs, frontsheets, supplements and printed minutes of the meeting as a whole."""
    in_rows = ids_below(rows)
    found: list[PageDocument] = []
    for link in tags(page.content, "a"):
        if id(link) in in_rows or not is_file(attribute(link, "href")):
            continue
        document = linked_document(link, page.address)
        if document:
            found.append(document)
    return each_once(found)
