"""What a page of ModernGov says, as read: values without ids of ours, and links rebuilt as absolute addresses.

The reader of each page kind returns one of these; `crawler.recording` turns them into records.
The web service's readers return the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from archive.records import Text, TextName


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeLink:
    """A committee in the list of committees: ModernGov number (CId), name, and the heading it stands under.

    `expired` ones are in the web service's list alone: the pages list none.
    """

    number: int
    name: str
    category: str
    expired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLink:
    """A meeting as its committee lists it; `label` is what follows the date ("Agenda, Minutes", "CANCELLED")."""

    number: int
    committee: int | None
    date: date | None
    time: time | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsPage:
    """One page of a committee's meetings; `earlier` and `later` are the `D=` stamps of the links onward."""

    committee: int | None
    committee_name: str
    meetings: tuple[MeetingLink, ...]
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDocument:
    """A listed document: `key` is `s112217`, `g10230`, `b23550` or None where the page gives no number.

    `title` has neither size nor icon text; `url` is absolute and percent-encoded, or "" in a copied text.
    """

    key: str | None
    title: str
    url: str
    media_type: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReading:
    """One agenda item. `number` is printed text; `cut` names texts that end in a "view the full text" link."""

    aiid: int | None
    position: int
    number: str
    title: str
    agenda: Text
    decision: Text
    minutes: Text
    cut: tuple[TextName, ...]
    documents: tuple[PageDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Who a meeting's list of attendance names, as what ("Committee Member"), and how ("Present", "Expected")."""

    name: str
    role: str
    attendance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReading:
    """A meeting page. `published` is the main heading; `flag` what follows the date ("CANCELLED").

    `attendees` are in the web service's answer alone.
    """

    mid: int | None
    cid: int | None
    committee_name: str
    date: date | None
    time: time | None
    published: str
    flag: str
    venue: str
    items: tuple[ItemReading, ...]
    documents: tuple[PageDocument, ...]
    attendees: tuple[Attendee, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPageReading:
    """A page of one item (`mgAi.aspx`), or a person's copy of its text: the item and what it says of its place."""

    item: ItemReading
    mid: int | None = None
    cid: int | None = None


class PageError(Exception):
    """A page that cannot be taken in. `reason` is one of `REASONS`; the text is one clear line."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


REASONS: tuple[tuple[str, str], ...] = (
    ("not-moderngov", "the page is not a ModernGov page"),
    ("cut", "the page did not arrive whole"),
    ("error-page", "the site answered with its error page"),
    ("challenge", "the site answered with a test for robots"),
    ("nothing-found", "the page should list something and lists nothing"),
    ("too-large", "the page is larger than we read"),
    ("script-redirect", "the site answered with a script that leads elsewhere"),
    ("wrong-answer", "the web service answered something other than what it was asked"),
    ("empty-answer", "the web service gave a valid answer with nothing in it"),
    ("not-public", "the council does not show it to the public"),
    ("unreadable", "our reader failed on the page: a fault of ours"),
)
