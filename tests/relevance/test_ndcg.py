"""The measure itself, against values worked out by hand."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.relevance.ndcg import ndcg

GRADES = {"best": 3, "fair": 2, "weak": 1}
IDEAL = 7 / log2(2) + 3 / log2(3) + 1 / log2(4)


@pytest.mark.parametrize(
    ("order", "worth"),
    [
        (["best", "fair", "weak"], IDEAL),
        (["best", "fair", "weak", "other"], IDEAL),
        (["weak", "fair", "best"], 1 + 3 / log2(3) + 7 / 2),
        (["other", "best"], 7 / log2(3)),
        (["other"] * 9 + ["weak"], 1 / log2(11)),
        (["other"] * 10 + ["best"], 0.0),
        ([], 0.0),
    ],
)
def test_an_order_is_worth_its_gains_discounted_over_the_ideal(order: list[str], worth: float) -> None:
    assert ndcg(order, GRADES) == pytest.approx(worth / IDEAL)


def test_the_usual_worked_example_is_reached() -> None:
    # The usual worked example, six documents of grades 3, 2, 3, 0, 1, 2 in that order, with exponential gains.
    grades = {"d1": 3, "d2": 2, "d3": 3, "d4": 0, "d5": 1, "d6": 2}
    assert ndcg(["d1", "d2", "d3", "d4", "d5", "d6"], grades, depth=6) == pytest.approx(0.948810, abs=1e-6)


def test_more_that_is_wanted_than_is_shown_still_allows_a_whole_mark() -> None:
    assert ndcg(["a", "b"], {"a": 3, "b": 3, "c": 3}, depth=2) == 1.0


def test_where_nothing_is_wanted_there_is_no_measure() -> None:
    with pytest.raises(ValueError, match="Nothing is wanted"):
        ndcg(["a"], {"a": 0})


@given(some.permutations([3, 3, 2, 1, 0, 0, 2, 1, 0, 0, 0, 3]))
def test_no_order_is_worth_more_than_the_ideal_and_a_swap_for_the_better_never_costs(grades: list[int]) -> None:
    named = {str(number): grade for number, grade in enumerate(grades)}
    order = list(named)
    before = ndcg(order, named)
    assert 0 <= before <= 1
    at = next((n for n in range(len(order) - 1) if grades[n] < grades[n + 1]), None)
    if at is not None:
        order[at], order[at + 1] = order[at + 1], order[at]
        assert ndcg(order, named) >= before
