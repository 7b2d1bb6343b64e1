"""What is withheld is hidden from every reader with all that stands under it, and can be brought back."""

from __future__ import annotations

import pytest

from archive import Archive, bring_back, save_page, withhold
from archive.errors import UsageError
from tests.archive.sample import START, answer, item, meeting_page


@pytest.fixture
def filled(archive: Archive) -> Archive:
    save_page(archive, answer(), meeting_page(item(7), item(8, documents=())))
    return archive


def seen(archive: Archive) -> set[str]:
    items = {entry.item.id for entry in archive.entries(("eastmere-i7", "eastmere-i8"))}
    assert items == set(archive.item_ids())
    others = [archive.committee("eastmere-c1"), archive.meeting("eastmere-m5"), archive.document("eastmere-s9")]
    return items | {record.id for record in others if record is not None}


@pytest.mark.parametrize(
    ("record", "left"),
    [
        ("eastmere-i8", {"eastmere-c1", "eastmere-m5", "eastmere-i7", "eastmere-s9"}),
        ("eastmere-i7", {"eastmere-c1", "eastmere-m5", "eastmere-i8"}),
        ("eastmere-s9", {"eastmere-c1", "eastmere-m5", "eastmere-i7", "eastmere-i8"}),
        ("eastmere-m5", {"eastmere-c1"}),
        ("eastmere-c1", set()),
    ],
)
def test_withholding_hides_a_record_with_what_is_under_it(filled: Archive, record: str, left: set[str]) -> None:
    everything = seen(filled)
    withhold(filled, record, "Personal data, at the council's request", START)
    assert seen(filled) == left
    for hidden in everything - left:
        told = filled.withheld(hidden)
        assert told is not None
        assert (told.record, told.reason) == (record, "Personal data, at the council's request")
        assert filled.versions(hidden) == ()
        assert filled.evidence(hidden) is None
    bring_back(filled, record)
    assert seen(filled) == everything
    assert filled.withheld(record) is None


def test_a_withheld_document_is_listed_by_no_item(filled: Archive) -> None:
    withhold(filled, "eastmere-s9", "Wrong file", START)
    entry = filled.entry("eastmere-i7")
    assert entry is not None
    assert entry.documents == ()


def test_withholding_and_undoing_reach_the_index(filled: Archive) -> None:
    start = filled.sequence()
    withhold(filled, "eastmere-m5", "Personal data", START)
    assert filled.items_changed_since(start) == ("eastmere-i7", "eastmere-i8")
    start = filled.sequence()
    bring_back(filled, "eastmere-m5")
    assert filled.items_changed_since(start) == ("eastmere-i7", "eastmere-i8")


def test_what_cannot_be_withheld_is_said(filled: Archive) -> None:
    with pytest.raises(UsageError, match="no record eastmere-i99"):
        withhold(filled, "eastmere-i99", "x", START)
    with pytest.raises(UsageError, match="--reason"):
        withhold(filled, "eastmere-i7", "  ", START)
    with pytest.raises(UsageError, match="not withheld"):
        bring_back(filled, "eastmere-i7")
