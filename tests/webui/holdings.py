"""An archive of invented councils, filled through the archive's own writing face: what the site's tests visit."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from archive import Answer, Archive, Findings, Listed, save_borough, save_page, withhold
from archive.records import AgendaItem, Block, Borough, Committee, Document, DocumentLink, Meeting, Text

READ_AT = datetime(2026, 2, 3, 14, 5, tzinfo=UTC)
PDF = b"%PDF-1.4 invented %%EOF"
NOTE = "Invented for the tests of this site."
TOWNS = (("eastmere", "Eastmere", 100), ("northwick", "Northwick", 200), ("hallow-vale", "Hallow Vale", 300))
YEARS = range(2020, 2026)

SPOKEN: tuple[tuple[str, str, str], ...] = (
    (
        "Live facial recognition in the town centre",
        "The Borough Commander explained that live facial recognition had been deployed twice, and that images of "
        "people who are not sought are discarded within seconds.",
        "RESOLVED: that the committee receive figures on facial recognition every six months.",
    ),
    (
        "Damp and mould in council homes",
        "Members heard that 412 homes with damp and mould were inspected, and that £1.2m was set aside for repairs.",
        "RESOLVED: that a recovery plan for damp and mould come back to the committee in March.",
    ),
    (
        "Violence against women and girls",
        "The strategy on violence against women and girls (VAWG) was presented; street lighting was discussed.",
        "",
    ),
    (
        "School places and budget monitoring",
        "Officers reported falling rolls in primary schools and a pressure on the Dedicated Schools Grant.",
        "RESOLVED: that the report be noted.",
    ),
)


def fill(folder: Path) -> None:
    """Make the archive in this folder."""
    with Archive.open(folder, write=True) as archive:
        for slug, name, first in TOWNS:
            _town(archive, Borough(slug=slug, name=name, base_url=f"https://{slug}.example"), first)
        save_borough(archive, Borough(slug="farthing", name="Farthing", base_url="https://farthing.example"))
        _odd_ones(archive)


def page(url: str, borough: str, body: bytes = b"<html></html>", days: int = 0, kind: str = "text/html") -> Answer:
    """What an address answered, some days after the first."""
    return Answer(
        url=url, borough=borough, how="crawl", retrieved_at=READ_AT + timedelta(days=days), status=200,
        headers=(("Content-Type", kind),), body=body, complete=True, outcome="ok",
    )  # fmt: skip


def text(*lines: str) -> Text:
    """A text whose lines begin with "* " for a list item and hold " | " for a table's row."""
    return tuple(
        Block("bullet", line[2:]) if line.startswith("* ") else Block("row" if " | " in line else "paragraph", line)
        for line in lines
    )


def _town(archive: Archive, borough: Borough, first: int) -> None:
    save_borough(archive, borough)
    committee = Committee(
        id=f"{borough.slug}-c{first}", borough=borough.slug, name="Overview and Scrutiny Committee",
        number=first, category="Overview and Scrutiny", scrutiny=True,
    )  # fmt: skip
    for step, year in enumerate(YEARS):
        save_page(archive, *_sitting(borough, committee, first + step, date(year, 10, 14)))
    missed = Listed(
        meeting=f"{borough.slug}-m{first + 90}", committee=committee.id, date=date(2025, 12, 2), label="Agenda"
    )
    held = tuple(
        Listed(
            meeting=f"{borough.slug}-m{first + step}", committee=committee.id, date=date(year, 10, 14), label="Minutes"
        )
        for step, year in enumerate(YEARS)
    )
    save_page(
        archive,
        page(f"{borough.base_url}/mgListCommittees.aspx", borough.slug, b"<html>list</html>"),
        Findings(committees=(committee,), listed=(*held, missed) if borough.slug == "northwick" else held),
    )


