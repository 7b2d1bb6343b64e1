"""How is an item cited? In one line that a reader can check: who said it, where it stands, what was kept of it."""

from __future__ import annotations

from archive.records import Capture, Entry
from webui.dates import long_date


def cite(entry: Entry, evidence: Capture | None, status: str | None = None) -> str:
    """Council, committee, date, item and its title, state of publication, source, day retrieved and SHA-256.

    `status` may name another state than the meeting's present one: an older version keeps its own.
    """
    item, meeting = entry.item, entry.meeting
    said = meeting.status if status is None and meeting else status
    parts = [
        entry.borough.name,
        entry.committee.name if entry.committee else "",
        long_date(meeting.date if meeting else None),
        _named(item.number, item.title) + (f" ({said})" if said else ""),
    ]
    sentences = [", ".join(part for part in parts if part), item.source_url, *_kept(evidence)]
    sentences.append(f"Scrutiny Archive record {item.id}")
    return _one_line(". ".join(sentence for sentence in sentences if sentence) + ".")


def _named(number: str, title: str) -> str:
    numbered = f"item {number.rstrip('. ')}" if number.strip(". ") else "item"
    return f"{numbered} “{title or 'untitled'}”"


def _kept(evidence: Capture | None) -> list[str]:
    if evidence is None:
        return []
    return [f"Retrieved {long_date(evidence.retrieved_at)}", f"SHA-256 {evidence.sha256}"]


def _one_line(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
