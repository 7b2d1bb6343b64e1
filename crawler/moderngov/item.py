"""The page of one agenda item (`mgAi.aspx`), which holds the full text of what a meeting's page cuts short.

Its markup was known from texts alone when this was written: the heading "Agenda item", the title, the agenda text,
the minutes (their label may be lost), the documents. What cannot be told apart is agenda text. `moderngov.md` 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bs4 import Tag
from bs4.element import PageElement

from crawler.moderngov.items import is_item_cell, item_number, printed_number, read_item_parts
from crawler.moderngov.markup import (
    attribute,
    first_with_class,
    first_words,
    has_class,
    ids_below,
    tags,
    with_class,
)
from crawler.moderngov.readings import ItemPageReading, PageError
from crawler.moderngov.recognise import Page
from crawler.moderngov.sections import Part, is_label, parts_of
from crawler.moderngov.signs import main_heading
from crawler.moderngov.urls import PageAddress, named_page, read_link
from crawler.moderngov.wording import read_line

_AROUND = ("mgHeader", "mgSubTitle", "mgLinks", "mgFooter", "mgSectionTitle")
_TEXT_MARKS = ("mgWordPara", "mgSubItemTitleTxt", "mgAiTitleTxt")
_HEADINGS = ("h2", "h3")
_LINES = ("p", "li", "div", "span")
_ITEM_TITLE = re.compile(r"(?:agenda item|eitem agenda)\W*", re.IGNORECASE)
_BACK = re.compile(r"(?:back to |link to )?(?:the )?(?:meeting)?(?: of)?\s*:?\s*", re.IGNORECASE)
_ANCHOR = re.compile(r"#AI(\d{1,12})$", re.IGNORECASE)


def item_of(page: Page) -> ItemPageReading:
    """The item, numbered (AIID) by the page or its address.

    Raises PageError: nothing-found if it says nothing, error-page if it is the page of a meeting with several items.
    """
    if len(_number_cells(page)) > 1:
        raise PageError("error-page", "the page is not that of one agenda item: it lists several")
    heading = _heading(page)
    item = read_item_parts(
        [*_title_part(heading), *_parts(page, heading)],
        address=page.address,
        aiid=_number(page),
        position=0,
        number=_printed_number(page),
    )
    if not item.title:
        item = replace(item, title=_ITEM_TITLE.sub("", main_heading(page.content)))
    if not any((item.title, item.agenda, item.decision, item.minutes, item.documents)):
        raise PageError("nothing-found", "the page of an agenda item holds neither title nor text")
    meeting = _meeting(page)
    return ItemPageReading(
        item=item, mid=meeting.meeting if meeting else None, cid=meeting.committee if meeting else None
    )


def _number_cells(page: Page) -> list[Tag]:
    """Where an item's page has a table as the meeting's has: the cell with the item's number."""
    in_words = ids_below(with_class(page.tree, "mgWordPara"))
    return [cell for cell in tags(page.content, "td", "th") if id(cell) not in in_words and is_item_cell(cell)]


def _printed_number(page: Page) -> str:
    return read_line(_number_cells(page)) or printed_number(page.content)


def _number(page: Page) -> int | None:
    named = named_page(page.address)
    return item_number(page.content) or (named.item if named else None) or _anchored_number(page)


def _anchored_number(page: Page) -> int | None:
    """The number in the page's link back to the item's place on its meeting's page; None where links name several."""
    in_words = ids_below(with_class(page.tree, "mgWordPara"))
    hrefs = [attribute(tag, "href") for tag in tags(page.content, "a") if id(tag) not in in_words]
    matches = (_ANCHOR.search(href) for href in hrefs if read_link(href).page == "ielistdocuments")
    found = {int(match[1]) for match in matches if match}
    return found.pop() if len(found) == 1 else None


def _heading(page: Page) -> Tag | None:
    """The title stands under the heading "Agenda item", as a heading of the second level or as in a table of items."""
    numbers = ids_below(_number_cells(page))
    marked = (tag for tag in with_class(page.content, "mgSubTitleTxt", "mgAiTitleTxt") if id(tag) not in numbers)
    title = next(marked, None)
    if title is not None:
        return title
    plain = (tag for tag in tags(page.content, *_HEADINGS) if not has_class(tag, "mgSectionTitle"))
    return next((tag for tag in plain if not is_label(tag)), None)


def _title_part(heading: Tag | None) -> tuple[Part, ...]:
    return (Part("title", (heading,)),) if heading is not None else ()


def _parts(page: Page, heading: Tag | None) -> Iterator[Part]:
    """What stands below the title. Loose paragraphs beside Word's text are the site's notices, not the item's."""
    passed = [*with_class(page.content, *_AROUND), *_number_cells(page), *_ways_back(page)]
    left_out = ids_below([*passed, *([heading] if heading is not None else []), *tags(page.content, "h1")])
    box = first_with_class(page.content, "mgContent")
    marked = first_with_class(box if box is not None else page.content, *_TEXT_MARKS)
    root = page.content if box is None or (marked is None and first_with_class(page.content, *_TEXT_MARKS)) else box
    noticed = root is page.content and first_with_class(root, "mgWordPara") is not None
    for part in parts_of([root]):
        nodes = tuple(node for node in part.nodes if id(node) not in left_out and not _is_within(node, left_out))
        is_notice = noticed and part.kind == "text" and not any(_is_word_text(node) for node in nodes)
        if nodes and not is_notice:
            yield Part(part.kind, nodes)


def _ways_back(page: Page) -> list[Tag]:
    """Lines outside Word's text that are nothing but a link to the item's meeting."""
    in_words = ids_below(with_class(page.tree, "mgWordPara"))
    found: list[Tag] = []
    for link in tags(page.content, "a"):
        line = link.parent
        if line is None or line.name not in _LINES or id(link) in in_words:
            continue
        beside = first_words(line).removesuffix(first_words(link))
        if read_link(attribute(link, "href")).page == "ielistdocuments" and _BACK.fullmatch(beside):
            found.append(line)
    return found


def _is_within(node: PageElement, tags: set[int]) -> bool:
    return any(id(above) in tags for above in node.parents)


def _is_word_text(node: PageElement) -> bool:
    return isinstance(node, Tag) and has_class(node, "mgWordPara")


def _meeting(page: Page) -> PageAddress | None:
    """The meeting that the page leads back to; None where its links lead to several."""
    in_words = ids_below(with_class(page.tree, "mgWordPara"))
    for root in (page.content, page.tree):
        named = [named_page(attribute(tag, "href")) for tag in tags(root, "a") if id(tag) not in in_words]
        found = {place.meeting: place for place in named if place is not None and place.kind == "meeting"}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None
