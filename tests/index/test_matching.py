"""What a query meets is what the tree's meaning says: compared with a plain count, word by word."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import PLACES, Place
from archive.settings import read_settings
from index.language import read_query
from index.matching import EVERYWHERE, Matcher, Passage, Texts
from index.thesaurus import load_thesaurus
from index.tokens import stem
from index.topics import load_topics
from index.tree import And, Everything, InPlace, Leaf, Near, Node, Not, Or, Phrase, Prefix, Widened, Word

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
VOCABULARY = ["send", "SEND", "sending", "Police", "policing", "policy", "and", "AND"]


def asked(query: str) -> Matcher:
    reading = read_query(query, thesaurus=load_thesaurus(), limits=read_settings({}))
    assert reading.warnings == ()
    return Matcher(reading.node)


def matches(query: str, *passages: tuple[Place, str]) -> bool:
    return asked(query).matches(Texts(Passage(place, text) for place, text in passages))


def marked(query: str, text: str, place: Place = "minutes") -> list[str]:
    return [text[start:end] for start, end in asked(query).spans(Passage(place, text))]


# --- The plain count: lists of words, nested loops, nothing looked up.

Hits = set[tuple[int, int]]


def counted(leaf: Leaf, words: list[str]) -> Hits:
    """Where a leaf stands among printed words: its first and last word's numbers."""
    if isinstance(leaf, Phrase):
        size = len(leaf.words)
        return {
            (n, n + size - 1) for n in range(len(words)) if [w.lower() for w in words[n : n + size]] == [*leaf.words]
        }
    return {(n, n) for n, word in enumerate(words) if is_hit(leaf, word)}


def is_hit(leaf: Word | Prefix, word: str) -> bool:
    if isinstance(leaf, Prefix):
        return word.lower().startswith(leaf.text)
    same = stem(word.lower()) == stem(leaf.text) if leaf.forms else word.lower() == leaf.text
    return same and (word == word.upper() or not leaf.capitals)


def side_counted(side: Node, words: list[str]) -> Hits:
    if isinstance(side, Or):
        return set().union(*(side_counted(one, words) for one in side.nodes))
    assert isinstance(side, Word | Prefix | Phrase)
    return counted(side, words)


def pairs_counted(near: Near, words: list[str]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    both = product(side_counted(near.left, words), side_counted(near.right, words))
    return [
        (a, b)
        for a, b in both
        if min(abs(x - y) for x in range(a[0], a[1] + 1) for y in range(b[0], b[1] + 1)) <= near.distance
    ]


def holds(node: Node, item: list[tuple[Place, list[str]]]) -> bool:
    match node:
        case Word() | Prefix() | Phrase():
            return any(counted(node, words) for _, words in item)
        case Near():
            return any(pairs_counted(node, words) for _, words in item)
        case And():
            return all(holds(one, item) for one in node.nodes)
        case Or():
            return any(holds(one, item) for one in node.nodes)
        case Widened():
            return any(holds(one, item) for one in (node.typed, *node.also))
        case Not():
            return not holds(node.node, item)
        case InPlace():
            return holds(node.node, [(place, words) for place, words in item if place == node.place])
        case Everything():
            return True


def spans_counted(node: Node, place: Place, words: list[str]) -> Hits:
    match node:
        case Word() | Prefix() | Phrase():
            return counted(node, words)
        case Near():
            return {hit for pair in pairs_counted(node, words) for hit in pair}
        case And() | Or():
            return set().union(*(spans_counted(one, place, words) for one in node.nodes))
        case Widened():
            return set().union(*(spans_counted(one, place, words) for one in (node.typed, *node.also)))
        case InPlace():
            return spans_counted(node.node, place, words) if node.place == place else set()
        case Not() | Everything():
            return set()


TERMS = st.sampled_from([word.lower() for word in VOCABULARY])
LEAVES: st.SearchStrategy[Leaf] = st.one_of(
    st.builds(Word, TERMS, st.booleans(), st.booleans()),
    st.builds(Prefix, st.sampled_from(["sen", "pol", "police"])),
    st.builds(Phrase, st.lists(TERMS, min_size=2, max_size=3).map(tuple)),
)
SIDES = LEAVES | st.lists(LEAVES, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes)))


def grown(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def several(least: int) -> st.SearchStrategy[tuple[Node, ...]]:
        return st.lists(nodes, min_size=least, max_size=3).map(tuple)

    return st.one_of(
        several(2).map(And),
        several(2).map(Or),
        nodes.map(Not),
        st.builds(InPlace, st.sampled_from(PLACES), nodes),
        st.builds(Widened, nodes, several(1)),
    )


NODES = st.recursive(
    LEAVES | st.builds(Near, SIDES, SIDES, st.integers(1, 4)) | st.just(Everything()), grown, max_leaves=6
)
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=8)
ITEMS = st.lists(st.tuples(st.sampled_from(PLACES), WORDS), max_size=4)


