# mypy: disable-error-code="attr-defined", disallow-untyped-calls=False
# (Whoosh says neither what it exports nor what types it takes.)

"""The same work by Whoosh as it comes: its own codec, writer, searcher, ranking (BM25F) and faceting.

A field a place, a word what `index.tokens` says; an item's documents and their pages stand in one field, with a sign
between them (`Tagged.joined`). Each facet without its own selection is a search more where there are
filters; the places found are counted by five more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import index, query, sorting
from whoosh.analysis import Filter, RegexTokenizer
from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema
from whoosh.query.qcore import Query as SomeQuery
from whoosh.query.spans import SpanNear

from archive import Archive
from archive.records import PLACES, Place
from index import PER_PAGE, FacetName
from index.tokens import WORD, fold
from tests.bench.engines import Answer, Given
from tests.bench.progress import Progress
from tests.bench.queries import WITHIN, Query
from tests.bench.reading import Tagged, read_tagged

_BOUND = "textbound"
_COLUMNS: tuple[FacetName, ...] = ("borough", "committee", "year")
_MEMORY_MB = 256


class Folding(Filter):
    """Words as the other engines keep them."""

    def __call__(self, tokens: Iterable[Any], **_: Any) -> Iterator[Any]:  # type: ignore[override]
        """Fold each."""
        for token in tokens:
            token.text = fold(token.text)
            yield token


class PlainWhoosh:
    """Whoosh, in a folder of its own."""

    name = "plain Whoosh"

    def build(self, given: Given, folder: Path, progress: Progress) -> None:
        """Index every item in one commit."""
        words = {place: TEXT(analyzer=RegexTokenizer(WORD) | Folding()) for place in PLACES}
        facts = {name: ID(sortable=True) for name in (*_COLUMNS, "name")}
        numbers = {name: NUMERIC(int, sortable=True) for name in ("day", "position")}
        made = index.create_in(str(folder), Schema(topic=KEYWORD, shown=ID(stored=True), **words, **facts, **numbers))
        with made.writer(limitmb=_MEMORY_MB) as writer:
            for batch in read_tagged(given, progress):
                for one in batch:
                    writer.add_document(**_document(one))

    def open(self, archive: Archive, folder: Path) -> None:
        """Get ready to answer."""
        self._searcher = index.open_dir(str(folder)).searcher()

    def search(self, asked: Query) -> Answer:
        """The whole answer to a query."""
        sought, left = _query(asked, PLACES), _filter(asked)
        found = self._searcher.search(
            sought, limit=PER_PAGE, filter=left, sortedby=_order(asked), groupedby=_facets(), maptype=sorting.Count
        )
        grouped: tuple[FacetName, ...] = (*_COLUMNS, "topic")
        facets: dict[FacetName, dict[str, int]] = {name: dict(found.groups(name)) for name in grouped}
        for chosen in (name for name, values in _chosen(asked).items() if values):
            others = self._searcher.search(
                sought, limit=1, filter=_filter(asked, chosen), groupedby=_facets(chosen), maptype=sorting.Count
            )
            facets[chosen] = dict(others.groups(chosen))
        facets["topic"] = {topic: count for topic, count in facets["topic"].items() if topic}
        facets["found_in"] = dict(self._places(asked, left))
        return Answer(
            total=len(found),
            top=tuple(hit["shown"] for hit in found[:PER_PAGE]),  # where it groups, Whoosh gives all
            facets=facets,
        )

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()

    def _places(self, asked: Query, left: SomeQuery | None) -> Iterator[tuple[str, int]]:
        for place in PLACES:
            sought = _query(asked, (place,))
            both = query.And([sought, query.ConstantScoreQuery(left)]) if left else sought
            if count := sum(1 for _ in self._searcher.docs_for_query(both)):
                yield place, count


def _document(one: Tagged) -> dict[str, object]:
    facts = one.facts
    return {
        **one.joined(_BOUND),
        "shown": facts.id,
        "name": facts.id,
        "borough": facts.borough,
        "committee": facts.committee,
        "year": str(date.fromordinal(facts.day).year),
        "day": facts.day,
        "position": facts.position,
        "topic": " ".join(one.topics),
    }


def _query(asked: Query, places: Iterable[Place]) -> SomeQuery:
    def anywhere(make: Any) -> SomeQuery:
        return query.Or([make(place) for place in places])

    match asked.manner:
        case "all" | "any":
            words = [anywhere(lambda place, word=word: query.Term(place, fold(word))) for word in asked.words]
            return query.And(words) if asked.manner == "all" else query.Or(words)
        case "phrase":
            return anywhere(lambda place: query.Phrase(place, [fold(word) for word in asked.words]))
        case "prefix":
            return anywhere(lambda place: query.Prefix(place, fold(asked.words[0])))
        case "near":
            return anywhere(lambda place: Near(*(query.Term(place, fold(word)) for word in asked.words)))


class Near(SpanNear):
    """Two words near each other; it also says how many it may find, which Whoosh asks wherever an index is large."""

    def __init__(self, left: SomeQuery, right: SomeQuery) -> None:
        super().__init__(left, right, slop=WITHIN, ordered=False)

    def estimate_size(self, ixreader: Any) -> int:
        """At most as many as hold both words."""
        return int(self.q.estimate_size(ixreader))


def _chosen(asked: Query) -> Mapping[FacetName, tuple[str, ...]]:
    return {"borough": asked.boroughs, "year": asked.years}


def _filter(asked: Query, aside: FacetName | None = None) -> SomeQuery | None:
    """What the filters leave, one facet's aside; None where that is everything."""
    chosen = [
        query.Or([query.Term(name, value) for value in values])
        for name, values in _chosen(asked).items()
        if values and name != aside
    ]
    return query.And(chosen) if chosen else None


def _facets(only: FacetName | None = None) -> dict[str, sorting.FacetType]:
    facets: dict[str, sorting.FacetType] = {name: sorting.FieldFacet(name) for name in _COLUMNS}
    facets["topic"] = sorting.FieldFacet("topic", allow_overlap=True)
    return facets if only is None else {only: facets[only]}


def _order(asked: Query) -> list[sorting.FacetType] | None:
    """By relevance where there is none."""
    if asked.sort == "relevance":
        return None
    names = ("day", "committee", "position", "name")
    return [sorting.FieldFacet(name, reverse=name == "day" and asked.sort == "newest") for name in names]
