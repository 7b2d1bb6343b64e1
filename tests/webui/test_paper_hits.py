"""What the site says of the pages of papers: hits, topics, what was searched, and nothing of what is withheld."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import render_template_string
from flask.testing import FlaskClient

from archive import Archive, withhold
from index.results import DocumentHit, FacetValue, Searched
from tests.webui.answers import HIT, RESULT
from tests.webui.conftest import Look, indexed, site
from tests.webui.holdings import READ_AT
from tests.webui.papers import ALONE, READ, fill_papers
from tests.webui.test_search_pages import link, words
from webui.terminal import result_lines

LISTED = ("s1", "s2", "s3", "s5", "s6", "s7", "s8", "s9", "s10")
"""The papers of items; s2 is a scan that could not be read, s8 was never read."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The meeting with a past, indexed; for reading alone."""
    folder = tmp_path_factory.mktemp("shelf") / "data"
    fill_papers(folder)
    return indexed(folder)


@pytest.fixture
def client(shelf: Path) -> Iterator[FlaskClient]:
    """A visitor to that site."""
    with site(shelf).test_client() as visitor:
        yield visitor


def test_a_hit_on_a_page_leads_to_that_page_marked(look: Look) -> None:
    results = look(f'/?q="{ALONE}"')
    assert len(results.select(".hit")) == 1
    assert words(results.select_one(".paper mark")) == ALONE
    target = link(results, "Report on cameras, page 41")
    assert target.endswith("#page-41-marked")
    opened = look(target)
    assert [words(mark) for mark in opened.select("#page-41 mark")] == [ALONE]
    assert words(opened.select_one("#page-41-marked")) == ALONE


def test_the_item_s_page_says_which_of_its_papers_answer_and_where(look: Look) -> None:
    item = look(f'/items/wolden-i5001?q="{ALONE}"')
    assert words(item.select_one(".papers .paper mark")) == ALONE
    target = link(item, "Page 41")
    assert target.startswith("/documents/wolden-s1?page=41&q=")
    assert look(target).select_one("#page-41-marked") is not None
    assert len(item.select(".papers .paper")) == 1
    for without in ("", "?q=okapi-nowhere", "?q=" + "+".join(f"word{n}" for n in range(60)), f'?version=1&q="{ALONE}"'):
        assert look(f"/items/wolden-i5001{without}").select(".papers .paper") == []


def test_a_hit_in_a_paper_too_long_for_one_page_of_ours_opens_its_part(look: Look) -> None:
    target = link(look("/?q=documents:facial"), "Long evidence, page 241")
    assert target == "/documents/wolden-s6?page=241&q=documents%3Afacial#page-241-marked"
    opened = look(target)
    assert opened.select_one("#page-241 mark#page-241-marked") is not None
    assert opened.select_one("section#page-1") is None


def test_papers_beyond_the_first_few_are_counted_and_none_is_a_title_without_its_page(shelf: Path) -> None:
    papers = [
        DocumentHit(id=f"wolden-s{n}", title=f"Paper {n}", page=n, html="a <mark>hit</mark>") for n in range(1, 6)
    ]
    costly = DocumentHit(id="wolden-s9", title="Costly & long", page=41, html="Costly &amp; long")
    template = "{% import 'macros.html' as parts with context %}{{ parts.hit(hit, 'hit', true, {}) }}"
    with site(shelf).test_request_context():
        hit = replace(HIT, documents=(costly, *papers))
        shown = BeautifulSoup(render_template_string(template, hit=hit), "lxml")
    assert [words(a) for a in shown.select(".paper a")] == [
        "Costly & long, page 41", "Paper 1, page 1", "Paper 2, page 2", "3 more documents with an answer",
    ]  # fmt: skip


def test_the_terminal_tells_pages_titles_and_what_was_not_read() -> None:
    title = DocumentHit(id="eastmere-s8", title="Damp survey", html="<mark>Damp</mark> survey")
    costly = DocumentHit(id="eastmere-s7", title="Costly", page=2, html="Costly")
    hit = replace(HIT, documents=(*HIT.documents, title, costly))
    lines = list(result_lines(replace(RESULT, hits=(hit,))))
    assert "2 found in 10 items and 4 documents (0 pages) searched; page 1 of 1." in lines
    told = ["   Report on damp, page 41: damp", "   document: Damp survey", "   Costly, page 2"]
    assert [line for line in lines if line in told] == told
    *_, nothing = result_lines(replace(RESULT, total=0, hits=()))
    assert "(0 pages) searched. Of 4 documents the title alone, for no text is held." in nothing


def test_the_terminal_never_calls_what_was_not_searched_nothing_found() -> None:
    refused = [*result_lines(replace(RESULT, total=0, hits=(), refused=True))]
    assert refused == ["Note: A warning.", "Not searched: the reason stands above. Nothing is said of what there is."]
    *_, untouched = result_lines(
        replace(RESULT, total=0, hits=(), searched=Searched(items=0, documents=0, pages=0, unread=0))
    )
    assert untouched.startswith("Not looked at: ")


def test_the_terminal_counts_in_the_singular_and_has_its_years_in_order() -> None:
    years = tuple(FacetValue(year, year, 1, False) for year in ("2020", "unknown", "2024"))
    result = replace(
        RESULT, searched=Searched(items=1, documents=1, pages=1, unread=0), facets={**RESULT.facets, "year": years}
    )
    lines = list(result_lines(result))
    assert "2 found in 1 item and 1 document (1 page) searched; page 1 of 1." in lines
    assert lines[-1] == "By year: 2024 1, 2020 1, unknown 1"


