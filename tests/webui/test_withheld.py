"""What is withheld leaks on no page: not in a version, a difference, a file, a list, a link or a citation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive import Archive, withhold
from tests.webui.conftest import indexed, site
from tests.webui.holdings import READ_AT
from tests.webui.papers import BEASTS, TITLES, fill_papers

REASON = "The council asked for it."
ITEMS = tuple(f"/items/wolden-i{number}" for number in range(5001, 5005))
DOCUMENTS = tuple(f"/documents/wolden-{number}" for number in TITLES)
OTHERS = (
    "/", "/?q=", "/?q=report", "/?sort=oldest", "/api/v1/search", "/search.csv", "/boroughs/", "/boroughs/wolden",
    "/topics/", "/topics/facial-recognition", "/meetings/wolden-m500", "/committees/wolden-c100",
)  # fmt: skip
Without = tuple[str, FlaskClient]
VERSIONS = ("", "?version=1", "?version=2", "?version=3")

ADDRESSES = (
    *OTHERS,
    *(f"{item}{version}" for item in ITEMS for version in VERSIONS),
    *(f"{item}/changes{pair}" for item in ITEMS for pair in ("", "?from=1&to=2")),
    *(f"{document}{way}{version}" for document in DOCUMENTS for way in ("", "/file") for version in VERSIONS),
    *(f"{document}/changes" for document in DOCUMENTS),
)


@pytest.fixture(scope="module", params=[None, *BEASTS], ids=lambda record: record or "nothing")
def withheld(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, FlaskClient]]:
    """The record that is withheld ("" for none), and a visitor."""
    folder: Path = tmp_path_factory.mktemp("withheld") / "data"
    fill_papers(folder)
    if request.param:
        with Archive.open(folder, write=True) as archive:
            withhold(archive, request.param, REASON, READ_AT)
    with site(indexed(folder)).test_client() as visitor:
        yield request.param or "", visitor


def own_addresses(record: str) -> list[str]:
    """Every address of a record itself."""
    kind = {"c": "committees", "m": "meetings", "i": "items"}.get(record.removeprefix("wolden-")[0], "documents")
    ways = {"items": ("", "/changes"), "documents": ("", "/changes", "/file")}.get(kind, ("",))
    return [f"/{kind}/{record}{way}{version}" for way in ways for version in VERSIONS]


def test_nothing_of_it_stands_on_any_page(withheld: Without) -> None:
    record, visitor = withheld
    answers = {address: visitor.get(address) for address in ADDRESSES}
    assert [address for address, answer in answers.items() if answer.status_code not in {200, 404, 410}] == []
    betrayed = {
        beast: [address for address, answer in answers.items() if beast in answer.text.lower()]
        for beast in BEASTS.values()
    }
    if record:
        assert betrayed[BEASTS[record]] == []
    else:
        assert all(betrayed.values()), "a beast that is nowhere betrays nothing"


def test_its_own_addresses_say_why_and_nothing_more(withheld: Without) -> None:
    record, visitor = withheld
    for address in own_addresses(record) if record else []:
        answer = visitor.get(address)
        assert answer.status_code == 410, address
        assert REASON in answer.text
        assert BEASTS[record] not in answer.text.lower()


def test_no_search_finds_it(withheld: Without) -> None:
    record, visitor = withheld
    if record:
        assert json.loads(visitor.get(f"/api/v1/search?q={BEASTS[record]}").text)["total"] == 0


def test_a_paper_that_a_withheld_item_shared_is_called_what_others_call_it(tmp_path: Path) -> None:
    fill_papers(tmp_path)
    with Archive.open(tmp_path, write=True) as archive:
        withhold(archive, "wolden-i5001", REASON, READ_AT)
    with site(indexed(tmp_path)).test_client() as visitor:
        assert "<h1>Plain appendix</h1>" in visitor.get("/documents/wolden-s10").text
        saved = visitor.get("/documents/wolden-s10/file")
        assert 'filename="Plain appendix.pdf"' in saved.headers["Content-Disposition"]
        assert visitor.get("/documents/wolden-s1").status_code == 410


def test_an_item_stands_without_its_withheld_paper(tmp_path: Path) -> None:
    fill_papers(tmp_path)
    with Archive.open(tmp_path, write=True) as archive:
        withhold(archive, "wolden-s9", REASON, READ_AT)
    with site(indexed(tmp_path)).test_client() as visitor:
        assert "4 documents" in visitor.get("/meetings/wolden-m500").text
        assert visitor.get("/items/wolden-i5001?version=1").text.count("/documents/wolden-s") == 4
        assert visitor.get("/documents/wolden-b1").status_code == 410
