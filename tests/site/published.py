"""What of a meeting is to be seen, and what does the page call it? Both follow from the state of its papers.

Source: the headings and suffixes listed in the reference on ModernGov, sections 2 and 3.1.
"""

from __future__ import annotations

from dataclasses import replace

from archive.records import Block, Text
from tests.site.council import PretendItem, PretendMeeting


def heading(meeting: PretendMeeting) -> str:
    """The page's main heading: "Agenda, decisions and minutes"."""
    if meeting.state in ("planned", "cancelled"):
        return "Meeting"
    parts = ["Agenda", *_parts(meeting)]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def label(meeting: PretendMeeting) -> str:
    """What follows the date in the list of meetings: "Agenda, Decisions, Minutes", "CANCELLED" or nothing."""
    if meeting.state == "planned":
        return ""
    if meeting.state == "cancelled":
        return "CANCELLED"
    return ", ".join(["Agenda", *(part.capitalize() for part in _parts(meeting))])


def visible(item: PretendItem, meeting: PretendMeeting) -> PretendItem:
    """The item without what is not published yet."""
    if meeting.state in ("minutes", "draft minutes"):
        return item
    decision = item.decision if meeting.state == "decisions" else ()
    return replace(item, decision=decision, minutes=(), votes=(), cuts=())


def cut(text: Text, characters: int) -> Text:
    """The beginning of a text, broken off at a word as the vendor's pages do; never inside a table."""
    kept: list[Block] = []
    for block in text:
        if characters >= len(block.text):
            kept.append(block)
            characters -= len(block.text)
            continue
        words = block.text[:characters].rpartition(" ")[0]
        return (*kept, Block(block.kind, words)) if words and block.kind != "row" else tuple(kept)
    return tuple(kept)


def _parts(meeting: PretendMeeting) -> list[str]:
    decided = meeting.state == "decisions" or any(item.decision for item in meeting.items)
    minutes = {"minutes": ["minutes"], "draft minutes": ["draft minutes"]}.get(meeting.state, [])
    return (["decisions"] if decided and meeting.state != "agenda" else []) + minutes
