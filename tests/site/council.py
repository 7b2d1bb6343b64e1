"""What is an invented council? Its committees, meetings, items and documents, as frozen values.

Texts are the archive's own blocks, so that a test can hold what was crawled against what was published.
Numbers are those of ModernGov's addresses: `cid` (CId), `mid` (MId), `aiid` (AIID), and a document's key
(`s112217`). Dates and times are local.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from archive.records import Text, TextName

NOTICE = "This is an invented council. Nothing here was ever said."

State = Literal["planned", "agenda", "decisions", "draft minutes", "minutes", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendDocument:
    """A published file. `pages` are the words of its pages; `body`, when given, is served instead of a PDF of them.

    `file_name` is the part of the address that is decoration; `size` is printed as it stands ("161 KB").
    """

    key: str
    title: str
    file_name: str
    pages: tuple[str, ...] = (NOTICE,)
    size: str = "99 KB"
    media_type: str = "application/pdf"
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendVote:
    """A row of the table of recorded votes, which is no agenda item."""

    title: str
    kind: str = "Resolution"
    result: str = "Carried"


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendItem:
    """An agenda item. `cuts` says after how many characters the meeting page breaks a text off.

    A heading ("PART A - OPEN BUSINESS") is an item with a title and no number. `report` is the document that
    the title links to, listed under the item's own title; `subject` names the subject the words were made
    from, "" for standing items.
    """

    aiid: int
    number: str
    title: str
    agenda: Text = ()
    decision: Text = ()
    minutes: Text = ()
    cuts: tuple[tuple[TextName, int], ...] = ()
    report: PretendDocument | None = None
    documents: tuple[PretendDocument, ...] = ()
    votes: tuple[PretendVote, ...] = ()
    subject: str = ""

    @property
    def all_documents(self) -> tuple[PretendDocument, ...]:
        """The report, if there is one, then the documents listed below it."""
        return ((self.report,) if self.report else ()) + self.documents


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendMeeting:
    """A meeting. `agenda_id` names its packs and differs from `mid`; what is shown follows from `state`."""

    mid: int
    agenda_id: int
    date: dt.date
    time: dt.time
    state: State
    venue: str = "Council Chamber, Town Hall"
    items: tuple[PretendItem, ...] = ()
    supplements: tuple[PretendDocument, ...] = ()
    modified: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendCommittee:
    """A committee under its heading. `expired` ones are not in the list; `scrutiny` is the truth, not the name."""

    cid: int
    name: str
    category: str
    scrutiny: bool
    expired: bool = False
    purpose: str = ""
    members: tuple[str, ...] = ()
    meetings: tuple[PretendMeeting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendRobots:
    """What `/robots.txt` answers."""

    status: int = 200
    body: str = "User-agent: *\nAllow: /\n"
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendHabits:
    """In what one installation differs from the next.

    `prefix` is the folder of all pages ("/Committees"); `session` a cookieless session id that its links
    carry; `spelling` "other" writes page and parameter names in the other way; `dates` "long" is
    "Thursday, 15th January, 2026 7.30 pm"; `numbering` "running" goes through the year, "parts" puts the items
    under headings without a number; `documents_first` lists an item's documents before its minutes; at the
    `end` of the "Earlier" links comes the last page again ("same") or an "empty" list; `glyph` is the bullet
    authors type. `service` is what the web service does: it is not there ("off"), answers ("on"), refuses (403),
    gives valid answers with nothing in them ("empty") or an error page in their place ("broken");
    `service_host` is what its addresses of documents begin with, `service_dates` "ignored" lists meetings of all
    days whatever is asked, `service_titles` "twice" escapes titles once too often.
    """

    prefix: str = ""
    session: str = ""
    spelling: Literal["usual", "other"] = "usual"
    dates: Literal["plain", "long"] = "plain"
    numbering: Literal["plain", "running", "parts"] = "plain"
    documents_first: bool = False
    documents_label: str = "Supporting documents:"
    end: Literal["same", "empty"] = "same"
    glyph: str = "·"
    service: Literal["off", "on", "refused", "empty", "broken"] = "off"
    service_host: str = "http://old.council.example"
    service_dates: Literal["kept", "ignored"] = "kept"
    service_titles: Literal["once", "twice"] = "once"


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendBorough:
    """A council with a site of its own."""

    slug: str
    name: str
    gss: str = ""
    note: str = ""
    habits: PretendHabits = PretendHabits()
    robots: PretendRobots = PretendRobots()
    committees: tuple[PretendCommittee, ...] = ()

    @property
    def scrutiny_committees(self) -> tuple[int, ...]:
        """The numbers a row of the boroughs file must add: scrutiny committees that the site's list leaves out."""
        return tuple(c.cid for c in self.committees if c.scrutiny and c.expired)