def test_many_topics_of_a_hit_are_counted_and_not_all_shown(shelf: Path) -> None:
    template = "{% import 'macros.html' as parts with context %}{{ parts.hit(hit, '', true, {}) }}"
    with site(shelf).test_request_context():
        hit = replace(HIT, topics=tuple(f"topic-{n}" for n in range(7)))
        shown = BeautifulSoup(render_template_string(template, hit=hit), "lxml")
    assert len(shown.select("a.topic")) == 5
    assert "and 2 more topics" in words(shown)


def test_a_pack_that_prints_papers_once_more_is_not_searched(client: FlaskClient) -> None:
    assert client.get("/documents/wolden-b1").status_code == 200
    assert client.get("/api/v1/search?q=oryx").get_json()["total"] == 0


def test_a_page_without_the_words_is_landed_on_all_the_same(look: Look) -> None:
    for page, address in (("2", "wolden-s1?page=2"), ("100", "wolden-s3?page=100")):
        opened = look(f"/documents/{address}&q=xylophone")
        assert opened.select_one(f"section.sheet #page-{page}-marked") is not None
        assert opened.select("mark") == []


def test_the_table_names_the_page_and_what_stands_there(client: FlaskClient) -> None:
    (row,) = csv.DictReader(io.StringIO(client.get(f'/search.csv?q="{ALONE}"').data.decode("utf-8-sig")))
    (passage,) = (line for line in row["passages"].splitlines() if line.startswith("documents: "))
    assert passage.startswith("documents: Report on cameras, page 41: ")
    assert passage.endswith(f"Members asked who pays for {ALONE} this winter.")


def test_an_items_page_shows_the_topics_that_the_facets_count(client: FlaskClient, look: Look) -> None:
    answer = client.get("/api/v1/search").get_json()
    counted = {value["value"]: value["count"] for value in answer["facets"]["topic"] if value["count"]}
    shown: dict[str, int] = {}
    for item in answer["items"]:
        slugs = [str(a["href"]).rpartition("/")[2] for a in look(item["url"]).select("header .topic")]
        assert slugs == item["topics"]
        for slug in slugs:
            shown[slug] = shown.get(slug, 0) + 1
    assert shown == counted


def test_an_item_says_where_only_its_papers_put_it_under_a_topic(look: Look) -> None:
    (budget,) = (one for one in look("/items/wolden-i5002").select("header .topics li") if "Facial" in words(one))
    assert words(budget) == "Facial recognition for what its documents say"
    (cameras,) = (one for one in look("/items/wolden-i5001").select("header .topics li") if "Facial" in words(one))
    assert words(cameras) == "Facial recognition for “live facial recognition”, “facial recognition”"
    earlier = words(look("/items/wolden-i5001?version=1").select_one("header .topics"))
    assert "what its documents say" not in earlier


def test_an_item_found_by_its_papers_alone_says_that_nothing_of_its_own_is_marked(look: Look) -> None:
    told = words(look("/items/wolden-i5002?q=facial").select_one("header .read"))
    assert "Marked facial nowhere in the item’s own texts; see its documents" in told
    assert "nowhere" not in words(look("/items/wolden-i5001?q=facial").select_one("header .read"))


def test_an_empty_answer_counts_the_pages_searched_and_the_documents_that_were_not_read(look: Look) -> None:
    pages = sum(len(READ[number].pages) for number in LISTED if number in READ)
    told = look("/?q=xylophone").select_one(".nothing")
    assert f"4 agenda items and {len(LISTED)} documents ({pages:,} pages) were searched" in words(told)
    assert "Of 2 documents only the titles could be searched, for no text of them is held" in words(told)
    assert told is not None
    assert link(BeautifulSoup(str(told), "lxml"), "why documents are not read") == "/status"


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ("found_in=title", "4 agenda items were searched, in title alone, and none"),
        ("found_in=minutes&found_in=title", "4 agenda items were searched, in minutes and title alone, and none"),
        ("found_in=documents", "4 agenda items and 9 documents (1,101 pages) were searched, in documents alone"),
    ],
)
def test_an_empty_answer_claims_nothing_of_the_places_that_were_left_out(look: Look, places: str, told: str) -> None:
    said = words(look(f"/?q=lanterns+xylophone&{places}").select_one(".nothing"))
    assert told in said
    assert ("only the titles" in said) == ("found_in=documents" in places)


@pytest.mark.parametrize("follow", [False, True], ids=["before the index follows", "after"])
@pytest.mark.parametrize("hidden", ["wolden-s1", "wolden-i5001", "wolden-m500"])
def test_the_pages_of_what_is_withheld_are_shown_nowhere(tmp_path: Path, hidden: str, follow: bool) -> None:
    folder = tmp_path / "data"
    fill_papers(folder)
    indexed(folder)
    with Archive.open(folder, write=True) as archive:
        withhold(archive, hidden, "Personal data", READ_AT)
    if follow:
        indexed(folder)
    with site(folder).test_client() as visitor:
        for address in ("/", "/api/v1/search", "/search.csv"):
            answered = visitor.get(f'{address}?q="{ALONE}"').get_data(as_text=True)
            assert "who pays for" not in answered, address
            assert "page 41" not in answered, address
