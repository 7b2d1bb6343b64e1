"""The engine against the oracle: the same items, the same order, the same counts, for every form of query."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import TypeVar, get_args

import pytest

from archive import Archive, Settings
from archive.records import PLACES, Place
from index import FACETS, UNKNOWN, Index, SearchRequest, load_thesaurus, read_query
from index.evaluate import Evaluation
from index.generations import current_generation, index_folder
from index.results import Sort
from index.snapshot import Snapshot
from index.tokens import fold, tokens
from index.tree import And, Everything, InPlace, Leaf, Near, Node, Not, Or, Phrase, Prefix, Widened, Word
from tests.index.conftest import scan_of
from tests.index.corpus import RARE, STANDING, WORDS
from tests.index.scan import Scan, found, in_order

T = TypeVar("T")
TREES, REQUESTS, LARGE_REQUESTS = 500, 200, 400
_FOLDED = tuple(dict.fromkeys(fold(word) for word in (*WORDS, *RARE) if "-" not in word and "£" not in word))
_FORMS = (
    "{a}", "{a} {b}", '"{a} {b}"', "-{a}", "{a} -{b}", "{a} OR {b}", "{a} NEAR/3 {b}", "title:{a}", "{p}*", "{a} {p}*",
    '"{a}"', "({a} OR {b}) {c}", "NOT ({a} {b})", '"{a} {b}" OR minutes:{c}', "{a} NEAR/6 ({b} OR {c})", "",
    "documents:{a} OR decision:{b}", "ASB", "SEND", '"send"', "{a} NEAR/2 {b} NEAR/4 {c}", '{p}* NEAR/3 "{a} {b}"',
    "agenda:({a} {b})",
)  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(corpus: Archive) -> Snapshot:
    generation = current_generation(index_folder(corpus.folder))
    assert generation is not None
    return Snapshot.open(generation)


def leaf(made: random.Random) -> Leaf:
    kind = made.randrange(6)
    if kind == 0:
        return Prefix(made.choice([word for word in _FOLDED if len(word) > 3])[:3])
    if kind == 1:
        return Phrase(tuple(made.choice(_FOLDED) for _ in range(made.choice((2, 2, 2, 3)))))
    return Word(made.choice(_FOLDED), forms=made.random() < 0.5, capitals=made.random() < 0.15)


def side(made: random.Random) -> Node:
    if made.random() < 0.7:
        return leaf(made)
    return made.choice((Or, _widened))((leaf(made), leaf(made)))


def _widened(nodes: tuple[Leaf, Leaf]) -> Node:
    return Widened(nodes[0], nodes[1:])


def tree(made: random.Random, depth: int = 3) -> Node:
    kind = made.randrange(9) if depth else 0
    if kind < 2:
        return leaf(made)
    if kind == 2:
        return Near(side(made), side(made), made.choice((0, 1, 2, 5, 40)))
    if kind == 3:
        return InPlace(made.choice(PLACES), tree(made, depth - 1))
    if kind == 4:
        return Not(tree(made, depth - 1))
    if kind == 5:
        return made.choice((_widened((leaf(made), leaf(made))), Everything()))
    below = tuple(tree(made, depth - 1) for _ in range(made.choice((2, 2, 3))))
    return And(below) if kind < 8 else Or(below)


def some_places(made: random.Random) -> tuple[Place, ...]:
    if made.random() < 0.5:
        return PLACES
    return tuple(place for place in PLACES if made.random() < 0.5) or ("minutes",)


def test_every_tree_finds_what_reading_through_the_texts_finds(snapshot: Snapshot, scan: Scan) -> None:
    made = random.Random(20)
    nothing = 0
    for _ in range(TREES):
        node, places = tree(made), some_places(made)
        evaluation = Evaluation(snapshot.postings, snapshot.items, 500, snapshot.kept)
        items = {snapshot.items.ids[item] for item in evaluation.answers(node, places).nonzero()[0]}
        expected = {entry.item.id for entry in scan.entries if found(entry, node, places)}
        assert items == expected, (node, places)
        nothing += not expected
    assert nothing < TREES / 2  # else the trees say little


def _typed(made: random.Random, form: str) -> str:
    a, b, c = made.choice(WORDS), made.choice(WORDS), made.choice((*WORDS, *RARE))
    return form.format(a=a, b=b, c=c, p=made.choice(WORDS)[:4])


def request(made: random.Random) -> SearchRequest:
    sort: Sort = made.choice(get_args(Sort))
    return SearchRequest(
        text=_typed(made, made.choice(_FORMS)),
        boroughs=_some(made, ("eastmere", "northford", "westbrook", "nowhere")),
        topics=_some(made, ("anti-social-behaviour", "damp-and-mould", "knife-crime", "no-such-topic")),
        committees=_some(made, ("308", "southley-c1", "unknown", "northford-c2", "999")),
        years=_some(made, ("2022", "2023", "unknown", "1999")),
        found_in=_some(made, PLACES),
        since=date(2022, 6, 1) if made.random() < 0.15 else None,
        until=date(2024, 1, 1) if made.random() < 0.15 else None,
        sort=sort,
        widen=made.random() < 0.8,
        standing=made.random() < 0.7,
    )


def _some(made: random.Random, values: tuple[T, ...]) -> tuple[T, ...]:
    if made.random() < 0.65:
        return ()
    return tuple(value for value in values if made.random() < 0.5)


def node_of(asked: SearchRequest, settings: Settings) -> Node:
    reading = read_query(asked.text, thesaurus=load_thesaurus(), limits=settings, widen=asked.widen)
    assert reading.refused is None
    return reading.node


def test_every_search_gives_the_items_order_and_counts_of_the_scan(
    index: Index, scan: Scan, settings: Settings
) -> None:
    _compare(index, scan, settings, random.Random(21), REQUESTS)


@pytest.mark.slow
def test_so_does_every_search_over_several_thousand_items(large_corpus: Archive, settings: Settings) -> None:
    index = Index(large_corpus.folder, large_corpus, settings)
    scan = scan_of(large_corpus, index)
    assert len(scan.entries) > 3_000
    assert sum(len(paper.pages) for paper in scan.papers.values()) > 3_000
    _compare(index, scan, settings, random.Random(23), LARGE_REQUESTS)


def _compare(index: Index, scan: Scan, settings: Settings, made: random.Random, requests: int) -> None:
    for number in range(requests):
        asked = replace(request(made), text=_typed(made, _FORMS[number % len(_FORMS)]))
        node, result = node_of(asked, settings), index.search(asked)
        expected = scan.total(asked, node)
        assert result.total == len(expected), asked
        assert result.pages == -(-len(expected) // 20)
        ids = [hit.id for hit in result.hits]
        if asked.sort == "relevance" and not isinstance(node, Everything):
            assert set(ids) <= {entry.item.id for entry in expected}
            assert len(ids) == min(20, len(expected))
        else:
            assert ids == in_order(expected, newest=asked.sort != "oldest")[:20], asked
        for facet in FACETS:
            counted = {value.value: value.count for value in result.facets[facet] if value.count}
            assert counted == scan.counts(asked, node, facet), (asked, facet)


def test_the_pages_of_a_ranked_search_are_all_its_items_once(index: Index, scan: Scan, settings: Settings) -> None:
    asked = SearchRequest(text="police OR housing")
    pages = [
        index.search(SearchRequest(text=asked.text, page=page)) for page in range(1, index.search(asked).pages + 1)
    ]
    ids = [hit.id for page in pages for hit in page.hits]
    assert sorted(ids) == sorted(entry.item.id for entry in scan.total(asked, node_of(asked, settings)))


def test_each_result_names_the_places_that_answer_alone_and_its_topics(
    index: Index, scan: Scan, settings: Settings
) -> None:
    for text in ("police", "police housing", "-damp", ""):
        node = node_of(SearchRequest(text=text), settings)
        entries = {entry.item.id: entry for entry in scan.entries}
        for hit in index.search(SearchRequest(text=text)).hits:
            entry = entries[hit.id]
            assert hit.found_in == tuple(place for place in PLACES if found(entry, node, [place]))
            assert list(hit.topics) == scan.of["topic"][hit.id]


def test_what_was_searched_is_what_all_filters_but_topic_and_place_leave(index: Index, scan: Scan) -> None:
    made = random.Random(22)
    for _ in range(40):
        asked = request(made)
        left = scan.left(asked, "topic")
        searched = index.search(asked).searched
        assert searched.items == len(left)
        listed = {document.id for entry in left for document in entry.documents}
        assert searched.documents == len(listed)
        read = [page for one in listed & scan.papers.keys() for page in scan.papers[one].pages]
        assert searched.pages == sum(1 for page in read if any(tokens(page.text)))


def test_standing_items_can_be_hidden_and_then_count_nowhere(index: Index, scan: Scan) -> None:
    everything, substance = (index.search(SearchRequest(standing=standing)) for standing in (True, False))
    titles = [entry.item.title for entry in scan.entries]
    assert everything.total == everything.searched.items == len(titles)
    assert substance.total == substance.searched.items == len(titles) - titles.count(STANDING) < len(titles)
    assert sum(value.count for value in substance.facets["borough"]) == substance.total
    assert index.search(SearchRequest(text="title:absence")).total == titles.count(STANDING)
    assert index.search(SearchRequest(text="title:absence", standing=False)).total == 0


def test_chosen_values_stay_in_their_facet_and_every_borough_is_listed(index: Index) -> None:
    asked = SearchRequest(text="nowhere-to-be-found", topics=("no-such-topic",), committees=("308",), years=(UNKNOWN,))
    facets = index.search(asked).facets
    assert [(value.value, value.count) for value in facets["borough"]] == [
        (slug, 0) for slug in ("eastmere", "northford", "southley", "westbrook")
    ]
    assert [(value.value, value.selected) for value in facets["topic"]] == [("no-such-topic", True)]
    assert [value.label for value in facets["year"]] == ["Date not known"]
    assert {value.label for value in facets["committee"]} >= {"Scrutiny 308, Eastmere", "Scrutiny 308, Northford"}
    assert facets["found_in"] == ()


def test_facet_values_come_by_count_and_then_by_label(index: Index) -> None:
    for facet, values in index.search(SearchRequest(text="police")).facets.items():
        assert list(values) == sorted(values, key=lambda value: (-value.count, value.label)), facet


def test_a_page_beyond_the_last_is_empty_and_its_totals_are_right(index: Index) -> None:
    first, beyond = (index.search(SearchRequest(text="police", page=page)) for page in (1, 10**9))
    assert (beyond.total, beyond.pages, beyond.facets) == (first.total, first.pages, first.facets)
    assert beyond.page == 10**9
    assert beyond.hits == ()
