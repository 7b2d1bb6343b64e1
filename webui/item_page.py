"""What stands on an item's page? One version of the item, marked, with its evidence, its history and its neighbours.

Reads the archive; layout is `passages`, the citation `citation`, what versions changed `item_changes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from markupsafe import Markup

from archive import Archive
from archive.records import TEXT_NAMES, AgendaItem, Capture, Document, Entry, Version, plain
from webui.changes_page import ChangesPage, Wording
from webui.citation import cite
from webui.dates import long_date
from webui.differences import STEPS
from webui.history import Stage, Step, during, life, names, stages
from webui.item_changes import HEADINGS, in_words, item_changes
from webui.markup import has_marks
from webui.passages import Section, Spotter, groups_of, marked_text

TOLD_VERSIONS = 20
"""Of how many versions, the newest, it is told what they changed: each costs a comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """What the template shows of one version of an item; `shown` is its number, `latest` that of the newest.

    `status` is the state in which this version was published, `life` all those of its meeting, where they changed.
    `steps` are the versions, newest first; `gone` is since when the council no longer shows the item.
    """

    entry: Entry
    title: Markup
    status: str
    sections: tuple[Section, ...]
    evidence: Capture | None
    citation: str
    steps: tuple[Step, ...]
    life: str
    gone: datetime | None
    shown: int
    latest: int
    before: AgendaItem | None
    after: AgendaItem | None

    @property
    def marked(self) -> bool:
        """Whether anything of the item's own texts is marked: it may have been found by its documents alone."""
        return has_marks(self.title) or bool(self.first_marked)

    @property
    def first_marked(self) -> str:
        """The anchor of the first of its passages with a mark; "" where there is none."""
        passages = (passage for one in self.sections for group in one.groups for passage in group.passages)
        return next((one.anchor for one in passages if any(has_marks(cell) for cell in one.cells)), "")


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """The versions of an item, oldest first, with the documents that may be shown; and the states of its meeting, for
    as long as the item was there."""

    versions: tuple[Version, ...]
    stages: tuple[Stage, ...]

    def numbered(self, number: int) -> Version | None:
        """One version."""
        return next((version for version in self.versions if version.number == number), None)

    @property
    def newest_status(self) -> str:
        """The last of the states."""
        return self.stages[-1].status if self.stages else ""

    def status(self, version: Version) -> str:
        """The states in which a version was published."""
        return names(during(self.stages, version.first_seen, version.last_seen))


def item_history(archive: Archive, item: AgendaItem) -> ItemHistory:
    """What an item has said, without the documents that are withheld."""
    held = archive.versions(item.id)
    listed = {link.document for version in held for link in _item(version).documents}
    shown = {document for document in listed if archive.document(document) is not None}
    versions = tuple(replace(version, record=_with_documents(_item(version), shown)) for version in held)
    told = stages(archive.versions(item.meeting)) if item.meeting else ()
    if versions and archive.gone_since(item.id) is not None:
        # What its meeting became after it was gone says nothing of this item.
        told = during(told, versions[0].first_seen, versions[-1].last_seen)
    return ItemHistory(versions, told)


def item_page(archive: Archive, newest: Entry, number: int | None, spot: Spotter) -> ItemPage | None:
    """The page of an item in its newest version, or in the one asked for; None where there is no such version."""
    history = item_history(archive, newest.item)
    latest = history.versions[-1].number if history.versions else 1
    version = history.numbered(number or latest)
    if number is not None and version is None:
        return None
    entry, evidence = _as_it_stood(archive, newest, version)
    shown = version.number if version else latest
    before, after = _neighbours(archive, entry.item)
    gone = archive.gone_since(entry.item.id)
    earlier = version if shown != latest else None
    return ItemPage(
        entry=entry,
        title=marked_text("title", entry.item.title, spot),
        status=history.status(earlier) if earlier else history.newest_status,
        sections=_sections(entry.item, spot),
        evidence=evidence,
        citation=cite(entry, evidence, _state(history, earlier) if earlier else history.newest_status, gone=gone),
        steps=told_steps(history),
        life=life(history.stages),
        gone=gone,
        shown=shown,
        latest=latest,
        before=before,
        after=after,
    )


def told_steps(history: ItemHistory) -> tuple[Step, ...]:
    """Every version, newest first, with what it changed."""
    versions = history.versions
    told = dict[int, tuple[str, ...]]()
    for old, new in list(pairwise(versions))[-TOLD_VERSIONS:]:
        told[new.number] = in_words(_item(old), _item(new), STEPS // min(len(versions), TOLD_VERSIONS))
    return tuple(Step(version, history.status(version), told.get(version.number, ())) for version in versions[::-1])


def item_changes_page(history: ItemHistory, newest: AgendaItem, pair: tuple[int, int] | None) -> ChangesPage:
    """The page that compares two versions; None stands for there being but one."""
    versions = {version.number: version for version in history.versions}
    changes, note = None, "Only one version of this item was ever seen here."
    if pair:
        old, new = versions[pair[0]], versions[pair[1]]
        changes, note = item_changes(_item(old), _item(new), (history.status(old), history.status(new))), ""
    return ChangesPage(
        title=" ".join((newest.number, newest.title or "Untitled item")).strip(),
        url=f"/items/{newest.id}",
        wordings=tuple(_wording(history, version) for version in history.versions[::-1]),
        pair=pair,
        changes=changes,
        note=note,
    )


def _wording(history: ItemHistory, version: Version) -> Wording:
    parts = (f"Version {version.number}", history.status(version), long_date(version.first_seen))
    return Wording(number=version.number, label=", ".join(part for part in parts if part))


def _item(version: Version) -> AgendaItem:
    """What a version says. Raises TypeError for a version of another kind of record."""
    if not isinstance(version.record, AgendaItem):
        raise TypeError(f"version {version.number} is no item's, but of {type(version.record).__name__}")
    return version.record


def _with_documents(item: AgendaItem, shown: set[str]) -> AgendaItem:
    return replace(item, documents=tuple(link for link in item.documents if link.document in shown))


def _state(history: ItemHistory, version: Version) -> str:
    """How an earlier version is cited: as what it was published, and that there is a later one."""
    place = f"version {version.number} of {history.versions[-1].number}"
    return ", ".join(part for part in (history.status(version), place) if part)


def _as_it_stood(archive: Archive, newest: Entry, version: Version | None) -> tuple[Entry, Capture | None]:
    """The entry as a version gives it, and what that was read from."""
    if version is None:
        return newest, archive.evidence(newest.item.id)
    item = _item(version)
    found = ((link.title, archive.document(link.document)) for link in item.documents)
    documents = tuple(replace(one, title=title) for title, one in found if isinstance(one, Document))
    evidence = archive.capture(version.capture) if version.capture is not None else None
    return replace(newest, item=item, documents=documents), evidence


def _sections(item: AgendaItem, spot: Spotter) -> tuple[Section, ...]:
    texts = [(name, getattr(item, name)) for name in TEXT_NAMES]
    return tuple(
        Section(name, HEADINGS[name], groups_of(name, text, spot(name, plain(text))), name in item.cut)
        for name, text in texts
        if text or name in item.cut
    )


def _neighbours(archive: Archive, item: AgendaItem) -> tuple[AgendaItem | None, AgendaItem | None]:
    """The items before and after this one on its meeting's page."""
    items: Sequence[AgendaItem] = archive.items(item.meeting) if item.meeting else ()
    place = next((place for place, other in enumerate(items) if other.id == item.id), None)
    if place is None:
        return None, None
    return items[place - 1] if place else None, items[place + 1] if place + 1 < len(items) else None
