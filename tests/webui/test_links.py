"""One search, one address; a filter's link adds it or takes it away and changes nothing else."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

from index.results import FacetValue, SearchRequest
from tests.webui.answers import RESULT, result
from webui import links, search_page
from webui.links import search_url

ASKED = SearchRequest(text="damp & mould", boroughs=("eastmere",), years=("2025",), since=date(2025, 1, 1), page=3)


def arguments(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, strict_parsing=True)


def test_an_address_leaves_out_what_is_meant_anyway() -> None:
    assert search_url(SearchRequest()) == "/"
    assert search_url(SearchRequest(text="a", widen=False, sort="newest")) == "/?q=a&sort=newest&widen=no"


def test_an_address_survives_every_character() -> None:
    assert arguments(search_url(SearchRequest(text='£5 "a&b=c" #% +é')))[0] == ("q", '£5 "a&b=c" #% +é')


def test_adding_a_value_begins_again_at_the_first_page() -> None:
    assert arguments(search_url(links.with_value(ASKED, "borough", "brent"))) == [
        ("q", "damp & mould"), ("borough", "eastmere"), ("borough", "brent"), ("year", "2025"), ("since", "2025-01-01"),
    ]  # fmt: skip


def test_toggling_twice_is_as_before() -> None:
    once = links.toggled(ASKED, "topic", "damp")
    assert once.topics == ("damp",)
    assert links.toggled(once, "topic", "damp") == links.at_page(ASKED, 1)


def test_a_tag_takes_away_its_filter_alone() -> None:
    tags = search_page.tags(ASKED, RESULT)
    assert [(tag.heading, tag.label) for tag in tags] == [
        ("Borough", "Eastmere"),
        ("Year", "2025"),
        ("From", "1 January 2025"),
    ]
    assert arguments(tags[0].url) == [("q", "damp & mould"), ("year", "2025"), ("since", "2025-01-01")]
    assert arguments(tags[2].url) == [("q", "damp & mould"), ("borough", "eastmere"), ("year", "2025")]


def test_hidden_standing_items_are_a_filter_that_every_link_keeps() -> None:
    hidden = SearchRequest(text="damp", boroughs=("eastmere",), standing=False)
    assert search_url(hidden) == "/?q=damp&borough=eastmere&standing=no"
    (_, tag) = search_page.tags(hidden, RESULT)
    assert (tag.heading, tag.label, tag.url) == ("Standing items", "hidden", "/?q=damp&borough=eastmere")
    assert ("standing", "no") in search_page.hidden_fields(hidden, "q")
    assert links.is_filtered(SearchRequest(standing=False))
    assert links.unfiltered(hidden) == SearchRequest(text="damp")


def test_a_committee_given_by_its_number_is_the_same_filter_as_by_its_id() -> None:
    whole = search_page.with_record_ids(SearchRequest(committees=("1", "77")), RESULT)
    assert whole.committees == ("eastmere-c1", "northwick-c1", "77")


def test_years_to_choose_from_stand_in_the_order_of_time() -> None:
    assert [choice.label for choice in search_page.choices(ASKED, RESULT, "year")] == ["2025", "2023", "Date not known"]


def test_a_chosen_value_is_shown_however_far_down_it_stands() -> None:
    many = tuple(FacetValue(f"t{n}", f"Topic {n}", 90 - n, n == 50) for n in range(60))
    (facet,) = (
        f for f in search_page.facets(ASKED, result(facets={**RESULT.facets, "topic": many})) if f.name == "topic"
    )
    assert "Topic 50" in [choice.label for choice in facet.shown]
    assert len(facet.shown) + len(facet.more) == 60


def test_pages_show_the_first_the_last_and_the_neighbours() -> None:
    shown = search_page.pages(ASKED, result(page=10, pages=40))
    assert [link.label if link else None for link in shown] == ["1", None, "8", "9", "10", "11", "12", None, "40"]
    assert [link.label for link in shown if link and link.current] == ["10"]


def test_without_words_there_is_no_best_match() -> None:
    labels = [order.label for order in search_page.orders(SearchRequest())]
    assert labels == ["Newest first", "Oldest first"]
    assert search_page.orders(SearchRequest())[0].current


def test_forms_send_the_other_filters_along() -> None:
    assert search_page.hidden_fields(ASKED, "q") == [("borough", "eastmere"), ("year", "2025"), ("since", "2025-01-01")]
