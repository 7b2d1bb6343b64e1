"""What is to be fetched: a page, a call of the web service, or a document? Each under one key, within limits. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from archive import Settings
from archive.frontier import Todo
from archive.records import Borough
from crawler.moderngov.urls import PageAddress, page_address
from crawler.moderngov.webservice_urls import ServiceAddress, service_address

SERVICE_DEADLINE_S = 120.0  # a self-hosted web service takes up to 90 s (`moderngov.md` 5; design, section 4)
_DOCUMENT = "document:"


@dataclass(frozen=True, slots=True)
class DocumentTarget:
    """The file of a document record, at the address that its item links to."""

    document: str
    address: str

    @property
    def key(self) -> str:
        """One name for the document, wherever it is listed."""
        return _DOCUMENT + self.document


Target = PageAddress | ServiceAddress | DocumentTarget


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one answer may take: seconds in all, and bytes after decompression."""

    deadline_s: float
    max_bytes: int


def todo_of(target: Target, borough: Borough) -> Todo:
    """The target as the frontier keeps it."""
    url = target.address if isinstance(target, DocumentTarget) else target.url(borough.base_url)
    return Todo(target.key, url)


def target_of(todo: Todo, borough: Borough) -> Target:
    """The target that the frontier kept. Raises ValueError for one that this program never made."""
    if todo.key.startswith(_DOCUMENT):
        return DocumentTarget(todo.key.removeprefix(_DOCUMENT), todo.url)
    found = service_address(todo.url, [borough.base_url]) or page_address(todo.url, [borough.base_url])
    if found is None:
        raise ValueError(f"{todo.url} is no address that is crawled")
    return found


def allowance(target: Target, settings: Settings) -> Allowance:
    """How long and how large the answer may be."""
    if isinstance(target, DocumentTarget):
        return Allowance(settings.document_deadline_s, settings.max_document_bytes)
    if isinstance(target, ServiceAddress):
        return Allowance(SERVICE_DEADLINE_S, settings.max_page_bytes)
    return Allowance(settings.page_deadline_s, settings.max_page_bytes)


def fallback(target: Target) -> PageAddress | None:
    """The page that lists what the web service could not be had to list; None for what no other page lists."""
    if not isinstance(target, ServiceAddress) or target.kind == "service-meeting":
        return None
    if target.kind == "service-committees":
        return PageAddress(kind="committees")
    return PageAddress(kind="meetings", committee=target.committee)
