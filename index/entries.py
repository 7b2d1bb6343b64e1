"""An entry of the archive as the rows of the index: the item, then each of its documents, page by page.

An item's rows stand side by side, its own first, and are only ever written and removed together.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import IntEnum

from archive.records import Entry, Place, plain
from index.matching import Passage
from index.standing import is_standing


class RowKind(IntEnum):
    """What a row is. A document's row holds its title; its pages follow it."""

    ITEM = 0
    DOCUMENT = 1
    PAGE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """What the index keeps of an item beside its words. `day` is a proleptic ordinal, 0 where not known."""

    id: str
    borough: str
    committee: str
    day: int
    position: int
    standing: bool
    fingerprint: str
    topics: tuple[str, ...] = ()

    def packed(self) -> bytes:
        """As the index stores them."""
        known = (self.id, self.borough, self.committee, self.day, self.position, self.standing, self.fingerprint)
        return json.dumps((*known, self.topics)).encode()

    @classmethod
    def unpacked(cls, stored: bytes) -> ItemFacts:
        """As they were stored. Raises ValueError where that is damaged."""
        id_, borough, committee, day, position, standing, fingerprint, topics = json.loads(stored)
        return cls(
            id=id_,
            borough=borough,
            committee=committee,
            day=day,
            position=position,
            standing=standing,
            fingerprint=fingerprint,
            topics=tuple(topics),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its texts by place. `document` is the id of the document it is of, `page` counts that one's pages."""

    kind: RowKind
    texts: tuple[tuple[Place, str], ...]
    document: str | None = None
    page: int | None = None


def rows_of(entry: Entry) -> tuple[Row, ...]:
    """The rows of an item, in their order."""
    item = entry.item
    own: tuple[tuple[Place, str], ...] = (
        ("title", item.title),
        ("decision", plain(item.decision)),
        ("minutes", plain(item.minutes)),
        ("agenda", plain(item.agenda)),
    )
    documents = (Row(RowKind.DOCUMENT, (("documents", one.title),), one.id) for one in entry.documents)
    return (Row(RowKind.ITEM, own), *documents)


def passages_of(entry: Entry) -> tuple[Passage, ...]:
    """The texts of an item and of its documents, one by one: what is searched, marked and cut for snippets."""
    return passages_in(rows_of(entry))


def passages_in(rows: tuple[Row, ...]) -> tuple[Passage, ...]:
    """The texts of these rows, one by one."""
    return tuple(Passage(place, text, row.document, row.page) for row in rows for place, text in row.texts)


def facts_of(entry: Entry, rows: tuple[Row, ...]) -> ItemFacts:
    """The facts of an item, still without its topics."""
    meeting = entry.meeting
    committee = (entry.committee.id if entry.committee else meeting.committee if meeting else None) or ""
    day = meeting.date.toordinal() if meeting and meeting.date else 0
    said = (entry.item.id, entry.borough.slug, committee, day, entry.item.position, rows)
    return ItemFacts(
        id=entry.item.id,
        borough=entry.borough.slug,
        committee=committee,
        day=day,
        position=entry.item.position,
        standing=is_standing(entry.item.title),
        fingerprint=hashlib.blake2b(repr(said).encode(errors="surrogatepass"), digest_size=8).hexdigest(),
    )
