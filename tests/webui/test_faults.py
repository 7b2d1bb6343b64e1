"""When something is wrong: missing parts, faults of ours, and what reaches the log (hazards W9 and W10)."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive import Archive, read_settings, withhold
from index import update_index
from tests.webui.conftest import site
from tests.webui.holdings import READ_AT, fill


def test_without_an_archive_the_site_says_so_and_recovers_by_itself(tmp_path: Path) -> None:
    visitor = site(tmp_path).test_client()
    for address in ("/", "/items/eastmere-i1051", "/status", "/topics/", "/api/v1/search"):
        response = visitor.get(address)
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "60"
        assert str(tmp_path) not in response.text
    assert visitor.get("/help/search").status_code == 200
    fill(tmp_path)
    assert visitor.get("/items/eastmere-i1051").status_code == 200
    assert visitor.get("/").status_code == 503
    with Archive.open(tmp_path) as archive:
        update_index(archive, tmp_path, read_settings({}))
    assert visitor.get("/?q=damp").status_code == 200


def test_health_tells_how_far_the_index_is_behind(tmp_path: Path, folder: Path) -> None:
    shutil.copytree(folder, tmp_path / "data")
    visitor = site(tmp_path / "data").test_client()
    health = visitor.get("/healthz").get_json()
    assert health["status"] == "ok"
    assert health["archive_sequence"] == health["index_sequence"] > 0
    assert health["stale"] is False
    assert health["last_run"] == {"eastmere": None, "farthing": None, "hallow-vale": None, "northwick": None}
    with Archive.open(tmp_path / "data", write=True) as archive:
        withhold(archive, "eastmere-i1051", "For this test.", READ_AT)
    assert visitor.get("/healthz").get_json()["stale"] is True


def test_what_is_withheld_is_gone_at_once_before_any_new_index(tmp_path: Path, folder: Path) -> None:
    shutil.copytree(folder, tmp_path / "data")
    visitor = site(tmp_path / "data").test_client()
    assert "eastmere-i1051" in visitor.get("/api/v1/search?q=recognition&borough=eastmere").text
    with Archive.open(tmp_path / "data", write=True) as archive:
        withhold(archive, "eastmere-m105", "For this test.", READ_AT)
    assert "eastmere-i1051" not in visitor.get("/api/v1/search?q=recognition&borough=eastmere").text
    assert "eastmere-i1051" not in visitor.get("/search.csv?q=recognition&borough=eastmere").text
    assert visitor.get("/items/eastmere-i1051").status_code == 410


@pytest.fixture
def faulty(folder: Path) -> FlaskClient:
    """A site with a page that fails with a visitor's own words."""
    app = site(folder)

    def fault(words: str) -> str:
        raise RuntimeError(words)

    app.add_url_rule("/fault/<words>", view_func=fault)
    return app.test_client()


def test_a_fault_of_ours_shows_nothing_of_the_inside(faulty: FlaskClient) -> None:
    response = faulty.get("/fault/secret")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_no_visitor_can_forge_a_line_of_the_log(faulty: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        faulty.get("/fault/a%0d%0aERROR forged%1b[31m%E2%80%A8x")
    (record,) = [record for record in caplog.records if record.name == "webui"]
    first, *rest = record.getMessage().split("\n")
    assert first == r"fault at GET /fault/a\r\nERROR forged\x1b[31m\u2028x"
    assert len(rest) > 3
    assert all(line.startswith("  | ") and line.isprintable() for line in rest)


def test_errors_of_the_json_are_json(faulty: FlaskClient) -> None:
    for address, status in (("/api/v1/nothing", 404), ("/api/v1/search?page=x", 400)):
        response = faulty.get(address)
        assert response.status_code == status
        assert set(response.get_json()) == {"error", "detail"}


def test_robots_are_kept_from_the_endless_combinations_of_filters(faulty: FlaskClient) -> None:
    told = faulty.get("/robots.txt").text.splitlines()
    assert told[0] == "User-agent: *"
    assert "Disallow: /*?" in told
