"""From a council's paper to a reader's eyes: words planted on pages are crawled, read, found, and landed on marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from crawler.documents import can_read_scans
from tests.commands import answer, run
from tests.planting import KINDS, SLUG, Kind, Plan, Planted, planted
from tests.site import PretendSite
from tests.webui.conftest import site

QUICK = Plan(papers=1, length=41, planted=(1, 41), each=1, all_scanned=False)
WHOLE = Plan(papers=2, length=300, planted=(1, 41, 300), each=3, all_scanned=True)

needs_tesseract = pytest.mark.skipif(not can_read_scans(), reason="Tesseract or its renderer is not installed")
each_kind = pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=needs_tesseract if kind == "scanned" else ()) for kind in KINDS]
)


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a real crawl of the planted borough gave: its folder, a visitor of the site over it, and the phrases."""

    folder: Path
    visitor: FlaskClient
    phrases: tuple[Planted, ...]

    def of(self, kind: Kind) -> list[Planted]:
        """The phrases in papers of one kind."""
        return [one for one in self.phrases if one.kind == kind]


@contextmanager
def crawled(plan: Plan, folder: Path) -> Iterator[Crawled]:
    """The planted borough, served, crawled and indexed."""
    borough, phrases = planted(plan)
    with PretendSite([borough]) as served:
        file = served.boroughs_file(folder / "boroughs.toml")
        done = run("--data", folder, "crawl", SLUG, "--boroughs", file)
    assert "complete" in done.stderr, done.stderr
    with site(folder).test_client() as visitor:
        yield Crawled(folder, visitor, phrases)


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with crawled(QUICK, tmp_path_factory.mktemp("planted")) as made:
        yield made


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with crawled(WHOLE, tmp_path_factory.mktemp("planted")) as made:
        yield made


@each_kind
def test_a_phrase_is_found_in_its_item_and_landed_on_marked(quick: Crawled, kind: Kind) -> None:
    assert [one.page for one in quick.of(kind)] == [1, 41]
    for one in quick.of(kind):
        assert_is_found_and_landed_on(quick.visitor, one)


@each_kind
@pytest.mark.slow
def test_fifty_phrases_are_found_in_papers_of_300_pages(whole: Crawled, kind: Kind) -> None:
    assert len({one.phrase for one in whole.phrases}) >= 50
    assert len(whole.of(kind)) == 18
    for one in whole.of(kind):
        assert_is_found_and_landed_on(whole.visitor, one)


def test_the_terminal_names_the_paper_and_its_page(quick: Crawled) -> None:
    one = quick.of("pdf")[-1]
    done = run("--data", quick.folder, "search", f'"{one.phrase}"')
    assert f"   {one.title}, page 41: " in done.stdout
    assert one.phrase in done.stdout
    assert answer(quick.folder, f'"{one.phrase}"') == quick.visitor.get(asking(one)).get_json()


def asking(one: Planted) -> str:
    """The address of the JSON answer to the phrase."""
    return f"/api/v1/search?q={quote(chr(34) + one.phrase + chr(34))}"


def assert_is_found_and_landed_on(visitor: FlaskClient, one: Planted) -> None:
    """In the JSON, on the page of results, and where its link leads: this item, this paper, this page, these words."""
    told: Any = visitor.get(asking(one)).get_json()
    assert [item["id"] for item in told["items"]] == [one.item], one
    (paper,) = told["items"][0]["documents"]
    assert (paper["id"], paper["title"], paper["page"]) == (one.document, one.title, one.page)
    assert f"<mark>{one.phrase}</mark>" in paper["html"]
    assert paper["url"] == f"/documents/{one.document}#page-{one.page}"
    assert told["items"][0]["found_in"] == ["documents"]

    results = BeautifulSoup(visitor.get(asking(one).replace("/api/v1/search", "/")).data, "lxml")
    (link,) = results.select(".hit .paper a")
    assert link.get_text() == f"{one.title}, page {one.page}"
    target, _, anchor = str(link["href"]).partition("#")

    opened = BeautifulSoup(visitor.get(target).data, "lxml")
    assert anchor == f"page-{one.page}-marked"
    assert [mark.get_text() for mark in opened.select(f"#page-{one.page} mark#{anchor}")] == [one.phrase]
    assert len(opened.select(".sheet mark")) == 1
