"""Words of thousands of rows: looked up by rows, one by one and many at a time, they stand where a scan sees them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from index import lookup as lookup_module
from index import occurrences as occurrences_module
from index.arrays import ArraysFile, writing
from index.costing import Bounds, refusal
from index.gathering import Gathering
from index.kept import Kept
from index.lookup import Lookup
from index.matching import Mark
from index.occurrences import rows_of_spots
from index.postings import Numbers, Postings, SegmentWords
from index.tree import And, Near, Node, Or, Phrase, Prefix, Word
from index.words import read_words, write_place

SEGMENTS = (range(3_500), range(3_500, 6_000))
WORDS = ("a", "b", "cat", "cats", "rare", "filler")
RANDOM = np.random.default_rng(7)
TEXTS = [RANDOM.choice(WORDS, size, p=(0.4, 0.3, 0.1, 0.05, 0.001, 0.149)).tolist() for size in [*range(1, 13)] * 500]
TEXTS[4_000] = ["b", *["a"] * 300, "b", "rare"]
PARTS: dict[str, Numbers | None] = {
    "few rows": np.array([3, 4, 5, 700, 3_499, 3_500, 4_000, 5_999]),
    "many rows": np.arange(1_000, 5_500),
    "all rows": None,
}
MARKS: tuple[Mark, ...] = (
    Word("a"),
    Word("rare"),
    Word("nowhere"),
    Prefix("ca"),
    Phrase(("a", "b")),
    Phrase(("b", "a", "b")),
    Phrase(("rare", "a")),
    Phrase(("a", "a", "a", "a")),
    Phrase(("a", "nowhere")),
    Near(Word("rare"), Word("b"), 2),
    Near(Or((Word("cat"), Word("rare"))), Prefix("ca"), 1),
    Near(Phrase(("a", "a")), Word("cats"), 3),
)


@pytest.fixture(scope="module")
def postings(tmp_path_factory: pytest.TempPathFactory) -> Postings:
    opened = []
    for rows in SEGMENTS:
        path = tmp_path_factory.mktemp("segment") / "some.words"
        gathering = Gathering()
        for row in rows:
            gathering.add("documents", row - rows.start, " ".join(TEXTS[row]))
        with writing(path) as file:
            for place in gathering.finished().places():
                write_place(file, place)
        opened.append(SegmentWords(read_words(ArraysFile(path)), len(rows)))
    return Postings(opened)


def starts(mark: Node, words: list[str]) -> list[tuple[int, int]]:
    """Where it stands among these words: its first and last."""
    match mark:
        case Word(text):
            return [(n, n) for n, word in enumerate(words) if word == text]
        case Prefix(text):
            return [(n, n) for n, word in enumerate(words) if word.startswith(text)]
        case Phrase(texts):
            ends = ((n, n + len(texts)) for n in range(len(words)))
            return [(n, end - 1) for n, end in ends if tuple(words[n:end]) == texts]
        case Or(nodes):
            return [span for node in nodes for span in starts(node, words)]
        case Near(left, right, distance):
            others = starts(right, words)
            return [one for one in starts(left, words) if any(apart(one, other) <= distance for other in others)]
    raise TypeError(mark)


def apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


@pytest.mark.parametrize("at_once", [3, 1 << 17], ids=["a few spots at a time", "all at once"])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("mark", MARKS, ids=repr)
def test_a_mark_stands_where_a_scan_sees_it(
    postings: Postings, mark: Mark, part: str, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occurrences_module, "_AT_ONCE", at_once * 100)
    monkeypatch.setattr(lookup_module, "_AT_ONCE", at_once * 1000)
    monkeypatch.setattr(occurrences_module, "_TIMES", at_once % 4)  # bisected where it is 0, else sorted
    among = PARTS[part]
    lookup = Lookup(postings, 500, Kept(0))
    lookup = lookup if among is None else lookup.within(among)
    wanted = range(len(TEXTS)) if among is None else among.tolist()
    expected = {row: found for row in wanted if (found := starts(mark, TEXTS[row]))}
    held = [one.rows.astype(np.int64) + one.base for one in lookup.rows(mark, "documents")]
    assert {row for rows in held for row in rows.tolist()} == set(expected)
    spots = lookup.spots(mark, "documents")
    assert (np.diff(spots) >= 0).all()
    if isinstance(mark, Near):
        assert set(rows_of_spots(spots).tolist()) == set(expected)
    else:
        assert spots.tolist() == [row << 32 | first for row, found in expected.items() for first, _ in sorted(found)]


COSTLIER: dict[str, tuple[Node, Node]] = {
    "a more common word": (Word("cats"), Word("a")),
    "two words": (Word("a"), And((Word("a"), Word("b")))),
    "a phrase of more common words": (Phrase(("rare", "a")), Phrase(("b", "a"))),
    "what is near": (And((Word("a"), Word("b"))), Near(Word("a"), Word("b"), 5)),
    "a beginning": (Word("cat"), Prefix("ca")),
}


@pytest.mark.parametrize(("cheap", "costly"), COSTLIER.values(), ids=COSTLIER)
def test_what_must_look_at_more_costs_more(postings: Postings, cheap: Node, costly: Node) -> None:
    def costs(node: Node) -> int:
        return least(lambda steps: refusal(node, ("documents",), postings, Bounds(500, steps)) is None)

    assert 0 < costs(cheap) < costs(costly)


def test_the_same_word_twice_costs_what_it_does_once(postings: Postings) -> None:
    bounds = Bounds(500, least(lambda steps: refusal(Word("a"), ("documents",), postings, Bounds(500, steps)) is None))
    assert refusal(Or((Word("a"), And((Word("a"), Word("a"))))), ("documents",), postings, bounds) is None


def least(is_enough: Callable[[int], bool]) -> int:
    """The least number that is enough."""
    low, high = 0, 1_000_000
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return low
