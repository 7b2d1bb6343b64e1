"""The index of this project, through its public face alone: whatever is behind that is what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from archive import Archive, read_settings
from index import FacetName, FacetValue, Index, SearchRequest, update_index
from tests.bench.engines import Answer, Given
from tests.bench.progress import Progress
from tests.bench.queries import WITHIN, Query


class ThisIndex:
    """`index.update_index`, `index.Index.find` (what engines do) and `index.Index.search` (the site's whole answer)."""

    name = "this index"

    def __init__(self) -> None:
        self._settings = read_settings({})
        self._index: Index | None = None

    def build(self, given: Given, folder: Path, progress: Progress) -> None:
        """Index every item, and find its topics."""
        update_index(given.archive, folder, self._settings, progress=progress)

    def open(self, archive: Archive, folder: Path) -> None:
        """Get ready to answer."""
        self._index = Index(folder, archive, self._settings)

    def topics(self) -> dict[str, tuple[str, ...]]:
        """The topics of every item."""
        items = self._opened.find(SearchRequest()).question.evaluation.items
        return {ident: items.topics_of(number) for number, ident in enumerate(items.ids)}

    def search(self, query: Query) -> Answer:
        """What is found, without anything read to show it. Raises ValueError where the query was refused."""
        found = self._opened.find(request_of(query))
        if found.refused:
            raise ValueError(f"{query.line} was refused: {found.refused}")
        return Answer(found.total, found.ids, _counts(found.facets))

    def shown(self, query: Query) -> Answer:
        """The same by the site's whole answer, which also holds the passages of the items shown."""
        result = self._opened.search(request_of(query))
        return Answer(result.total, tuple(hit.id for hit in result.hits), _counts(result.facets))

    def close(self) -> None:
        """Let go of everything."""
        if self._index is not None:
            self._index.close()

    @property
    def _opened(self) -> Index:
        assert self._index is not None, "opened first"
        return self._index


def request_of(query: Query) -> SearchRequest:
    """A query as a visitor would type it."""
    match query.manner:
        case "all":
            text = " ".join(query.words)
        case "any":
            text = " OR ".join(query.words)
        case "phrase":
            text = f'"{" ".join(query.words)}"'
        case "prefix":
            text = f"{query.words[0]}*"
        case "near":
            text = f" NEAR/{WITHIN} ".join(query.words)
    return SearchRequest(text=text, boroughs=query.boroughs, years=query.years, sort=query.sort, widen=False)


def _counts(facets: Mapping[FacetName, tuple[FacetValue, ...]]) -> dict[FacetName, dict[str, int]]:
    return {name: {value.value: value.count for value in values if value.count} for name, values in facets.items()}
