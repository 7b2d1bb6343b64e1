"""Taking in pages that a person saved: ModernGov pages, copied texts of item pages, PDF and Word documents.

What a file is is judged by its bytes. One that cannot be taken in is refused with its reason, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from archive import Answer, Archive, Findings, Settings, save_borough, save_page
from archive.errors import UsageError
from archive.ids import committee_id
from archive.records import Borough, Committee
from crawler.documents.kinds import FileKind, media_type_of
from crawler.moderngov.committees import committees_of
from crawler.moderngov.copied import read_copied_item
from crawler.moderngov.item import item_of
from crawler.moderngov.meeting import meeting_of
from crawler.moderngov.meetings import meetings_of
from crawler.moderngov.readings import ItemPageReading, MeetingReading, PageError
from crawler.moderngov.recognise import Page, kind_of
from crawler.moderngov.urls import PageAddress, document_key, named_page, page_address
from crawler.moderngov.webservice_xml import is_service_answer
from crawler.naming import committee_given
from crawler.recording import Whereabouts, record_committees, record_item_page, record_meeting, record_meetings
from crawler.saved_pages import WEB_ARCHIVE, is_web_archive, read_saved_page
from crawler.scope import Scope
from crawler.single_files import record_file
from crawler.sniffing import kind_of_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """Whose the files are, and what the person who saved them says of them; what a page says of itself wins."""

    borough: Borough
    committee: str | None = None
    day: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of one file, in one line; `refused` where nothing of it was taken in."""

    line: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """What a file gives, the address it is kept under, and what it is in a few words."""

    findings: Findings
    address: str
    told: str


def require_files(paths: Iterable[Path]) -> None:
    """Raises UsageError, before anything is taken in, for a file that is not there or cannot be read."""
    for path in paths:
        try:
            with path.open("rb") as file:
                file.read(1)
        except FileNotFoundError:
            raise UsageError(f"There is no file {path}; nothing was imported. Check its name.") from None
        except OSError as problem:
            raise UsageError(f"{path} cannot be read ({problem.strerror}); nothing was imported.") from None


def import_files(
    archive: Archive, paths: Sequence[Path], request: ImportRequest, settings: Settings
) -> tuple[ImportReport, ...]:
    """Take in files, each in a transaction of its own. Raises UsageError for an address that is not the borough's."""
    if request.url and len(paths) > 1:
        raise UsageError("--url names the address of one page: import one file at a time with it.")
    _check_address(request)
    save_borough(archive, request.borough)
    return tuple(_import_file(archive, path, request, settings) for path in paths)


def _check_address(request: ImportRequest) -> None:
    borough = request.borough
    bases = (borough.base_url, *borough.former_urls)
    known = page_address(request.url, bases) or document_key(request.url)
    if request.url and known is None:
        raise UsageError(
            f"--url {request.url} is no meeting, item or document of {borough.name} ({borough.base_url}); "
            "leave it out if you do not know it."
        )


def _import_file(archive: Archive, path: Path, request: ImportRequest, settings: Settings) -> ImportReport:
    body = path.read_bytes()
    try:
        read = _read(archive, path, body, request, settings)
    except PageError as problem:
        return ImportReport(f"{path}: not taken in ({problem.reason}): {problem}.", refused=True)
    media_type = WEB_ARCHIVE if is_web_archive(body) else media_type_of(kind_of_bytes(body))
    answer = Answer(
        url=read.address or f"file:{path.name}",
        borough=request.borough.slug,
        how="import",
        retrieved_at=datetime.now(UTC),
        status=None,
        headers=(("Content-Type", media_type),),
        body=body,
        complete=True,
        outcome="ok",
        note=path.name,
    )
    saved = save_page(archive, answer, read.findings)
    counts = (("new", saved.new), ("changed", saved.changed), ("completed", saved.completed))
    did = ", ".join(f"{len(ids)} {what}" for what, ids in counts if ids) or "nothing new"
    return ImportReport(f"{path}: {read.told}; {did}.")


def _read(archive: Archive, path: Path, body: bytes, request: ImportRequest, settings: Settings) -> _Read:
    kind = "html" if is_web_archive(body) else kind_of_bytes(body)
    known = _whereabouts(archive, request)
    if kind in ("pdf", "word", "old-word"):
        return _read_document(archive, path, body, request, known, kind)
    if path.suffix.lower() in (".pdf", ".doc", ".docx"):
        raise PageError("not-moderngov", f"it is named {path.suffix} but what it holds is no such document")
    if kind == "text" and is_service_answer(body):
        raise PageError("not-moderngov", "it is an answer of the web service, not a page; a crawl reads those")
    if kind == "text":
        return _read_item(request, known, read_copied_item(body), "the copied text of an item")
    page = read_saved_page(body, path, request.borough, settings.max_page_bytes, request.url)
    return _READERS.get(kind_of(page), _no_page)(request, known, page)


