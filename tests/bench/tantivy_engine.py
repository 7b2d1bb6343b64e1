"""The same work by tantivy, through its Python package, as well as we know how to ask it.

A field a place, and facts as fast fields in columns. A word is what `index.tokens` says: tantivy's simple tokenizer,
lower case and without accents, to which an inner apostrophe is given as a letter. An item's documents and their pages
stand in one field, with a sign between them (`Tagged.joined`).

A query runs once for the first twenty and the total, once for the facets, once more for each facet that is filtered,
and once a place for the places found. In one thing it does less than the others: it ranks by its own BM25 alone, where
they put standing items last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import tantivy
from tantivy import Occur

from archive import Archive
from archive.records import PLACES, Place
from index import PER_PAGE, FacetName
from tests.bench.engines import Answer, Given
from tests.bench.progress import Progress
from tests.bench.queries import WITHIN, Query
from tests.bench.reading import Tagged, read_tagged

_APOSTROPHE = re.compile(r"(?<=[^\W_])['’](?=[^\W_])")
_LETTER, _BOUND = "ʼ", "textbound"
_MEMORY_BYTES = 512_000_000
_MOST_VALUES = 10_000  # of a facet: more than there are, so that every count is exact
_WEIGHTS: Mapping[Place, float] = {"title": 5.0, "decision": 2.5, "minutes": 2.0, "agenda": 1.5, "documents": 1.0}
_COLUMNS: tuple[FacetName, ...] = ("borough", "committee", "year", "topic")
# The parts of one whole number by which items are sorted, newest first, and how many bits each takes.
_DAY, _COMMITTEE, _POSITION, _NAME = 20, 12, 8, 22


class Tantivy:
    """tantivy, in a folder of its own."""

    name = "tantivy"

    def build(self, given: Given, folder: Path, progress: Progress) -> None:
        """Index every item in one commit, by as many threads as it chooses."""
        made = tantivy.Index(_schema(), path=str(folder), reuse=False)
        made.register_tokenizer("words", _words())
        writer, order = made.writer(_MEMORY_BYTES), _Order(given.archive)
        for batch in read_tagged(given, progress):
            for one in batch:
                writer.add_document(tantivy.Document(**_document(one, order)))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, archive: Archive, folder: Path) -> None:
        """Get ready to answer."""
        self._index = tantivy.Index.open(str(folder))
        self._index.register_tokenizer("words", _words())
        self._searcher = self._index.searcher()

    def search(self, query: Query) -> Answer:
        """The whole answer to a query."""
        asked = _Asked(self._index.schema, query)
        ordered = {} if query.sort == "relevance" else {"order_by_field": "newest"}
        found = self._searcher.search(asked.narrowed(PLACES), PER_PAGE, count=True, **ordered)
        facets = self._counts(asked, None, [name for name in _COLUMNS if name not in asked.filters])
        for name in asked.filters:
            facets |= self._counts(asked, name, [name])
        return Answer(
            total=found.count,
            top=tuple(self._searcher.doc(address)["name"][0] for _, address in found.hits),
            facets={**facets, "found_in": dict(self._places(asked))},
        )

    def close(self) -> None:
        """Let go of the files."""
        del self._searcher, self._index

    def _counts(
        self, asked: _Asked, aside: FacetName | None, names: Iterable[FacetName]
    ) -> dict[FacetName, dict[str, int]]:
        wanted = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}
        counted = self._searcher.aggregate(asked.narrowed(PLACES, aside), wanted)
        return {name: {one["key"]: one["doc_count"] for one in counted[name]["buckets"]} for name in wanted}

    def _places(self, asked: _Asked) -> Iterator[tuple[str, int]]:
        for place in PLACES:
            alone = tantivy.Query.const_score_query(asked.narrowed((place,)), 1.0)
            if count := self._searcher.search(alone, 1, count=True).count:
                yield place, count


class _Asked:
    """A query in tantivy's terms."""

    def __init__(self, schema: tantivy.Schema, query: Query) -> None:
        self._schema, self._query = schema, query
        self._words = [_APOSTROPHE.sub(_LETTER, word) for word in query.words]
        chosen: dict[FacetName, tuple[str, ...]] = {"borough": query.boroughs, "year": query.years}
        self.filters = {name: values for name, values in chosen.items() if values}

    def narrowed(self, places: Iterable[Place], aside: FacetName | None = None) -> tantivy.Query:
        """The query on these places within its filters, one facet's aside."""
        kept = [
            tantivy.Query.const_score_query(_any([self._term(name, value) for value in values]), 0.0)
            for name, values in self.filters.items()
            if name != aside
        ]
        sought = self._sought(tuple(places))
        return _all([sought, *kept]) if kept else sought

    def _sought(self, places: tuple[Place, ...]) -> tantivy.Query:
        words = self._words
        match self._query.manner:
            case "all":
                return _all([self._anywhere(places, word) for word in words])
            case "any":
                return _any([self._anywhere(places, word) for word in words])
            case "phrase":
                return _any([self._weighed(place, self._phrase(place, words)) for place in places])
            case "prefix":
                return _any([self._weighed(place, self._prefix(place, words[0])) for place in places])
            case "near":
                # A slop of one less in either order: turned round, a phrase costs a word more on either side.
                orders = (words, words[::-1])
                both = ((place, self._phrase(place, order, WITHIN - 1)) for place in places for order in orders)
                return _any([self._weighed(place, phrase) for place, phrase in both])

    def _anywhere(self, places: tuple[Place, ...], word: str) -> tantivy.Query:
        return _any([self._weighed(place, self._term(place, word)) for place in places])

    def _term(self, name: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, word)

    def _phrase(self, place: Place, words: list[str], slop: int = 0) -> tantivy.Query:
        return tantivy.Query.phrase_query(self._schema, place, words, slop)

    def _prefix(self, place: Place, word: str) -> tantivy.Query:
        # Thirty times as quick as a pattern, but of at most 50 words; there are fewer, or the answers would differ.
        return tantivy.Query.phrase_prefix_query(self._schema, place, [word])

    def _weighed(self, place: Place, query: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.boost_query(query, _WEIGHTS[place])


class _Order:
    """One whole number an item, the largest for the newest: those of a day by committee, position and id."""

    def __init__(self, archive: Archive) -> None:
        self._committees = _ranks(one.id for one in archive.committees())
        self._names = _ranks(archive.item_ids())

    def of(self, one: Tagged) -> int:
        """The number of an item."""
        facts, number = one.facts, one.facts.day
        assert facts.day >> _DAY == 0
        parts = ((self._committees[facts.committee], _COMMITTEE), (facts.position, _POSITION))
        for value, bits in (*parts, (self._names[facts.id], _NAME)):
            assert value >> bits == 0, f"{value} takes more than {bits} bits"
            number = (number << bits) + (1 << bits) - 1 - value
        return number


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for place in PLACES:
        builder.add_text_field(place, tokenizer_name="words")
    for name in _COLUMNS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("newest", fast=True)
    builder.add_text_field("name", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _words() -> tantivy.TextAnalyzer:
    filters = (tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold())
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for each in filters:
        builder = builder.filter(each)
    return builder.build()


def _document(one: Tagged, order: _Order) -> dict[str, object]:
    facts = one.facts
    return {
        **{place: _APOSTROPHE.sub(_LETTER, text) for place, text in one.joined(_BOUND).items()},
        "borough": facts.borough,
        "committee": facts.committee,
        "year": str(date.fromordinal(facts.day).year),
        "topic": list(one.topics),
        "newest": order.of(one),
        "name": facts.id,
    }


def _ranks(names: Iterable[str]) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(sorted(names))}


def _all(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])
