"""A PDF or Word file imported alone: a document under an item of its own (design, section 3). Pure."""

from __future__ import annotations

import hashlib

from archive import Findings
from archive.ids import document_id, hashed_id
from archive.records import AgendaItem, Borough, Document, DocumentLink, Meeting
from crawler.documents.kinds import FileKind, media_type_of
from crawler.moderngov.urls import document_key
from crawler.recording import Whereabouts


def record_file(
    borough: Borough, name: str, body: bytes, kind: FileKind, known: Whereabouts, *, url: str = ""
) -> Findings:
    """The document, its item and, where committee or date are known, its meeting. The title is the file's name."""
    sha256 = hashlib.sha256(body).hexdigest()
    key = document_key(url) if url else None
    title = " ".join(name.replace("_", " ").split()) or "Untitled document"
    document = Document(
        id=document_id(borough.slug, key) if key else hashed_id(borough.slug, "document", sha256),
        borough=borough.slug,
        title=title,
        media_type=media_type_of(kind),
        size=_printed_size(len(body)),
        source_url=url,
        sha256=sha256,
    )
    meeting = _meeting(borough, known)
    whole = (meeting.committee, meeting.date, title) if meeting else (sha256,)
    item = AgendaItem(
        id=hashed_id(borough.slug, *whole),
        borough=borough.slug,
        meeting=meeting.id if meeting else None,
        position=0,
        number="",
        title=title,
        source_url=url,
        documents=(DocumentLink(document=document.id, title=title),),
    )
    named = tuple(record for record in (known.committee, meeting) if record is not None)
    return Findings(named=named, items=(item,), items_from="page", documents=(document,))


def _meeting(borough: Borough, known: Whereabouts) -> Meeting | None:
    if known.committee is None and known.date is None:
        return None
    under = known.committee.id if known.committee else None
    return Meeting(
        id=hashed_id(borough.slug, under, known.date), borough=borough.slug, committee=under, date=known.date
    )


def _printed_size(size: int) -> str:
    """As councils print it: "161 KB", "10 MB"."""
    return f"{max(1, round(size / 1024)):,} KB" if size < 1024 * 1024 else f"{round(size / 1024 / 1024):,} MB"
