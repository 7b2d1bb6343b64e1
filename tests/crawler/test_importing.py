"""Pages saved by hand are taken in as a crawl would take them; what is none of them is refused with its reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from archive import Archive, Findings, save_borough, save_page
from archive.errors import UsageError
from archive.records import AgendaItem, Committee, Document, DocumentLink, plain
from crawler import ImportReport, ImportRequest, import_files
from crawler.boroughs import known_boroughs
from crawler.naming import committee_given
from tests.archive.sample import answer
from tests.crawler.conftest import SETTINGS, Crawler
from tests.crawler.said import everything, few_meetings
from tests.site import PretendSite, pdf, small_borough
from tests.site.visitor import get

SHARED = Path(__file__).parents[3] / "shared"
KINGSTON = SHARED / "pages" / "moderngov.kingston.gov.uk"
SOUTHWARK = known_boroughs()["southwark"]
needs_shared = pytest.mark.skipif(not KINGSTON.is_dir(), reason="the real pages are not here")
COPIED = """Agenda item

Damp and mould in council homes

To receive a report on repairs.

Minutes:

The committee heard that repairs took 20 days.

  • it asked for a plan by June

Supporting documents:
- Repairs report, item 6.1 PDF 22 KB
"""


def take(archive: Archive, path: Path, **asked: object) -> ImportReport:
    request = ImportRequest(**{"borough": SOUTHWARK, **asked})  # type: ignore[arg-type]
    (report,) = import_files(archive, [path], request, SETTINGS)
    return report


def saved(folder: Path, name: str, body: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


def word() -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as file:
        file.writestr("word/document.xml", "<document/>")
    return body.getvalue()


def only_item(archive: Archive) -> str:
    (item,) = archive.item_ids()
    return item


def test_a_copied_text_stands_under_the_committee_and_date_that_are_given(archive: Archive, tmp_path: Path) -> None:
    page = saved(tmp_path, "copied.txt", COPIED)
    report = take(archive, page, committee="Housing Scrutiny Commission", day=date(2025, 3, 4))
    assert not report.refused
    entry = archive.entry(only_item(archive))
    assert entry is not None
    assert entry.committee is not None
    assert entry.meeting is not None
    assert (entry.committee.name, entry.meeting.date) == ("Housing Scrutiny Commission", date(2025, 3, 4))
    assert [block.kind for block in entry.item.minutes] == ["paragraph", "bullet"]
    assert [document.title for document in entry.documents] == ["Repairs report"]


def test_with_nothing_known_the_whole_text_names_the_item_and_the_import_says_so(
    archive: Archive, tmp_path: Path
) -> None:
    report = take(archive, saved(tmp_path, "copied.txt", COPIED))
    assert "committee and date are not known" in report.line
    entry = archive.entry(only_item(archive))
    assert entry is not None
    assert (entry.meeting, entry.committee) == (None, None)
    take(archive, saved(tmp_path, "other.txt", COPIED.replace("20 days", "30 days")))
    assert len(archive.item_ids()) == 2


def test_the_address_names_the_item(archive: Archive, tmp_path: Path) -> None:
    take(archive, saved(tmp_path, "x.txt", COPIED), url="http://moderngov.southwarksites.com/mgAi.aspx?id=68803")
    assert only_item(archive) == "southwark-i68803"
    entry = archive.entry("southwark-i68803")
    assert entry is not None
    assert entry.item.source_url == f"{SOUTHWARK.base_url}/mgAi.aspx?ID=68803"


ITEM_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Agenda item</title></head><body>
<div id="modgov"><h1 class="mgMainTitleTxt">Agenda item</h1><h2 class="mgSubTitleTxt">Damp and mould</h2>
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>Repairs cost £5 – a lot.</p></div></div>
</body></html>"""


def web_archive(page: str, address: str) -> bytes:
    """The page in one file with a picture, as browsers save it."""
    archive = EmailMessage()
    archive["Snapshot-Content-Location"] = address
    archive.make_related()
    for content, kind, location in ((page.encode(), "text/html", address), (b"GIF", "image/gif", "x.gif")):
        archive.add_related(
            content, *kind.split("/"), cte="quoted-printable", headers=[f"Content-Location: {location}"]
        )
    return archive.as_bytes()


