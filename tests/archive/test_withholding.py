"""What is withheld is hidden from every reader with all that stands under it, and can be brought back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import Archive, bring_back, save_page, withhold
from archive.errors import UsageError
from archive.records import Document, DocumentLink
from tests.archive.sample import DOCUMENT, MEETING, START, answer, item, meeting_page


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


@pytest.fixture
def packed(archive: Archive) -> Archive:
    """A meeting with a pack, beside another meeting with one."""
    pack, other = (Document(id=f"eastmere-b{n}", borough="eastmere", title="Pack") for n in (1, 2))
    for number, document in ((5, pack), (6, other)):
        link = DocumentLink(document=document.id, title="Pack")
        meeting = replace(MEETING, id=f"eastmere-m{number}", documents=(link,))
        items = (item(7), item(8, documents=())) if number == 5 else (item(9, meeting=meeting.id, documents=()),)
        found = replace(meeting_page(*items, meeting=meeting), documents=(DOCUMENT, document))
        save_page(archive, answer(url=f"https://eastmere.example/m{number}"), found)
    return archive


@pytest.mark.parametrize("record", ["eastmere-i7", "eastmere-i8", "eastmere-s9"])
def test_a_pack_is_hidden_with_anything_that_it_prints(packed: Archive, record: str) -> None:
    withhold(packed, record, "Personal data", START)
    assert packed.document("eastmere-b1") is None
    assert packed.document("eastmere-b2") is not None
    told = packed.withheld("eastmere-b1")
    assert told is not None
    assert told.record == record
    bring_back(packed, record)
    assert packed.document("eastmere-b1") is not None
    assert packed.withheld("eastmere-b1") is None


def test_a_withheld_pack_hides_no_other_record(packed: Archive) -> None:
    withhold(packed, "eastmere-b1", "Wrong file", START)
    assert packed.document("eastmere-b1") is None
    assert packed.document("eastmere-s9") is not None
    assert len(packed.item_ids()) == 3
    assert packed.meeting("eastmere-m5") is not None