def _sitting(borough: Borough, committee: Committee, number: int, day: date) -> tuple[Answer, Findings]:
    meeting = Meeting(
        id=f"{borough.slug}-m{number}", borough=borough.slug, committee=committee.id, date=day, time=time(19, 30),
        status="draft minutes" if day.year == YEARS[-1] else "minutes", published="Agenda, decisions and minutes",
        venue="Council Chamber, Town Hall", source_url=f"{borough.base_url}/ieListDocuments.aspx?MId={number}",
    )  # fmt: skip
    said = SPOKEN if borough.slug != "hallow-vale" else SPOKEN[1:]
    items = tuple(_item(meeting, place, *words) for place, words in enumerate(said, start=1))
    documents = tuple(
        Document(
            id=link.document, borough=borough.slug, title=link.title, media_type="application/pdf", size="161 KB",
            source_url=f"{borough.base_url}/documents/{link.document}.pdf",
        )
        for item in items for link in item.documents
    )  # fmt: skip
    answer = page(meeting.source_url, borough.slug, f"<html>{meeting.id}</html>".encode())
    return answer, Findings(named=(committee,), meetings=(meeting,), items=items, documents=documents)


def _item(meeting: Meeting, place: int, title: str, minutes: str, decision: str) -> AgendaItem:
    number = int(meeting.id.rpartition("m")[2]) * 10 + place
    year = meeting.date.year if meeting.date else 0
    return AgendaItem(
        id=f"{meeting.borough}-i{number}", borough=meeting.borough, meeting=meeting.id, position=place,
        number=f"{place}.", title=title, agenda=text(f"To receive a report on {title.lower()}."),
        minutes=text(
            f"{NOTE} {minutes}", "Members asked about:", f"* what had changed since {year - 1}",
            "* how residents are told", "Ward | Cases | Closed", "Abbey | 41 | 38", "Quay | 17 | 17",
            "The chair thanked the officers.",
        ),
        decision=text(decision) if decision else (),
        source_url=f"https://{meeting.borough}.example/mgAi.aspx?ID={number}",
        documents=(DocumentLink(document=f"{meeting.borough}-s{number}", title=f"Report on {title.lower()}"),),
    )  # fmt: skip


def _odd_ones(archive: Archive) -> None:
    """A cancelled meeting, an item cut short with two versions, one without a date, one withheld, a kept document."""
    slug = "eastmere"
    cancelled = Meeting(
        id="eastmere-m777", borough=slug, committee="eastmere-c100", date=date(2025, 11, 4), status="cancelled",
        published="Meeting", source_url="https://eastmere.example/ieListDocuments.aspx?MId=777",
    )  # fmt: skip
    save_page(archive, page(cancelled.source_url, slug, b"<html>off</html>"), Findings(meetings=(cancelled,)))
    for days, words in enumerate(
        ("The draft said that e-bikes were discussed", "E-bikes and e-scooters were discussed …")
    ):
        cut = AgendaItem(
            id="eastmere-i9001", borough=slug, meeting="eastmere-m105", position=9, number="9.", title="E-bikes",
            minutes=text(words), cut=("minutes",), source_url="https://eastmere.example/mgAi.aspx?ID=9001",
        )  # fmt: skip
        save_page(archive, page(cut.source_url, slug, words.encode(), days), Findings(items=(cut,)))
    for name, title in (
        ("0123456789ab", "A copied item about nitrous oxide"),
        ("ba9876543210", "A name that was withdrawn"),
    ):
        loose = AgendaItem(
            id=f"eastmere-x{name}", borough=slug, meeting=None, position=0, number="", title=title,
            minutes=text("Nitrous oxide canisters were counted."),
        )  # fmt: skip
        save_page(archive, page(f"file:{name}", slug, name.encode()), Findings(items=(loose,)))
    withhold(archive, "eastmere-xba9876543210", "The council withdrew personal data.", READ_AT)
    save_page(
        archive,
        page("https://eastmere.example/documents/eastmere-s1001.pdf", slug, PDF, 1, "application/pdf"),
        Findings(file=("eastmere-s1001", "application/pdf")),
    )
