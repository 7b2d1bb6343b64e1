"""Taking a turn of the rota: its crawls one after another, the index after each, and what became of it kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from archive import Archive, Settings
from archive.errors import ActiveRunError, ScrutinyError
from archive.records import Borough
from archive.schedule_state import last_crawled, note_begun, note_ended, unfinished_scopes
from crawler.crawl import crawl
from crawler.reports import BoroughReport
from crawler.rota import LONDON, STOPPED, Duty, Kind, duties, scope_of, swept_tonight


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What the turns over these boroughs need.

    `tell` is given what happens, a line at a time, and `after_crawl` is called after each crawl; both from the thread
    that takes the turn. `stop` ends a turn between two pages.
    """

    archive: Archive
    boroughs: Mapping[str, Borough]
    settings: Settings
    tell: Callable[[str], None]
    after_crawl: Callable[[], None]
    stop: threading.Event

    def take(self, kind: Kind) -> tuple[BoroughReport, ...]:
        """Take a turn now. Raises ActiveRunError where another crawl runs, and what else ends a crawl; each is kept."""
        note_begun(self.archive, kind, _now())
        outcome = "failed: a fault of ours"
        try:
            reports = self._crawl_all(kind)
            outcome = STOPPED if self.stop.is_set() else outcome_of(reports)
        except ActiveRunError as problem:
            outcome = f"skipped: {problem}"
            raise
        except ScrutinyError as problem:
            outcome = f"failed: {problem}"
            raise
        finally:
            note_ended(self.archive, kind, _now(), outcome)
        self.tell(f"{kind}: {outcome}.")
        return reports

    def _crawl_all(self, kind: Kind) -> tuple[BoroughReport, ...]:
        reports: list[BoroughReport] = []
        for duty in self._duties(kind):
            if self.stop.is_set():
                break
            self.tell(f"{kind}: {_what(duty, kind)}.")
            chosen = [self.boroughs[slug] for slug in duty.slugs]
            done = crawl(self.archive, chosen, duty.scope, self.settings, lambda _pages: None, self.stop)
            for report in done:
                self.tell(f"{kind}: {report.line}")
            reports += done
            self.after_crawl()
        return tuple(reports)

    def _duties(self, kind: Kind) -> tuple[Duty, ...]:
        now, unfinished = _now(), unfinished_scopes(self.archive)
        today = now.astimezone(LONDON).date()
        slugs = tuple(self.boroughs)
        if kind == "sweep":
            everything = scope_of("sweep", today, self.settings).key
            due = swept_tonight(slugs, last_crawled(self.archive, everything), now, self.settings.schedule_sweep_days)
            begun = (slug for slug in slugs if unfinished.get(slug) == everything)
            slugs = tuple(dict.fromkeys((*begun, *due)))
        return duties(kind, slugs, unfinished, today, self.settings)


def outcome_of(reports: Iterable[BoroughReport]) -> str:
    """What became of a turn, in one line."""
    done = tuple(reports)
    if not done:
        return "nothing was due"
    pages, new, changed = (sum(getattr(r, name) for r in done) for name in ("pages", "new", "changed"))
    short = ", ".join(report.borough.slug for report in done if report.ending.name != "done")
    told = f"; not complete: {short}" if short else ""
    boroughs = f"{len(done)} borough{'s' if len(done) > 1 else ''}"
    return f"{boroughs}, {pages:,} pages, {new:,} new records, {changed:,} changed{told}"


def _what(duty: Duty, kind: Kind) -> str:
    gone_on = f", going on with the {duty.kind} that was stopped" if duty.kind != kind else ""
    return f"crawling {', '.join(duty.slugs)}{gone_on}"


def _now() -> datetime:
    return datetime.now(UTC)
