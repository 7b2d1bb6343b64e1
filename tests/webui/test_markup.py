"""No text becomes markup, but for the marks that the index has put in; no link runs anything."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from webui.markup import is_web_address, marked

pieces = st.sampled_from(
    ["<mark>", "</mark>", "<script>", "</p>", "&lt;b&gt;", "&amp;", '"', "<", ">", "&", "x", "<mark x>", "\n"]
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_only_marks_come_through_whatever_the_index_gives(text: str) -> None:
    elements = BeautifulSoup(f"<div>{marked(text)}</div>", "lxml").find_all(True)
    assert {element.name for element in elements} <= {"html", "body", "div", "mark"}
    assert not any(element.attrs for element in elements)


def test_the_marks_of_the_index_are_kept_and_its_text_is_escaped_once() -> None:
    assert marked("a &lt;b&gt; &amp; <mark>c</mark>") == "a &lt;b&gt; &amp; <mark>c</mark>"


@pytest.mark.parametrize(
    "address", ["https://a.example/x?y=1#z", "http://a.example", "HTTPS://a.example/Report one.pdf"]
)
def test_web_addresses_may_be_followed(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//a.example",
     "/x", "file:///etc/passwd", "https://", "http://[", "https://a.example/\nx", "vbscript:x", "mailto:a@b"],
)  # fmt: skip
def test_nothing_else_becomes_a_link(address: str) -> None:
    assert not is_web_address(address)
