"""Marked text is escaped text: `<mark>` is the only markup that can come out."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.marking import mark

SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6)
HOSTILE = st.text(st.sampled_from("<>&\"'ab \n\x00\ud800") | st.characters(), max_size=50)
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        ([], "stop &amp; search"),
        ([(0, 4)], "<mark>stop</mark> &amp; search"),
        ([(7, 13), (0, 4)], "<mark>stop</mark> &amp; <mark>search</mark>"),
        ([(0, 6), (5, 13)], "<mark>stop &amp; search</mark>"),
        ([(0, 4), (4, 5)], "<mark>stop </mark>&amp; search"),
        ([(0, 13), (2, 3)], "<mark>stop &amp; search</mark>"),
        ([(-9, 4), (7, 99)], "<mark>stop</mark> &amp; <mark>search</mark>"),
        ([(4, 4), (5, 2), (40, 50)], "stop &amp; search"),
    ],
)
def test_spans_are_marked_and_overlapping_ones_joined(spans: list[tuple[int, int]], html: str) -> None:
    assert mark("stop & search", spans) == html


@given(HOSTILE, SPANS)
@example("<script>alert('x')</script>", [(0, 3), (2, 9)])
@example('"><img src=x onerror="y">', [(1, 2)])
def test_nothing_comes_out_but_text_and_marks(text: str, spans: list[tuple[int, int]]) -> None:
    html = mark(text, spans)
    html.encode()
    parts = re.split(r"<(/?)mark>", html)
    assert not re.search(r"[<>\"']", "".join(parts[::2]))
    assert parts[1::2] == ["", "/"] * (len(parts) // 4)
    assert unescape("".join(parts[::2])) == unescape(mark(text, []))
    if not re.search("[\x80-\x9f&]", text):
        assert unescape("".join(parts[::2])).replace("\r\n", "\n") == ODD.sub("\ufffd", text).replace("\r\n", "\n")
