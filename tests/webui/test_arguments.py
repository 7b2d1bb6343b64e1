"""Whatever an address holds, there is a request; what could not be used is named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.results import SORTS, SearchRequest
from webui.arguments import ARGUMENTS, Asked, read_arguments, unknown_values
from webui.links import pairs


def read(*given: tuple[str, str]) -> Asked:
    return read_arguments(MultiDict(given))


def test_every_argument_of_the_design_is_read() -> None:
    asked = read(
        ("q", " damp  mould "), ("borough", "southwark"), ("borough", "tower-hamlets"), ("topic", "facial-recognition"),
        ("committee", "308"), ("committee", "southwark-c308"), ("year", "2025"), ("year", "unknown"),
        ("found_in", "minutes"), ("since", "2025-01-31"), ("until", "2025-12-31"), ("sort", "oldest"), ("page", "3"),
        ("widen", "no"), ("standing", "no"),
    )  # fmt: skip
    assert asked == Asked(
        SearchRequest(
            text="damp  mould",
            boroughs=("southwark", "tower-hamlets"),
            topics=("facial-recognition",),
            committees=("308", "southwark-c308"),
            years=("2025", "unknown"),
            found_in=("minutes",),
            since=date(2025, 1, 31),
            until=date(2025, 12, 31),
            sort="oldest",
            page=3,
            widen=False,
            standing=False,
        ),
        (),
    )


def test_nothing_given_means_everything() -> None:
    assert read() == Asked(SearchRequest(), ())


def test_what_a_form_sends_empty_is_not_given() -> None:
    assert read(*((name, "") for name in ARGUMENTS)) == Asked(SearchRequest(), ())


def test_arguments_of_others_are_none_of_ours() -> None:
    assert read(("utm_source", "x"), ("q", "damp")) == Asked(SearchRequest(text="damp"), ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("borough", "South Wark"), ("borough", "../etc"), ("borough", "a" * 200), ("borough", "-"), ("topic", "<b>"),
        ("committee", "c308"), ("committee", "9" * 30), ("committee", "٣"), ("year", "20x5"), ("year", "02025"),
        ("found_in", "everywhere"), ("since", "31/01/2025"), ("since", "2025-02-30"), ("until", "2025-W01-1"),
        ("until", "tomorrow"), ("sort", "random"), ("page", "0"), ("page", "-1"), ("page", "1e9"), ("page", "9" * 40),
        ("page", "²"), ("widen", "maybe"), ("standing", "hide"),
    ],
)  # fmt: skip
def test_what_has_not_the_form_of_its_argument_is_left_out_and_named(name: str, value: str) -> None:
    asked = read((name, value))
    assert asked.request == SearchRequest()
    (notice,) = asked.notices
    assert f"“{name}”" in notice


def test_one_value_of_a_single_argument_is_used_and_the_rest_named() -> None:
    asked = read(("q", "damp"), ("q", "mould"), ("sort", "oldest"), ("sort", "oldest"))
    assert asked.request == SearchRequest(text="damp", sort="oldest")
    assert asked.notices == ("“q” was given 2 times; only the first is used.",)


def test_a_value_is_filtered_by_once() -> None:
    assert read(("borough", "brent"), ("borough", "brent")).request.boroughs == ("brent",)


def test_control_characters_are_no_part_of_a_query() -> None:
    assert read(("q", "damp\x00and\r\nmould\ud800")).request.text == "damp and  mould"


def test_a_flood_of_values_is_cut_and_named() -> None:
    asked = read(*(("year", str(1000 + n)) for n in range(500)))
    assert len(asked.request.years) == 100
    assert asked.notices


def test_notices_do_not_repeat_a_visitor_at_length_or_without_end() -> None:
    asked = read(*(("topic", f"<{n}>" + "x" * 5000) for n in range(500)))
    assert sum(map(len, asked.notices)) < 1000


def test_what_is_well_formed_and_not_held_stays_and_is_named() -> None:
    request = read(("borough", "nowhere"), ("borough", "brent"), ("topic", "nothing")).request
    assert request.boroughs == ("nowhere", "brent")
    borough, topic = unknown_values(request, {"brent"}, {"damp"})
    assert "“nowhere”" in borough
    assert "“nothing”" in topic


anything = st.one_of(
    st.text(max_size=30), st.sampled_from(["2025", "2025-01-01", "unknown", "308", "brent", "no", *SORTS, "title"])
)


@given(st.lists(st.tuples(st.sampled_from(ARGUMENTS), anything), max_size=20))
def test_any_arguments_give_a_request_that_reads_the_same_from_its_own_address(given: list[tuple[str, str]]) -> None:
    first = read(*given).request
    again = read(*pairs(first))
    assert again == Asked(first, ())
