"""Searching: a request in, a whole answer out. The only way to the index for anyone outside this package."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import ceil
from pathlib import Path

import numpy as np

from archive import Archive, Settings
from archive.records import PLACES
from index.costing import Bounds, refusal
from index.evaluate import Evaluation
from index.facets import Labels, places_found
from index.finding import Found, find
from index.generations import index_folder
from index.hits import documents_of, hit_of, read_pages
from index.language import QueryReading, read_query
from index.live import Live
from index.meant import meant
from index.pages import best_pages
from index.results import PER_PAGE, DocumentHit, Hit, SearchRequest, SearchResult
from index.tagging import load_tagging
from index.thesaurus import load_thesaurus
from index.topics import Topic
from index.tree import Everything


class Index:
    """The index of a data folder, to be made once for a process. Searches may run in any thread."""

    def __init__(self, folder: Path, archive: Archive, settings: Settings) -> None:
        self._archive, self._settings = archive, settings
        self._bounds = Bounds(settings.query_max_terms, settings.query_max_steps)
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
        snapshot, labels = self._live.newest()
        read = self._reader(request)
        found = find(request, read(request.text), snapshot, labels, self._bounds)
        reading, refused = found.reading, found.refused
        return SearchResult(
            text=request.text,
            read_as=reading.read_as,
            warnings=reading.warnings if refused is None else (*reading.warnings, refused),
            total=found.total,
            page=max(request.page, 1),
            pages=ceil(found.total / PER_PAGE),
            per_page=PER_PAGE,
            searched=found.searched,
            hits=self._hits(found),
            facets=found.facets,
            refused=refused is not None,
            suggestion=meant(found, snapshot.postings, self._bounds, read),
        )

    def papers(self, item: str, text: str, *, widen: bool = True) -> tuple[DocumentHit, ...]:
        """An item's documents as the search for a text lists them, those with hits first. Raises as `search` does.

        Empty where the item is not indexed, or the text is refused.
        """
        snapshot, _ = self._live.newest()
        reading, items = self._reader(SearchRequest(widen=widen))(text), snapshot.items
        this = np.array([at for at, known in enumerate(items.ids) if known == item], np.int64)
        if not len(this) or reading.refused or refusal(reading.node, PLACES, snapshot.postings, self._bounds):
            return ()
        evaluation = Evaluation(snapshot.postings, items, self._bounds.terms, snapshot.kept)
        entries = self._archive.entries((item,))
        pages = read_pages(self._archive, entries, best_pages(reading.node, PLACES, evaluation, this), reading.node)
        return tuple(one for entry in entries for one in documents_of(entry, reading.node, PLACES, pages))

    def find(self, request: SearchRequest) -> Found:
        """All of the answer but what the items of its page say: nothing is read of the archive. Raises likewise."""
        return find(request, self._reader(request)(request.text), *self._live.newest(), self._bounds)

    def _reader(self, request: SearchRequest) -> Callable[[str], QueryReading]:
        return partial(read_query, thesaurus=self._thesaurus, limits=self._settings, widen=request.widen)

    def _hits(self, found: Found) -> tuple[Hit, ...]:
        """The items of a page; one that was withheld since it was indexed is not among them."""
        question, at = found.question, found.numbers
        items, node, places = question.evaluation.items, question.node or Everything(), question.places
        found_in = places_found(question, at.values())
        entries = self._archive.entries(tuple(at))
        pages = read_pages(self._archive, entries, best_pages(node, places, question.evaluation, found.page), node)
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