def _whereabouts(archive: Archive, request: ImportRequest) -> Whereabouts:
    committee = None
    if request.committee:
        committee = committee_given(request.borough, request.committee, archive.committees(request.borough.slug))
    named = named_page(request.url) if request.url else None
    if committee is None and named and named.committee:
        ident = committee_id(request.borough.slug, named.committee)
        committee = archive.committee(ident) or _unnamed(request.borough, named.committee)
    number = (named.meeting or named.item) if named else None
    source = named.url(request.borough.base_url) if named else ""
    return Whereabouts(number=number, committee=committee, date=request.day, source_url=source)


def _unnamed(borough: Borough, number: int) -> Committee:
    ident = committee_id(borough.slug, number)
    return Committee(id=ident, borough=borough.slug, name=f"Committee {number}", number=number)


def _read_document(
    archive: Archive, path: Path, body: bytes, request: ImportRequest, known: Whereabouts, kind: FileKind
) -> _Read:
    findings = record_file(request.borough, path.stem, body, kind, known, url=request.url)
    (document,) = findings.documents
    if archive.places(document.id):
        # It already stands where its council lists it: it is the file of that document, and needs no item of its own.
        return _Read(Findings(file=(document.id, document.media_type)), request.url, f"the file of {document.id}")
    return _Read(findings, request.url, f"a document, under an item of its own ({findings.items[0].id})")


def _read_item(request: ImportRequest, known: Whereabouts, reading: ItemPageReading, what: str) -> _Read:
    findings = record_item_page(request.borough, reading, known)
    (item,) = findings.items
    lost = item.meeting is None and "-x" in item.id
    told = " whose committee and date are not known: its id is made over its whole text" if lost else ""
    return _Read(findings, item.source_url, f"{what}{told} ({item.id})")


def _read_item_page(request: ImportRequest, known: Whereabouts, page: Page) -> _Read:
    reading = item_of(page)
    aiid = reading.item.aiid
    if aiid and not known.source_url:
        known = replace(known, source_url=PageAddress(kind="item", item=aiid).url(request.borough.base_url))
    return _read_item(request, known, reading, "the page of an item")


def _read_meeting_page(request: ImportRequest, known: Whereabouts, page: Page) -> _Read:
    reading: MeetingReading = meeting_of(page)
    findings = record_meeting(request.borough, reading, known)
    (meeting,) = findings.meetings
    cut = sum(bool(item.cut) for item in findings.items)
    shortened = f", {cut} of them cut short by the council's page" if cut else ""
    when = meeting.date.isoformat() if meeting.date else "a day not known"
    told = f"the meeting of {when} ({meeting.id}, {meeting.status or 'nothing published'}), {len(findings.items)} items"
    return _Read(findings, meeting.source_url, told + shortened)


def _read_meetings_page(request: ImportRequest, known: Whereabouts, page: Page) -> _Read:
    leaf = meetings_of(page)
    number = leaf.committee or (known.committee.number if known.committee else None)
    if number is None:
        raise PageError(
            "not-moderngov", "the list of meetings does not say whose it is; name it with --committee NUMBER"
        )
    address = PageAddress(kind="meetings", committee=number).url(request.borough.base_url)
    told = f"a list of {len(leaf.meetings)} meetings of {leaf.committee_name or f'committee {number}'}"
    return _Read(record_meetings(request.borough, leaf, number, scrutiny=False), address, told)


def _read_committees_page(request: ImportRequest, _known: Whereabouts, page: Page) -> _Read:
    links = committees_of(page)
    scrutiny = Scope().scrutiny(links, request.borough)
    address = PageAddress(kind="committees").url(request.borough.base_url)
    told = f"a list of {len(links)} committees, {len(scrutiny)} of them scrutiny"
    return _Read(record_committees(request.borough, links, scrutiny), address, told)


def _no_page(_request: ImportRequest, _known: Whereabouts, _page: Page) -> _Read:
    raise PageError("not-moderngov", "it is a ModernGov page, but neither a meeting, an item nor a list of them")


_READERS: dict[str, Callable[[ImportRequest, Whereabouts, Page], _Read]] = {
    "meeting": _read_meeting_page,
    "item": _read_item_page,
    "meetings": _read_meetings_page,
    "committees": _read_committees_page,
}
