"""An entry of the archive as the rows of the index: each of its documents, page by page, then the item itself.

An item's rows stand side by side, its own the last, and are only ever written and removed together. Pages come one
document at a time, so that papers of thousands of pages take no more memory than the longest of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from archive.page_texts import DocumentText
from archive.records import Entry, Place, plain
from index.matching import Passage
from index.standing import is_standing
from index.tokens import WORD

TextOf = Callable[[str], DocumentText | None]
"""The text of a file, by its hash."""


class RowKind(IntEnum):
    """What a row is. A document's row holds its title; its pages follow it."""

    ITEM = 0
    DOCUMENT = 1
    PAGE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """What the index keeps of an item beside its words and topics. `day` is a proleptic ordinal, 0 where not known."""

    id: str
    borough: str
    committee: str
    day: int
    position: int
    standing: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its texts by place. `document` is the id of the document it is of, `page` the number of its page."""

    kind: RowKind
    texts: tuple[tuple[Place, str], ...]
    document: str | None = None
    page: int | None = None


def _unread(_: str) -> DocumentText | None:
    """For those who need no pages."""
    return None


def rows_of(entry: Entry, text_of: TextOf = _unread) -> Iterator[Row]:
    """The rows of an item, in their order; its documents' texts are asked for one after the other."""
    for document in entry.documents:
        yield Row(RowKind.DOCUMENT, (("documents", document.title),), document.id)
        text = text_of(document.sha256) if document.sha256 else None
        for page in text.pages if text else ():
            if WORD.search(page.text):
                yield Row(RowKind.PAGE, (("documents", page.text),), document.id, page.number)
    yield _own_row(entry)


def passages_of(entry: Entry) -> tuple[Passage, ...]:
    """The texts of an item and the titles of its documents, one by one: what is marked and cut for snippets."""
    *documents, own = rows_of(entry)
    return tuple(Passage(place, text, row.document) for row in (own, *documents) for place, text in row.texts)


def facts_of(entry: Entry, digests: Mapping[str, str]) -> ItemFacts:
    """The facts of an item. `digests` tell the texts of files from one another, by hash."""
    meeting = entry.meeting
    committee = (entry.committee.id if entry.committee else meeting.committee if meeting else None) or ""
    day = meeting.date.toordinal() if meeting and meeting.date else 0
    texts = tuple(digests.get(document.sha256, "") for document in entry.documents)
    said = (entry.item.id, entry.borough.slug, committee, day, entry.item.position, tuple(rows_of(entry)), texts)
    return ItemFacts(
        id=entry.item.id,
        borough=entry.borough.slug,
        committee=committee,
        day=day,
        position=entry.item.position,
        standing=is_standing(entry.item.title),
        fingerprint=hashlib.blake2b(repr(said).encode(errors="surrogatepass"), digest_size=8).hexdigest(),
    )


def files_of(entries: Iterable[Entry]) -> frozenset[str]:
    """The hashes of the files that are documents of these items."""
    return frozenset(document.sha256 for entry in entries for document in entry.documents if document.sha256)


def _own_row(entry: Entry) -> Row:
    item = entry.item
    own: tuple[tuple[Place, str], ...] = (
        ("title", item.title),
        ("decision", plain(item.decision)),
        ("minutes", plain(item.minutes)),
        ("agenda", plain(item.agenda)),
    )
    return Row(RowKind.ITEM, own)
