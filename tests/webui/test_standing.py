"""Standing items, of which every meeting has some, are hidden on request: on the page, as JSON and as CSV alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive import Archive
from tests.index.corpus import STANDING, item_of, save_meeting
from tests.webui.conftest import indexed, site
from tests.webui.test_search_pages import facet, link, words


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A visitor of an archive of two meetings with three items each, one of them a standing one."""
    folder: Path = tmp_path_factory.mktemp("standing") / "data"
    with Archive.open(folder, write=True) as archive:
        for meeting in (0, 1):
            titles = (STANDING, "School streets", "Damp and mould")
            items = [item_of(meeting * 10 + n, title, meeting=meeting) for n, title in enumerate(titles)]
            save_meeting(archive, meeting, items)
    with site(indexed(folder)).test_client() as client:
        yield client


def look(visitor: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(visitor.get(address).data, "lxml")


def test_a_box_beside_the_results_hides_them_and_shows_them_again(visitor: FlaskClient) -> None:
    shown = look(visitor, "/?q=&sort=newest")
    hidden = look(visitor, link(shown, "Hide standing items"))
    assert [words(page.select_one("#found")) for page in (shown, hidden)] == ["6 items", "4 items"]
    assert facet(hidden, "Borough") == {"Eastmere": 2, "Northford": 2}
    assert words(hidden.select_one(".searched")).startswith("of 4 items searched")
    again = look(visitor, link(hidden, "Hide standing items"))
    assert words(again.select_one("#found")) == "6 items"


def test_a_tag_says_that_they_are_hidden_and_every_link_keeps_them_so(visitor: FlaskClient) -> None:
    page = look(visitor, "/?q=streets&standing=no")
    (tag,) = page.select(".tags a")
    assert words(tag) == "Remove the filter Standing items hidden ×"
    assert tag["href"] == "/?q=streets"
    kept = [str(a["href"]) for a in page.select(".facet:not(.standing) a, .orders a, .takeaway a, .chart a")]
    assert kept
    assert all("standing=no" in address for address in kept)
    assert page.select_one('form.dates input[name="standing"]')


def test_nothing_but_standing_items_is_not_nothing_at_all(visitor: FlaskClient) -> None:
    told = words(look(visitor, "/?q=absence&standing=no").select_one(".nothing"))
    assert "4 agenda items were searched, and none of them answers this." in told
    assert "Search everywhere, without filters" in told


def test_json_and_csv_leave_them_out_too(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/v1/search?standing=no").get_json()
    assert (answer["total"], answer["searched"]["items"]) == (4, 4)
    assert STANDING not in [item["title"] for item in answer["items"]]
    table = visitor.get("/search.csv?standing=no")
    assert table.headers["X-Total-Count"] == "4"
    assert STANDING not in table.get_data(as_text=True)
