"""The minutes that were judged, from `minutes/*.toml` into an archive, as a crawl would have left them.

A line of a text is a paragraph; "* " begins a list item, " | " parts the cells of a table's row.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive import Answer, Archive, Findings, save_borough, save_page
from archive.file_texts import save_text
from archive.page_texts import DocumentText, PageText
from archive.records import AgendaItem, Block, Borough, Committee, Document, DocumentLink, Meeting, Text

COUNCILS = tuple(sorted((Path(__file__).parent / "minutes").glob("*.toml")))
_NOW = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)


def fill(archive: Archive) -> None:
    """Save every council."""
    for path in COUNCILS:
        council = tomllib.loads(path.read_text(encoding="utf-8"))
        borough = Borough(slug=council["slug"], name=council["name"], base_url=f"https://{council['slug']}.example")
        save_borough(archive, borough)
        for meeting in council["meeting"]:
            _save_meeting(archive, borough, meeting)


def _save_meeting(archive: Archive, borough: Borough, table: dict[str, Any]) -> None:
    committee = Committee(
        id=f"{borough.slug}-c{table['cid']}", borough=borough.slug, name=table["committee"], number=table["cid"]
    )
    meeting = Meeting(
        id=f"{borough.slug}-m{table['number']}",
        borough=borough.slug,
        committee=committee.id,
        date=table["date"],
        status=table["status"],
        source_url=f"{borough.base_url}/ieListDocuments.aspx?MId={table['number']}",
    )
    placed = [_item(meeting, place, item) for place, item in enumerate(table["item"], start=1)]
    papers = [paper for _, papers in placed for paper in papers]
    findings = Findings(
        committees=(committee,),
        meetings=(meeting,),
        items=tuple(item for item, _ in placed),
        documents=tuple(document for document, _ in papers),
    )
    save_page(archive, _answer(borough, meeting.source_url, meeting.id.encode()), findings)
    for document, pages in papers:
        if pages:
            _keep(archive, borough, document, pages)


def _item(meeting: Meeting, place: int, table: dict[str, Any]) -> tuple[AgendaItem, list[tuple[Document, list[str]]]]:
    papers = [
        (
            Document(
                id=f"{meeting.borough}-s{table['number']}{part}", borough=meeting.borough, title=paper["title"]
            ),
            paper.get("pages", []),
        )
        for part, paper in enumerate(table.get("paper", ()))
    ]  # fmt: skip
    item = AgendaItem(
        id=f"{meeting.borough}-i{table['number']}",
        borough=meeting.borough,
        meeting=meeting.id,
        position=place,
        number=f"{place}.",
        title=table["title"],
        agenda=_text(table.get("agenda", ())),
        decision=_text(table.get("decision", ())),
        minutes=_text(table.get("minutes", ())),
        documents=tuple(DocumentLink(document=document.id, title=document.title) for document, _ in papers),
    )
    return item, papers


def _keep(archive: Archive, borough: Borough, document: Document, pages: Sequence[str]) -> None:
    """Keep a file for the document, read as these pages."""
    url = f"{borough.base_url}/documents/{document.id}.pdf"
    answer = _answer(borough, url, document.id.encode())
    save_page(archive, answer, Findings(file=(document.id, "application/pdf")))
    read = tuple(PageText(number, text) for number, text in enumerate(pages, start=1))
    sha256 = hashlib.sha256(answer.body).hexdigest()
    save_text(archive, sha256, 1, DocumentText(pages=read, outcome="read", pages_total=len(read)))


def _text(lines: Sequence[str]) -> Text:
    return tuple(
        Block("bullet", line[2:]) if line.startswith("* ") else Block("row" if " | " in line else "paragraph", line)
        for line in lines
    )


def _answer(borough: Borough, url: str, body: bytes) -> Answer:
    return Answer(
        url=url, borough=borough.slug, how="crawl", retrieved_at=_NOW, status=200, headers=(), body=body,
        complete=True, outcome="ok",
    )  # fmt: skip
