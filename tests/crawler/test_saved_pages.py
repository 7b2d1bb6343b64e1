"""Where a saved page came from, whatever saved it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.records import Borough, plain
from crawler.moderngov import read_meeting
from crawler.moderngov.readings import MeetingReading
from crawler.saved_pages import read_saved_page
from tests.crawler.moderngov.building import label, listed, meeting, row, words

BASE = "https://democracy.example.gov.uk"
BOROUGH = Borough(slug="example", name="Example", base_url=BASE)
ADDRESS = f"{BASE}/ieListDocuments.aspx?CId=308&MId=7960&Ver=4"
KEPT = "https://web.archive.org/web/20200101000000/https://example.org/plan"
SAVED = meeting(row(words(f"See {KEPT}.") + label("Additional documents:") + listed(("documents/s5/A b.pdf", "A"))))


def read(source: bytes, name: str = "page.html") -> MeetingReading:
    return read_meeting(read_saved_page(source, Path(name), BOROUGH, 1_000_000, ""))


def noted(comment: str) -> bytes:
    return SAVED.replace(b"<head>", f"<head>{comment}".encode())


@pytest.mark.parametrize(
    "comment",
    [
        f"<!-- saved from url=(0085){ADDRESS} -->",
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Mon Nov 03 2025 10:00:00 GMT+0000\n-->",
        f"<!-- Mirrored from {ADDRESS.removeprefix('https://').replace('&', '&amp;')} by HTTrack Website Copier/3.x "
        "[XR&CO'2014], Mon, 02 Mar 2020 10:00:00 GMT -->",
    ],
)
def test_what_saved_a_page_notes_where_it_was(comment: str) -> None:
    assert read(noted(comment)).mid == 7960


@pytest.mark.parametrize("mark", ["?", "%3F", "@", "_"])
@pytest.mark.parametrize("ending", ["", ".html", ".htm"])
def test_the_name_of_a_file_may_be_its_address(mark: str, ending: str) -> None:
    assert read(SAVED, f"ieListDocuments.aspx{mark}CId=308&MId=7960{ending}").mid == 7960


def test_links_that_the_wayback_machine_has_rewritten_are_the_councils_again() -> None:
    prefix = "/web/20200101000000/"
    rewritten = SAVED.replace(b'href="documents', f'href="{prefix}{BASE}/documents'.encode()).replace(
        b"</head>",
        f'<link rel="canonical" href="https://web.archive.org{prefix}{ADDRESS}"></head>'.encode(),
    )
    kept = read(rewritten + b"<!--\n     FILE ARCHIVED ON 10:00:00 Jan 01, 2020\n-->")
    (item,) = kept.items
    assert (kept.mid, [d.url for d in item.documents]) == (7960, [f"{BASE}/documents/s5/A%20b.pdf"])
    assert plain(item.agenda) == f"See {KEPT}."