@given(NODES, ITEMS, st.frozensets(st.sampled_from(PLACES)))
def test_an_item_answers_as_a_plain_count_says(
    node: Node, item: list[tuple[Place, list[str]]], places: frozenset[Place]
) -> None:
    texts = Texts(Passage(place, " ".join(words)) for place, words in item)
    assert Matcher(node).matches(texts) == holds(node, item)
    assert Matcher(node).matches(texts, places) == holds(node, [row for row in item if row[0] in places])


@given(NODES, st.sampled_from(PLACES), WORDS)
def test_marks_are_where_a_plain_count_finds_them(node: Node, place: Place, words: list[str]) -> None:
    text = " ".join(words)
    starts = [len(" ".join([*words[:n], ""])) for n in range(len(words))]
    expected = {(starts[a], starts[b] + len(words[b])) for a, b in spans_counted(node, place, words)}
    passage = Passage(place, text)
    assert Matcher(node).spans(passage) == tuple(sorted(expected))


@pytest.mark.parametrize(
    ("query", "answers"),
    [
        ("police robots", True),  # words may stand in different texts of the item
        ('"police robots"', False),  # a phrase may not
        ("police NEAR/1 robots", False),
        ('"robots on patrol"', True),  # over the end of a line
        ("policing", True),
        ('"policing"', False),
        ("title:police", True),
        ("minutes:police", False),
        ("police -title:robots", True),
        ("police -robots", False),
    ],
)
def test_words_are_over_the_item_and_sequences_within_a_text(query: str, answers: bool) -> None:
    assert matches(query, ("title", "Police"), ("minutes", "Robots\non patrol.")) is answers


def test_the_title_of_a_document_and_its_pages_are_texts_of_their_own() -> None:
    passages = [
        Passage("documents", "Damp report", "x-s1"),
        Passage("documents", "mould and", "x-s1", 1),
        Passage("documents", "damp", "x-s1", 2),
    ]
    assert asked("documents:mould documents:report").matches(Texts(passages))
    assert not asked("mould NEAR/5 damp").matches(Texts(passages))


@pytest.mark.parametrize(
    ("query", "text", "marks"),
    [
        ("stop -search", "Stop and search", ["Stop"]),
        ('"stop and search"', "Stop-and-Search; stop, and search. Stop and", ["Stop-and-Search", "stop, and search"]),
        ("aa NEAR/2 bb", "aa x x bb aa", ["bb", "aa"]),
        ('"aa bb" NEAR/2 cc', "aa bb x cc x x aa bb", ["aa bb", "cc"]),
        ("ASB", "ASB is anti-social\nbehaviour, asb's too", ["ASB", "anti-social\nbehaviour", "asb's"]),
        ("SEND", "SEND, not send", ["SEND"]),
        ("ICS", "The ICs of the ICS", ["ICs", "ICS"]),
        ("title:stop", "Stop", []),
        ("café*", "CAFÉS and cafes", ["CAFÉS", "cafes"]),
        ("", "anything", []),
        ("-stop", "go", []),
    ],
)
def test_what_is_marked_is_what_was_met(query: str, text: str, marks: list[str]) -> None:
    assert marked(query, text) == marks


def test_near_has_no_side_that_is_not_a_leaf() -> None:
    near = Near(Not(Word("a")), Word("b"), 5)
    with pytest.raises(ValueError, match="NEAR cannot stand beside Not"):
        Matcher(near).matches(Texts([Passage("title", "a b")]))


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared is absent")
@pytest.mark.parametrize(
    ("query", "seeds"),
    [
        ('"facial recognition"', {"southwark"}),
        ('"nitrous oxide"', {"tower-hamlets"}),
        ("VAWG", {"southwark", "tower-hamlets"}),
        ('"VAWG"', {"southwark"}),
        ("violence against women and girls", {"southwark", "tower-hamlets"}),
    ],
)
def test_the_copied_items_answer(query: str, seeds: set[str]) -> None:
    found = {
        seed.stem
        for seed in SEEDS.glob("*.txt")
        if asked(query).matches(Texts([Passage("minutes", seed.read_text(encoding="utf-8"))]), EVERYWHERE)
    }
    assert found == seeds


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared is absent")
def test_the_copied_items_stand_under_their_topics() -> None:
    def topics(name: str) -> set[str]:
        texts = Texts([Passage("minutes", (SEEDS / f"{name}.txt").read_text(encoding="utf-8"))])
        return {topic.slug for topic in load_topics(load_thesaurus()) if Matcher(topic.node).matches(texts)}

    both = {"violence-against-women-and-girls", "anti-social-behaviour", "trust-in-the-police", "domestic-abuse"}
    assert topics("southwark") >= both | {"facial-recognition", "stop-and-search", "cctv"}
    assert topics("tower-hamlets") >= both | {"knife-crime", "drugs-and-alcohol", "exploitation-of-children"}
    assert "facial-recognition" not in topics("tower-hamlets")
