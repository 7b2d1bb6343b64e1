"""How does a search, or the coverage, read in a terminal? Plain lines; what a council wrote cannot steer it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from archive import Coverage
from archive.reasons import Counts, told
from archive.schedule_state import Turn
from archive.tallies import Tally
from index.results import DocumentHit, FacetValue, Hit, SearchResult
from webui.dates import long_date
from webui.filters import counted
from webui.links import item_url

_MARKS = re.compile(r"</?mark>")
_FEW = 6


def note_lines(result: SearchResult) -> Iterator[str]:
    """What is to be said of a search before its answer: what was wrong with it, and what may have been meant."""
    yield from (f"Note: {printable(warning)}" for warning in result.warnings)
    if result.suggestion:
        yield f"Did you mean: {printable(result.suggestion)}"


def result_lines(result: SearchResult, *, widened: bool = False) -> Iterator[str]:
    """A search's result: how it was read, the hits of this page, and the facets in brief.

    `widened`: it was read as more than was typed.
    """
    yield from note_lines(result)
    if result.text and not result.refused:
        yield f"Read as: {printable(result.read_as)}" + widened * " [--no-widen: only what was typed]"
    yield from nothing_lines(result)
    if not result.total:
        return
    found = f"{result.total:,} found in {_looked_at(result)}"
    if result.page > result.pages:
        yield f"{found}; there is no page {result.page:,}, the last is page {result.pages:,}."
        return
    yield f"{found}; page {result.page:,} of {result.pages:,}."
    for place, hit in enumerate(result.hits, start=(result.page - 1) * result.per_page + 1):
        yield ""
        yield from _hit_lines(place, hit)
    yield ""
    for name in ("borough", "topic", "year"):
        values = [value for value in result.facets.get(name, ()) if value.count]
        if name == "year":
            values.sort(key=lambda one: (one.value.isdigit(), one.value), reverse=True)
        # The counts of a facet leave its own choice aside: unsaid, they would contradict the total above.
        chosen = any(value.selected for value in values)
        yield f"By {name}{', whichever is chosen' if chosen else ''}: {_brief(values)}"


def nothing_lines(result: SearchResult) -> Iterator[str]:
    """Why there is no answer; nothing where there is one. Not found, not looked at and refused are never the same."""
    if result.refused:
        yield "Not searched: the reason stands above. Nothing is said of what there is."
    elif not result.total:
        yield _nothing(result)


def coverage_lines(coverage: Iterable[Coverage]) -> Iterator[str]:
    """What is held of each borough, a line each under a heading; below it what is not, why, and what is alarming."""
    heads = " ".join(f"{head:>7}" for head in ("listed", "held", "missing", "minutes"))
    yield f"{'Borough':32} {heads} {'items':>8} {'papers':>8} {'read':>8}  last crawl"
    for row in coverage:
        tally = row.tally
        meetings = (tally.listed, tally.held, tally.missing, tally.with_minutes)
        counted = " ".join(f"{number:>7,}" for number in meetings)
        below = " ".join(f"{number:>8,}" for number in (tally.items, tally.documents, tally.read))
        when = f"{row.last_run:%Y-%m-%d %H:%M} UTC, " if row.last_run else ""
        yield f"{row.name[:32]:32} {counted} {below}  {when}{printable(row.outcome)}"
        yield from (f"    ALARM: {printable(alarm.line)} (noticed {alarm.since:%Y-%m-%d})" for alarm in row.alarms)
        yield from (f"    {what}: {told(counts)}" for what, counts in _lacking(tally) if counts)


def schedule_lines(turns: Iterable[Turn], now: datetime) -> Iterator[str]:
    """What the scheduled crawler did last and does next, a line a kind; nothing where it was never started."""
    for place, turn in enumerate(turns):
        if not place:
            yield ""
            yield f"{'Scheduled':10} {'last ended':22} {'next':22} outcome"
        running = turn.started is not None and turn.ended is None
        ended = f"under way since {_minute(turn.started)}" if running else turn.outcome
        # A turn waits while another is under way; an hour is more than that, or than any jitter, should take alone.
        late = turn.planned is not None and turn.planned < now - timedelta(hours=1) and not running
        overdue = " (overdue: is 'scrutiny schedule' running?)" if late else ""
        yield f"{turn.kind:10} {_minute(turn.ended):22} {_minute(turn.planned):22} {printable(ended)}{overdue}".rstrip()


def printable(text: str) -> str:
    """Text on one line, without the control characters that could steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _looked_at(result: SearchResult) -> str:
    """What was searched; in which places alone, where these were chosen."""
    searched, places = result.searched, _places(result)
    items, documents = counted(searched.items, "item"), counted(searched.documents, "document")
    alone = f", in {' and '.join(places)} alone" if places else ""
    if places and "documents" not in places:
        return f"{items} searched{alone}"
    return f"{items} and {documents} ({counted(searched.pages, 'page')}) searched{alone}"


def _places(result: SearchResult) -> list[str]:
    return [value.value for value in result.facets.get("found_in", ()) if value.selected]


def _nothing(result: SearchResult) -> str:
    searched = result.searched
    if not searched.items:
        return (
            "Not looked at: the archive holds no items that the chosen filters leave. "
            "'scrutiny status' tells what is held."
        )
    in_papers = not _places(result) or "documents" in _places(result)
    unread = f" Of {counted(searched.unread, 'document')} the title alone, for no text is held."
    missing = "'scrutiny status' tells what is known to be missing."
    return f"Nothing found in {_looked_at(result)}.{unread if searched.unread and in_papers else ''} {missing}"


def _hit_lines(place: int, hit: Hit) -> Iterator[str]:
    yield f"{place}. {printable(' '.join((hit.number, hit.title))).strip()}  [{hit.id}]"
    when = long_date(hit.meeting_date)
    status = f" ({printable(hit.meeting_status)})" if hit.meeting_status else ""
    yield f"   {hit.borough_name}, {printable(hit.committee_name or 'committee not known')}, {when}{status}"
    yield from (f"   {snippet.where}: {_plain(snippet.html)}" for snippet in hit.snippets)
    yield from (_document_line(document) for document in hit.documents if document.html)
    yield f"   {hit.source_url or item_url(hit.id)}"


def _document_line(document: DocumentHit) -> str:
    """A paper with a hit: its page and what stands there, or its title alone where that is what answers."""
    title, said = printable(document.title or "Untitled document"), _plain(document.html or "")
    at = f"   {title}, page {document.page:,}" if document.page is not None else f"   document: {title}"
    return at if said == printable(document.title) else f"{at}: {said}"


def _lacking(tally: Tally) -> Iterator[tuple[str, Counts]]:
    """What is not there, or was there only before, with its reasons."""
    yield "meetings not held", tally.not_held
    yield "meetings held, not to be had again", tally.held_from_before
    yield "items held, not to be had again", tally.items_from_before
    yield "papers not read", tally.not_read
    yield "papers kept, not to be had again", tally.documents_from_before


def _minute(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC" if instant else "-"


def _plain(marked: str) -> str:
    return printable(html.unescape(_MARKS.sub("", marked)))


def _brief(values: Iterable[FacetValue]) -> str:
    every = [f"{printable(value.label)} {value.count:,}" for value in values]
    return ", ".join(every[:_FEW]) + (f" and {len(every) - _FEW} more" if len(every) > _FEW else "")
