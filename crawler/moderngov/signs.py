"""By which signs is a page told? ModernGov's own classes, headings and links, and the words of error and robot pages.

Sources: `moderngov.md` 2 to 4 and 6.
"""

from __future__ import annotations

import re
from itertools import islice

from bs4 import BeautifulSoup, Tag

from crawler.moderngov.dates import read_date
from crawler.moderngov.markup import (
    attribute,
    first_with_class,
    first_words,
    has_class,
    tags,
    with_class,
    with_id,
)
from crawler.moderngov.urls import Link, read_link

_OWN_MARKS = (
    "mgItemTable",
    "mgItemNumberCell",
    "mgWordPara",
    "mgMeetingTableLnk",
    "mgMainTitleTxt",
    "mgSubItemTitleTxt",
)
_CONTENT = (*_OWN_MARKS[:4], "mgMeetingsEarlierLater", "mgAiTitleTxt", "mgSubItemTitleTxt")
NO_DOCUMENTS = re.compile(r"no documents are available for this meeting", re.IGNORECASE)
NOTHING_YET = re.compile(r"meeting(?: details)?\W*", re.IGNORECASE)
PUBLISHED = re.compile(r"\b(?:agenda|minutes|decisions?|rhaglen|ch?ofnodion)\b", re.IGNORECASE)

_CHALLENGE = re.compile(
    r"pardon our interruption|just a moment|attention required|checking your browser|are you (?:a )?(?:human|robot)"
    r"|(?:verify|prove|confirm)(?:ing)? (?:that )?you(?:'re| are) (?:a )?(?:human|not a robot)"
    r"|security (?:check|verification)|ddos protection|request unsuccessful|incapsula incident"
    r"|enable javascript and cookies|captcha",
    re.IGNORECASE,
)
_CHALLENGE_SOURCE = re.compile(
    r"_incapsula_resource|cf-browser-verification|_cf_chl_opt|cf-chl-|/cdn-cgi/challenge", re.IGNORECASE
)
_ERROR = re.compile(
    r"^(?:\W*(?:server |application |runtime |http )?error\b|(?:modern\.?gov )?error\b)"
    r"|\b(?:service (?:is )?(?:temporarily )?unavailable|page (?:could )?not (?:be )?found|access (?:is )?denied"
    r"|forbidden|an error (?:has )?occurred|bad gateway|gateway time-?out|(?:down|closed) for maintenance"
    r"|under maintenance|internal server error|too many requests|site unavailable"
    r"|temporarily unavailable|server too busy)\b"
    r"|^(?:40[0-9]|50[0-9])\b",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:draft )?(?:agenda|decisions?|minutes)\b|rhaglen\b|cofnodion\b|eitem agenda\b|meeting\.?$|browse meetings\b"
    r"|committee (?:structure|details)\b",
    re.IGNORECASE,
)
_OTHER_HEADING = re.compile(r"(?:issue|decision|councillor|petition|forward plan|outside bod)", re.IGNORECASE)
_OTHER_SECTION = re.compile(r"\b(?:appointments|terms? of office|surger(?:y|ies))\b", re.IGNORECASE)
_LOGIN = re.compile(r"\b(?:log ?in|sign ?in|log ?on)\b", re.IGNORECASE)
_SHORT_PAGE = 3000


def links(root: Tag) -> list[tuple[Tag, Link]]:
    """Every link of a part of a page, with the page it names and that page's numbers."""
    return [(tag, read_link(attribute(tag, "href"))) for tag in tags(root, "a") if tag.has_attr("href")]


def committee_of(link: Link) -> int | None:
    """The committee (CId) whose own page, or list of meetings, a link leads to."""
    if link.page == "mgcommitteedetails":
        return link.number("id")
    if link.page == "ielistmeetings" and not link.number("info"):
        return link.number("committeeid", "cid")
    return None


def holds_content(root: Tag) -> bool:
    """Whether there is anything of ModernGov's own that a reader could take in."""
    if first_with_class(root, *_CONTENT) is not None:
        return True
    if with_id(root, "FormYearSelect") is not None or _links_committees(root):
        return True
    if NO_DOCUMENTS.search(root.get_text(" ")):
        return True
    heading = main_heading(root)
    return has_modgov_heading(root) and not _ERROR.search(heading) and not _LOGIN.search(heading)


def has_modgov_heading(root: Tag) -> bool:
    """Whether the main heading carries ModernGov's own class (Kent's does not)."""
    return first_with_class(root, "mgMainTitleTxt") is not None


