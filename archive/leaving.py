"""Which captures may leave the archive by export? All, or those that some items were read from, but nothing withheld.

A page holds more than one record, and a record is on more than one page. So what is withheld is kept in together with
its pages, and strictly; a capture is kept back when

- a version of a hidden record was read from its address, at whatever time;
- its address names a hidden record, or the meeting that a hidden item belongs to, or a pack of that meeting;
- it was imported without an address, and something of the same borough is hidden: nobody can say what it holds;
- its bytes are those of a hidden document, or of a capture that is kept back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, select

from archive.bodies import record_of
from archive.captures import capture_of
from archive.hiding import hidden_ids
from archive.ids import RECORD_ID
from archive.records import Capture, Committee
from archive.store import Archive
from archive.tables import captures, places, records, versions

T = TypeVar("T")

_AT_ONCE = 500
_WORD = re.compile(r"[a-z0-9]+")
_LEAF = re.compile(r"t[0-9]+$")
_NUMBERED, _LETTERED = "cmi", "sgb"


@dataclass(frozen=True, slots=True)
class Leaving:
    """The captures that may leave, by number and in order, and how many more are kept back."""

    captures: tuple[int, ...]
    kept_back: int


def leaving(archive: Archive, items: Collection[str] | None = None) -> Leaving:
    """What may leave of the whole archive, or of what these items, their meetings and documents were read from."""
    with archive.reading() as db:
        wanted = set(db.scalars(select(captures.c.id))) if items is None else _read_from(db, items)
        held_in = _kept_back(db)
    return Leaving(tuple(sorted(wanted - held_in)), len(wanted & held_in))


def captures_of(archive: Archive, numbers: Sequence[int]) -> Iterator[Capture]:
    """These captures in the order of their numbers, read a few hundred at a time."""
    for some in _batches(numbers):
        with archive.reading() as db:
            rows = db.execute(select(captures).where(captures.c.id.in_(some)).order_by(captures.c.id)).all()
        yield from map(capture_of, rows)


def _read_from(db: Connection, items: Collection[str]) -> set[int]:
    meetings = {meeting for some in _batches(items) for meeting in _parents(db, some)}
    shown = {*items, *meetings}
    listed = select(places.c.document)
    documents = {d for some in _batches(shown) for d in db.scalars(listed.where(places.c.holder.in_(some)))}
    numbers = {
        number
        for some in _batches(shown | documents)
        for number in db.scalars(select(versions.c.capture).where(versions.c.record.in_(some)))
        if number is not None
    }
    addresses = {address for _borough, address in _addresses_of(db, documents)}
    for some in _batches(addresses):
        numbers |= set(db.scalars(select(captures.c.id).where(captures.c.url.in_(some))))
    return numbers | _captures_of_bytes(db, _files_of(db, documents))


def _kept_back(db: Connection) -> set[int]:
    """The numbers of the captures that hold, or may hold, something withheld."""
    hidden = hidden_ids(db)
    if not hidden:
        return set()
    near = hidden | _meetings_and_packs(db, hidden)
    whose = select(records.c.borough).distinct()
    boroughs = {slug for some in _batches(hidden) for slug in db.scalars(whose.where(records.c.id.in_(some)))}
    addresses = _addresses_read(db, hidden) | _addresses_of(db, near)
    words = _names(near)
    numbers, bytes_of = set[int](), _files_of(db, near)
    rows = select(captures.c.id, captures.c.borough, captures.c.url, captures.c.sha256, captures.c.size)
    for row in db.execute(rows.where(captures.c.borough.in_(boroughs))):
        if (row.borough, row.url) in addresses or _is_nameless(row.url) or words[row.borough] & _words(row.url):
            numbers.add(row.id)
            bytes_of |= {row.sha256} if row.size else set()
    return numbers | _captures_of_bytes(db, bytes_of)


def _meetings_and_packs(db: Connection, hidden: Collection[str]) -> set[str]:
    """The meetings of hidden items, whose pages and packs print those items too."""
    meetings = {meeting for some in _batches(hidden) for meeting in _parents(db, some)}
    listed = select(places.c.document)
    packs = {pack for some in _batches(meetings) for pack in db.scalars(listed.where(places.c.holder.in_(some)))}
    return meetings | packs


def _parents(db: Connection, some: Sequence[str]) -> set[str]:
    found = db.scalars(select(records.c.parent).where(records.c.id.in_(some), records.c.kind == "item"))
    return {parent for parent in found if parent is not None}


def _files_of(db: Connection, ids: Iterable[str]) -> set[str]:
    """The hashes of the files that these documents are."""
    files = select(records.c.file).where(records.c.file != "")
    return {file for some in _batches(ids) for file in db.scalars(files.where(records.c.id.in_(some)))}


def _captures_of_bytes(db: Connection, hashes: Iterable[str]) -> set[int]:
    numbers = select(captures.c.id)
    return {n for some in _batches(hashes) for n in db.scalars(numbers.where(captures.c.sha256.in_(some)))}


def _addresses_read(db: Connection, ids: Iterable[str]) -> set[tuple[str, str]]:
    """The boroughs and addresses that any version of these records was read from."""
    read = select(captures.c.borough, captures.c.url).join(versions, versions.c.capture == captures.c.id)
    return {
        (row.borough, row.url)
        for some in _batches(ids)
        for row in db.execute(read.where(versions.c.record.in_(some)).distinct())
    }


def _addresses_of(db: Connection, ids: Iterable[str]) -> set[tuple[str, str]]:
    """The boroughs and addresses that these records give, or once gave, as their own."""
    said = select(records.c.kind, versions.c.body).join(records, records.c.id == versions.c.record)
    held = (
        record_of(kind, body)
        for some in _batches(ids)
        for kind, body in db.execute(said.where(versions.c.record.in_(some)))
    )
    return {(r.borough, r.source_url) for r in held if not isinstance(r, Committee) and r.source_url}


def _names(ids: Iterable[str]) -> dict[str, set[str]]:
    """The words by which addresses name these records, by borough: "7960" for a meeting, "s112217" for a document."""
    words = defaultdict[str, set[str]](set)
    for known in filter(None, map(RECORD_ID.fullmatch, ids)):
        if known["letter"] in _NUMBERED:
            words[known["borough"]].add(known["rest"])
        elif known["letter"] in _LETTERED:
            words[known["borough"]].add(known["letter"] + _LEAF.sub("", known["rest"]))
    return words


def _words(url: str) -> set[str]:
    """The words and numbers of an address, behind its host."""
    parts = urlsplit(url)
    return {word.lstrip("0") for word in _WORD.findall(unquote(f"{parts.path}?{parts.query}").lower())}


def _is_nameless(url: str) -> bool:
    return url.startswith("file:")


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    """So many at a time as one statement may name."""
    left = iter(things)
    while some := list(islice(left, _AT_ONCE)):
        yield some
