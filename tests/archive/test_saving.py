"""Saving pages: the same changes nothing, a change adds a version, one page is one transaction."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from archive import Archive, Findings, save_borough, save_page
from archive.records import Committee, Document, DocumentLink
from archive.tables import captures, records
from tests.archive.sample import (
    BOROUGH,
    COMMITTEE,
    DOCUMENT,
    MEETING,
    START,
    answer,
    item,
    item_page,
    meeting_page,
    text,
)


def test_what_is_saved_can_be_read_with_all_it_stands_under(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(item(minutes=text("The committee agreed."))))
    entry = archive.entry("eastmere-i7")
    assert entry is not None
    assert (entry.item.minutes, entry.meeting, entry.committee) == (text("The committee agreed."), MEETING, COMMITTEE)
    assert (entry.borough, entry.documents) == (BOROUGH, (DOCUMENT,))
    assert archive.meetings("eastmere-c1") == (MEETING,)
    assert archive.items("eastmere-m5") == (entry.item,)
    assert archive.places("eastmere-s9") == ("eastmere-i7",)


def test_the_same_page_twice_changes_nothing_but_when_it_was_seen(archive: Archive) -> None:
    page = meeting_page(item())
    save_page(archive, answer(), page)
    before = archive.sequence()
    again = save_page(archive, answer(days=3), page)
    assert (again.new, again.changed, archive.sequence()) == ([], [], before)
    (version,) = archive.versions("eastmere-i7")
    assert (version.last_seen - version.first_seen).days == 3
    with archive.reading() as db:
        assert db.scalar(select(func.count()).select_from(captures)) == 1


def test_a_changed_page_adds_a_version_and_keeps_the_old_one(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(item(minutes=text("Draft."))))
    changed = save_page(archive, answer(b"<html>2</html>", days=9), meeting_page(item(minutes=text("Approved."))))
    assert changed.changed == ["eastmere-i7"]
    first, second = archive.versions("eastmere-i7")
    assert (first.record, second.record) == (item(minutes=text("Draft.")), item(minutes=text("Approved.")))
    evidence = archive.evidence("eastmere-i7")
    assert evidence is not None
    assert archive.blobs.get(evidence.sha256) == b"<html>2</html>"


def test_a_page_that_only_mentions_a_committee_does_not_replace_what_is_known_of_it(archive: Archive) -> None:
    save_page(archive, answer(url="https://eastmere.example/list"), Findings(committees=(COMMITTEE,)))
    mentioned = Committee(id=COMMITTEE.id, borough="eastmere", name="Scrutiny Cttee", number=1)
    save_page(archive, answer(), Findings(named=(mentioned,), meetings=(MEETING,)))
    assert archive.committee(COMMITTEE.id) == COMMITTEE


def test_a_document_listed_twice_keeps_the_name_of_its_first_place(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(item()))
    elsewhere = item(8, documents=(DocumentLink(document="eastmere-s9", title="Appendix B"),))
    renamed = replace(DOCUMENT, title="Appendix B")
    for days in (1, 2):
        page = Findings(items=(elsewhere,), documents=(renamed,))
        save_page(archive, answer(b"other", url="https://eastmere.example/m6", days=days), page)
        save_page(archive, answer(days=days), meeting_page(item()))
    assert [version.number for version in archive.versions("eastmere-s9")] == [1]
    assert archive.places("eastmere-s9") == ("eastmere-i7", "eastmere-i8")
    entry = archive.entry("eastmere-i8")
    assert entry is not None
    assert [document.title for document in entry.documents] == ["Appendix B"]


def test_an_item_that_lists_a_document_no_more_is_no_place_of_it(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(item(), item(8)))
    save_page(archive, answer(b"2", days=1), meeting_page(item(documents=()), item(8)))
    assert archive.places("eastmere-s9") == ("eastmere-i8",)


def test_nothing_of_a_page_is_saved_when_any_of_it_cannot_be(archive: Archive) -> None:
    twice = Document(id="eastmere-s9", borough=None, title="x")  # type: ignore[arg-type]  # the table refuses it
    with pytest.raises(Exception, match="NOT NULL"):
        save_page(archive, answer(), Findings(meetings=(MEETING,), items=(item(),), documents=(twice,)))
    with archive.reading() as db:
        assert db.scalar(select(func.count()).select_from(records)) == 0
        assert db.scalar(select(func.count()).select_from(captures)) == 0


def test_the_items_under_a_changed_borough_meeting_or_document_are_to_be_indexed_anew(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(item()))
    save_page(archive, answer(url="https://eastmere.example/m6"), item_page(item(99, meeting=None, documents=())))
    start = archive.sequence()
    assert archive.items_changed_since(start) == ()
    save_page(archive, answer(b"3", days=1), Findings(meetings=(replace(MEETING, status="minutes"),)))
    assert archive.items_changed_since(start) == ("eastmere-i7",)
    start = archive.sequence()
    save_borough(archive, replace(BOROUGH, name="Royal Eastmere"))
    assert archive.items_changed_since(start) == ("eastmere-i7", "eastmere-i99")
    start = archive.sequence()
    save_page(archive, answer(b"4", days=2), Findings(committees=(replace(COMMITTEE, name="Scrutiny Board"),)))
    assert archive.items_changed_since(start) == ("eastmere-i7",)


def test_the_file_of_a_document_stays_known_when_its_listing_is_read_again(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(item()))
    pdf = answer(b"%PDF-1.4 one", url="https://eastmere.example/s9.pdf", days=1)
    save_page(archive, pdf, Findings(file=("eastmere-s9", "application/pdf")))
    save_page(archive, answer(days=2), meeting_page(item()))
    kept = archive.document_file("eastmere-s9")
    assert kept is not None
    assert archive.blobs.get(kept.sha256) == b"%PDF-1.4 one"


def test_a_replaced_paper_is_a_new_version_and_the_old_bytes_stay(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(item()))
    for day, body in enumerate((b"%PDF one", b"%PDF two", b"%PDF two"), start=1):
        pdf = answer(body, url="https://eastmere.example/s9.pdf", days=day)
        save_page(archive, pdf, Findings(file=("eastmere-s9", "application/pdf")))
    papers = [version.record for version in archive.versions("eastmere-s9")]
    hashes = [paper.sha256 for paper in papers if isinstance(paper, Document)]
    assert [archive.blobs.get(sha256) for sha256 in hashes] == [b"%PDF one", b"%PDF two"]


def test_an_item_that_its_meeting_lists_no_more_is_marked_and_comes_back(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(item(7), item(8)))
    start = archive.sequence()
    save_page(archive, answer(b"2", days=4), meeting_page(item(7)))
    gone = archive.gone_since("eastmere-i8")
    assert gone is not None
    assert (gone - START).days == 4
    assert archive.gone_since("eastmere-i7") is None
    assert archive.items_changed_since(start) == ("eastmere-i8",)
    assert archive.entry("eastmere-i8") is not None
    save_page(archive, answer(b"3", days=5), meeting_page(item(7), item(8)))
    assert archive.gone_since("eastmere-i8") is None
