"""What the search says, as a page, as JSON and as CSV, over a real index."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests.webui.conftest import Look
from webui.help_page import QUERY_FORMS


def words(part: Tag | BeautifulSoup | None) -> str:
    """The text of a part of a page, on one line."""
    assert part is not None
    return " ".join(part.get_text(" ").split())


def link(page: BeautifulSoup, label: str) -> str:
    """Where the first link that begins with this label leads."""
    (found, *_) = [a for a in page.find_all("a") if words(a).startswith(label)]
    return str(found["href"])


def facet(page: BeautifulSoup, heading: str) -> dict[str, int]:
    """A facet's values and counts as the page shows them."""
    (box,) = [box for box in page.select("details.facet") if words(box.h2) == heading]
    rows = [(row.select_one(".label"), row.select_one(".count")) for row in box.select("li")]
    return {words(label).partition(" ,")[0]: int(words(count).split()[0]) for label, count in rows}


def test_a_first_visit_says_what_this_is_and_shows_what_is_new(look: Look) -> None:
    page = look("/")
    assert words(page.h1) == "What did your council say about it?"
    assert "68 agenda items of 3 councils can be searched as one, 2020 to 2025" in words(page.select_one(".lead"))
    assert words(page.select_one(".start-topics .all")).startswith("All ")
    assert "14 October 2025" in words(page.select_one(".hit"))
    assert len(page.select(".hit")) == 8
    assert all(hit.select(".topic") for hit in page.select(".hit"))
    assert "68 items" in words(look(link(page, "All 68 items")).select_one("#found"))
    assert page.html is not None
    assert page.html["lang"] == "en-GB"


def test_a_search_shows_marked_passages_its_reading_and_its_total(look: Look) -> None:
    page = look('/?q="facial recognition"')
    assert words(page.select_one("#found")) == "12 items"
    assert {words(mark).lower() for mark in page.select(".passage mark")} == {"facial recognition"}
    assert "Read as" in words(page.select_one(".read"))
    assert page.title is not None
    assert "facial recognition" in words(page.title)


def test_facets_narrow_one_another_but_not_themselves(look: Look) -> None:
    page = look('/?q="facial recognition"&borough=eastmere')
    assert words(page.select_one("#found")) == "6 items"
    assert facet(page, "Borough") == {"Eastmere": 6, "Northwick": 6, "Farthing": 0, "Hallow Vale": 0}
    assert facet(page, "Year") == {str(year): 1 for year in range(2025, 2019, -1)}


def test_committees_are_folded_until_a_borough_or_one_of_them_is_chosen(look: Look) -> None:
    for address, folded, names in (
        ("/?q=damp", True, {"Overview and Scrutiny Committee, Eastmere", "Overview and Scrutiny Committee, Northwick"}),
        ("/?q=damp&borough=eastmere", False, {"Overview and Scrutiny Committee"}),
        ("/?q=damp&committee=eastmere-c100", False, {"Overview and Scrutiny Committee, Eastmere"}),
    ):
        page = look(address)
        (box,) = [box for box in page.select("details.facet") if words(box.h2) == "Committee"]
        assert box.has_attr("open") is not folded
        assert names <= facet(page, "Committee").keys()
        others = [box for box in page.select("details.facet") if words(box.h2) != "Committee"]
        assert all(box.has_attr("open") for box in others)


def test_every_number_beside_a_filter_is_what_following_its_link_gives(look: Look) -> None:
    page = look("/?q=committee")
    for choice in page.select("details.facet a"):
        if choice.select_one(".count") is None:
            continue
        found = look(str(choice["href"]))
        assert int(words(choice.select_one(".count")).split()[0].replace(",", "")) == int(
            words(found.select_one("#found")).split()[0]
        )


def test_a_bar_of_the_chart_leads_to_its_year(look: Look) -> None:
    page = look("/?q=damp&borough=eastmere")
    bars = page.select(".chart a")
    assert [words(bar.select_one(".year")) for bar in bars] == [str(year) for year in range(2020, 2026)]
    target = parse_qs(urlsplit(str(bars[2]["href"])).query)
    assert target == {"q": ["damp"], "borough": ["eastmere"], "year": ["2022"]}


def test_chosen_filters_are_tags_that_can_be_taken_away(look: Look) -> None:
    page = look("/?q=damp&borough=eastmere&borough=northwick&year=2024&since=2024-01-01")
    tags = [words(tag).removeprefix("Remove the filter ").removesuffix(" ×") for tag in page.select(".tags li a")]
    assert tags == ["Borough Eastmere", "Borough Northwick", "Year 2024", "From 1 January 2024", "Remove all"]
    assert look(link(page, "Remove all")).select(".tags") == []


def test_widening_is_shown_and_can_be_switched_off(look: Look) -> None:
    page = look("/?q=VAWG")
    assert "violence against women and girls" in words(page.select_one(".read")).lower()
    exact = look(link(page, "Search only for what was typed"))
    assert "violence against women" not in words(exact.select_one(".read")).lower()
    assert link(exact, "Search for word forms").startswith("/?q=VAWG")
    assert look('/?q="facial recognition"').select(".read a") == []


def test_nothing_found_says_what_was_searched_and_what_is_missing(look: Look) -> None:
    page = look("/?q=zebra")
    told = words(page.select_one(".nothing"))
    assert "68 agenda items and 66 documents (0 pages) were searched, and none of them answers this." in told
    assert "Of all the documents only the titles could be searched, for no text of them is held" in told
    assert "Northwick : 1 listed meeting of 7 not held" in told
    assert "Farthing : not crawled yet" in told


