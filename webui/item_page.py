"""What stands on an item's page? One version of the item, marked, with its evidence and its neighbours.

Reads the archive; layout is `passages`, the citation `citation`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from archive import Archive
from archive.records import TEXT_NAMES, AgendaItem, Capture, Entry, TextName, Version, plain
from webui.citation import cite
from webui.passages import Section, Spotter, groups_of, marked_text

HEADINGS: dict[TextName, str] = {"agenda": "Agenda", "decision": "Decision", "minutes": "Minutes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """What the template shows of one version of an item; `shown` is its number, `latest` that of the newest."""

    entry: Entry
    title: Markup
    sections: tuple[Section, ...]
    evidence: Capture | None
    citation: str
    versions: tuple[Version, ...]
    shown: int
    latest: int
    before: AgendaItem | None
    after: AgendaItem | None


def item_page(archive: Archive, newest: Entry, number: int | None, spot: Spotter) -> ItemPage | None:
    """The page of an item in its newest version, or in the one asked for; None where there is no such version."""
    versions = archive.versions(newest.item.id)
    latest = versions[-1].number if versions else 1
    version = next((one for one in versions if one.number == (number or latest)), None)
    if number is not None and version is None:
        return None
    entry, evidence = _as_it_stood(archive, newest, version)
    shown = version.number if version else latest
    before, after = _neighbours(archive, entry.item)
    return ItemPage(
        entry=entry,
        title=marked_text("title", entry.item.title, spot),
        sections=_sections(entry.item, spot),
        evidence=evidence,
        citation=cite(entry, evidence, None if shown == latest else f"version {shown} of {latest}"),
        versions=versions,
        shown=shown,
        latest=latest,
        before=before,
        after=after,
    )


def _as_it_stood(archive: Archive, newest: Entry, version: Version | None) -> tuple[Entry, Capture | None]:
    """The entry as a version gives it, and what that was read from. Its documents are those still shown today."""
    if version is None or not isinstance(version.record, AgendaItem):
        return newest, archive.evidence(newest.item.id)
    evidence = archive.capture(version.capture) if version.capture is not None else None
    return replace(newest, item=version.record), evidence


def _sections(item: AgendaItem, spot: Spotter) -> tuple[Section, ...]:
    texts = [(name, getattr(item, name)) for name in TEXT_NAMES]
    return tuple(
        Section(name, HEADINGS[name], groups_of(name, text, spot(name, plain(text))), name in item.cut)
        for name, text in texts
        if text or name in item.cut
    )


def _neighbours(archive: Archive, item: AgendaItem) -> tuple[AgendaItem | None, AgendaItem | None]:
    """The items before and after this one on its meeting's page."""
    items = archive.items(item.meeting) if item.meeting else ()
    place = next((place for place, other in enumerate(items) if other.id == item.id), None)
    if place is None:
        return None, None
    return items[place - 1] if place else None, items[place + 1] if place + 1 < len(items) else None
