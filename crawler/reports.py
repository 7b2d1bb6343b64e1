"""How a crawl ended, borough by borough, and what exit code that makes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from archive.errors import PartialError, RateLimitedError, ScrutinyError
from archive.frontier import Failure
from archive.records import Borough

EndingName = Literal["done", "partial", "closed", "blocked", "down", "rate-limited", "budget", "stopped"]


@dataclass(frozen=True, slots=True)
class Ending:
    """How the crawl of one borough ended, and why in one line."""

    name: EndingName
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoroughReport:
    """What the crawl of one borough did. `alarms` tell of lists that are shorter than they were, a line each."""

    borough: Borough
    ending: Ending
    resumed: bool
    pages: int
    new: int
    changed: int
    failures: tuple[Failure, ...]
    alarms: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """How it ended, in one line without the borough's name, as the status page shows it."""
        told = {"done": "complete", "partial": "not complete"}.get(self.ending.name, self.ending.name)
        reasons = Counter(failure.fault.reason for failure in self.failures)
        counted = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
        parts = (told, self.ending.why, f"({counted})" if counted else "")
        ended = (
            " ".join(f"{parts[0]}: {parts[1]} {parts[2]}".split()) if self.ending.why else f"{told} {parts[2]}".strip()
        )
        return "; alarm: ".join((ended, *self.alarms))

    @property
    def line(self) -> str:
        """The whole report in one line."""
        gone_on = " (gone on with)" if self.resumed else ""
        did = f"{self.pages} pages, {self.new} new records, {self.changed} changed"
        return f"{self.borough.name}{gone_on}: {self.outcome}; {did}."


def problem_of(reports: Iterable[BoroughReport]) -> ScrutinyError | None:
    """The error that the reports amount to; None where all was had. Partial wins over rate limited."""
    short = [report for report in reports if report.ending.name != "done"]
    if not short:
        return None
    names = ", ".join(report.borough.slug for report in short)
    if all(report.ending.name == "rate-limited" for report in short):
        return RateLimitedError(
            f"Asked to come back later by: {names}. Run the same command again then; it goes on where it was."
        )
    return PartialError(f"Not all could be had of: {names}. 'scrutiny status' says what is missing and why.")
