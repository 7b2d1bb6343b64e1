"""The readers, one for each page kind: the bytes that a site answered in, what they say out.

Each raises PageError, with one of the reasons of `readings.REASONS`, for what cannot be taken in. `url` is the page's
own address after redirects, against which its links are resolved; "" where nobody knows it.
"""

from __future__ import annotations

from crawler.moderngov.committees import committees_of
from crawler.moderngov.item import item_of
from crawler.moderngov.meeting import meeting_of
from crawler.moderngov.meetings import meetings_of
from crawler.moderngov.readings import CommitteeLink, ItemPageReading, MeetingReading, MeetingsPage
from crawler.moderngov.recognise import LARGEST_PAGE, Page, read_page


def read_committees(source: bytes | Page, *, url: str = "", max_bytes: int = LARGEST_PAGE) -> tuple[CommitteeLink, ...]:
    """The list of committees (`mgListCommittees.aspx`), in its order."""
    return committees_of(_page(source, url, max_bytes))


def read_meetings(source: bytes | Page, *, url: str = "", max_bytes: int = LARGEST_PAGE) -> MeetingsPage:
    """One leaf of a committee's list of meetings (`ieListMeetings.aspx`); it may be empty."""
    return meetings_of(_page(source, url, max_bytes))


def read_meeting(source: bytes | Page, *, url: str = "", max_bytes: int = LARGEST_PAGE) -> MeetingReading:
    """A meeting with its items (`ieListDocuments.aspx`)."""
    return meeting_of(_page(source, url, max_bytes))


def read_item_page(source: bytes | Page, *, url: str = "", max_bytes: int = LARGEST_PAGE) -> ItemPageReading:
    """One agenda item in full (`mgAi.aspx`)."""
    return item_of(_page(source, url, max_bytes))


def _page(source: bytes | Page, url: str, max_bytes: int) -> Page:
    return source if isinstance(source, Page) else read_page(source, max_bytes, url)
