"""Pretend boroughs small enough to be crawled hundreds of times."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from archive.records import Block
from tests.crawler.said import few_meetings
from tests.site import PretendBorough, PretendItem, PretendMeeting, changes, small_borough

SLUG = "eastmere"


_OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + b"An invented file of old Word.".ljust(4_000, b"\0")


def hamlet(service: Literal["off", "on"], *, readable: bool = False) -> PretendBorough:
    """One committee, three meetings of two items: one item is cut short, and one paper stands under two of them.

    The paper is a file of old Word, which is kept and not read, unless it is to be `readable`: that costs a second.
    """
    borough = few_meetings(small_borough(SLUG, years=3), 3)
    (committee,) = borough.committees
    first, *others = (replace(meeting, items=_two(meeting), supplements=()) for meeting in committee.meetings)
    bare = [replace(meeting, items=tuple(_bare(item) for item in meeting.items)) for meeting in (first, *others)]
    cut, plain = first.items
    paper = next(document for item in (cut, plain) for document in item.all_documents)
    paper = paper if readable else replace(paper, body=_OLD_WORD, media_type="application/msword")
    cut = replace(cut, report=None, documents=(paper,))
    bare[0] = replace(bare[0], items=(cut, _bare(plain)))
    bare[1] = replace(bare[1], items=(replace(bare[1].items[0], documents=(paper,)), *bare[1].items[1:]))
    habits = replace(borough.habits, service=service)
    return replace(borough, habits=habits, committees=(replace(committee, meetings=tuple(bare)),))


def village(meetings: int, *, slug: str = SLUG) -> PretendBorough:
    """One committee, so many meetings of two items; nothing is cut short, and there are no papers."""
    borough = few_meetings(small_borough(slug, years=2 + meetings // 2), meetings)
    (committee,) = borough.committees
    bare = [
        replace(meeting, items=tuple(_bare(item) for item in _two(meeting)), supplements=())
        for meeting in committee.meetings
    ]
    assert len(bare) == meetings
    return replace(borough, committees=(replace(committee, meetings=tuple(bare)),))


def with_other_minutes(borough: PretendBorough) -> PretendBorough:
    """The borough after the minutes of one item have been changed."""
    item = borough.committees[0].meetings[-1].items[-1]
    return changes.with_item(borough, replace(item, minutes=(Block("paragraph", "The clerk corrected the minutes."),)))


def two_towns(meetings: int) -> tuple[PretendBorough, PretendBorough]:
    """Two councils, one with a web service, with so many meetings each and few papers."""
    eastmere, wyvern = (few_meetings(small_borough(slug, years=3), meetings) for slug in (SLUG, "wyvern-hill"))
    return _with_few_papers(eastmere), replace(wyvern, habits=replace(wyvern.habits, service="on"))


def _with_few_papers(borough: PretendBorough) -> PretendBorough:
    """Only each meeting's first item keeps its papers."""
    (committee,) = borough.committees
    kept = tuple(
        replace(meeting, items=(meeting.items[0], *(replace(i, report=None, documents=()) for i in meeting.items[1:])))
        for meeting in committee.meetings
    )
    return replace(borough, committees=(replace(committee, meetings=kept),))


def _two(meeting: PretendMeeting) -> tuple[PretendItem, ...]:
    """The item that is most worth a test, and another."""
    return tuple(sorted(meeting.items, key=lambda item: (not item.cuts, not item.all_documents))[:2])


def _bare(item: PretendItem) -> PretendItem:
    return replace(item, cuts=(), report=None, documents=(), votes=())
