"""The index: what can be searched. Made from the archive, safe to delete; only this package knows Whoosh."""

from index.build import IndexReport, Progress, update_index
from index.check import check_index
from index.entries import passages_of
from index.language import QueryReading, read_query
from index.live import IndexMissingError
from index.matching import Matcher, Passage, Texts
from index.postings import IndexDamagedError
from index.results import (
    FACETS,
    PER_PAGE,
    SORTS,
    UNKNOWN,
    DocumentHit,
    FacetName,
    FacetValue,
    Hit,
    Searched,
    SearchRequest,
    SearchResult,
    Snippet,
    Sort,
)
from index.search import Index
from index.thesaurus import Thesaurus, load_thesaurus
from index.topics import Topic, load_topics

__all__ = [
    "FACETS",
    "PER_PAGE",
    "SORTS",
    "UNKNOWN",
    "DocumentHit",
    "FacetName",
    "FacetValue",
    "Hit",
    "Index",
    "IndexDamagedError",
    "IndexMissingError",
    "IndexReport",
    "Matcher",
    "Passage",
    "Progress",
    "QueryReading",
    "SearchRequest",
    "SearchResult",
    "Searched",
    "Snippet",
    "Sort",
    "Texts",
    "Thesaurus",
    "Topic",
    "check_index",
    "load_thesaurus",
    "load_topics",
    "passages_of",
    "read_query",
    "update_index",
]
