"""A search as the terminal shows it: no line contradicts another."""

from __future__ import annotations

from dataclasses import replace

from index.results import FacetName, SearchResult
from tests.webui.answers import HIT, RESULT
from webui.terminal import nothing_lines, result_lines


def chosen(facet: FacetName, value: str, result: SearchResult = RESULT) -> SearchResult:
    """The answer where a value of a facet was chosen."""
    values = tuple(replace(one, selected=one.value == value) for one in result.facets[facet])
    return replace(result, facets={**result.facets, facet: values})


def test_the_counts_of_a_chosen_facet_say_that_they_leave_the_choice_aside() -> None:
    lines = list(result_lines(chosen("year", "2023")))
    assert "By year, whichever is chosen: 2025 1, 2023 4, Date not known 1" in lines
    assert "By topic: Damp and mould 1" in lines


def test_a_page_that_there_is_not_is_told() -> None:
    lines = list(result_lines(replace(RESULT, page=9999, hits=())))
    assert lines[-1] == (
        "2 found in 10 items and 4 documents (0 pages) searched; there is no page 9,999, the last is page 1."
    )


def test_what_was_not_looked_in_is_not_said_to_be_searched() -> None:
    minutes_alone = chosen("found_in", "minutes")
    assert "2 found in 10 items searched, in minutes alone; page 1 of 1." in list(result_lines(minutes_alone))
    (nothing,) = nothing_lines(replace(minutes_alone, total=0, hits=()))
    assert nothing.startswith("Nothing found in 10 items searched, in minutes alone. 'scrutiny status'")


def test_a_hit_tells_in_which_state_its_minutes_are() -> None:
    assert "   Eastmere, Scrutiny Committee, 14 October 2025 (draft minutes)" in list(result_lines(RESULT))
    plain = replace(RESULT, hits=(replace(HIT, meeting_status=""),))
    assert "   Eastmere, Scrutiny Committee, 14 October 2025" in list(result_lines(plain))


def test_where_something_is_found_there_is_no_word_of_nothing() -> None:
    assert list(nothing_lines(RESULT)) == []
