"""What is missing from an archive, made through the archive's own writing face: what the coverage pages must show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from archive import Archive, Findings, Listed, frontier, save_page
from archive.falls import Span, note_unlisted
from archive.frontier import Fault, HostMemory, Todo
from tests.webui.holdings import READ_AT, page

NOW = READ_AT + timedelta(days=3)
REASONS = ("server-error", "forbidden", "too-large", "")
MEMORY = HostMemory("eastmere.example", "{}")


def fall_short(archive: Archive) -> None:
    """Eastmere lists four meetings of 2019 that could not be had; Hallow Vale's list has lost four of its six."""
    listed = [
        Listed(meeting=f"eastmere-m{500 + n}", committee="eastmere-c100", date=date(2019, 2 + n, 3), label="Agenda")
        for n in range(len(REASONS))
    ]
    list_page = page("https://eastmere.example/lists", "eastmere", b"<html>more</html>", days=2)
    save_page(archive, list_page, Findings(listed=tuple(listed)))
    _run(archive, "eastmere", [f"meeting:{500 + n}" for n, reason in enumerate(REASONS) if reason], REASONS)
    _run(archive, "hallow-vale", ["meetings:300", "meeting:304", "meeting:305"], ())


def _run(archive: Archive, borough: str, keys: Iterable[str], reasons: tuple[str, ...]) -> None:
    """A run that asks for these pages in turn and cannot have them for these reasons, or has them all."""
    seeds = [Todo(key, f"https://{borough}.example/{key}") for key in keys]
    run = frontier.begin(archive, borough, "all", seeds, NOW)
    for place, seed in enumerate(seeds):
        queued = frontier.next_page(archive, run)
        assert queued is not None
        if reasons:
            frontier.fail(archive, queued, None, Fault(reasons[place], reasons[place]))
        else:
            answer = page(seed.url, borough, seed.key.encode(), days=3)
            frontier.finish(archive, run, queued, answer, Findings(), [], MEMORY)
    note_unlisted(archive, run.id, borough, Span(), NOW)
    frontier.end(archive, run, "partial" if reasons else "done", "not complete" if reasons else "complete", NOW)
