"""How does a council's site change between two visits? By values made from values, found by their numbers.

Every function returns a new borough and raises KeyError when the number is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from tests.site.council import PretendBorough, PretendCommittee, PretendItem, PretendMeeting, State

_T = TypeVar("_T")

Place = tuple[PretendCommittee, PretendMeeting]


def meetings(borough: PretendBorough, *, scrutiny: bool | None = None) -> Iterator[Place]:
    """Every meeting with its committee; with `scrutiny`, only those of committees that are or are not."""
    for committee in borough.committees:
        if scrutiny is None or committee.scrutiny is scrutiny:
            yield from ((committee, meeting) for meeting in committee.meetings)


def items(borough: PretendBorough, *, scrutiny: bool | None = None) -> Iterator[PretendItem]:
    """Every agenda item, headings included."""
    for _, meeting in meetings(borough, scrutiny=scrutiny):
        yield from meeting.items


def find_meeting(borough: PretendBorough, mid: int) -> PretendMeeting:
    """The meeting under this number."""
    return _first((m for _, m in meetings(borough) if m.mid == mid), mid)


def find_item(borough: PretendBorough, aiid: int) -> PretendItem:
    """The agenda item under this number."""
    return _first((i for i in items(borough) if i.aiid == aiid), aiid)


def with_meeting(borough: PretendBorough, meeting: PretendMeeting) -> PretendBorough:
    """The borough with this meeting in the place of the one under the same number."""
    find_meeting(borough, meeting.mid)
    return _each_meeting(borough, lambda old: meeting if old.mid == meeting.mid else old)


def with_item(borough: PretendBorough, item: PretendItem) -> PretendBorough:
    """The borough with this item in the place of the one under the same number."""
    find_item(borough, item.aiid)

    def changed(meeting: PretendMeeting) -> PretendMeeting:
        return replace(meeting, items=tuple(item if old.aiid == item.aiid else old for old in meeting.items))

    return _each_meeting(borough, changed)


def without_meeting(borough: PretendBorough, mid: int) -> PretendBorough:
    """The borough after a meeting and all its items have been taken down."""
    find_meeting(borough, mid)
    return _each_meeting(borough, lambda old: None if old.mid == mid else old)


def with_state(borough: PretendBorough, mid: int, state: State) -> PretendBorough:
    """The borough after a meeting's papers have moved on: draft minutes approved, an agenda published."""
    return with_meeting(borough, replace(find_meeting(borough, mid), state=state))


def _first(found: Iterator[_T], number: int) -> _T:
    for value in found:
        return value
    raise KeyError(number)


def _each_meeting(borough: PretendBorough, change: Callable[[PretendMeeting], PretendMeeting | None]) -> PretendBorough:
    def kept(committee: PretendCommittee) -> PretendCommittee:
        changed = (change(meeting) for meeting in committee.meetings)
        return replace(committee, meetings=tuple(meeting for meeting in changed if meeting is not None))

    return replace(borough, committees=tuple(kept(committee) for committee in borough.committees))