def test_a_page_saved_with_its_pictures_in_one_file_is_read(archive: Archive, tmp_path: Path) -> None:
    body = web_archive(ITEM_PAGE, "https://moderngov.southwark.gov.uk/mgAi.aspx?ID=4711")
    assert "the page of an item (southwark-i4711)" in take(archive, saved(tmp_path, "page.mhtml", body)).line
    entry = archive.entry("southwark-i4711")
    assert entry is not None
    assert plain(entry.item.minutes) == "Repairs cost £5 – a lot."
    for end in (len(body) // 2, len(body) - 10):
        report = take(archive, saved(tmp_path, "cut.mhtml", body[:end]))
        assert (report.refused, "(cut)" in report.line) == (True, True)
    report = take(archive, saved(tmp_path, "none.mhtml", body.replace(b"text/html", b"text/css")))
    assert "the file holds no page" in report.line


@pytest.mark.parametrize("name", ["mgAi.aspx?ID=4711", "mgAi.aspx%3FID=4711", "mgAi.aspx?ID=4711.html"])
def test_a_file_named_by_its_address_says_which_item_it_is(archive: Archive, tmp_path: Path, name: str) -> None:
    assert "(southwark-i4711)" in take(archive, saved(tmp_path, name, ITEM_PAGE)).line


def test_an_answer_of_the_web_service_is_refused_as_what_it_is(archive: Archive, tmp_path: Path) -> None:
    answer = '<?xml version="1.0"?>\n<getmeetings xmlns="x"><meetingscount> 2</meetingscount></getmeetings>'
    report = take(archive, saved(tmp_path, "answer.xml", answer))
    assert report.refused
    assert "it is an answer of the web service" in report.line


def test_importing_twice_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    page = saved(tmp_path, "copied.txt", COPIED)
    take(archive, page, day=date(2025, 3, 4))
    before = archive.sequence()
    assert take(archive, page, day=date(2025, 3, 4)).line.endswith("nothing new.")
    assert archive.sequence() == before


@pytest.mark.parametrize(("name", "body"), [("Damp_report.pdf", pdf(("Damp",))), ("Damp report.docx", word())])
def test_a_document_alone_stands_under_an_item_of_its_own_with_its_bytes(
    archive: Archive, tmp_path: Path, name: str, body: bytes
) -> None:
    assert "item of its own" in take(archive, saved(tmp_path, name, body), day=date(2025, 3, 4)).line
    entry = archive.entry(only_item(archive))
    assert entry is not None
    (document,) = entry.documents
    assert (entry.item.title, document.title) == ("Damp report", "Damp report")
    kept = archive.document_file(document.id)
    assert kept is not None
    assert archive.blobs.get(kept.sha256) == body
    assert "nothing new" in take(archive, saved(tmp_path, name, body), day=date(2025, 3, 4)).line


def test_a_paper_that_an_item_lists_becomes_the_file_of_its_document(archive: Archive, tmp_path: Path) -> None:
    listing = Document(id="southwark-s9", borough="southwark", title="Damp report")
    item = AgendaItem(
        id="southwark-i1",
        borough="southwark",
        meeting=None,
        position=1,
        number="1.",
        title="Damp",
        documents=(DocumentLink(document="southwark-s9", title="Damp report"),),
    )
    save_borough(archive, SOUTHWARK)
    save_page(archive, answer(borough="southwark"), Findings(items=(item,), documents=(listing,)))
    paper, address = pdf(("Damp in homes",)), f"{SOUTHWARK.base_url}/documents/s9/Damp.pdf"
    assert "the file of southwark-s9" in take(archive, saved(tmp_path, "x.pdf", paper), url=address).line
    assert archive.item_ids() == ("southwark-i1",)
    kept = archive.document_file("southwark-s9")
    assert kept is not None
    assert archive.blobs.get(kept.sha256) == paper


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("empty.html", b"", "empty"),
        ("page.html", "<html><body><h1>Bin collections</h1></body></html>", "not-moderngov"),
        ("page.html", "<html><body>Just a moment...", "(c"),
        ("report.pdf", "<p>Not found</p>", "no such document"),
        ("report.pdf", b"%PDF-1.4 and no more", "not saved whole"),
        ("report.docx", b"PK\x03\x04 and no more", "not saved whole"),
        ("notes.txt", "Shopping: milk, bread", "not-moderngov"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not-moderngov"),
    ],
)
def test_what_is_no_page_is_refused_and_nothing_of_it_is_kept(
    archive: Archive, tmp_path: Path, name: str, body: str | bytes, reason: str
) -> None:
    report = take(archive, saved(tmp_path, name, body))
    assert report.refused
    assert reason in report.line
    assert (archive.item_ids(), list(archive.blobs.names())) == ((), [])


