"""A council's blocks become paragraphs, lists and tables, and keep their anchors and marks."""

from __future__ import annotations

from archive.records import Block, Text, plain
from webui.passages import groups_of, marked_text

TEXT: Text = (
    Block("paragraph", "Members asked about:"),
    Block("bullet", "damp & mould"),
    Block("bullet", "repairs"),
    Block("row", "Ward | Cases"),
    Block("row", "Abbey | 41"),
    Block("paragraph", "The end."),
)


def test_neighbours_of_one_kind_stand_together() -> None:
    groups = groups_of("minutes", TEXT, ())
    assert [(group.kind, len(group.passages)) for group in groups] == [
        ("paragraphs", 1), ("list", 2), ("table", 2), ("paragraphs", 1),
    ]  # fmt: skip


def test_every_block_has_an_anchor_counted_over_the_whole_text() -> None:
    anchors = [passage.anchor for group in groups_of("minutes", TEXT, ()) for passage in group.passages]
    assert anchors == [f"p-minutes-{number}" for number in range(1, 7)]


def test_a_rows_cells_stand_apart() -> None:
    assert groups_of("minutes", TEXT, ())[2].passages[1].cells == ("Abbey", "41")


def test_text_is_escaped() -> None:
    assert groups_of("minutes", TEXT, ())[1].passages[0].cells == ("damp &amp; mould",)


def test_a_mark_over_the_end_of_a_block_is_shown_in_both() -> None:
    whole = plain(TEXT)
    start, end = whole.index("mould"), whole.index("repairs") + len("repairs")
    cells = [passage.cells[0] for passage in groups_of("minutes", TEXT, ((start, end),))[1].passages]
    assert cells == ["damp &amp; <mark>mould</mark>", "<mark>repairs</mark>"]


def test_a_mark_over_the_border_of_a_cell_is_shown_in_both() -> None:
    whole = plain(TEXT)
    start, end = whole.index("Abbey"), whole.index("41") + 2
    assert groups_of("minutes", TEXT, ((start, end),))[2].passages[1].cells == ("<mark>Abbey</mark>", "<mark>41</mark>")


def test_a_title_is_marked_and_escaped() -> None:
    assert marked_text("title", "<b>damp", lambda _place, _text: ((3, 7),)) == "&lt;b&gt;<mark>damp</mark>"


def test_many_marks_in_many_blocks_are_cut_as_one_by_one() -> None:
    text = tuple(Block("paragraph", f"damp {number} mould") for number in range(200))
    whole = plain(text)
    spans = [(at, at + 4) for at in range(len(whole)) if whole.startswith("damp", at)]
    overlapping = [*spans, (0, 2), (whole.index("199"), len(whole)), (0, len(text[0].text) + 3)]
    (group,) = groups_of("minutes", text, overlapping)
    assert group.passages[0].cells == ("<mark>damp 0 mould</mark>",)
    assert group.passages[1].cells == ("<mark>damp</mark> 1 mould",)
    assert group.passages[199].cells == ("<mark>damp</mark> <mark>199 mould</mark>",)
