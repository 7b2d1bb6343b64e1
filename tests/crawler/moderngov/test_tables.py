"""The columns of a table whose cells stand over several rows."""

from __future__ import annotations

import pytest

from crawler.moderngov.recognise import parsed
from crawler.moderngov.wording import read_text


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<td rowspan=2>Ash<td>for<tr><td>against", ["Ash | for", " | against"]),
        (
            "<td rowspan=3>Ash<td rowspan=2>for<td>1<tr><td>2<tr><td>against<td>3<tr><td>Elm<td>for",
            ["Ash | for | 1", " |  | 2", " | against | 3", "Elm | for"],
        ),
        ("<td>Ash<td rowspan=2>for<tr><td>Elm<tr><td>Oak<td>against", ["Ash | for", "Elm", "Oak | against"]),
        ("<td rowspan=999999>Ash<td>for<tr><td>against", ["Ash | for", " | against"]),
        ("<td rowspan=two>Ash<td>for<tr><td>Elm<td>against", ["Ash | for", "Elm | against"]),
    ],
)
def test_a_cell_that_reaches_down_leaves_its_column_empty_below(rows: str, expected: list[str]) -> None:
    assert [block.text for block in read_text(parsed(f"<table><tr>{rows}</table>").contents)] == expected
