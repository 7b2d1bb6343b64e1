# mypy: disable-error-code="attr-defined", disallow-untyped-calls=False
# (Whoosh says neither what it exports nor what types it takes.)

"""Whoosh's own searcher over our arrays: every kind of its queries works, and it finds what our own reading finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh import query as q
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.matching.mcore import ReadTooFar
from whoosh.query.qcore import Query
from whoosh.query.spans import SpanFirst, SpanNear, SpanNot, SpanOr
from whoosh.searching import Searcher

from archive import Archive, Settings
from archive.records import PLACES, Place
from index import update_index
from index.columns import NONE
from index.evaluate import Evaluation
from index.generations import current_generation, index_folder
from index.leaves import alternatives, narrowed
from index.schema import make_schema
from index.snapshot import Snapshot
from index.tokens import CAPITALS_MARK, stem
from index.tree import And, Everything, InPlace, Leaf, Near, Node, Not, Or, Phrase, Prefix, Widened, Word
from tests.index.corpus import item_of, save_meeting
from tests.index.holding import holding
from tests.index.test_exactness import some_places, tree

TREES = 300


@pytest.fixture(scope="module")
def generation(corpus: Archive) -> Path:
    found = current_generation(index_folder(corpus.folder))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def snapshot(generation: Path) -> Snapshot:
    return Snapshot.open(generation)


@pytest.fixture(scope="module")
def searcher(generation: Path) -> Iterator[Searcher]:
    with FileIndex(FileStorage(str(generation)), make_schema()).searcher() as opened:
        yield opened


class Oracle:
    """The items that answer a tree, each leaf and NEAR asked of Whoosh's searcher."""

    def __init__(self, searcher: Searcher, snapshot: Snapshot) -> None:
        self._searcher, self._items = searcher, snapshot.items
        self._words = {place: [term.decode() for term in searcher.reader().lexicon(place)] for place in PLACES}
        self._all = frozenset(range(len(snapshot.items)))

    def answers(self, node: Node, places: tuple[Place, ...]) -> frozenset[int]:
        match node:
            case And(nodes):
                return frozenset.intersection(*(self.answers(one, places) for one in nodes))
            case Or() | Widened():
                return frozenset().union(*(self.answers(one, places) for one in alternatives(node)))
            case Not(below):
                return self._all - self.answers(below, places)
            case InPlace(place, below):
                return self.answers(below, narrowed(places, place))
            case Everything():
                return self._all
            case Near(left, right, distance):
                found = [self._near(left, right, distance, place) for place in places]
            case _:
                found = [self._leaf(node, place) for place in places]
        rows = {row for one in found for row in self._searcher.docs_for_query(one)}
        return frozenset(self._items.rows.items[sorted(rows)].tolist())

    def _near(self, left: Node, right: Node, distance: int, place: Place) -> Query:
        return SpanNear(self._side(left, place), self._side(right, place), slop=distance, ordered=False, mindist=0)

    def _side(self, side: Node, place: Place) -> Query:
        leaves = alternatives(side) if isinstance(side, Or | Widened) else (side,)
        return SpanOr([self._leaf(one, place) for one in leaves])  # type: ignore[arg-type]

    def _leaf(self, leaf: Leaf, place: Place) -> Query:
        if isinstance(leaf, Prefix):
            return q.Prefix(place, leaf.text)
        if isinstance(leaf, Phrase):
            return q.Phrase(place, list(leaf.words))
        words = [word for word in self._words[place] if stem(word) == stem(leaf.text)] if leaf.forms else [leaf.text]
        mark = CAPITALS_MARK if leaf.capitals else ""
        terms = [q.Term(place, mark + word) for word in words if not word.startswith(CAPITALS_MARK)]
        return SpanOr(terms) if terms else q.NullQuery


def test_every_tree_finds_what_whoosh_finds(searcher: Searcher, snapshot: Snapshot) -> None:
    made, oracle, found = random.Random(30), Oracle(searcher, snapshot), 0
    for _ in range(TREES):
        node, places = tree(made), some_places(made)
        evaluation = Evaluation(snapshot.postings, snapshot.items, 500, snapshot.kept)
        items = oracle.answers(node, places)
        if set(places) != set(PLACES):
            items &= frozenset(evaluation.with_text(places).nonzero()[0].tolist())
        assert frozenset(evaluation.answers(node, places).nonzero()[0].tolist()) == items, (node, places)
        found += bool(items)
    assert found > TREES / 2


def rows_with(snapshot: Snapshot, word: str, place: Place = "minutes") -> set[int]:
    return set(holding(snapshot, Word(word), place)[0].tolist())


