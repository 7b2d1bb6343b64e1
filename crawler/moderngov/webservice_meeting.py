"""A meeting as the web service tells it (`GetMeeting`): the same reading as its page gives, with every text whole.

What is not published, not displayed or exempt is left out as the page leaves it out. The answer names neither the
committee's number nor the meeting's own packs, nor recorded votes, nor whether minutes are still a draft.
Source: `moderngov.md` 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from archive.records import TEXT_NAMES, TextName
from archive.statuses import called_off
from crawler.moderngov.characters import one_line
from crawler.moderngov.dates import read_date, read_time
from crawler.moderngov.readings import Attendee, ItemReading, MeetingReading, PageError
from crawler.moderngov.recognise import LARGEST_PAGE
from crawler.moderngov.webservice_documents import linked_documents
from crawler.moderngov.webservice_texts import read_markup, read_title
from crawler.moderngov.webservice_xml import Node, read_answer
from crawler.moderngov.wording import Wording

_ELEMENTS: dict[TextName, str] = {
    "agenda": "agendatext",
    "decision": "decisionnonemptyhtmlbody",
    "minutes": "minutesnonemptyhtmlbody",
}
_ITEM_FLAGS: dict[TextName, str] = {
    "agenda": "isdisplayallowed",
    "decision": "isdecisionpublished",
    "minutes": "isminutepublished",
}


@dataclass(frozen=True, slots=True)
class _Published:
    """What of a meeting is published. An answer without a flag is taken by its texts, as it is given to the public."""

    agenda: bool
    decision: bool
    minutes: bool

    @classmethod
    def of(cls, meeting: Node, items: tuple[Node, ...]) -> Self:
        decided, minuted = (any(item.line(_ELEMENTS[name]) for item in items) for name in ("decision", "minutes"))
        return cls(
            agenda=meeting.flag("agendapublished", bool(items)),
            decision=meeting.flag("decisionpublished", decided),
            minutes=meeting.flag("minutepublished", minuted),
        )

    def holds(self, name: TextName) -> bool:
        return {"agenda": self.agenda, "decision": self.decision, "minutes": self.minutes}[name]

    def heading(self) -> str:
        """The page's main heading: "Agenda, decisions and minutes"; "Meeting" where nothing is published."""
        words = {"agenda": "agenda", "decision": "decisions", "minutes": "minutes"}
        parts = [words[name] for name in TEXT_NAMES if self.holds(name)] or ["meeting"]
        line = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
        return line.capitalize()


def meeting_from_service(
    data: bytes, base_url: str, *, cid: int | None = None, committee_name: str = "", max_bytes: int = LARGEST_PAGE
) -> MeetingReading:
    """The meeting of an answer to `GetMeeting`.

    `cid` and `committee_name` are what is known of its committee, as from `GetMeetings`. Raises PageError: not-public
    for a meeting that is not displayed, nothing-found for one that should list items and lists none, and whatever
    `read_answer` raises.
    """
    answer = read_answer(data, "meeting", max_bytes)
    mid, day = answer.number("meetingid"), read_date(answer.line("meetingdate"))
    if mid is None or day is None:
        raise PageError("nothing-found", "the web service's answer names no meeting, or not its day")
    if not answer.flag("isdisplayallowed", True):
        raise PageError("not-public", f"the council does not show meeting {mid} to the public")
    items = tuple(answer.within("agendaitems", "agendaitem"))
    published, flag = _Published.of(answer, items), flag_of(answer.line("meetingstatus"))
    heading = published.heading()
    if not items and not flag and heading != "Meeting":
        raise PageError("nothing-found", f"meeting {mid} ({heading}) should list agenda items and lists none")
    return MeetingReading(
        mid=mid,
        cid=cid,
        committee_name=one_line(committee_name),
        date=day,
        time=read_time(answer.line("meetingtime")),
        published=heading,
        flag=flag,
        venue=read_title(answer.raw("meetinglocation")),
        items=_items(items, published, base_url) if heading != "Meeting" else (),
        documents=(),
        attendees=tuple(_attendee(node) for node in answer.within("attendees", "attendee")),
    )


def flag_of(status: str) -> str:
    """The flag that a page prints for a meeting that is not held: "CANCELLED" …; "" for any other status."""
    return called_off(status).upper()


def _items(nodes: tuple[Node, ...], published: _Published, base_url: str) -> tuple[ItemReading, ...]:
    """The items in their order, those that the page shows, each number once. Headings are items without a number."""
    shown = [node for node in nodes if node.flag("isdisplayallowed", True)]
    kept: dict[int, ItemReading] = {}
    for position, node in enumerate(shown, 1):
        item = _item(node, position, published, base_url)
        kept.setdefault(item.aiid or -position, item)
    return tuple(kept.values())


def _item(node: Node, position: int, published: _Published, base_url: str) -> ItemReading:
    exempt = node.flag("isrestricted", False)
    shown = {name: published.holds(name) and node.flag(_ITEM_FLAGS[name], True) for name in TEXT_NAMES}
    # What is exempt from publication is not taken over, should the service give it away.
    texts = {
        name: read_markup(node.raw(_ELEMENTS[name])) if shown[name] and not exempt else Wording(())
        for name in TEXT_NAMES
    }
    listed = (
        document
        for document in node.within("linkeddocuments", "linkeddoc")
        if shown["decision" if document.flag("isdecisionattachment", False) else "agenda"]
    )
    return ItemReading(
        aiid=node.number("agendaitemid"),
        position=position,
        number=node.line("fulldisplaynumberformat"),
        title=read_title(node.raw("agendaitemtitle")),
        agenda=texts["agenda"].text,
        decision=texts["decision"].text,
        minutes=texts["minutes"].text,
        cut=tuple(name for name in TEXT_NAMES if texts[name].cut),
        documents=linked_documents(listed, base_url, restricted=exempt),
    )


def _attendee(node: Node) -> Attendee:
    said = {name: read_title(node.attributes.get(name, "")) for name in ("name", "roledescription", "attendance")}
    return Attendee(name=said["name"], role=said["roledescription"], attendance=said["attendance"])