def test_an_address_of_another_council_is_refused(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Southwark"):
        take(archive, saved(tmp_path, "x.txt", COPIED), url="https://democracy.towerhamlets.gov.uk/mgAi.aspx?ID=1")


def test_a_crawled_page_saved_by_hand_is_the_same_record(crawler: Crawler, archive: Archive, tmp_path: Path) -> None:
    eastmere = few_meetings(small_borough(years=3))
    mid = eastmere.committees[0].meetings[0].mid
    with PretendSite([eastmere]) as site:
        crawler.crawl(site)
        before, sequence = everything(archive), archive.sequence()
        address = f"{site.base_url('eastmere')}/ieListDocuments.aspx?MId={mid}"
        page = saved(tmp_path, "meeting.html", get(address)[2])
        borough = archive.borough("eastmere")
    assert "nothing new" in take(archive, page, borough=borough).line
    assert (everything(archive), archive.sequence()) == (before, sequence)


HELD = Committee(id="southwark-c308", borough="southwark", name="Overview & Scrutiny Committee", number=308)


@pytest.mark.parametrize(
    ("given", "ident"),
    [
        ("308", "southwark-c308"),
        ("southwark-c308", "southwark-c308"),
        ("overview and  scrutiny committee", "southwark-c308"),
        ("999", "southwark-c999"),
    ],
)
def test_a_committee_is_known_by_number_id_or_name(given: str, ident: str) -> None:
    assert committee_given(SOUTHWARK, given, [HELD]).id == ident


def test_a_committee_of_a_name_alone_is_always_the_same_and_anothers_is_refused() -> None:
    first, second = (committee_given(SOUTHWARK, name, []) for name in ("Housing & Repairs", "housing and repairs"))
    assert first.id == second.id != HELD.id
    with pytest.raises(UsageError, match="southwark-c"):
        committee_given(SOUTHWARK, "brent-c116", [])


@pytest.mark.shared
@needs_shared
def test_the_real_meeting_pages_give_what_a_person_reads_on_them(archive: Archive) -> None:
    borough = known_boroughs()["kingston-upon-thames"]
    for _ in range(2):
        for name in ("Agenda_151.html", "Agenda_412.html"):
            assert not take(archive, KINGSTON / name, borough=borough).refused
    items = archive.items("kingston-upon-thames-m10221")
    assert [item.number for item in items] == [f"{number}." for number in range(54, 66)]
    assert all(item.minutes for item in items)
    assert sum(bool(item.decision) for item in items) == 3
    assert {item.id: item.cut for item in items if item.cut} == {
        "kingston-upon-thames-i51902": ("minutes",),
        "kingston-upon-thames-i51903": ("minutes",),
    }
    meeting, cancelled = (archive.meeting(f"kingston-upon-thames-m{mid}") for mid in (10221, 10161))
    assert meeting is not None
    assert cancelled is not None
    assert (meeting.date, meeting.status) == (date(2026, 1, 15), "minutes")
    assert (cancelled.status, archive.items(cancelled.id)) == ("cancelled", ())
    assert {version.number for item in items for version in archive.versions(item.id)} == {1}


@pytest.mark.shared
@needs_shared
def test_the_real_lists_give_their_meetings_and_committees(archive: Archive) -> None:
    borough = known_boroughs()["kingston-upon-thames"]
    assert "15 meetings" in take(archive, KINGSTON / "BrowseMeetings.html", borough=borough).line
    assert archive.coverage()[0].tally.listed == 15
    take(archive, KINGSTON / "CommitteeStructure.html", borough=borough)
    assert {c.number for c in archive.committees() if c.scrutiny} == {233, 347, 575, 726}