def test_every_kind_of_whoosh_query_works(searcher: Searcher, snapshot: Snapshot) -> None:
    def found(query: Query) -> set[int]:
        return set(searcher.docs_for_query(query))

    police, report, damp = (q.Term("minutes", word) for word in ("police", "report", "damp"))
    a, b, c = (rows_with(snapshot, word) for word in ("police", "report", "damp"))
    everything = set(range(len(snapshot.items.rows.items)))
    assert found(police) == a
    assert found(q.And([police, report, damp])) == a & b & c
    assert found(q.Or([police, report, damp])) == a | b | c
    assert found(q.AndNot(police, report)) == a - b
    assert found(q.Not(police)) == everything - a
    assert found(q.Require(police, report)) == a & b
    assert found(q.AndMaybe(police, report)) == a
    assert found(q.Otherwise(q.Term("minutes", "nowhere"), report)) == b
    assert found(q.DisjunctionMax([police, report])) == a | b
    assert found(q.ConstantScoreQuery(police)) == a
    assert found(q.Every()) == everything
    assert found(q.Every("minutes")) == set.union(
        *(rows_with(snapshot, term.decode()) for term in searcher.reader().lexicon("minutes"))
    )
    polices = rows_with(snapshot, "police") | rows_with(snapshot, "policed")
    assert found(q.TermRange("minutes", "police", "policed")) == polices
    assert found(q.Wildcard("minutes", "police?")) == rows_with(snapshot, "policed")
    assert found(q.Regex("minutes", "police[d]?")) == polices
    assert found(q.FuzzyTerm("minutes", "polise")) == rows_with(snapshot, "police")
    assert found(q.Variations("minutes", "reports")) >= rows_with(snapshot, "reports")
    assert found(SpanFirst(police, limit=0)) < a
    assert found(SpanNot(police, report)) == a


def test_whoosh_ranks_by_our_counts(searcher: Searcher, snapshot: Snapshot) -> None:
    rows, often = holding(snapshot, Word("police"), "minutes")
    best = searcher.search(q.Term("minutes", "police"), limit=5)
    counts = dict(zip(rows.tolist(), often.tolist(), strict=True))
    assert [counts[hit.docnum] for hit in best] == sorted(counts.values(), reverse=True)[:5]
    assert len(searcher.search(q.Or([q.Term("minutes", "police"), q.Term("minutes", "damp")]), limit=3)) > 3


def test_statistics_are_those_of_the_postings(searcher: Searcher, snapshot: Snapshot) -> None:
    reader = searcher.reader()
    for place in PLACES:
        for term in ("police", "of", "zephyr"):
            rows, counts = holding(snapshot, Word(term), place)
            assert reader.doc_frequency(place, term) == len(rows)
            assert reader.frequency(place, term) == counts.sum()
            if len(rows):
                info = reader.term_info(place, term)
                assert (info.min_id(), info.max_id()) == (rows[0], rows[-1])
                assert info.max_weight() == counts.max()
    assert ("minutes", b"nowhere") not in reader
    assert ("minutes", b"police") in reader
    terms = list(reader.all_terms())
    assert terms == sorted(terms)
    assert [term for term, _ in reader] == terms
    assert [term for term, _ in reader.iter_from("minutes", "police")] == [
        t for t in terms if t >= ("minutes", b"police")
    ]


def test_a_matcher_goes_only_forward_and_says_when_it_is_at_the_end(searcher: Searcher, snapshot: Snapshot) -> None:
    rows, _ = holding(snapshot, Word("police"), "minutes")
    matcher = searcher.reader().leaf_readers()[0][0].postings("minutes", "police")
    matcher.skip_to(int(rows[3]) - 1 if rows[3] - 1 > rows[2] else int(rows[3]))
    assert matcher.id() == rows[3]
    matcher.skip_to(0)
    assert matcher.id() == rows[3]
    assert matcher.copy().id() == rows[3]
    assert list(matcher.all_ids()) == rows[3:].tolist()
    matcher.skip_to(int(rows[-1]) + 1)
    assert not matcher.is_active()
    for go_on in (matcher.next, lambda: matcher.skip_to(0)):
        with pytest.raises(ReadTooFar):
            go_on()
    matcher.reset()
    assert matcher.id() == rows[0]


def test_whoosh_passes_over_removed_rows_as_we_do(archive: Archive, settings: Settings) -> None:
    others = [item_of(number, "Lamp posts") for number in range(2, 8)]
    for minutes in ("The lamp was mended.", "The lantern was mended."):
        save_meeting(archive, 0, [item_of(1, "Street lighting", minutes=minutes), *others])
        update_index(archive, archive.folder, settings)
    generation = current_generation(index_folder(archive.folder))
    assert generation is not None
    snapshot = Snapshot.open(generation)
    assert (snapshot.items.rows.items == NONE).any()
    with FileIndex(FileStorage(str(generation)), make_schema()).searcher() as searcher:
        for place, word in (("minutes", "lamp"), ("minutes", "lantern"), ("minutes", "mended"), ("title", "lamp")):
            assert set(searcher.docs_for_query(q.Term(place, word))) == rows_with(snapshot, word, place)  # type: ignore[arg-type]
