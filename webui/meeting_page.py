"""What stands on a meeting's page? Its items, its documents and its history, without what is withheld.

Reads the archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from archive import Archive
from archive.records import Capture, DocumentLink, Entry, Meeting, Version
from webui.history import Step, life, stages
from webui.item_changes import meeting_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """What the template shows of a meeting: `steps` are its versions, newest first.

    `gone` is since when the council no longer shows it, `left` the same of its items by id.
    """

    items: tuple[Entry, ...]
    documents: tuple[DocumentLink, ...]
    evidence: Capture | None
    steps: tuple[Step, ...]
    life: str
    gone: datetime | None
    left: dict[str, datetime]


def meeting_page(archive: Archive, meeting: Meeting) -> MeetingPage:
    """The page of a meeting that may be shown."""
    held = archive.versions(meeting.id)
    listed = {link.document for version in held for link in _meeting(version).documents}
    shown = {document for document in listed if archive.document(document) is not None}
    return MeetingPage(
        items=archive.entries([item.id for item in archive.items(meeting.id)]),
        documents=_shown_links(meeting, shown),
        evidence=archive.evidence(meeting.id),
        steps=tuple(_steps(held, shown))[::-1],
        life=life(stages(held)),
        gone=archive.gone_since(meeting.id),
        left=archive.gone_under(meeting.id),
    )


def _steps(held: tuple[Version, ...], shown: set[str]) -> Iterator[Step]:
    yield from (Step(version, _meeting(version).status, ()) for version in held[:1])
    for old, new in pairwise(held):
        before, after = (replace(one, documents=_shown_links(one, shown)) for one in map(_meeting, (old, new)))
        yield Step(new, after.status, meeting_words(before, after))


def _shown_links(meeting: Meeting, shown: set[str]) -> tuple[DocumentLink, ...]:
    return tuple(link for link in meeting.documents if link.document in shown)


def _meeting(version: Version) -> Meeting:
    """What a version says. Raises TypeError for a version of another kind of record."""
    if not isinstance(version.record, Meeting):
        raise TypeError(f"version {version.number} is no meeting's, but of {type(version.record).__name__}")
    return version.record
