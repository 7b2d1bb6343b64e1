"""Which page or document does an address name? Pure reading and rebuilding of addresses, no network.

Only the page kinds a crawl needs are known; every other address is None, so that calendars, sessions and scripts
lead nowhere (`hazards.md` 4). Sources of names, parameters and spellings: `moderngov.md` 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, unquote, unquote_plus, urljoin, urlsplit, urlunsplit

AddressKind = Literal["committees", "meetings", "meeting", "item"]
Direction = Literal["earlier", "later"]

_SESSION = re.compile(r"/(?:\(|%28)S(?:\(|%28)[^/]{0,100}?(?:\)|%29)(?:\)|%29)(?=/|$)", re.IGNORECASE)
_DOCUMENT = re.compile(r"(?:^|/)documents/([sgb]\d{1,12})(?=/|$)", re.IGNORECASE)
_PAGE = re.compile(r"([a-z0-9]+)\.aspx?", re.IGNORECASE)
_NUMBER = re.compile(r"\s*0*(\d{1,12})\s*")
_STAMP = re.compile(r"\d{8,14}")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f]*[\t\r\n\x00-\x1f\x7f][\x00-\x20\x7f]*")
_MAY_NAME_A_HOST = re.compile(r":|[/\\][\x00-\x20\x7f]*[/\\]")
_LONGEST_KNOWN = 500  # characters of an address that is remembered, as a page may be one long one
_SAFE = "/:?#[]@!$&'()*+,;=-._~%"
_KINDS: dict[str, AddressKind] = {
    "mglistcommittees": "committees",
    "ielistmeetings": "meetings",
    "ielistdocuments": "meeting",
    "mgai": "item",
}
_MEETING, _COMMITTEE = ("mid", "meetingid"), ("cid", "committeeid")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Link:
    """An address taken apart: the page's name in small letters ("" if it is no page) and its parameters."""

    page: str
    values: Mapping[str, str]

    def number(self, *names: str) -> int | None:
        """The first of these parameters that is a number other than 0."""
        for name in names:
            match = _NUMBER.fullmatch(self.values.get(name, ""))
            if match and int(match[1]):
                return int(match[1])
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAddress:
    """A page under its numbers. `direction` and `stamp` (yyyymmddHHMM) turn over the leaves of a list of meetings."""

    kind: AddressKind
    committee: int | None = None
    meeting: int | None = None
    item: int | None = None
    direction: Direction | None = None
    stamp: str | None = None

    @property
    def key(self) -> str:
        """One name for all spellings of the address: "meeting:10221". A meeting's committee is no part of it."""
        numbers = {"committees": None, "meetings": self.committee, "meeting": self.meeting, "item": self.item}
        parts = (self.kind, numbers[self.kind], self.direction, self.stamp)
        return ":".join(str(part) for part in parts if part is not None)

    def url(self, base_url: str) -> str:
        """The address on a council's site, spelt in one way."""
        return f"{base_url.rstrip('/')}/{self._page()}"

    def _page(self) -> str:
        if self.kind == "committees":
            return "mgListCommittees.aspx"
        if self.kind == "item":
            return f"mgAi.aspx?ID={self.item}"
        if self.kind == "meeting":
            committee = f"CId={self.committee}&" if self.committee else ""
            return f"ieListDocuments.aspx?{committee}MId={self.meeting}"
        if self.direction:
            return f"ieListMeetings.aspx?Act={self.direction}&CId={self.committee}&D={self.stamp}&MD=ielistmeetings"
        return f"ieListMeetings.aspx?CId={self.committee}&Year=0"


def page_address(url: str, base_urls: Iterable[str]) -> PageAddress | None:
    """The page that an absolute address names, on the host of one of these sites; None for all else.

    The path before the page's name may differ from the site's own, as sites move between prefixes on one host and
    the page that is meant is rebuilt under the site's base anyway.
    """
    host = _host(url)
    if host is None or host not in {_host(base) for base in base_urls}:
        return None
    return named_page(url)


def named_page(url: str) -> PageAddress | None:
    """The page that an address names, relative or absolute, whatever the host."""
    link = read_link(url)
    kind = _KINDS.get(link.page)
    if kind == "committees":
        return PageAddress(kind=kind)
    if kind == "item":
        item = link.number("id")
        return PageAddress(kind=kind, item=item) if item else None
    if kind == "meeting":
        meeting = link.number(*_MEETING)
        return PageAddress(kind=kind, meeting=meeting, committee=link.number(*_COMMITTEE)) if meeting else None
    return _meetings(link) if kind == "meetings" else None


