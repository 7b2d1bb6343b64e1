"""Searching: a request in, a whole answer out. The only way to the index for anyone outside this package."""

from __future__ import annotations

from math import ceil
from pathlib import Path

import numpy as np

from archive import Archive, Settings
from archive.records import PLACES
from index.costing import Bounds, refusal
from index.evaluate import Evaluation
from index.facets import Labels, Question, facets_of, places_found
from index.facts import Codes, Mask
from index.filters import Filters, filters_of, places_of
from index.generations import index_folder
from index.hits import hit_of, read_pages
from index.language import QueryReading, read_query
from index.live import Live
from index.pages import best_pages
from index.ranking import best, ordered
from index.results import PER_PAGE, Hit, Searched, SearchRequest, SearchResult
from index.snapshot import Snapshot
from index.tagging import load_tagging
from index.thesaurus import load_thesaurus
from index.topics import Topic
from index.tree import Everything


class Index:
    """The index of a data folder, to be made once for a process. Searches may run in any thread."""

    def __init__(self, folder: Path, archive: Archive, settings: Settings) -> None:
        self._archive, self._settings = archive, settings
        self._bounds = Bounds(settings.query_max_terms, settings.query_max_occurrences)
        self._thesaurus, self._tagging = load_thesaurus(), load_tagging()
        self._live = Live(index_folder(folder), settings.index_cache_bytes, self._labels)

    @property
    def sequence(self) -> int:
        """The archive's number of changes that the index follows. Raises IndexMissingError."""
        snapshot, _ = self._live.newest()
        return snapshot.marker.sequence

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic there is, found or not, in the order of its file."""
        return self._tagging.topics

    def topics_of(self, item: str) -> tuple[str, ...] | None:
        """The slugs of an item's topics, papers included; None where it is not indexed. Raises as `search` does."""
        items = self._live.newest()[0].items
        return items.topics_of(items.ids.index(item)) if item in items.ids else None

    def close(self) -> None:
        """Let go of the index's files."""
        self._live.close()

    def search(self, request: SearchRequest) -> SearchResult:
        """The answer to any request. Raises IndexMissingError where there is no index, IndexDamagedError."""
        reading = read_query(request.text, thesaurus=self._thesaurus, limits=self._settings, widen=request.widen)
        return self._answer(request, reading, *self._live.newest())

    def _answer(
        self, request: SearchRequest, reading: QueryReading, snapshot: Snapshot, labels: Labels
    ) -> SearchResult:
        refused = reading.refused or refusal(reading.node, PLACES, snapshot.postings, self._bounds)
        question = Question(
            request=request,
            node=None if refused else reading.node,
            places=places_of(request),
            filters=filters_of(request, snapshot.items),
            evaluation=Evaluation(snapshot.postings, snapshot.items, self._bounds.terms),
        )
        found = question.found(question.places)
        hits = found & question.filters.all_but()
        total = int(np.count_nonzero(hits))
        return SearchResult(
            text=request.text,
            read_as=reading.read_as,
            warnings=reading.warnings if refused is None else (*reading.warnings, refused),
            total=total,
            page=max(request.page, 1),
            pages=ceil(total / PER_PAGE),
            per_page=PER_PAGE,
            searched=_searched(snapshot, question.filters),
            hits=self._hits(question, _page(question, hits, snapshot)),
            facets=facets_of(question, found, labels),
            refused=refused is not None,
        )

    def _hits(self, question: Question, page: Codes) -> tuple[Hit, ...]:
        """The items of a page; one that was withheld since it was indexed is not among them."""
        items, node, places = question.evaluation.items, question.node or Everything(), question.places
        at = {items.ids[item]: int(item) for item in page}
        found_in = places_found(question, at.values())
        entries = self._archive.entries(tuple(at))
        pages = read_pages(self._archive, entries, best_pages(node, places, question.evaluation, page), node)
        return tuple(
            hit_of(entry, node, places, items.topics_of(at[entry.item.id]), found_in[at[entry.item.id]], pages)
            for entry in entries
        )

    def _labels(self) -> Labels:
        boroughs = {borough.slug: borough.name for borough in self._archive.boroughs()}
        committees = {
            committee.id: f"{committee.name}, {boroughs.get(committee.borough, committee.borough)}"
            for committee in self._archive.committees()
        }
        return Labels(boroughs, committees, {topic.slug: topic.name for topic in self.topics})


def _page(question: Question, found: Mask, snapshot: Snapshot) -> Codes:
    """The items of the page asked for, in order; none beyond the last page."""
    first = (max(question.request.page, 1) - 1) * PER_PAGE
    if question.node is None or first >= np.count_nonzero(found):
        return np.empty(0, np.int64)
    wanted = first + PER_PAGE
    if question.request.sort == "relevance" and not isinstance(question.node, Everything):
        return best(question.node, question.places, question.evaluation, snapshot.weights, found, wanted)[first:]
    return ordered(found, question.request.sort, None, snapshot.items, wanted)[first:]


def _searched(snapshot: Snapshot, filters: Filters) -> Searched:
    """What there was to be searched: topics and places say something of the answer, not of what was asked."""
    if filters.masks.keys() <= {"topic"}:
        return snapshot.searched
    return snapshot.items.searched(filters.all_but("topic"))
