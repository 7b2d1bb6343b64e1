"""A list as CSV: what stands in it comes back as it was, and no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.results import SearchRequest, SearchResult
from tests.webui.answers import HIT, LOOSE, result
from webui.exports import COLUMNS, all_hits, csv_line, csv_lines, harmless


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_row_holds_what_a_reader_needs() -> None:
    header, row, loose = rows("".join(csv_lines([HIT, LOOSE], "https://archive.example")))
    assert tuple(header) == COLUMNS
    assert dict(zip(header, row, strict=True)) == {
        "id": "eastmere-i7",
        "borough": "Eastmere",
        "committee": "Scrutiny Committee",
        "date": "2025-10-14",
        "status": "draft minutes",
        "number": "7.",
        "title": "Damp & mould",
        "topics": "damp-and-mould",
        "found in": "title; minutes",
        "passages": "minutes: £1.2m for damp & mould\ndocuments: Report on damp, page 41: damp",
        "documents": "Report on damp\nPlan",
        "address": "https://archive.example/items/eastmere-i7",
        "source": "https://eastmere.example/mgAi.aspx?ID=7",
    }
    assert loose[2:4] == ["", ""]


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-5", "@SUM(A1)", "\t=1", "\r=1", "\x00=1"])
def test_nothing_is_taken_for_a_formula(cell: str) -> None:
    assert harmless(cell).startswith("'")
    assert "\x00" not in harmless(cell)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=2, max_size=6))
def test_any_cells_come_back_from_a_strict_reader(cells: list[str]) -> None:
    line = csv_line(cells)
    assert line.endswith("\r\n")
    (row,) = csv.reader(io.StringIO(line, newline=""), strict=True)
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]


def pages_of_two(request: SearchRequest) -> SearchResult:
    """Five hits, two a page."""
    hits = tuple(replace(HIT, id=f"eastmere-i{number}") for number in range(1, 6))
    start = (request.page - 1) * 2
    return result(hits=hits[start : start + 2], page=request.page, pages=3, total=5)


@pytest.mark.parametrize(("most", "given"), [(10, 5), (5, 5), (3, 3), (2, 2)])
def test_all_pages_are_taken_up_to_the_cap(most: int, given: int) -> None:
    hits = list(all_hits(pages_of_two, SearchRequest(page=2), most))
    assert [hit.id for hit in hits] == [f"eastmere-i{number}" for number in range(1, given + 1)]
