"""The corpus in a real archive: the rows that a crawl and the reading of papers leave behind, many meetings at once.

Saving page by page, each forced to the disk, would take longer than all that is to be measured. So the rows are
written in bulk, into the same tables; what neither the index nor a search reads is left out: captures, kept bytes, and
what each page said of an item. How far it has come is written in the same transaction, so a stop loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from archive import Archive, save_borough
from archive.bodies import body_of, kind_of
from archive.page_texts import digest_of
from archive.records import AgendaItem, Committee, Document, Meeting
from archive.tables import changes, facts, pages, places, readings_of_files, records, versions
from tests.bench.councils import councils
from tests.bench.large.corpus import ITEMS, Corpus, LargeMeeting, Paper

READER = 1
_AT_ONCE = 100  # meetings
_FACT = "large corpus"
_NOW = "2026-03-01T09:00:00.000+00:00"

Rows = list[dict[str, Any]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """How much the archive holds of a corpus with so many pages an item."""

    pages_an_item: float
    items: int = 0
    documents: int = 0
    pages: int = 0
    words: int = 0
    characters: int = 0

    @property
    def rows(self) -> int:
        """How many rows of the index that makes."""
        return self.items + self.documents + self.pages


def filled(archive: Archive) -> Filled | None:
    """What was written there by `fill`; None where nothing was."""
    with archive.reading() as db:
        said = db.scalar(select(facts.c.value).where(facts.c.name == _FACT))
    return Filled(**json.loads(said)) if said else None


def fill(archive: Archive, corpus: Corpus, items: int, progress: Progress) -> Filled:
    """Go on until it holds so many items, or a few more to end a meeting. Raises ValueError for another corpus's."""
    done = filled(archive)
    if done is None:
        done = _begun(archive, corpus)
    if done.pages_an_item != corpus.pages_an_item:
        raise ValueError(
            f"{archive.folder} holds a corpus with {done.pages_an_item:g} pages an item: name another folder."
        )
    first, end = done.items // ITEMS, -(-items // ITEMS)
    for start in range(first, end, _AT_ONCE):
        some = [corpus.meeting(number) for number in range(start, min(start + _AT_ONCE, end))]
        done = _added(done, some)
        with archive.writing() as db:
            _write(db, some)
            _note(db, done)
        progress(done.items, end * ITEMS)
    return done


def _begun(archive: Archive, corpus: Corpus) -> Filled:
    """Boroughs and committees."""
    for council in councils():
        save_borough(archive, council.borough)
    with archive.writing() as db:
        committees = [committee for council in councils() for committee, _ in council.committees]
        _insert_records(db, [(one, {}) for one in committees])
        _note(db, begun := Filled(pages_an_item=corpus.pages_an_item))
    return begun


def _added(done: Filled, some: Iterable[LargeMeeting]) -> Filled:
    for one in some:
        texts = [page.text for paper in one.papers for page in paper.text.pages]
        own = [block.text for item in one.items for block in (*item.agenda, *item.minutes)]
        done = replace(
            done,
            items=done.items + len(one.items),
            documents=done.documents + len(one.papers),
            pages=done.pages + len(texts),
            words=done.words + one.words,
            characters=done.characters + sum(map(len, texts)) + sum(map(len, own)),
        )
    return done


def _note(db: Connection, done: Filled) -> None:
    db.execute(delete(facts).where(facts.c.name == _FACT))
    db.execute(insert(facts).values(name=_FACT, value=json.dumps(asdict(done))))


def _write(db: Connection, some: list[LargeMeeting]) -> None:
    papers = [paper for one in some for paper in one.papers]
    _insert_records(db, _placed(some))
    listed = [(link.document, item.id) for one in some for item in one.items for link in item.documents]
    _insert(db, places, [{"document": document, "holder": holder, "since": _NOW} for document, holder in listed])
    _insert(db, readings_of_files, [_reading(paper) for paper in papers])
    _insert(db, pages, [row for paper in papers for row in _pages(paper)])


def _placed(some: Iterable[LargeMeeting]) -> Iterator[tuple[Meeting | AgendaItem | Document, dict[str, object]]]:
    """Every record with where it stands."""
    for one in some:
        day = one.meeting.date.isoformat() if one.meeting.date else None
        yield one.meeting, {"parent": one.meeting.committee, "date": day, "published": "minutes"}
        for item in one.items:
            yield item, {"parent": item.meeting, "position": item.position}
        for paper in one.papers:
            yield paper.document, {"file": paper.document.sha256}


def _insert_records(
    db: Connection, some: Iterable[tuple[Committee | Meeting | AgendaItem | Document, dict[str, object]]]
) -> None:
    standing = {"parent": None, "date": None, "position": 0, "file": "", "published": "", "current": 1, "gone": None}
    placed = list(some)
    own = [{**standing, "id": one.id, "kind": kind_of(one), "borough": one.borough, **where} for one, where in placed]
    _insert(db, records, own)
    said = ({"record": one.id, "number": 1, "body": body_of(one)} for one, _ in placed)
    _insert(db, versions, [{**row, "first_seen": _NOW, "last_seen": _NOW, "capture": None} for row in said])
    _insert(db, changes, [{"record": one.id} for one, _ in placed])


def _reading(paper: Paper) -> dict[str, Any]:
    text = paper.text
    return {
        "sha256": paper.document.sha256,
        "reader": READER,
        "outcome": text.outcome,
        "reason": text.reason,
        "note": text.note,
        "pages_total": text.pages_total,
        "scanned": json.dumps(text.scanned_pages),
        "read_scans": False,
        "digest": digest_of(text),
    }


def _pages(paper: Paper) -> Iterator[dict[str, Any]]:
    own = {"sha256": paper.document.sha256, "reader": READER}
    return ({**own, "number": page.number, "text": page.text, "scanned": False} for page in paper.text.pages)


def _insert(db: Connection, table: Table, rows: Rows) -> None:
    if rows:
        db.execute(insert(table), rows)
