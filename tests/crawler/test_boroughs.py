"""Boroughs are data: every one of London is shipped, a user's file stands beside them, a broken one is told by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import SettingsError, UsageError
from archive.records import Borough
from crawler.boroughs import borough_named, known_boroughs, shipped_boroughs

ROW = '[[borough]]\nslug = "eastmere"\nname = "Eastmere"\nbase_url = "https://eastmere.example"\n'
REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "boroughs.tsv"


def test_all_of_london_is_shipped() -> None:
    rows = shipped_boroughs()
    assert len(rows) == 34
    assert len({row.slug for row in rows}) == len({row.gss for row in rows}) == 34
    assert [row.gss for row in rows] == [f"E{9000001 + n:08}" for n in range(33)] + ["E12000007"]
    assert all(row.base_url.startswith("https://") and not row.base_url.endswith("/") for row in rows)


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference is not here")
def test_the_shipped_rows_are_those_of_the_reference() -> None:
    lines = [line.split("\t") for line in REFERENCE.read_text().splitlines()[1:]]
    assert {(line[0], line[1], line[4]) for line in lines} == {(r.slug, r.gss, r.base_url) for r in shipped_boroughs()}


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference is not here")
def test_the_notes_tell_what_is_known_of_a_councils_doors() -> None:
    said = {row.slug: row.note for row in shipped_boroughs()}
    lines = [line.split("\t") for line in REFERENCE.read_text().splitlines()[1:]]
    for slug, known in ((line[0], line[7]) for line in lines):
        for reported, told in (("robots.txt", "robots.txt"), ("TLS", "certificate"), ("ws ", "web service")):
            assert (reported in known) <= (told in said[slug]), (slug, reported)


def test_a_row_of_the_users_file_is_added_and_replaces_one_of_its_slug(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        ROW + "scrutiny_committees = [12]\n" + ROW.replace("eastmere", "southwark").replace("Eastmere", "Mine")
    )
    rows = known_boroughs(file)
    assert len(rows) == 35
    assert rows["eastmere"] == Borough(
        slug="eastmere", name="Eastmere", base_url="https://eastmere.example", scrutiny_committees=(12,)
    )
    assert rows["southwark"].name == "Mine"


def test_what_the_archive_holds_of_a_borough_needs_no_file() -> None:
    held = Borough(slug="eastmere", name="Eastmere", base_url="https://eastmere.example")
    assert known_boroughs(None, [held])["eastmere"] is held


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ROW + 'name = "twice"\n', "line 5"),
        ("[[borough]\n", "line 1"),
        (ROW + "\n" + ROW.replace('name = "Eastmere"\n', ""), "line 6: the row has no 'name'"),
        (ROW + 'colour = "red"\n', "line 1: the row says 'colour'"),
        (ROW + 'scrutiny_committees = ["308"]\n', "scrutiny_committees must be a list of int"),
        (ROW.replace('"Eastmere"', "3"), "name must be a text"),
        (ROW.replace("https:", "ftp:"), "is not an address"),
        (ROW.replace("https://eastmere.example", "https://[::1"), "is not an address"),
        (ROW.replace('"eastmere"', '"East Mere"'), "the slug 'East Mere'"),
        (ROW + 'platform = "cmis"\n', "the platform 'cmis'"),
        (ROW + ROW, "stands there twice"),
        ("", "[[borough]]"),
        ('title = "x"\n' + ROW, "[[borough]] tables and nothing else"),
    ],
)
def test_a_broken_boroughs_file_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as problem:
        known_boroughs(file)
    assert told in str(problem.value)
    assert str(file) in str(problem.value)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--boroughs"):
        known_boroughs(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        known_boroughs(tmp_path / "bytes.toml")


def test_an_unknown_borough_is_told_with_names_like_it() -> None:
    with pytest.raises(UsageError, match="southwark"):
        borough_named(known_boroughs(), "southwerk")
    with pytest.raises(UsageError, match="scrutiny boroughs"):
        borough_named(known_boroughs(), "xyz")
