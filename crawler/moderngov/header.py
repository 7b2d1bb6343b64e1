"""What stands over a meeting: its committee, date, time and flag, its numbers, its state of publication and its venue.

The machine-readable date (`DC.date`) is preferred to the printed one; numbers come from the page's own links before
the address it was fetched from. Source: `moderngov.md` 3 to 3.2.
"""

from __future__ import annotations

import re
from datetime import date

from archive.statuses import called_off
from crawler.moderngov.characters import one_line
from crawler.moderngov.dates import Heading, read_date, read_heading
from crawler.moderngov.markup import attribute, first, has_class, ids_below, tags, with_class
from crawler.moderngov.recognise import Page
from crawler.moderngov.signs import committee_of, links
from crawler.moderngov.urls import Link, named_page
from crawler.moderngov.wording import read_line

_TITLE = re.compile(r"^[\w ,&]{0,60}?\bfor (?P<rest>.+)$", re.IGNORECASE)
_LINK_TITLE = re.compile(r"link to (?:details (?:of|for) )?(?P<name>.+)", re.IGNORECASE)
_NOT_HELD = re.compile(
    r"\b(?:this|the) meeting (?:has been|was|is|will be)(?: now)? (?P<rest>\w+(?: from\b)?)", re.IGNORECASE
)
_VENUE = re.compile(r"(?:proposed )?(?:venue|location|lleoliad)\s*:?", re.IGNORECASE)
_NOTE = re.compile(r"notes?\s*:?", re.IGNORECASE)


def meeting_heading(page: Page) -> Heading:
    """The heading line, its gaps filled from the page's titles; the date from `DC.date` where there is one."""
    heading = read_heading(_heading_line(page))
    names = [name for name in _linked_names(page) if name.lower() in heading.committee.lower()]
    days = [heading.date]
    for line in _titles(page):
        stated = read_heading(line)
        match = _TITLE.fullmatch(stated.committee)
        name = re.sub(r"\s+on$", "", match["rest"]) if match else ""
        days.append(stated.date)
        names.extend([name] if name and heading.committee.lower().endswith(name.lower()) else [])
        heading = Heading(
            heading.committee or name,
            heading.date or stated.date,
            heading.time or (stated.time if heading.date in (None, stated.date) else None),
            heading.flag,
        )
    printed = heading.committee
    name = next(iter(names), printed)
    before = printed[: printed.lower().rindex(name.lower())]
    # On other pages `DC.date` is the day of retrieval: where heading and title agree against it, they are right.
    day = heading.date if days[0] and days[0] in days[1:] else _stated_date(page) or heading.date
    return Heading(name, day, heading.time, heading.flag or called_off(before).upper())


def committee_number(page: Page) -> int | None:
    """The committee's number (CId), from the heading's link, the page's address, or the links that lead to it."""
    for part in with_class(page.content, "mgSubTitle", "mgSubTitleTxt"):
        for _, link in links(part):
            if link.page == "mgcommitteedetails" and (number := link.number("id")):
                return number
    named = named_page(page.address)
    if named and named.committee:
        return named.committee
    return next((number for link in _links_around(page) if (number := committee_of(link))), None)


def meeting_number(page: Page) -> int | None:
    """The meeting's number (MId), as its own links state it (attendance, calendar, votes), else from the address."""
    named = named_page(page.address)
    fetched = named.meeting if named else None
    stated = [number for link in _links_around(page) if (number := _meeting_of(link))]
    if stated:
        return fetched if fetched in stated else stated[0]
    voted = [link.number("mid") for _, link in links(page.content) if link.page.startswith("mglistrecordedvotes")]
    return fetched or next((number for number in voted if number), None)


def venue(page: Page) -> str:
    """Where the meeting is held, as printed."""
    return _labelled(page, _VENUE)


def flag_in_note(page: Page) -> str:
    """What a note says of a meeting that is not held: "CANCELLED" …; "" where no note says so."""
    match = _NOT_HELD.search(_labelled(page, _NOTE))
    return called_off(match["rest"]).upper() if match else ""


def _heading_line(page: Page) -> str:
    parts = with_class(page.content, "mgSubTitle") or with_class(page.content, "mgSubTitleTxt")
    line = " ".join(line for part in parts if (line := read_line([part])))
    return line if read_date(line) else _plain_heading(page, line)


def _plain_heading(page: Page, line: str) -> str:
    """The same from headings without ModernGov's class: the first with a date, after what names the committee."""
    in_items = ids_below(with_class(page.tree, "mgItemTable", "mgWordPara"))
    for tag in tags(page.content, "h2", "h3", "h4"):
        if id(tag) in in_items or has_class(tag, "mgSectionTitle"):
            continue
        words = read_line([tag])
        if read_date(words) is not None:
            return words if read_heading(words).committee else f"{line} {words}"
        line = line or words
    return line


def _titles(page: Page) -> list[str]:
    """The page's titles: "Agenda for {committee} on Thursday 15 January 2026, 7:30 pm"."""
    stated = [_meta(page, "dc.title")]
    title = first(page.tree, "title")
    if title is not None:
        stated.append(one_line(title.get_text()))
    return [line for line in stated if line]


def _meta(page: Page, name: str) -> str:
    for tag in tags(page.tree, "meta"):
        if attribute(tag, "name").lower() == name:
            return one_line(attribute(tag, "content"))
    return ""


def _stated_date(page: Page) -> date | None:
    return read_date(_meta(page, "dc.date"))


def _linked_names(page: Page) -> list[str]:
    """The committee's own name, which its link's title gives without the words that may stand before it in print."""
    parts = with_class(page.content, "mgSubTitle", "mgSubTitleTxt")
    titles = [attribute(tag, "title") for part in parts for tag, link in links(part) if committee_of(link)]
    return [match["name"] for title in titles if (match := _LINK_TITLE.fullmatch(one_line(title)))]


def _links_around(page: Page) -> list[Link]:
    """The links that do not stand in an item: items link to the meetings and committees they came from."""
    in_items = ids_below(with_class(page.tree, "mgItemTable", "mgWordPara"))
    return [link for tag, link in links(page.tree) if link.page and id(tag) not in in_items]


def _meeting_of(link: Link) -> int | None:
    if link.page == "mgmeetingattendance":
        return link.number("id")
    return link.number("eid") if link.page == "mgvcalendar" else None


def _labelled(page: Page, label: re.Pattern[str]) -> str:
    for tag in with_class(page.content, "mgLabel"):
        printed = read_line([tag])
        if label.fullmatch(printed) and tag.parent is not None:
            holder = tag if tag.name == "p" else tag.parent
            line = read_line([holder]) if holder is not page.content else ""
            return line.removeprefix(printed).strip(" ,:")
    return ""
