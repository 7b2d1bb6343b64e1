"""The documents that a page lists: titles as printed, without the size, the icon's name and ", item 6.1"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import splitext
from urllib.parse import unquote, urlsplit

from bs4 import Tag

from crawler.moderngov.characters import is_furniture, is_furniture_link, one_line, split_item, split_size
from crawler.moderngov.markup import attribute, first, first_words, has_class, tags, with_class
from crawler.moderngov.readings import PageDocument
from crawler.moderngov.urls import absolute, document_key, leads_elsewhere, read_link
from crawler.moderngov.wording import read_line

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "dot": "application/msword",
    "docx": f"{_WORD}document",
    "dotx": f"{_WORD}template",
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "htm": "text/html",
    "html": "text/html",
    "txt": "text/plain",
    "csv": "text/csv",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "word": "application/msword",
    "excel": "application/vnd.ms-excel",
    "powerpoint": "application/vnd.ms-powerpoint",
}
_LOOSE = ("word", "excel", "powerpoint")  # a link's own ending says more
_FILES = ("mgconvert2pdf", "mgchoosedocpack")
_FOLDERS = re.compile(r"(?:^|/)(?:olddocuments|documents)/", re.IGNORECASE)
_TITLE_ATTRIBUTE = re.compile(r"link to (?:the )?document\s+['‘\"](?P<title>.+)['’\"].*", re.IGNORECASE)
_COUNTER = re.compile(r"[\s,]*\(\d{1,3}/\d{1,3}\)$")
_FILE_TITLE = re.compile(r"\b(pdf|docx?|xlsx?|pptx?|rtf|word|excel) file\b", re.IGNORECASE)
_ELSEWHERE = ("mailto:", "tel:", "#")


def is_file(href: str) -> bool:
    """Whether a link names a file of the site, not one of its pages."""
    if document_key(href) is not None or read_link(href).page in _FILES:
        return True
    return read_link(href).page == "" and _FOLDERS.search(unquote(href)) is not None


def linked_document(link: Tag, address: str) -> PageDocument | None:
    """The document of a link; None for links to the site's pages, to mail, and without a title."""
    href = attribute(link, "href").strip()
    if href.lower().startswith(_ELSEWHERE) or (read_link(href).page and not is_file(href)):
        return None
    kind, size = _size_of(link)
    printed = read_line([link])
    title, printed_kind, printed_size = split_size(printed)
    if printed and not title:
        return None  # "View as HTML": another form of the document before it
    title = split_item(title)[0] or _title_attribute(link)
    if not title or is_furniture_link(title):
        return None
    url = absolute(address, href)
    kinds = [each for each in (kind, printed_kind, _kind_of_link(link, href)) if each]
    kind = next((each for each in kinds if each not in _LOOSE), next(iter(kinds), ""))
    media_type = MEDIA_TYPES.get(kind, "")
    key = None if leads_elsewhere(address, href) else document_key(href)
    return PageDocument(key=key, title=title, url=url, media_type=media_type, size=size or printed_size)


def listed_documents(part: Tag, address: str) -> tuple[PageDocument, ...]:
    """The documents of a bullet list. One that is named without a link (exempt from publication) keeps its title."""
    found: list[PageDocument] = []
    items = list(tags(part, "li")) or [part]
    for item in items:
        links = [link for link in tags(item, "a") if link.has_attr("href") and _item_of(link) in (item, None)]
        documents = [document for link in links if (document := linked_document(link, address))]
        found.extend(documents or _without_link(item, links))
    return tuple(found)


def _item_of(link: Tag) -> Tag | None:
    return next((above for above in link.parents if above.name == "li"), None)


def _without_link(item: Tag, links: list[Tag]) -> list[PageDocument]:
    words = read_line([item])
    if any(read_link(attribute(link, "href")).page for link in links):
        words = _COUNTER.sub("", words).removesuffix(read_line(links)).strip(" ,")
    title, kind, size = split_size(words)
    title = split_item(title)[0]
    if not title or is_furniture(title) or first(item, "li") is not None:
        return []
    return [PageDocument(key=None, title=title, url="", media_type=MEDIA_TYPES.get(kind, ""), size=size)]


def each_once(documents: Iterable[PageDocument]) -> tuple[PageDocument, ...]:
    """The documents in their order, each where it comes first. A meeting's packs share a number, not an address."""
    kept: dict[object, PageDocument] = {}
    for document in documents:
        is_attachment = document.key is not None and document.key.startswith("s")
        kept.setdefault(document.key if is_attachment else document.url or document, document)
    return tuple(kept.values())


def _size_of(link: Tag) -> tuple[str, str]:
    """The kind and size printed beside a title: "PDF 161 KB"; in older pages the size stands right after the link."""
    beside = with_class(link, "mgFileSize")
    following = next((node for node in link.next_siblings if isinstance(node, Tag)), None)
    if not beside and following is not None and has_class(following, "mgFileSize"):
        beside = [following]
    words = one_line(beside[0].get_text(" ")) if beside else ""
    _, kind, size = split_size(words)
    return kind, size or words.strip("()")


def _kind_of_link(link: Tag, href: str) -> str:
    try:
        extension = splitext(urlsplit(href).path)[1].lstrip(".").lower()
    except ValueError:
        extension = ""
    if extension in MEDIA_TYPES:
        return extension
    named = _FILE_TITLE.search(attribute(link, "title"))
    return named[1].lower() if named else ""


def _title_attribute(link: Tag) -> str:
    match = _TITLE_ATTRIBUTE.fullmatch(one_line(attribute(link, "title")))
    return match["title"] if match else first_words(link)