def main_heading(root: Tag) -> str:
    """The page's h1: "Agenda and minutes", "Browse meetings", "Agenda item" …

    Where it lacks ModernGov's class, the council's name may be an h1 too, and either may stand outside the content.
    """
    marked = first_with_class(root, "mgMainTitleTxt")
    if marked is not None:
        return first_words(marked)
    own = [first_words(tag) for tag in tags(root, "h1")]
    document = next((above for above in root.parents if above.parent is None), root)
    every = own or [first_words(tag) for tag in tags(document, "h1")]
    return next((words for words in every if _HEADING.match(words)), own[0] if own else "")


def has_items(root: Tag) -> bool:
    """Whether the page has ModernGov's table of agenda items."""
    if with_id(root, "mgItemTable") is not None:
        return True
    return first_with_class(root, "mgItemTable", "mgItemNumberCell") is not None


def lists_meetings(root: Tag) -> bool:
    """Whether this is a committee's list of meetings, be it empty."""
    if first_with_class(root, "mgMeetingTableLnk", "mgMeetingsEarlierLater") is not None:
        return True
    if with_id(root, "FormYearSelect") is not None:
        return True
    return main_heading(root).lower().startswith("browse meetings") and not _links_committees(root)


def lists_committees(root: Tag) -> bool:
    """Whether this is the list of committees: their links stand in bullet lists, or the heading says so."""
    heading = main_heading(root)
    if re.match(r"committee(?:s| structure)\b", heading, re.IGNORECASE):
        return True
    if re.match(r"committee details\b", heading, re.IGNORECASE) or _OTHER_HEADING.match(heading):
        return False
    if re.search(r"\bcommittees\b", heading, re.IGNORECASE) and any(committee_of(link) for _, link in links(root)):
        return True
    sections = (first_words(tag) for tag in with_class(root, "mgSectionTitle"))
    return _links_committees(root) and not any(_OTHER_SECTION.search(words) for words in sections)


def _links_committees(root: Tag) -> bool:
    """Whether committees are listed, by their own pages or, on the page "Browse meetings", by their meetings'."""
    lists = with_class(root, "mgBulletList")
    return any(committee_of(link) for part in lists for _, link in links(part))


def is_meeting_without_items(root: Tag, heading: str) -> bool:
    """Whether a page without a table of items is still a meeting's: its heading line holds a date."""
    if NO_DOCUMENTS.search(root.get_text(" ")):
        return True
    if not PUBLISHED.search(heading) and not NOTHING_YET.fullmatch(heading):
        return False
    line = first_with_class(root, "mgSubTitle", "mgSubTitleTxt")
    return line is not None and read_date(first_words(line)) is not None


def has_labelled_text(root: Tag) -> bool:
    """Whether there are texts under ModernGov's labels."""
    if _OTHER_HEADING.match(main_heading(root)):
        return False  # an issue's page tells of several meetings
    labels = with_class(root, "mgSubItemTitleTxt")
    return bool(labels) and first_with_class(root, "mgWordPara", "mgBulletList") is not None


def is_challenge(tree: BeautifulSoup, source: str) -> bool:
    """A test for robots: its title or heading says so, or it is a short page that does."""
    if any(_CHALLENGE.search(words) for words in _headlines(tree)):
        return True
    words = " ".join(tree.get_text(" ").split())
    return len(words) < _SHORT_PAGE and bool(_CHALLENGE.search(words) or _CHALLENGE_SOURCE.search(source))


def is_error_heading(root: Tag) -> bool:
    """Whether ModernGov's own main heading announces an error, whatever text stands below it."""
    return has_modgov_heading(root) and bool(_ERROR.search(main_heading(root))) and not has_items(root)


def is_error(tree: BeautifulSoup) -> bool:
    """An error page, a page of regret, or a form to log in, with nothing else on it."""
    if any(_ERROR.search(words) for words in _headlines(tree)) or first_with_class(tree, "mgErrorTxt") is not None:
        return True
    if _asks_for_password(tree):
        return True
    words = " ".join(tree.get_text(" ").split())
    return len(words) < _SHORT_PAGE and bool(_ERROR.search(words))


def _asks_for_password(tree: BeautifulSoup) -> bool:
    return any(attribute(tag, "type").lower() == "password" for tag in tags(tree, "input"))


def _headlines(tree: BeautifulSoup) -> list[str]:
    lines = (tag for tag in tags(tree, "title", "h1", "h2") if not has_class(tag, "mgSubTitleTxt"))
    return [first_words(tag) for tag in islice(lines, 20)]
