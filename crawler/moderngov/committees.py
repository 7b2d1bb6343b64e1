"""The list of committees (`mgListCommittees.aspx`): names and numbers under their headings. `moderngov.md` 2."""

from __future__ import annotations

from bs4 import Tag

from crawler.moderngov.markup import attribute, has_class, tags
from crawler.moderngov.readings import CommitteeLink, PageError
from crawler.moderngov.recognise import Page
from crawler.moderngov.signs import committee_of
from crawler.moderngov.urls import leads_elsewhere, read_link
from crawler.moderngov.wording import read_line

_HEADINGS = ("h2", "h3", "h4")


def committees_of(page: Page) -> tuple[CommitteeLink, ...]:
    """The committees in their printed order, each once. Raises PageError (nothing-found) where there is none."""
    # The page "Browse meetings" (`ieDocHome.aspx`) lists them by their meetings, not by their own pages.
    found = _named_by(page, "mgcommitteedetails") or _named_by(page, "ielistmeetings")
    if not found:
        raise PageError("nothing-found", "the list of committees names no committee")
    return tuple(found.values())


def _named_by(page: Page, kind: str) -> dict[int, CommitteeLink]:
    category = ""
    found: dict[int, CommitteeLink] = {}
    for tag in tags(page.content):
        if tag.name == "a":
            link = _committee(tag, kind, category, page.address)
            if link is not None:
                found.setdefault(link.number, link)
        elif has_class(tag, "mgSectionTitle") or (tag.name in _HEADINGS and not has_class(tag, "mgSubTitleTxt")):
            category = read_line([tag])
    return found


def _committee(tag: Tag, kind: str, category: str, address: str) -> CommitteeLink | None:
    href = attribute(tag, "href")
    link = read_link(href)
    number, name = committee_of(link), read_line([tag])
    if link.page != kind or number is None or not name or leads_elsewhere(address, href):
        return None
    return CommitteeLink(number=number, name=name, category=category)
