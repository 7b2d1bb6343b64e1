"""Facts as arrays: items with documents and their pages, over several segments, with some removed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from archive.records import PLACES
from index.arrays import ArraysFile, writing
from index.columns import join_segments
from index.entries import ItemFacts, RowKind
from index.facts import OWN_PLACES, SegmentFacts, gathered, write_facts
from index.held import held_count, held_ids, held_items
from index.storage import OpenSegment, SegmentFiles

ITEM, DOCUMENT, PAGE = RowKind.ITEM, RowKind.DOCUMENT, RowKind.PAGE


def segment(kinds: list[RowKind], documents: list[str], items: list[str], committee: str = "a-c1") -> SegmentFacts:
    """A segment in which every row has one word in every place it can have; pages are numbered from 5."""
    facts = [
        ItemFacts(id=one, borough="a", committee=committee, day=0, position=place, standing=False, fingerprint=one)
        for place, one in enumerate(items)
    ]
    return gathered(
        kinds=kinds,
        pages=[number if kind == PAGE else 0 for number, kind in enumerate(kinds, 5)],
        words=np.array([int(kind != ITEM) for kind in kinds]),
        own_words=[np.ones(len(items), np.int64) for _ in OWN_PLACES],
        documents=documents,
        items=facts,
    )


def test_rows_belong_to_the_item_after_them_and_pages_to_the_document_before_them() -> None:
    segments = (
        segment([DOCUMENT, PAGE, PAGE, ITEM, DOCUMENT, ITEM, ITEM], ["s1", "s2"], ["i1", "i2", "i3"]),
        segment([DOCUMENT, PAGE, DOCUMENT, ITEM], ["s3", "s1"], ["i4"], committee=""),
    )
    items = join_segments(segments, np.ones(11, np.bool_))
    assert items.ids == ("i1", "i2", "i3", "i4")
    assert items.rows.items.tolist() == [0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 3]
    assert items.rows.documents.tolist() == [0, 0, 0, -1, 1, -1, -1, 2, 2, 3, -1]
    assert items.rows.pages.tolist() == [0, 6, 7, 0, 0, 0, 0, 0, 6, 0, 0]
    assert [items.documents.names[code] for code in items.documents.codes] == ["s1", "s2", "s3", "s1"]
    assert items.document_items.tolist() == [0, 1, 3, 3]
    assert items.document_pages.tolist() == [2, 0, 1]
    assert items.words.tolist() == [[1, 1, 1, 1, 3], [1, 1, 1, 1, 1], [1, 1, 1, 1, 0], [1, 1, 1, 1, 3]]


def test_removed_items_leave_no_trace() -> None:
    parts = (segment([DOCUMENT, PAGE, ITEM, DOCUMENT, PAGE, ITEM], ["s1", "s2"], ["i1", "i2"]),)
    items = join_segments(parts, np.array([False, False, False, True, True, True]))
    assert items.ids == ("i2",)
    assert items.rows.items.tolist() == [-1, -1, -1, 0, 0, 0]
    assert items.rows.documents.tolist() == [-1, -1, -1, 0, 0, -1]
    assert (items.document_items.tolist(), items.document_pages.tolist()) == ([0], [1])
    assert items.words.tolist() == [[1, 1, 1, 1, 2]]


def test_an_item_s_rows_are_told_through_the_segments_without_those_removed(tmp_path: Path) -> None:
    parts = (
        segment([DOCUMENT, PAGE, ITEM, ITEM], ["s1"], ["i1", "i2"]),
        segment([ITEM, DOCUMENT, ITEM], ["s2"], ["i3", "i4"]),
    )
    files = []
    for number, part in enumerate(parts):
        with writing(tmp_path / f"facts-{number}") as file:
            write_facts(file, part)
        written = ArraysFile(tmp_path / f"facts-{number}")
        files.append(SegmentFiles(written, written))
    opened = [OpenSegment("first", 4, (3,), files[0]), OpenSegment("second", 3, (), files[1])]
    assert [(one.id, one.fingerprint, one.rows) for one in held_items(opened, ("i1", "i2", "i3", "i4"))] == [
        ("i1", "i1", range(3)),
        ("i3", "i3", range(4, 5)),
        ("i4", "i4", range(5, 7)),
    ]
    assert [one.id for one in held_items(opened, ("i4",))] == ["i4"]
    assert list(held_ids(opened)) == ["i1", "i3", "i4"]
    assert held_count(opened) == 3


def test_no_segments_are_no_items() -> None:
    items = join_segments((), np.ones(0, np.bool_))
    assert len(items) == 0
    assert items.words.shape == (0, len(PLACES))
    assert items.newest.tolist() == []


def test_items_without_a_committee_come_after_those_with_one() -> None:
    parts = (segment([ITEM], [], ["i1"], committee=""), segment([ITEM], [], ["i2"], committee="b-c1"))
    assert join_segments(parts, np.ones(2, np.bool_)).newest.tolist() == [1, 0]


def test_items_that_are_equal_in_all_else_come_by_their_ids() -> None:
    parts = (segment([ITEM], [], ["i3"]), segment([ITEM, ITEM], [], ["i2", "i9"]), segment([ITEM], [], ["i1"]))
    items = join_segments(parts, np.ones(4, np.bool_))
    assert [items.ids[item] for item in np.argsort(items.newest)] == ["i1", "i2", "i3", "i9"]
    assert items.oldest.tolist() == items.newest.tolist()
