"""How is an item or a document cited? In one line to check it by: who said it, where it stands, what was kept of it."""

from __future__ import annotations

from datetime import datetime

from archive.records import Borough, Capture, Document, Entry, Meeting
from webui.dates import long_date


def cite(entry: Entry, evidence: Capture | None, status: str | None = None, *, gone: datetime | None = None) -> str:
    """Council, committee, date, item and its title, state of publication, source, day retrieved and SHA-256.

    `status` may name another state than the meeting's present one: an older version keeps its own. `gone` is since
    when the council no longer shows it.
    """
    item, meeting = entry.item, entry.meeting
    said = meeting.status if status is None and meeting else status
    parts = [*_place(entry), _named(item.number, item.title) + (f" ({said})" if said else "")]
    return _sentences(_listed(parts), item.source_url, *_left(gone), *_kept(evidence), _record(item.id))


def cite_document(
    document: Document,
    title: str,
    place: Entry | Meeting | None,
    borough: Borough | None,
    evidence: Capture | None,
    *,
    page: int | None = None,
    version: str = "",
    gone: datetime | None = None,
) -> str:
    """The same for a document, at one of its pages; `place` is the first that lists it, `version` an earlier file."""
    parts = _document_place(place, borough)
    parts += [
        f"document “{title or 'untitled'}”" + (f" ({version})" if version else ""),
        f"page {page}" if page else "",
    ]
    record = _record(document.id) + (f", page {page}" if page else "")
    return _sentences(_listed(parts), document.source_url, *_left(gone), *_kept(evidence), record)


def _place(entry: Entry) -> list[str]:
    day = long_date(entry.meeting.date if entry.meeting else None)
    return [entry.borough.name, entry.committee.name if entry.committee else "", day]


def _document_place(place: Entry | Meeting | None, borough: Borough | None) -> list[str]:
    if isinstance(place, Entry):
        return [*_place(place), _named(place.item.number, place.item.title)]
    return [borough.name if borough else "", f"meeting of {long_date(place.date)}" if place else ""]


def _named(number: str, title: str) -> str:
    numbered = f"item {number.rstrip('. ')}" if number.strip(". ") else "item"
    return f"{numbered} “{title or 'untitled'}”"


def _left(gone: datetime | None) -> list[str]:
    return [f"No longer on the council’s site since {long_date(gone)}"] if gone else []


def _kept(evidence: Capture | None) -> list[str]:
    if evidence is None:
        return []
    return [f"Retrieved {long_date(evidence.retrieved_at)}", f"SHA-256 {evidence.sha256}"]


def _record(record: str) -> str:
    return f"Scrutiny Archive record {record}"


def _listed(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part)


def _sentences(*sentences: str) -> str:
    text = ". ".join(sentence for sentence in sentences if sentence) + "."
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
