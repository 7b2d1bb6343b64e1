"""Words spelt nearly alike are found among thousands at once, as comparing each by the book finds them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.dictionary import STRETCH, Dictionary, packed_terms
from index.likeness import alike, most_slips

words = st.text("abcde'", min_size=1, max_size=9)


def slips_between(one: str, other: str) -> int:
    """By the book: the table of the optimal string alignment, row by row."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, facing in enumerate(other, start=1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != facing))
            if i > 1 and j > 1 and (one[i - 2], letter) == (facing, other[j - 2]):
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


def near(terms: Sequence[str], *typed: str) -> list[dict[str, int]]:
    """What is alike, with its slips; each must have its own number."""
    packed, _ = packed_terms([term.encode() for term in terms])
    found = list(alike(np.frombuffer(packed, np.uint8), typed))
    for one in found:
        assert [terms[number] for number, _, _ in one] == [term for _, term, _ in one]
    return [{term: slips for _, term, slips in one} for one in found]


@pytest.mark.parametrize(
    ("typed", "there", "slips"),
    [
        ("facail", "facial", 1),  # neighbours in the wrong order
        ("facal", "facial", 1),  # a letter too few
        ("faciall", "facial", 1),  # a letter too many
        ("facisl", "facial", 1),  # a wrong letter
        ("vacial", "facial", 1),  # the first one, too
        ("recgonitoin", "recognition", 2),
        ("residents", "resident's", 1),
    ],
)
def test_a_slip_is_found(typed: str, there: str, slips: int) -> None:
    assert near(["apologies", there, "zebra"], typed) == [{there: slips}]


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("dmap", "dump"),  # two slips in a short word
        ("facail", "facade's"),
        ("recgnitoni", "recognition"),  # three
        ("cafe", "café"),
        ("send", "^send"),
        ("year", "yea4"),
    ],
)
def test_what_is_too_far_or_no_word_of_letters_is_not(typed: str, there: str) -> None:
    assert near(["apologies", there], typed) == [{}]


@given(st.sets(words | st.sampled_from(["^abc", "ab1", "é"]), min_size=1), words, words)
@example({"a"}, "a", "b")
def test_it_finds_what_comparing_every_word_finds(terms: set[str], typed: str, other: str) -> None:
    plain = {term for term in terms if set(term) <= set("abcde'")}
    expected = [
        {term: slips for term in plain if (slips := slips_between(one, term)) <= most_slips(one)}
        for one in (typed, other)
    ]
    assert near(sorted(terms, key=str.encode), typed, other) == expected


def test_of_very_many_with_the_same_letters_the_nearest_are_compared() -> None:
    others = [start + "".join(letters) for start in "xy" for letters in permutations("aeinort")]
    (found,) = near([*others, "aeionrt"], "aeinort")
    assert found["aeionrt"] == 1
    assert "yaeinort" not in found


def test_a_dictionary_gives_all_its_words_some_thousands_at_a_time() -> None:
    made = random.Random(5)
    terms = sorted({"".join(made.choices("abcdefgh", k=made.randint(1, 9))).encode() for _ in range(STRETCH * 200)})
    packed, begins = packed_terms(terms)
    dictionary = Dictionary(np.frombuffer(packed, np.uint8), begins, len(terms))
    parts = list(dictionary.packed())
    assert len(parts) > 2
    assert b"".join(part.tobytes() for _, part in parts) == packed
    for first, part in parts:
        assert terms[first] == part.tobytes().partition(b"\n")[0]
    assert list(Dictionary(np.empty(0, np.uint8), np.empty(0, np.uint64), 0).packed()) == []
