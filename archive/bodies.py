"""What a record says, as JSON and back: one canonical text for one record, so that equal means unchanged."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Any

from archive.records import AgendaItem, Block, Borough, Committee, Document, DocumentLink, Meeting, Record

KINDS: dict[str, type[Record]] = {
    "committee": Committee,
    "meeting": Meeting,
    "item": AgendaItem,
    "document": Document,
}
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_TEXTS = ("agenda", "decision", "minutes")


def kind_of(record: Record) -> str:
    """The name a record's kind has in the tables."""
    return next(kind for kind, cls in KINDS.items() if isinstance(record, cls))


def body_of(record: Record | Borough) -> str:
    """The record as canonical JSON: sorted keys, no spaces, dates in ISO form."""
    said = {field.name: _plain(getattr(record, field.name)) for field in fields(record)}
    return _CANONICAL.encode(said)


def record_of(kind: str, body: str) -> Record:
    """The record that a body of this kind was made from."""
    said: dict[str, Any] = json.loads(body)
    for name in _TEXTS:
        if kind == "item":
            said[name] = tuple(Block(*block) for block in said[name])
    if "documents" in said:
        said["documents"] = tuple(DocumentLink(document=d, title=t) for d, t in said["documents"])
    if "cut" in said:
        said["cut"] = tuple(said["cut"])
    if kind == "meeting":
        said["date"] = None if said["date"] is None else date.fromisoformat(said["date"])
        said["time"] = None if said["time"] is None else time.fromisoformat(said["time"])
    return KINDS[kind](**said)


def borough_of(body: str) -> Borough:
    """The borough that a body was made from."""
    said: dict[str, Any] = json.loads(body)
    for name in ("former_urls", "scrutiny_committees"):
        said[name] = tuple(said[name])
    return Borough(**said)


def stamp(instant: datetime) -> str:
    """An instant as the tables keep it: ISO 8601, UTC, always of one length so that it sorts."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")


def _plain(value: object) -> object:
    if isinstance(value, Block):
        return [value.kind, value.text]
    if isinstance(value, DocumentLink):
        return [value.document, value.title]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
