"""A committee's list of meetings (`ieListMeetings.aspx`), one leaf of it. `moderngov.md` 2."""

from __future__ import annotations

import re
from collections import Counter

from bs4 import Tag
from bs4.element import PageElement

from archive.statuses import called_off
from crawler.moderngov.characters import one_line
from crawler.moderngov.dates import read_heading
from crawler.moderngov.markup import attribute, first_with_class, has_class, tags
from crawler.moderngov.readings import MeetingLink, MeetingsPage, PageError
from crawler.moderngov.recognise import Page
from crawler.moderngov.signs import links, lists_meetings
from crawler.moderngov.urls import Direction, leads_elsewhere, named_page
from crawler.moderngov.wording import read_line

_EDGE = re.compile(r"^[\s,.:|–—-]+")
_ROWS = ("li", "tr", "p")


def meetings_of(page: Page) -> MeetingsPage:
    """The leaf's meetings, each once. It may be empty; a page that is no list raises PageError (nothing-found)."""
    found: dict[int, MeetingLink] = {}
    for tag, link in links(page.content):
        number = link.number("mid", "meetingid")
        if link.page == "ielistdocuments" and number and not leads_elsewhere(page.address, attribute(tag, "href")):
            found.setdefault(number, _meeting(tag, number, link.number("cid", "committeeid")))
    if not found and not lists_meetings(page.content):
        raise PageError("nothing-found", "the page should list a committee's meetings and lists none")
    heading = first_with_class(page.content, "mgSubTitleTxt")
    return MeetingsPage(
        committee=_committee(page, found),
        committee_name=read_line([heading]) if heading else "",
        meetings=tuple(found.values()),
        earlier=_stamp(page, "earlier"),
        later=_stamp(page, "later"),
    )


def _meeting(tag: Tag, number: int, committee: int | None) -> MeetingLink:
    printed = read_line([tag])
    heading = read_heading(printed)
    beside = _row_words(tag).removeprefix(printed)
    before = called_off(heading.committee).upper()
    label = one_line(f"{before} {heading.flag} {_EDGE.sub('', beside)}")
    return MeetingLink(number=number, committee=committee, date=heading.date, time=heading.time, label=label)


def _row_words(tag: Tag) -> str:
    """What the row of a meeting says, from its link on; where a row holds several, what stands beside the link."""
    row = next((above for above in tag.parents if above.name in _ROWS), None)
    if row is None or sum(1 for _, link in links(row) if link.page == "ielistdocuments") != 1:
        return read_line([tag, *_following(tag)])
    words, printed = read_line([row]), read_line([tag])
    return words[words.index(printed) :] if printed in words else printed


def _following(tag: Tag) -> list[PageElement]:
    """What stands beside a link, up to the next one or the end of the line."""
    following: list[PageElement] = []
    for node in tag.next_siblings:
        if isinstance(node, Tag) and (node.name == "a" or node.name == "br" or has_class(node, "mgMeetingTableLnk")):
            break
        following.append(node)
    return following


def _committee(page: Page, found: dict[int, MeetingLink]) -> int | None:
    for field in tags(page.content, "input"):
        value = attribute(field, "value")
        if attribute(field, "name").lower() == "hcommitteeid" and re.fullmatch(r"[1-9]\d{0,11}", value):
            return int(value)
    named = named_page(page.address)
    if named and named.committee:
        return named.committee
    for _, link in links(page.content):
        if link.page == "mgcommitteedetails" and (number := link.number("id")):
            return number
    numbers = Counter(meeting.committee for meeting in found.values() if meeting.committee)
    return numbers.most_common(1)[0][0] if numbers else None


def _stamp(page: Page, direction: Direction) -> str | None:
    for tag, _ in links(page.content):
        named = named_page(attribute(tag, "href"))
        if named and named.kind == "meetings" and named.direction == direction:
            return named.stamp
    return None
