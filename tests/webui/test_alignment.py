"""What two sequences share is found exactly, and never for more effort than is allowed."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.alignment import Effort, Pair, TooDifferentError, common

FEW = st.lists(st.sampled_from("abcd"), max_size=14)


def longest(old: list[str], new: list[str]) -> int:
    """The length of a longest common sequence, by the table that every textbook has."""
    row = [0] * (len(new) + 1)
    for one in old:
        below = [0]
        for place, other in enumerate(new):
            below.append(row[place] + 1 if one == other else max(row[place + 1], below[-1]))
        row = below
    return row[-1]


@given(FEW, FEW)
def test_what_is_shared_is_as_long_as_can_be_and_rises_on_both_sides(old: list[str], new: list[str]) -> None:
    pairs = common(old, new, Effort(10_000))
    assert len(pairs) == longest(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("", "", []),
        ("abc", "", []),
        ("abc", "abc", [(0, 0), (1, 1), (2, 2)]),
        ("abxc", "abc", [(0, 0), (1, 1), (3, 2)]),
        ("aba", "a", [(0, 0)]),
    ],
)
def test_a_few_by_hand(old: str, new: str, pairs: list[Pair]) -> None:
    assert common(old, new, Effort(1_000)) == pairs


def test_long_texts_with_few_changes_cost_little() -> None:
    chance = random.Random(7)
    old = [chance.randrange(500) for _ in range(20_000)]
    new = list(old)
    for _ in range(100):
        new[chance.randrange(len(new))] = -1
    effort = Effort(250_000)
    assert len(common(old, new, effort)) >= 19_900
    assert effort.left > 100_000


def test_texts_that_differ_throughout_are_given_up_in_time() -> None:
    chance = random.Random(7)
    old, new = ([chance.randrange(30) for _ in range(20_000)] for _ in range(2))
    effort = Effort(250_000)
    with pytest.raises(TooDifferentError):
        common(old, new, effort)
    assert effort.left == 0
