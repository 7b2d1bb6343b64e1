"""No query is an error, whatever it is: it is read, or refused with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.settings import Settings
from index.tree import And, Everything, Not, Word
from tests.index.reading import BOUNDLESS, LIMITS, read

A = Word("aa", forms=True)


def test_too_many_clauses_are_refused_and_nothing_is_cut() -> None:
    limits = replace(LIMITS, query_max_clauses=5)
    assert read("a1 a2 a3 a4 a5", limits=limits).refused is None
    assert read("a1 OR a2 OR a3", limits=limits).refused is None
    assert read('"one phrase of however many words"', limits=limits).refused is None
    for text in ("a1 a2 a3 a4 a5 a6", "a1 OR a2 OR a3 a4", "a1-a2-a3-a4-a5-a6", "-a1 -a2 -a3"):
        refused = read(text, limits=limits).refused
        assert refused is not None
        assert "This query has 6 words and operators; at most 5 are allowed" in refused


def test_a_query_that_is_too_long_is_refused() -> None:
    assert read("x" * 500).refused is None
    refused = read("x" * 501).refused
    assert refused is not None
    assert refused.startswith("This query is 501 characters long; at most 500 are allowed")


HOSTILE = [
    "(" * 5000,
    ")" * 5000,
    "(" * 5000 + "aa" + ")" * 5000,
    "-(aa " * 3000 + ")" * 3000,
    "()" * 5000 + "aa",
    "word " * 5000,
    " ".join(f"word{n}" for n in range(5000)),
    "NOT " * 2000,
    "NOT " * 2001 + "aa",
    "AND " * 5000,
    "aa OR " * 5000,
    "aa NEAR/5 " * 2000 + "bb",
    '"' * 5001,
    "*" * 5000,
    "title:" * 2000,
    "NEAR/" + "9" * 5000 + " aa",
    "-" * 5000,
    "date:[99999 to now]",
    "(a+)+b",
    "\x00\ud800\udfff￿",
    "a" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
@pytest.mark.parametrize("limits", [LIMITS, BOUNDLESS], ids=["as shipped", "boundless"])
def test_hostile_queries_are_read_or_refused(text: str, limits: Settings) -> None:
    reading = read(text, limits=limits)
    assert reading.refused or reading.read_as
    repr(reading.node)


def test_an_odd_number_of_nots_excludes_and_an_even_one_asks() -> None:
    assert read("NOT " * 2001 + "aa", limits=BOUNDLESS).node == And((Everything(), Not(A)))
    assert read("NOT " * 2000 + "aa", limits=BOUNDLESS).node == A


def test_brackets_nested_too_deep_are_refused() -> None:
    assert read("(" * 30 + "aa" + ")" * 30).node == A
    refused = read("(" * 31 + "aa" + ")" * 31).refused
    assert refused is not None
    assert "brackets 31 deep" in refused


WORDS = ["aa", "bb", "Àa", "don’t", "anti-social", "polic*", "po*", "ASB", "SEND", "section 106"]
OPERATORS = ["AND", "OR", "NOT", "NEAR/3", "NEAR", "(", ")", "-", '"', "“", "”", "title:", "documents:", "*", ":"]
FRAGMENTS = st.sampled_from([*WORDS, *OPERATORS, " ", " ", " ", " ", " ", "\x00", "!"])
QUERIES = st.lists(FRAGMENTS, max_size=30).map("".join)


@given(st.text(max_size=600) | QUERIES, st.booleans())
@example("\ud800*", True)
def test_no_text_is_an_error_and_every_reading_is_fit_to_print(text: str, widen: bool) -> None:
    reading = read(text, widen=widen)
    assert reading.refused or reading.read_as
    for line in (*reading.warnings, reading.refused or ""):
        assert line.isprintable()
        line.encode()


@given(QUERIES)
@example("aa bb OR -(cc OR dd) title:anti-social")
def test_the_line_of_an_unwidened_query_reads_the_same_again(text: str) -> None:
    once = read(text, widen=False, limits=BOUNDLESS)
    if once.refused or once.node == Everything():
        return
    again = read(once.read_as.removeprefix("everything AND "), widen=False, limits=BOUNDLESS)
    assert again.refused or (again.node, again.read_as, again.warnings) == (once.node, once.read_as, ())