def _meetings(link: Link) -> PageAddress | None:
    committee, stamp = link.number(*_COMMITTEE), link.values.get("d", "").strip()
    if committee is None or link.number("info") or link.values.get("md", "ielistmeetings").lower() != "ielistmeetings":
        return None  # `info=1&MD=Constitution` lists papers that belong to no meeting
    act = link.values.get("act", "").strip().lower()
    if not _STAMP.fullmatch(stamp) or act not in ("earlier", "later"):
        return PageAddress(kind="meetings", committee=committee)
    direction: Direction = "earlier" if act == "earlier" else "later"
    return PageAddress(kind="meetings", committee=committee, direction=direction, stamp=stamp)


def read_link(url: str) -> Link:
    """The page name and the parameters of an address; names are in small letters, of doubled ones the first counts."""
    return _known_link(url) if len(url) <= _LONGEST_KNOWN else _link(url)


def _link(url: str) -> Link:
    try:
        parts = urlsplit(_tidied(url))
    except ValueError:
        return Link("", {})
    if parts.scheme.lower() not in ("", "http", "https"):
        return Link("", {})
    page = _PAGE.fullmatch(unquote(_SESSION.sub("", parts.path)).rsplit("/", 1)[-1])
    values: dict[str, str] = {}
    for part in parts.query.split("&"):
        name, _, value = part.partition("=")
        values.setdefault(unquote_plus(name).strip().lower(), unquote_plus(value))
    return Link(page[1].lower() if page else "", values)


_known_link = lru_cache(2_000)(_link)  # of one page's links each is asked for several times


def leads_elsewhere(page: str, link: str) -> bool:
    """Whether a link leads from its page's host to another, whose numbers are not this council's.

    A committee that several councils share stands on one of their sites, and the others link to it. Where the page's
    own address is not known, no link is taken to lead elsewhere.
    """
    if not page or not _MAY_NAME_A_HOST.search(link):
        return False
    here, there = _host(page), _host(absolute(page, link))
    return here is not None and there is not None and here != there


def document_key(url: str) -> str | None:
    """The number under which a document is kept: "s112217", "g10230", "b23550"; None where the address has none."""
    try:
        parts = urlsplit(_tidied(url))
    except ValueError:
        return None
    if parts.scheme.lower() not in ("", "http", "https"):
        return None
    match = _DOCUMENT.search(unquote(parts.path))
    if match:
        return match[1].lower()
    link = read_link(url)
    number = link.number("id")
    if link.page == "mgchoosedocpack" and number:
        supplement = link.number("sid")
        return f"b{supplement}" if supplement else f"g{number}"
    if link.page == "mgconvert2pdf" and number:
        # An older link names the agenda and says which of its prints (T) is meant, unless it names an attachment.
        return f"g{number}" if "t" in link.values and link.values.get("isatt") != "1" else f"s{number}"
    return None


def absolute(page: str, link: str) -> str:
    """A link as an absolute, percent-encoded address, resolved against its page's; "" unless that is http or https."""
    try:
        joined = urljoin(page, _tidied(link))
        parts = urlsplit(joined)
        if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
            return ""
        path = quote(_SESSION.sub("", parts.path), safe=_SAFE)
        encoded = urlunsplit(
            (parts.scheme.lower(), parts.netloc.lower(), _whole(path), _whole(quote(parts.query, safe=_SAFE)), "")
        )
        urlsplit(encoded).port  # noqa: B018  # raises ValueError for a port that is none
    except (ValueError, UnicodeError):
        return ""
    return encoded if encoded.isascii() else ""


def is_error_page(url: str) -> bool:
    """Whether a site's redirect ended at its error page, which may answer 200."""
    return read_link(url).page == "mgerror"


def _tidied(url: str) -> str:
    """Without what a browser would drop, and with `&amp;` that was escaped once too often undone."""
    url = _INVISIBLE.sub("", url).strip().replace("\\", "/")
    while "&amp;" in url.lower():
        url = re.sub("&amp;", "&", url, flags=re.IGNORECASE)
    return re.sub("&#0*38;", "&", url)


def _whole(part: str) -> str:
    """A `%` that begins no escape is itself escaped."""
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)


def _host(url: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        return None
    if scheme not in _DEFAULT_PORTS or not host:
        return None
    standard = port is None or port == _DEFAULT_PORTS[scheme]
    return host.lower().rstrip("."), 0 if standard else port or 0
