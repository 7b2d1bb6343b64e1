"""Which documents belong to a meeting as a whole? Frontsheet, packs and printed minutes, under the agenda's number.

The number is that of the agenda, not of the meeting: the reference on ModernGov, section 1.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.records import plain
from tests.site.council import NOTICE, PretendCommittee, PretendDocument, PretendMeeting
from tests.site.dates import DAYS, plain_day, short_day
from tests.site.published import visible


def packs_of(committee: PretendCommittee, meeting: PretendMeeting) -> Iterator[tuple[PretendDocument, str]]:
    """The packs with the `?T=` that tells those under one number apart, then the supplements."""
    if meeting.state in ("planned", "cancelled"):
        return
    yield _pack(committee, meeting, "Agenda frontsheet"), "?T=0"
    yield _pack(committee, meeting, "Public reports pack"), "?T=10"
    for supplement in meeting.supplements:
        yield supplement, "?T=9"
    if meeting.state in ("minutes", "draft minutes"):
        yield _pack(committee, meeting, "Printed minutes"), "?T=1"


def _pack(committee: PretendCommittee, meeting: PretendMeeting, title: str) -> PretendDocument:
    day = short_day(meeting.date).replace(" ", "-")
    name = f"{title} {DAYS[meeting.date.weekday()]} {day} {meeting.time:%H.%M} {committee.name}.pdf"
    head = f"{title}\n\n{committee.name}, {plain_day(meeting.date)}\n\n{NOTICE}"
    shown = [visible(item, meeting) for item in meeting.items]
    pages = [f"{item.number} {item.title}\n\n{plain(item.agenda)}\n\n{plain(item.minutes)}" for item in shown]
    return PretendDocument(
        key=f"g{meeting.agenda_id}", title=title, file_name=name.replace("/", "_"), pages=(head, *pages), size="198 KB"
    )
