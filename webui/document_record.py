"""What is known of a document? Where it is listed, which files it was, how far they were read. Reads the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from archive import Archive
from archive.records import Borough, Document, Entry, Meeting
from webui.changes_page import ChangesPage, Wording, document_changes
from webui.citation import cite_document
from webui.dates import long_date
from webui.document_files import KeptFile, file_of, kept_files, size_of, text_of
from webui.document_page import Pages, laid_out, state
from webui.passages import Spotter, marked_text


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """A document with what it stands under; only what may be shown.

    `title` is what the first place calls it: the document's own title may come from one that is withheld. `files` are
    oldest first, `gone` since when the council no longer has it.
    """

    document: Document
    title: str
    borough: Borough | None
    entries: tuple[Entry, ...]
    meetings: tuple[Meeting, ...]
    files: tuple[KeptFile, ...]
    gone: datetime | None

    @property
    def url(self) -> str:
        """Its page."""
        return f"/documents/{self.document.id}"

    @property
    def name(self) -> str:
        """Its title, or that it has none."""
        return self.title or "Untitled document"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """What the template shows of one file of a document; `version` is its number where it is not the newest.

    `size` is that of the file as people write it, "" where it is not known. `state` says how far it could be read where
    that is not all; `pages` is None where no word of it was.
    """

    record: DocumentRecord
    title: Markup
    file: KeptFile | None
    size: str
    version: int | None
    state: str
    pages: Pages | None
    citation: str


def document_record(archive: Archive, document: Document) -> DocumentRecord:
    """A document that may be shown, with the places that may."""
    places = archive.places(document.id)
    entries = archive.entries(places)
    meetings = tuple(meeting for place in places if (meeting := archive.meeting(place)))
    return DocumentRecord(
        document=document,
        title=_title(document, entries, meetings),
        borough=archive.borough(document.borough),
        entries=entries,
        meetings=meetings,
        files=kept_files(archive, document.id),
        gone=archive.gone_since(document.id),
    )


def document_page(
    archive: Archive, record: DocumentRecord, version: int | None, asked: int | None, spot: Spotter
) -> DocumentPage | None:
    """The page around the page asked for, of the newest file or of a version's; None where that version has none."""
    file = file_of(record.files, version)
    if version is not None and file is None:
        return None
    earlier = file if file and file is not record.files[-1] else None
    text = text_of(archive, file)
    pages = laid_out(text, asked, spot) if text and text.pages else None
    return DocumentPage(
        record=record,
        title=marked_text("documents", record.title, spot),
        file=file,
        size=size_of(file.capture.size) if file and file.capture else "",
        version=earlier.number if earlier else None,
        state=state(text, kept=file is not None),
        pages=pages,
        citation=_citation(record, file, earlier, pages.asked if pages else None),
    )


def document_changes_page(archive: Archive, record: DocumentRecord, pair: tuple[int, int] | None) -> ChangesPage:
    """The page that compares two of the document's files; None stands for there being but one."""
    changes, note = None, "" if pair else "Only one file of this document was ever seen here."
    if pair:
        old, new = (text_of(archive, file_of(record.files, number)) for number in pair)
        changes = document_changes(old, new) if old and new and old.pages and new.pages else None
        unread = "The words of one of the two files are not known here, so they cannot be compared."
        note = "" if changes else unread if not (old and new) else "These files are too long to be compared here."
    wordings = tuple(
        Wording(number=file.number, label=f"Version {file.number}, {long_date(file.first_seen)}")
        for file in record.files[::-1]
    )
    return ChangesPage(title=record.name, url=record.url, wordings=wordings, pair=pair, changes=changes, note=note)


def _title(document: Document, entries: tuple[Entry, ...], meetings: tuple[Meeting, ...]) -> str:
    listed = [(one.id, one.title) for entry in entries for one in entry.documents]
    listed += [(link.document, link.title) for meeting in meetings for link in meeting.documents]
    return next((title for ident, title in listed if ident == document.id), document.title)


def _citation(record: DocumentRecord, file: KeptFile | None, earlier: KeptFile | None, page: int | None) -> str:
    version = f"version {earlier.number} of {record.files[-1].number}" if earlier else ""
    places: tuple[Entry | Meeting, ...] = (*record.entries, *record.meetings)
    return cite_document(
        record.document,
        record.title,
        next(iter(places), None),
        record.borough,
        file.capture if file else None,
        page=page,
        version=version,
        gone=record.gone,
    )
