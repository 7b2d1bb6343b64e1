"""Facts as arrays: items with documents and their pages, over several segments, with some removed."""

from __future__ import annotations

import numpy as np

from archive.records import PLACES
from index.columns import Column, SegmentColumns, join_segments
from index.entries import ItemFacts, RowKind

ITEM, DOCUMENT, PAGE = RowKind.ITEM, RowKind.DOCUMENT, RowKind.PAGE


def segment(kinds: list[RowKind], documents: list[str], items: list[str], committee: str = "a-c1") -> SegmentColumns:
    """A segment in which every row has one word in every place."""
    rows = np.array(kinds, np.int64)
    facts = [
        ItemFacts(id=one, borough="a", committee=committee, day=0, position=place, standing=False, fingerprint=one)
        for place, one in enumerate(items)
    ]
    return SegmentColumns(
        kinds=rows,
        words=np.ones((len(kinds), len(PLACES)), np.int64),
        owners=np.cumsum(rows == ITEM) - 1,
        documents=Column.of(documents),
        items=tuple(facts),
    )


def test_rows_belong_to_the_item_before_them_and_pages_to_the_document_before_them() -> None:
    segments = (
        segment([ITEM, DOCUMENT, PAGE, PAGE, ITEM, DOCUMENT, ITEM], ["s1", "s2"], ["i1", "i2", "i3"]),
        segment([ITEM, DOCUMENT, PAGE, DOCUMENT], ["s3", "s1"], ["i4"], committee=""),
    )
    items = join_segments(segments, np.ones(11, np.bool_))
    assert items.ids == ("i1", "i2", "i3", "i4")
    assert items.row_items.tolist() == [0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 3]
    assert [items.documents.names[code] for code in items.documents.codes] == ["s1", "s2", "s3", "s1"]
    assert items.document_items.tolist() == [0, 1, 3, 3]
    assert items.document_pages.tolist() == [2, 0, 1, 0]
    assert items.words[:, 0].tolist() == [4, 2, 1, 4]


def test_removed_items_leave_no_trace() -> None:
    parts = (segment([ITEM, DOCUMENT, PAGE, ITEM, DOCUMENT, PAGE], ["s1", "s2"], ["i1", "i2"]),)
    items = join_segments(parts, np.array([False, False, False, True, True, True]))
    assert items.ids == ("i2",)
    assert items.row_items.tolist() == [-1, -1, -1, 0, 0, 0]
    assert (items.document_items.tolist(), items.document_pages.tolist()) == ([0], [1])
    assert items.words.tolist() == [[3, 3, 3, 3, 3]]


def test_no_segments_are_no_items() -> None:
    items = join_segments((), np.ones(0, np.bool_))
    assert len(items) == 0
    assert items.words.shape == (0, len(PLACES))
    assert items.newest.tolist() == []


def test_items_without_a_committee_come_after_those_with_one() -> None:
    parts = (segment([ITEM], [], ["i1"], committee=""), segment([ITEM], [], ["i2"], committee="b-c1"))
    assert join_segments(parts, np.ones(2, np.bool_)).newest.tolist() == [1, 0]
