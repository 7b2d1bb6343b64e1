"""What an archive says, without when it was seen: two crawls of one site must end in the same."""

from __future__ import annotations

from dataclasses import replace

from archive import Archive
from archive.records import AgendaItem, Meeting, Record, plain
from tests.site import PretendBorough, PretendItem, PretendMeeting, changes, visible

Words = tuple[str, str, str, str, str, tuple[str, ...]]


def everything(archive: Archive) -> dict[str, list[Record]]:
    """Every version of every record, by id."""
    committees = archive.committees()
    meetings = [meeting for committee in committees for meeting in archive.meetings(committee.id)]
    items = [item for meeting in meetings for item in archive.items(meeting.id)]
    documents = {link.document for meeting in meetings for link in meeting.documents}
    documents |= {link.document for item in items for link in item.documents}
    ids = {c.id for c in committees} | {m.id for m in meetings} | {item.id for item in items} | documents
    return {ident: [version.record for version in archive.versions(ident)] for ident in sorted(ids)}


def few_meetings(borough: PretendBorough, number: int = 6) -> PretendBorough:
    """The borough with few meetings of one scrutiny committee, all with minutes, some cut short: enough for trouble."""
    listed = [c for c in borough.committees if c.scrutiny and not c.expired]
    committee = max(listed, key=lambda c: sum(bool(item.cuts) for m in c.meetings for item in m.items))
    minuted = [meeting for meeting in committee.meetings if meeting.state == "minutes"]
    cut_first = sorted(minuted, key=lambda meeting: not any(item.cuts for item in meeting.items))
    kept = sorted(cut_first[:number], key=lambda meeting: meeting.date, reverse=True)
    return replace(borough, committees=(replace(committee, meetings=tuple(kept)),))


def said(archive: Archive, borough: PretendBorough) -> dict[int, list[Words]]:
    """What the archive says of each scrutiny meeting: its items' numbers, titles, texts and documents, in order."""
    return {meeting.mid: [_words(item) for item in _items(archive, borough, meeting)] for meeting in _meetings(borough)}


def published(borough: PretendBorough) -> dict[int, list[Words]]:
    """What the council published of each scrutiny meeting, in the same form."""
    return {
        meeting.mid: [
            _published_words(visible(item, meeting))
            for item in meeting.items
            if meeting.state not in ("planned", "cancelled")
        ]
        for meeting in _meetings(borough)
    }


def _meetings(borough: PretendBorough) -> list[PretendMeeting]:
    return [meeting for _, meeting in changes.meetings(borough, scrutiny=True)]


def _items(archive: Archive, borough: PretendBorough, meeting: PretendMeeting) -> tuple[AgendaItem, ...]:
    held = archive.meeting(f"{borough.slug}-m{meeting.mid}")
    assert isinstance(held, Meeting), meeting.mid
    assert (held.date, held.time) == (meeting.date, meeting.time)
    return archive.items(held.id)


def _words(item: AgendaItem) -> Words:
    texts = (plain(item.agenda), plain(item.decision), plain(item.minutes))
    return (item.number, item.title, *texts, tuple(link.document.rsplit("-", 1)[1] for link in item.documents))


def _published_words(item: PretendItem) -> Words:
    texts = (plain(item.agenda), plain(item.decision), plain(item.minutes))
    return (item.number, item.title, *texts, tuple(document.key for document in item.all_documents))
