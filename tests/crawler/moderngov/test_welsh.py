"""Pages of councils in Wales: labels are in Welsh, now and then below an English heading. Every word is made up."""

from __future__ import annotations

from datetime import date, time

import pytest

from archive.records import plain
from archive.statuses import status_of
from crawler.moderngov import kind_of, read_copied_item, read_item_page, read_meeting, read_page
from crawler.moderngov.dates import read_date
from tests.crawler.moderngov.building import label, listed, meeting, page, row, words

BODY = (
    words("Derbyn yr adroddiad.")
    + label("Dogfennau ychwanegol:")
    + listed(("documents/s1/A.pdf", "Adroddiad"))
    + label("Penderfyniad:")
    + words("Cytuno.")
    + label("Cofnodion:")
    + words("Dim.")
)


def test_a_meeting_in_welsh_keeps_its_texts_apart() -> None:
    heading = "Pwyllgor Craffu - Dydd Mawrth, 4ydd Mawrth, 2025 10.00 am"
    venue = '<p><span class="mgLabel">Lleoliad: </span>Neuadd</p>'
    read = read_meeting(meeting(row(BODY), published="Agenda a chofnodion drafft", heading=heading, before=venue))
    (item,) = read.items
    assert (plain(item.agenda), plain(item.decision), plain(item.minutes)) == (
        "Derbyn yr adroddiad.",
        "Cytuno.",
        "Dim.",
    )
    assert [d.key for d in item.documents] == ["s1"]
    assert (read.committee_name, read.date, read.time) == ("Pwyllgor Craffu", date(2025, 3, 4), time(10))
    assert (status_of(read.published), read.venue) == ("draft minutes", "Neuadd")


@pytest.mark.parametrize("heading", ["Eitem Agenda", "Agenda item"])
def test_an_item_in_welsh_is_an_item(heading: str) -> None:
    title = '<div class="mgSubTitle"><h2 class="mgSubTitleTxt">Trafodaeth</h2></div>'
    read = read_page(page(BODY, heading=heading, sub=title))
    assert kind_of(read) == "item"
    item = read_item_page(read).item
    assert (item.title, plain(item.minutes)) == ("Trafodaeth", "Dim.")


def test_a_copy_in_welsh_is_read() -> None:
    copy = "Eitem Agenda\n\nTrafodaeth\n\nDerbyn.\n\nCofnodion:\n\nDim.\n\nDogfennau ategol:\n\n"
    item = read_copied_item(f"{copy}Adroddiad, eitem 5. pdf eicon PDF 345 KB".encode()).item
    assert (item.title, plain(item.minutes), item.number) == ("Trafodaeth", "Dim.", "5.")
    assert [(d.title, d.size) for d in item.documents] == [("Adroddiad", "345 KB")]


@pytest.mark.parametrize(
    ("published", "status"),
    [
        ("Rhaglen", "agenda"),
        ("Rhaglen a chofnodion", "minutes"),
        ("Agenda, penderfyniadau a chofnodion drafft", "draft minutes"),
        ("Agenda a phenderfyniadau", "decisions"),
    ],
)
def test_the_state_of_publication_is_told(published: str, status: str) -> None:
    assert status_of(published) == status


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Dydd Llun, 6ed Ionawr, 2025", date(2025, 1, 6)),
        ("2il Chwefror 2024", date(2024, 2, 2)),
        ("1af Mai 2024", date(2024, 5, 1)),
        ("12fed Mehefin 2024", date(2024, 6, 12)),
        ("14 Gorffennaf 2022", date(2022, 7, 14)),
        ("3ydd Medi 2024", date(2024, 9, 3)),
        ("11eg Tachwedd, 2024", date(2024, 11, 11)),
        ("31ain Rhagfyr 2023", date(2023, 12, 31)),
    ],
)
def test_dates_in_welsh_are_read(printed: str, expected: date) -> None:
    assert read_date(printed) == expected
