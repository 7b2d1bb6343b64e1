"""The tree of a page is BeautifulSoup's own, link by link, though it is put together in another way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from hypothesis import given
from hypothesis import strategies as st

from crawler.moderngov.tree import Element, Tree

PIECES = [
    *(
        "<p>",
        "</p>",
        "<div class='A b'>",
        "</div>",
        "<div/>",
        "<b><i>",
        "</b></i>",
        "<ul><li>",
        "<li>",
        "</ul>",
        "<br>",
    ),
    *("<table>", "<tr>", "<td>", "<th>", "</table>", "<pre>", "</pre>", "<textarea>", "</textarea>", "<o:p>", "</o:p>"),
    *("<ruby>a<rt>", "</rt>", "<template>", "</template>", "<script>", "</script>", "<style>", "</style>", "<svg>"),
    *(
        "<title>",
        "</title>",
        "<head>",
        "</head>",
        "<body id=B class=c>",
        "</body>",
        "<html lang=en>",
        "</html>",
        "<form>",
    ),
    *(
        "<!-- c -->",
        "<!---->",
        "<!-- ",
        "<?php x ?>",
        "<!doctype html>",
        "<![CDATA[x]]>",
        "<a href='x?a=1&amp;b'>",
        "<",
    ),
    *("words", " ", "\n", " \n\t", "\xa0", "&nbsp;", "&amp;", "&#0;", "&bogus;", "é", "\x0c", '"', ">", "</", "<1>"),
]


def nodes(tree: BeautifulSoup) -> Iterator[PageElement]:
    yield tree
    yield from tree.descendants


def said(node: PageElement | None) -> tuple[object, ...]:
    if isinstance(node, Tag):
        return (node.name, dict(node.attrs), len(node.contents))
    return (type(node), node)


def linked(node: PageElement) -> list[tuple[object, ...]]:
    around = (node.parent, node.next_element, node.previous_element, node.next_sibling, node.previous_sibling)
    return [said(node), *map(said, around)]


def own(source: str) -> BeautifulSoup:
    return BeautifulSoup(source.encode(), "lxml", from_encoding="utf-8", multi_valued_attributes=None)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_the_tree_is_the_one_that_beautifulsoup_makes(pieces: list[str]) -> None:
    source = "<html>" + "".join(pieces)
    ours, its = Tree(source), own(source)
    assert [linked(node) for node in nodes(ours)] == [linked(node) for node in nodes(its)]
    assert ours.get_text("|") == its.get_text("|")


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_places_tell_what_stands_in_what(pieces: list[str]) -> None:
    tree = Tree("<html>" + "".join(pieces))
    assert tree.elements == tree.find_all(True)
    for root in (tree, *tree.elements):
        assert isinstance(root, Tree | Element)
        below = tree.elements[root.place + 1 : root.after]
        assert list(map(id, below)) == list(map(id, root.find_all(True)))
    assert tree.depth == max(len(list(tag.parents)) for tag in tree.elements)


@pytest.mark.parametrize(
    ("places", "key", "expected"),
    [("names", "p", ["p", "p"]), ("classes", "a", ["p", "div"]), ("classes", "b", ["div"]), ("ids", "x", ["p"])],
)
def test_names_classes_and_ids_are_found_by_their_places(places: str, key: str, expected: list[str]) -> None:
    tree = Tree("<p class='A a'>1<p id=X>2<div class='b\tA'>3</div>")
    assert [tree.elements[place].name for place in getattr(tree, places)[key]] == expected


def test_a_source_without_a_word_gives_a_tree_without_an_element() -> None:
    assert (Tree("").elements, Tree("").depth) == ([], 0)
