"""What the pages say of what is held, and what is missing, is what the database counts."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive import Archive, Findings, save_borough, save_page
from archive.days import today_in_london
from archive.ledger import ledgers
from archive.records import AgendaItem, Borough
from tests.webui.conftest import Look, indexed, site
from tests.webui.holdings import page, text
from tests.webui.shortfalls import fall_short
from tests.webui.test_search_pages import link, words
from webui.coverage_answer import coverage_answer
from webui.terminal import coverage_lines


@pytest.fixture(scope="module")
def short(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented councils, with some of their meetings missing."""
    copy = tmp_path_factory.mktemp("short") / "data"
    shutil.copytree(folder, copy)
    with Archive.open(copy, write=True) as archive:
        fall_short(archive)
    return copy


@pytest.fixture
def client(short: Path) -> Iterator[FlaskClient]:
    """A visitor to that site."""
    with site(short).test_client() as visitor:
        yield visitor


# What each filter means, in SQL of its own: `l` is the list's row and `r` the record's, where there is one.
FILTERS = {
    "": "1",
    "&borough=eastmere": "l.borough = 'eastmere'",
    "&borough=eastmere&borough=northwick": "l.borough in ('eastmere', 'northwick')",
    "&committee=northwick-c200": "l.committee = 'northwick-c200'",
    "&committee=100": "l.committee = 'eastmere-c100'",
    "&year=2019": "substr(l.date, 1, 4) = '2019'",
    "&year=2019&year=2025": "substr(l.date, 1, 4) in ('2019', '2025')",
    "&since=2021-10-14&until=2024-01-01": "l.date between '2021-10-14' and '2024-01-01'",
    "&until=2019-03-03": "l.date <= '2019-03-03'",
    "&borough=northwick&since=2025-12-01": "l.borough = 'northwick' and l.date >= '2025-12-01'",
}
COUNT = """select count(*), sum(coalesce(r.published, '') not in ('', 'nothing'))
    from listings l left join records r on r.id = l.meeting where """


@pytest.mark.parametrize("filters", FILTERS)
def test_the_denominator_of_an_empty_answer_is_what_the_database_counts(short: Path, look: Look, filters: str) -> None:
    with sqlite3.connect(short / "archive.sqlite") as db:
        ((listed, held),) = db.execute(COUNT + FILTERS[filters]).fetchall()
    told = words(look(f"/?q=zebra{filters}").select_one(".denominator"))
    assert listed > 0
    if not held:
        assert re.match(rf"None of {listed} listed meetings?\b.* is held: ", told)
    elif held == listed:
        assert re.match(rf"Searched all {listed} listed meetings|Searched the one listed", told)
    else:
        assert re.match(rf"Searched {held} of {listed} listed meetings?\b.*; {listed - held} not held: ", told)
        reasons = told.partition("not held:")[2].partition(".")[0]
        assert sum(map(int, re.findall(r"\d+", reasons))) == listed - held


def test_an_empty_answer_names_what_is_missing_and_why(look: Look) -> None:
    told = look("/?q=zebra")
    assert words(told.select_one(".denominator")) == (
        "Searched 18 of 23 listed meetings since 2019; 5 not held: 1 blocked, 1 too large, 1 failed, 2 waiting. "
        "1 more meeting that no list names is held."
    )
    gaps = {words(gap.a): words(gap) for gap in told.select(".gaps li")}
    assert set(gaps) == {"Eastmere", "Northwick", "Farthing"}
    assert "4 listed meetings of 10 not held (1 blocked, 1 too large, 1 failed, 1 waiting)" in gaps["Eastmere"]
    assert gaps["Farthing"] == "Farthing : not crawled yet"
    assert "No other council or committee has been looked at" in words(told.select_one(".nothing"))


