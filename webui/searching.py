"""The one search behind site and command line: what the index answers, and what was asked for that is not here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive import Archive
from index import Index
from index.results import UNKNOWN, SearchRequest, SearchResult
from webui.arguments import quoted, unknown_values
from webui.dates import long_date
from webui.references import Reference, referred_to


def search(archive: Archive, index: Index, request: SearchRequest) -> SearchResult:
    """The answer, its warnings beginning with what was asked for that cannot be found, and what the query names."""
    result = index.search(request)
    boroughs, topics = {borough.slug for borough in archive.boroughs()}, {topic.slug for topic in index.topics}
    named = reference(archive, request)
    told = (
        *unknown_values(request, boroughs, topics),
        *_unknown_committees(archive, request),
        *_backward_dates(request),
        *([named.sentence] if named else ()),
    )
    return replace(result, warnings=(*told, *result.warnings))


def reference(archive: Archive, request: SearchRequest) -> Reference | None:
    """The record or the council's page that the query names instead of words, if it does."""
    return referred_to(archive, request.text, archive.boroughs())


def _unknown_committees(archive: Archive, request: SearchRequest) -> Iterator[str]:
    """A notice for each committee asked for, by its id or its number, that is not in the archive."""
    asked = [value for value in request.committees if value != UNKNOWN]
    known = {committee.id for committee in archive.committees()} if asked else set[str]()
    for value in asked:
        number = f"-c{int(value)}" if value.isdigit() else None
        if value not in known and not (number and any(one.endswith(number) for one in known)):
            yield f"There is no committee {quoted(value)} in this archive, so nothing can be found under it."


def _backward_dates(request: SearchRequest) -> Iterator[str]:
    if request.since and request.until and request.since > request.until:
        yield (
            f"The days asked for end on {long_date(request.until)}, before they begin on {long_date(request.since)}: "
            "no meeting is between them."
        )
