"""What arrived, and what was taken from it: the values between fetching and saving."""

from __future__ import annotations

from dataclasses import dataclass

from archive import Findings
from archive.records import Committee
from crawler.targets import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What arrived, from where (after redirects), and what is known of it: the committee a meeting is listed under,
    whether the council's web service answers, and whether it alone tells of a meeting, whose page was never had."""

    body: bytes
    url: str
    max_bytes: int
    committee: Committee | None = None
    service: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """The records an answer gives, and what it leads to. Documents that items link to stand in the findings."""

    findings: Findings
    found: tuple[Target, ...] = ()