@pytest.mark.parametrize("filters", ["&borough=farthing", "&year=2019", "&borough=eastmere&until=2019-12-31"])
def test_not_looked_at_is_never_called_nothing_found(look: Look, filters: str) -> None:
    told = words(look(f"/?q=damp{filters}"))
    assert "Not looked at" in told
    assert "Nothing found" not in told
    assert "none of them answers" not in told


def test_nothing_found_is_never_called_not_looked_at(look: Look) -> None:
    told = words(look("/?q=zebra&borough=hallow-vale"))
    assert "Nothing found" in told
    assert "Not looked at" not in told
    assert "Searched all 6 listed meetings since 2020." in told


def test_an_answer_with_hits_needs_no_denominator(look: Look) -> None:
    assert look("/?q=damp").select(".denominator") == []


def test_an_index_that_is_behind_says_that_less_was_searched(short: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(short, folder)
    with site(folder).test_client() as visitor:
        assert "behind" not in words(BeautifulSoup(visitor.get("/?q=zebra").data, "lxml").main)
        item = AgendaItem(
            id="eastmere-i77", borough="eastmere", meeting=None, position=0, number="", title="Zebra crossings",
            minutes=text("A zebra crossing was asked for."),
        )  # fmt: skip
        with Archive.open(folder, write=True) as archive:
            save_page(archive, page("file:zebra", "eastmere", b"zebra"), Findings(items=(item,)))
        for address in ("/?q=zebra", "/status"):
            assert "index is behind the archive" in words(BeautifulSoup(visitor.get(address).data, "lxml").main)


def test_what_was_imported_alone_is_not_called_complete(tmp_path: Path) -> None:
    item = AgendaItem(id="eastmere-i77", borough="eastmere", meeting=None, position=0, number="", title="Saved by hand")
    with Archive.open(tmp_path, write=True) as archive:
        save_borough(archive, Borough(slug="eastmere", name="Eastmere", base_url="https://eastmere.example"))
        save_page(archive, page("file:saved", "eastmere", b"saved"), Findings(items=(item,)))
    with site(indexed(tmp_path)).test_client() as visitor:
        (row,) = BeautifulSoup(visitor.get("/status").data, "lxml").select("tbody tr")
    assert words(row.select("td")[7]) == "the council’s list of meetings has not been read"


def test_the_status_page_tells_the_reasons_and_the_alarms(look: Look) -> None:
    told = look("/status")
    rows = {words(row.th): [words(cell) for cell in row.select("td")] for row in told.select("tbody tr")}
    assert rows["Eastmere"][:4] == ["10", "6 +1 held though not listed", "4", "6"]
    assert "Meetings: 1 blocked, 1 too large, 1 failed, 1 waiting" in rows["Eastmere"][7]
    assert rows["Farthing"][7] == "not looked at"
    assert words(look("/boroughs/farthing").select_one(".lead")) == "Not looked at: nothing of this council is held."
    alarm = told.select_one(".alarm")
    assert "Hallow Vale : Overview and Scrutiny Committee lists 2 meetings; it has listed 6" in words(alarm)
    assert "noticed 6 February 2026" in words(alarm)
    meanings = [words(term) for term in told.select("#reasons + dl dt")]
    assert meanings == [
        "not yet published", "closed to robots", "blocked", "gone", "too large", "unreadable", "failed", "waiting",
    ]  # fmt: skip


def test_an_alarm_stands_on_the_pages_of_its_borough_and_its_committee_alone(look: Look) -> None:
    for address in ("/boroughs/hallow-vale", "/committees/hallow-vale-c300"):
        assert "lists 2 meetings; it has listed 6" in words(look(address).select_one(".alarm"))
    for address in ("/boroughs/eastmere", "/committees/eastmere-c100"):
        assert look(address).select(".alarm") == []


def test_the_grid_of_a_borough_adds_up(look: Look) -> None:
    told = look("/boroughs/eastmere")
    grid, months = told.select("table.ledger")
    assert [words(head) for head in grid.select("thead th")] == ["Committee", "All", *map(str, range(2025, 2018, -1))]
    (row,) = grid.select("tbody tr")
    cells = [words(cell) for cell in row.select("td")]
    assert cells[0] == "6 / of 10 +1 6 with minutes"
    assert cells[-1] == "0 / of 4 0 with minutes"
    shares = [re.findall(r"\d+", cell)[:2] for cell in cells[1:]]
    assert [sum(int(share[place]) for share in shares) for place in (0, 1)] == [6, 10]
    by_month = [words(cell) for line in months.select("tbody tr") for cell in line.select("td")]
    assert sum(cell == "0 / of 1" for cell in by_month) == 4
    assert sum(cell == "1 / of 1" for cell in by_month) == 6
    assert "1 failed" in words(told.select_one(".reasons"))


def test_a_committee_lists_what_is_missing_by_day(look: Look) -> None:
    told = look("/committees/eastmere-c100")
    (missing,) = [part for part in told.select("h3") if words(part) == "Listed but not held"]
    listed = missing.find_next("ul")
    assert [words(row) for row in listed.select("li")] == [  # type: ignore[union-attr]
        "3 May 2019: waiting listed as “Agenda”",
        "3 April 2019: too large listed as “Agenda”",
        "3 March 2019: blocked listed as “Agenda”",
        "3 February 2019: failed listed as “Agenda”",
    ]
    assert link(told, "4 listed meetings not held") == "#coverage"


def test_boroughs_that_are_not_there_are_said_not_to_be_looked_at(look: Look) -> None:
    told = words(look("/boroughs/").main)
    assert "A council that is not listed here has not been looked at" in told
    assert "Farthing Not looked at not crawled yet" in told


def test_what_scripts_are_told_is_the_same_and_adds_up(short: Path) -> None:
    with Archive.open(short) as archive:
        rows = coverage_answer(archive.coverage(), ledgers(archive, today_in_london()))
    (eastmere,) = (row for row in rows if row["slug"] == "eastmere")
    assert (eastmere["listed"], eastmere["held"], eastmere["missing"]) == (10, 6, 4)
    assert eastmere["not_held"] == {"blocked": 1, "too large": 1, "failed": 1, "waiting": 1}
    (committee, *_) = eastmere["committees"]  # type: ignore[misc]
    assert sum(month["listed"] for month in committee["months"]) == committee["listed"] == 10  # type: ignore[has-type]
    (vale,) = (row for row in rows if row["slug"] == "hallow-vale")
    assert vale["alarms"] == [
        {
            "committee": "hallow-vale-c300", "before": 6, "now": 2, "since": "2026-02-06T14:05:00+00:00",
            "line": "Overview and Scrutiny Committee lists 2 meetings; it has listed 6",
        }
    ]  # fmt: skip


def test_a_terminal_tells_the_reasons_and_the_alarms_below_each_borough(short: Path) -> None:
    with Archive.open(short) as archive:
        lines = list(coverage_lines(archive.coverage()))
    eastmere = next(place for place, line in enumerate(lines) if line.startswith("Eastmere"))
    assert lines[eastmere + 1] == "    meetings not held: 1 blocked, 1 too large, 1 failed, 1 waiting"
    (alarm,) = (line for line in lines if "ALARM" in line)
    assert alarm.endswith("Overview and Scrutiny Committee lists 2 meetings; it has listed 6 (noticed 2026-02-06)")


def test_the_status_page_counts_anew_when_something_has_changed(short: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(short, folder)
    with site(folder).test_client() as visitor:
        before = visitor.get("/status").data
        assert visitor.get("/status").data == before
        with Archive.open(folder, write=True) as archive:
            item = AgendaItem(id="eastmere-i78", borough="eastmere", meeting=None, position=0, number="", title="More")
            save_page(archive, page("file:more", "eastmere", b"more"), Findings(items=(item,)))
        assert visitor.get("/status").data != before
