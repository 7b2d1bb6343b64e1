"""What was asked of a crawl: which committees, and meetings of which days? Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from archive.errors import UsageError
from archive.records import Borough
from crawler.moderngov.readings import CommitteeLink, MeetingLink
from crawler.moderngov.scrutiny import is_scrutiny

_COMMITTEE = re.compile(r"(?:(?P<borough>[a-z0-9-]+)-c)?(?P<number>[0-9]{1,12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Meetings from `since` to `until`, both included; of the committees named, else of scrutiny, else of all.

    A committee is a number of every borough crawled, or of one borough.
    """

    since: date | None = None
    until: date | None = None
    committees: tuple[tuple[str | None, int], ...] = ()
    all_committees: bool = False

    @property
    def is_of_all_days(self) -> bool:
        """Whether meetings are asked for whenever they were."""
        return self.since is None and self.until is None

    @classmethod
    def of(cls, since: date | None, until: date | None, committees: Iterable[str], *, all_committees: bool) -> Self:
        """The scope as it is asked for. Raises UsageError for what is no committee, or for days the wrong way round."""
        if since and until and since > until:
            raise UsageError(f"--since {since} is after --until {until}: there is no day between them.")
        named = tuple(sorted({_committee(text) for text in committees}, key=str))
        return cls(since=since, until=until, committees=named, all_committees=all_committees)

    @property
    def key(self) -> str:
        """One text for one scope: a stopped crawl is gone on with only by one of the same scope."""
        days = [day.isoformat() if day else None for day in (self.since, self.until)]
        return json.dumps([*days, self.committees, self.all_committees])

    @property
    def whole(self) -> bool:
        """Whether everything is asked for that a council publishes: no days and no committees are left out."""
        return self.since is None and self.until is None and not self.committees

    def scrutiny(self, links: Iterable[CommitteeLink], borough: Borough) -> tuple[CommitteeLink, ...]:
        """Those of the committees listed that are taken as scrutiny."""
        return tuple(link for link in links if is_scrutiny(link, borough.scrutiny_committees))

    def chosen(self, links: Sequence[CommitteeLink], borough: Borough) -> tuple[int, ...]:
        """The numbers of the committees to crawl, in the order of the list, those that it leaves out last.

        The row's own committees are crawled even where the list has forgotten them: expired ones are not listed.
        """
        named = [number for slug, number in self.committees if slug in (None, borough.slug)]
        if self.committees:
            return tuple(dict.fromkeys(named))
        listed = links if self.all_committees else self.scrutiny(links, borough)
        return tuple(dict.fromkeys([*(link.number for link in listed), *borough.scrutiny_committees]))

    def holds(self, meeting: MeetingLink) -> bool:
        """Whether a listed meeting is asked for; one whose day is not known may be."""
        if meeting.date is None:
            return True
        return (self.since is None or meeting.date >= self.since) and (self.until is None or meeting.date <= self.until)

    def reaches_before(self, day: date | None) -> bool:
        """Whether meetings before this day are asked for."""
        return self.since is None or day is None or day > self.since

    def reaches_after(self, day: date | None) -> bool:
        """Whether meetings after this day are asked for."""
        return self.until is None or day is None or day < self.until


def _committee(text: str) -> tuple[str | None, int]:
    match = _COMMITTEE.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"{text!r} is no committee: give its number (308) or its record id (southwark-c308).")
    return match["borough"], int(match["number"])
