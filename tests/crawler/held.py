"""What must the ledger say of a pretend borough? Counted from what the site holds, by other means than the ledger's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from archive.tallies import Tally
from tests.site import PretendBorough, PretendMeeting, changes

PUBLISHED = ("agenda", "decisions", "draft minutes", "minutes")


@dataclass(frozen=True, slots=True)
class Held:
    """The numbers of some meetings as they are on the site, where all of them could be had and read."""

    listed: int
    held: int
    with_minutes: int
    called_off: int
    items: int
    documents: int


def truth(meetings: Iterable[PretendMeeting]) -> Held:
    """What the site holds of these meetings."""
    every = list(meetings)
    shown = [meeting for meeting in every if meeting.state in PUBLISHED]
    return Held(
        listed=len(every),
        held=len(every) - sum(meeting.state == "planned" for meeting in every),
        with_minutes=sum(meeting.state.endswith("minutes") for meeting in every),
        called_off=sum(meeting.state == "cancelled" for meeting in every),
        items=sum(len(meeting.items) for meeting in shown),
        documents=len({d.key for meeting in shown for item in meeting.items for d in item.all_documents}),
    )


def by_committee_and_month(borough: PretendBorough) -> dict[tuple[str, str], Held]:
    """What the site holds of each scrutiny committee, by record id and month."""
    parts: dict[tuple[str, str], list[PretendMeeting]] = {}
    for committee, meeting in changes.meetings(borough, scrutiny=True):
        key = (f"{borough.slug}-c{committee.cid}", f"{meeting.date:%Y-%m}")
        parts.setdefault(key, []).append(meeting)
    return {key: truth(meetings) for key, meetings in parts.items()}


def said_by(tally: Tally) -> Held:
    """The ledger's numbers in the same form."""
    names = Held.__dataclass_fields__
    return Held(**{name: getattr(tally, name) for name in names})


def adds_up(tally: Tally) -> bool:
    """Whether what is listed is what is held and what is not, each with a reason; and documents likewise."""
    meetings = tally.listed == tally.held + sum(Counter(dict(tally.not_held)).values())
    documents = tally.documents == tally.read + sum(Counter(dict(tally.not_read)).values())
    return meetings and documents and tally.read <= tally.fetched <= tally.documents