def test_nothing_held_is_not_nothing_found(look: Look) -> None:
    told = words(look("/?q=damp&borough=farthing").select_one(".nothing"))
    assert "Nothing was searched" in told
    assert "were searched" not in told


def test_a_refused_query_claims_nothing_about_what_there_is(look: Look) -> None:
    page = look("/?q=" + "+".join(f"word{n}" for n in range(60)))
    assert "at most 40 are allowed" in words(page.select_one(".notice"))
    assert words(page.select_one("#found")) == "Not searched"
    assert "Nothing found" not in words(page)
    assert page.select(".read, details.facet, .facet .count") == []


def test_the_table_of_a_refused_query_says_that_nothing_was_searched(client: FlaskClient) -> None:
    refused = client.get("/search.csv?q=" + "+".join(f"word{n}" for n in range(60)))
    assert (refused.status_code, len(refused.text.splitlines())) == (200, 1)
    assert 'filename="not-searched-scrutiny-archive.csv"' in refused.headers["Content-Disposition"]
    assert "at most 40 are allowed" in refused.headers["X-Not-Searched"]
    nothing = client.get("/search.csv?q=zebra")
    assert 'filename="scrutiny-archive.csv"' in nothing.headers["Content-Disposition"]
    assert "X-Not-Searched" not in nothing.headers


def test_what_was_not_looked_in_is_not_said_to_be_searched(look: Look) -> None:
    for address, told in (
        ("/?q=damp", "of 68 items searched, with 66 documents"),
        ("/?q=damp&found_in=documents", "of 68 items searched, with 66 documents, in documents alone"),
        ("/?q=damp&found_in=decision&found_in=minutes", "of 68 items searched, in decision and minutes alone"),
    ):
        assert words(look(address).select_one(".searched")) == told


def test_a_page_that_is_not_there_says_where_the_items_end(look: Look) -> None:
    assert "these items end on page 1" in words(look("/?q=damp&page=400"))


def test_pages_lead_from_the_first_to_the_last(look: Look) -> None:
    seen: list[str] = []
    page = look("/?sort=oldest")
    for number in range(1, 5):
        assert words(page.select_one(".pages strong")) == f"Page {number}"
        seen += [str(a["href"]) for a in page.select(".hit h3 a")]
        if number < 4:
            page = look(link(page, f"Page {number + 1}"))
    assert len(seen) == len(set(seen)) == 68


def test_what_was_left_out_of_an_address_is_said_on_the_page(look: Look) -> None:
    page = look("/?q=damp&since=yesterday&borough=nowhere")
    notices = [words(notice) for notice in page.select(".notice")]
    assert any("yesterday" in notice for notice in notices)
    assert any("“nowhere”" in notice for notice in notices)


def test_the_json_and_the_page_say_the_same(client: FlaskClient, look: Look) -> None:
    arguments = "q=damp&borough=eastmere&sort=oldest"
    page, answer = look(f"/?{arguments}"), client.get(f"/api/v1/search?{arguments}").get_json()
    assert [item["url"] + "?q=damp" for item in answer["items"]] == [str(a["href"]) for a in page.select(".hit h3 a")]
    assert facet(page, "Borough") == {value["label"]: value["count"] for value in answer["facets"]["borough"]}
    assert answer["total"] == int(words(page.select_one("#found")).split()[0])


def test_a_script_is_told_what_is_wrong_with_its_address(client: FlaskClient) -> None:
    for address in ("/api/v1/search?since=yesterday", "/search.csv?year=20x5"):
        assert client.get(address).status_code == 400
    error = client.get("/api/v1/search?since=yesterday").get_json()
    assert "yesterday" in error["detail"]


def test_the_csv_has_a_row_for_every_hit_of_every_page(client: FlaskClient) -> None:
    response = client.get("/search.csv?q=committee")
    assert response.headers["Content-Disposition"] == 'attachment; filename="scrutiny-archive.csv"'
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), strict=True))
    total = client.get("/api/v1/search?q=committee").get_json()["total"]
    assert len(rows) == total == int(response.headers["X-Total-Count"]) > 20
    assert all(row["address"].startswith("http://localhost/items/") for row in rows)


@pytest.mark.parametrize("form", QUERY_FORMS, ids=lambda form: form.name)
def test_every_example_of_the_help_is_a_query_without_a_warning(client: FlaskClient, form: object) -> None:
    url = str(getattr(form, "url", "")).replace("/", "/api/v1/search", 1)
    answer = client.get(url).get_json()
    assert answer["query"]["warnings"] == []


def test_the_help_states_the_limits_that_are_set(look: Look) -> None:
    told = words(look("/help/search"))
    assert "500 characters and 40 words, phrases and operators" in told
    assert "at most 1,000 rows" in told


def test_a_slip_of_the_finger_is_told_with_a_link_that_keeps_the_filters(client: FlaskClient, look: Look) -> None:
    arguments = "q=facail+recogntion&borough=eastmere&since=2021-01-01&sort=oldest&widen=no"
    page = look(f"/?{arguments}")
    meant = page.select_one(".meant")
    assert words(meant) == "Did you mean facial recognition ?"
    assert link(page, "facial recognition") == f"/?{arguments}".replace("facail+recogntion", "facial+recognition")
    assert words(look(link(page, "facial recognition")).select_one("#found")) == "5 items"
    assert client.get(f"/api/v1/search?{arguments}").get_json()["query"]["suggestion"] == "facial recognition"
    for found in ("/?q=facial", "/?q=zebra", "/?q=facail&borough=farthing"):
        assert look(found).select(".meant") == []


def test_what_is_offered_is_shown_as_text(look: Look) -> None:
    page = look("/?q=%3Cin%3Erecogntion%3C/in%3E")
    assert words(page.select_one(".meant a")) == "<in>recognition</in>"
