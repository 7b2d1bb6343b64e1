"""The archive's records: what a council published, under names that come from the source.

Frozen values without behaviour of their own. Every id is made in `archive.ids`; the meaning of each
record is fixed by the design, section 3. Dates and times are local (Europe/London); instants are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

BlockKind = Literal["paragraph", "bullet", "row"]
Place = Literal["title", "decision", "minutes", "agenda", "documents"]
TextName = Literal["agenda", "decision", "minutes"]

PLACES: tuple[Place, ...] = ("title", "decision", "minutes", "agenda", "documents")
TEXT_NAMES: tuple[TextName, ...] = ("agenda", "decision", "minutes")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, one list item without its bullet, or one table row (cells joined by " | ")."""

    kind: BlockKind
    text: str


Text = tuple[Block, ...]


def plain(text: Text) -> str:
    """The words of a text, one block a line."""
    return "\n".join(block.text for block in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Borough:
    """A row of `boroughs.toml`: who publishes where."""

    slug: str
    name: str
    base_url: str
    gss: str = ""
    platform: str = "moderngov"
    former_urls: tuple[str, ...] = ()
    scrutiny_committees: tuple[int, ...] = ()
    permission: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A committee under its ModernGov number (CId); `number` is None where only a name is known."""

    id: str
    borough: str
    name: str
    number: int | None = None
    category: str = ""
    scrutiny: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting under its ModernGov number (MId).

    `status` is one of the words of `archive.statuses`; `published` is the page's own heading for it
    ("Agenda, decisions and minutes"). `documents` are the packs of the meeting as a whole.
    """

    id: str
    borough: str
    committee: str | None
    date: date | None
    time: time | None = None
    status: str = ""
    published: str = ""
    venue: str = ""
    source_url: str = ""
    documents: tuple[DocumentLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLink:
    """A document as one item or meeting lists it, in the printed order."""

    document: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An agenda item under its ModernGov number (AIID).

    `number` is printed text ("59.", "3a" or nothing) and never a key; `cut` names the texts that the
    council's page shortened and whose full wording is not held.
    """

    id: str
    borough: str
    meeting: str | None
    position: int
    number: str
    title: str
    agenda: Text = ()
    decision: Text = ()
    minutes: Text = ()
    cut: tuple[TextName, ...] = ()
    source_url: str = ""
    documents: tuple[DocumentLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A published file. `size` is as printed on the page ("161 KB"); `media_type` may be unknown ("").

    `sha256` names the bytes once they are kept; until then it is "".
    """

    id: str
    borough: str
    title: str
    media_type: str = ""
    size: str = ""
    source_url: str = ""
    sha256: str = ""


Record = Committee | Meeting | AgendaItem | Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What one address answered at one time; `sha256` names the kept bytes.

    `how` is "crawl" or "import"; `note` then holds the file's name. `last_seen` is the last time the
    same bytes were seen there again, which adds no capture.
    """

    id: int
    url: str
    borough: str
    how: str
    retrieved_at: datetime
    last_seen: datetime
    status: int | None
    headers: tuple[tuple[str, str], ...]
    sha256: str
    size: int
    complete: bool
    outcome: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a record said from `first_seen` to `last_seen` (UTC); `number` counts from 1."""

    number: int
    record: Record
    first_seen: datetime
    last_seen: datetime
    capture: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """Why and since when a record is not shown. `record` is the one withheld: itself or one above it."""

    record: str
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An agenda item with all it stands under: what the index and the site read.

    `documents` bear the titles that this item lists them under; withheld ones are left out.
    """

    item: AgendaItem
    meeting: Meeting | None
    committee: Committee | None
    borough: Borough
    documents: tuple[Document, ...]
