"""What is withheld does not leave by export: no page that holds it, and no page that may."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archive import Archive, Findings, bring_back, save_borough, save_page, withhold
from archive.leaving import captures_of, leaving
from archive.records import Borough, Document, DocumentLink
from tests.archive.sample import DOCUMENT, MEETING, START, answer, item, item_page, meeting_page, text

SITE = "https://eastmere.example"
REPORT = replace(DOCUMENT, source_url=f"{SITE}/documents/s9/Report.pdf")
PACK = Document(id="eastmere-g5t0", borough="eastmere", title="Pack", source_url=f"{SITE}/documents/g5/Pack.pdf?T=0")
PACKED = replace(MEETING, documents=(DocumentLink(document=PACK.id, title="Pack"),))
MINE = (item(7, text("Withheld")), item(8, documents=()))


def save(archive: Archive, path: str, body: str, findings: Findings | None = None, **more: Any) -> None:
    url = path if path.startswith("file:") else f"{SITE}/{path}"
    save_page(archive, answer(body.encode(), url=url, **more), findings or Findings())


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """A meeting of two items, seen twice; their own pages, a file, a pack and what was imported of them."""
    page = replace(meeting_page(*MINE, meeting=PACKED), documents=(REPORT, PACK))
    save(archive, "mgListCommittees.aspx", "committees")
    save(archive, "ieListMeetings.aspx?CId=1&Year=0", "meetings")
    save(archive, "ieListDocuments.aspx?CId=1&MId=5", "meeting", page)
    save(archive, "ieListDocuments.aspx?CId=1&MId=5", "meeting, seen again")
    save(archive, "ieListDocuments.aspx?CId=1&MId=6", "another meeting")
    save(archive, "mgAi.aspx?ID=7", "an item's own page")
    save(archive, "mgAi.aspx?ID=8", "the other's own page", item_page(item(8, text("More"), documents=())))
    save(archive, "documents/s9/Report.pdf", "a report")
    save(archive, "documents/g5/Pack.pdf?T=0", "the whole pack")
    save(archive, "mgAi.aspx?ID=70", "an item with a longer number")
    save(archive, "file:copied.txt", "what a person copied", how="import", status=None)
    save(archive, "elsewhere/old.aspx", "an item's own page")
    save_borough(archive, Borough(slug="westmere", name="Westmere", base_url="https://westmere.example"))
    there = answer(b"other", url="https://westmere.example/mgAi.aspx?ID=7", borough="westmere")
    save_page(archive, there, Findings())
    return archive


def left(archive: Archive, *items: str) -> set[str]:
    numbers = leaving(archive, items or None).captures
    return {capture.url.removeprefix(f"{SITE}/") for capture in captures_of(archive, numbers)}


ITEM = {
    "ieListDocuments.aspx?CId=1&MId=5",
    "mgAi.aspx?ID=7",
    "documents/g5/Pack.pdf?T=0",
    "file:copied.txt",
    "elsewhere/old.aspx",
    "documents/s9/Report.pdf",
}
ONLY_OF_SEVEN = {"mgAi.aspx?ID=7", "elsewhere/old.aspx", "documents/s9/Report.pdf"}


def test_without_anything_withheld_all_leaves(filled: Archive) -> None:
    assert len(leaving(filled).captures) == 13
    assert leaving(filled).kept_back == 0


@pytest.mark.parametrize(
    ("record", "kept_in"),
    [
        ("eastmere-i7", ITEM),
        (
            "eastmere-i8",
            ITEM - {"mgAi.aspx?ID=7", "elsewhere/old.aspx", "documents/s9/Report.pdf"} | {"mgAi.aspx?ID=8"},
        ),
        ("eastmere-m5", ITEM | {"mgAi.aspx?ID=8"}),
        (
            "eastmere-s9",
            {
                "documents/g5/Pack.pdf?T=0",
                "documents/s9/Report.pdf",
                "file:copied.txt",
                "ieListDocuments.aspx?CId=1&MId=5",
            },
        ),
    ],
)
def test_what_holds_a_withheld_record_stays(filled: Archive, record: str, kept_in: set[str]) -> None:
    everything = left(filled)
    withhold(filled, record, "Personal data", START)
    assert everything - left(filled) == kept_in
    assert leaving(filled).kept_back == len(kept_in) + 1  # the meeting's page was captured twice
    bring_back(filled, record)
    assert left(filled) == everything


def test_a_withheld_committee_keeps_all_its_pages(filled: Archive) -> None:
    withhold(filled, "eastmere-c1", "Personal data", START)
    assert left(filled) == {"mgListCommittees.aspx", "mgAi.aspx?ID=70", "https://westmere.example/mgAi.aspx?ID=7"}


def test_empty_bytes_are_nothing_to_keep_back(filled: Archive) -> None:
    save(filled, "mgAi.aspx?ID=7", "", status=None, complete=False, outcome="timeout")
    save(filled, "mgAi.aspx?ID=99", "", status=None, complete=False, outcome="timeout")
    withhold(filled, "eastmere-i7", "Personal data", START)
    assert "mgAi.aspx?ID=99" in left(filled)


def test_the_file_of_a_withheld_document_stays_under_whatever_address(filled: Archive) -> None:
    save(filled, "elsewhere/copy.pdf", "%PDF", Findings(file=("eastmere-s9", "application/pdf")))
    save(filled, "elsewhere/again.pdf", "%PDF")
    assert {"elsewhere/copy.pdf", "elsewhere/again.pdf"} <= left(filled, "eastmere-i7")
    withhold(filled, "eastmere-s9", "Wrong file", START)
    assert not {"elsewhere/copy.pdf", "elsewhere/again.pdf"} & left(filled)


def test_items_leave_with_their_meetings_and_documents(filled: Archive) -> None:
    of_meeting = {"ieListDocuments.aspx?CId=1&MId=5", "documents/g5/Pack.pdf?T=0"}
    assert left(filled, "eastmere-i7") == of_meeting | {"documents/s9/Report.pdf"}
    assert left(filled, "eastmere-i8") == of_meeting | {"mgAi.aspx?ID=8"}
    assert left(filled, "eastmere-i404") == set()


def test_what_was_found_is_kept_in_all_the_same(filled: Archive) -> None:
    withhold(filled, "eastmere-i7", "Personal data", START)
    assert left(filled, "eastmere-i7", "eastmere-i8") == {"mgAi.aspx?ID=8"}


def test_hundreds_of_captures_leave_in_order_and_once(archive: Archive) -> None:
    for number in range(510):
        save(archive, f"mgAi.aspx?ID={number}", str(number))
    numbers = leaving(archive).captures
    assert [capture.id for capture in captures_of(archive, numbers)] == sorted(set(numbers))
    assert len(numbers) == 510
