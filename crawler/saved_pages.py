"""A page as a person saved it: plain, or as one file with its pictures (MHTML, RFC 2557); and where it came from."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from pathlib import Path
from urllib.parse import unquote

from archive.records import Borough
from crawler.moderngov.readings import PageError
from crawler.moderngov.recognise import Page, read_page
from crawler.moderngov.urls import named_page, page_address

WEB_ARCHIVE = "multipart/related"
_ARCHIVE_HEAD = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
# The Wayback Machine writes its own address before every link of a page that it kept, and notes that it did.
_WAYBACK = re.compile(rb"BEGIN WAYBACK TOOLBAR|FILE ARCHIVED ON \d\d:", re.IGNORECASE)
_BEFORE_LINK = re.compile(
    rb"""(?<=["'=])(?:https?:)?(?://web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)"""
)
_HEAD = 4096
_MOST_PARTS = 5_000
_MOST_NESTED = 20


def is_web_archive(body: bytes) -> bool:
    """Whether the file is a page with its pictures in one (".mhtml")."""
    return body.lstrip()[:1] != b"<" and _ARCHIVE_HEAD.search(body[:_HEAD]) is not None


def read_saved_page(body: bytes, path: Path, borough: Borough, largest: int, url: str) -> Page:
    """The page, under its address on the borough's own site, from which its links are resolved.

    The address is `url`; else what the page says of it; else the file's name, as wget makes it of the address.
    """
    source, location = _unpacked(body) if is_web_archive(body) else (body, "")
    if _WAYBACK.search(source):
        source = _BEFORE_LINK.sub(b"", source)
    page = read_page(source, largest, url or location)
    bases = (borough.base_url, *borough.former_urls)
    base = borough.base_url.rstrip("/")
    named = page_address(page.address, bases) if page.address else named_page(_without_ending(path.name))
    return replace(page, address=named.url(base) if named else f"{base}/")


def _without_ending(name: str) -> str:
    """The address in a file's name; where no file may be called "?", copiers write "@" or "_" instead."""
    plain = unquote(re.sub(r"(?<=\d)\.html?$", "", name, flags=re.IGNORECASE))
    return re.sub(r"(?<=\.aspx)[@_](?=\w{1,20}=)", "?", plain, count=1, flags=re.IGNORECASE)


def _unpacked(body: bytes) -> tuple[bytes, str]:
    """The page in such a file, and the address it has there. Raises PageError."""
    if body.lower().count(b"multipart/") > _MOST_NESTED or body.count(b"\n--") > _MOST_PARTS:
        raise PageError("too-large", "the file holds too many parts")
    message = message_from_bytes(body)
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects):
        raise PageError("cut", "the file was not saved whole: its end is missing")
    for part in message.walk():
        source = _source(part)
        if source:
            return source, str(part.get("Content-Location", ""))
    raise PageError("not-moderngov", "the file holds no page")


def _source(part: Message) -> bytes:
    if part.get_content_type() != "text/html":
        return b""
    source = part.get_payload(decode=True)
    return source if isinstance(source, bytes) else b""
