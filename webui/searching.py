"""The one search behind site and command line: what the index answers, and what was asked for that is not here."""

from __future__ import annotations

from dataclasses import replace

from archive import Archive
from index import Index
from index.results import SearchRequest, SearchResult
from webui.arguments import unknown_values


def search(archive: Archive, index: Index, request: SearchRequest) -> SearchResult:
    """The answer, its warnings beginning with the boroughs and topics asked for that there are none of."""
    result = index.search(request)
    boroughs, topics = {borough.slug for borough in archive.boroughs()}, {topic.slug for topic in index.topics}
    return replace(result, warnings=(*unknown_values(request, boroughs, topics), *result.warnings))
