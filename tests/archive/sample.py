"""Small invented records for the archive's tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from archive import Answer, Findings
from archive.records import AgendaItem, Block, Borough, Committee, Document, DocumentLink, Meeting, Text

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
BOROUGH = Borough(slug="eastmere", name="Eastmere", base_url="https://eastmere.example")
COMMITTEE = Committee(id="eastmere-c1", borough="eastmere", name="Scrutiny Committee", number=1, scrutiny=True)
MEETING = Meeting(
    id="eastmere-m5",
    borough="eastmere",
    committee="eastmere-c1",
    date=date(2026, 1, 15),
    time=time(19, 30),
    status="draft minutes",
    published="Agenda and draft minutes",
    source_url="https://eastmere.example/ieListDocuments.aspx?CId=1&MId=5&Ver=4",
)
DOCUMENT = Document(id="eastmere-s9", borough="eastmere", title="Report on damp", media_type="application/pdf")


def text(*paragraphs: str) -> Text:
    """A text of plain paragraphs."""
    return tuple(Block("paragraph", paragraph) for paragraph in paragraphs)


def item(number: int = 7, minutes: Text = (), **more: object) -> AgendaItem:
    """An item of the sample meeting."""
    said: dict[str, object] = {
        "id": f"eastmere-i{number}",
        "borough": "eastmere",
        "meeting": "eastmere-m5",
        "position": number,
        "number": f"{number}.",
        "title": "Damp and mould",
        "minutes": minutes,
        "documents": (DocumentLink(document="eastmere-s9", title="Report on damp"),),
    }
    return AgendaItem(**{**said, **more})  # type: ignore[arg-type]


def answer(
    body: bytes = b"<html>1</html>", *, days: int = 0, url: str = "https://eastmere.example/m5", **more: object
) -> Answer:
    """A sound answer of the sample site, some days after the start."""
    said: dict[str, object] = {
        "url": url,
        "borough": "eastmere",
        "how": "crawl",
        "retrieved_at": START + timedelta(days=days),
        "status": 200,
        "headers": (("Content-Type", "text/html"),),
        "body": body,
        "complete": True,
        "outcome": "ok",
    }
    return Answer(**{**said, **more})  # type: ignore[arg-type]


def meeting_page(*items: AgendaItem, meeting: Meeting = MEETING) -> Findings:
    """What a meeting page with these items gives."""
    return Findings(named=(COMMITTEE,), meetings=(meeting,), items=items, documents=(DOCUMENT,))


def item_page(read: AgendaItem) -> Findings:
    """What an item's own page gives."""
    return Findings(items=(read,), items_from="page")
