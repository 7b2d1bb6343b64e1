"""What became of a record? Its states of publication one after the other, and what each version changed; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, zip_longest

from archive.records import Meeting, Version
from webui.dates import long_date

UNPUBLISHED = "nothing published"


@dataclass(frozen=True, slots=True)
class Stage:
    """A state of publication and the time it was first seen (UTC)."""

    status: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """A version: in which states it was published, and in a few words what it changed."""

    version: Version
    status: str
    changes: tuple[str, ...]


def stages(meeting: Sequence[Version]) -> tuple[Stage, ...]:
    """The states of publication of a meeting, from its versions, oldest first."""
    found = list[Stage]()
    for version in meeting:
        status = version.record.status if isinstance(version.record, Meeting) else ""
        if not found or found[-1].status != status:
            found.append(Stage(status, version.first_seen))
    return tuple(found)


def during(told: Sequence[Stage], first: datetime, last: datetime) -> tuple[Stage, ...]:
    """The states that hold at some time from `first` to `last`."""
    ends = [stage.since for stage in told[1:]]
    return tuple(
        stage for stage, end in zip_longest(told, ends) if stage.since <= last and (end is None or end > first)
    )


def names(told: Iterable[Stage]) -> str:
    """`draft minutes, then minutes`; nothing where no state is known."""
    named = [stage.status or UNPUBLISHED for stage in told]
    return ", then ".join(named) if named != [UNPUBLISHED] else ""


def life(told: Sequence[Stage]) -> str:
    """`draft minutes until 3 March 2026, then minutes`; nothing where there was but one state."""
    if len(told) < 2:
        return ""
    ended = [f"{stage.status or UNPUBLISHED} until {long_date(after.since)}" for stage, after in pairwise(told)]
    return ", then ".join([*ended, told[-1].status or UNPUBLISHED])
