"""The web service's addresses: what is asked, made and read in one spelling. `moderngov.md` 5.

Only the three calls that a crawl needs are known, and every address is built on the council's own base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import unquote, urlsplit

from crawler.moderngov.dates import read_date
from crawler.moderngov.urls import read_link

ServiceKind = Literal["service-committees", "service-meetings", "service-meeting"]

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
_CALL = re.compile(r"/mgwebservice\.asmx/(getcommittees|getmeetings|getmeeting)/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAddress:
    """A call of the web service: `committee` and the days belong to `service-meetings`, `meeting` to one meeting."""

    kind: ServiceKind
    committee: int | None = None
    since: date = EARLIEST
    until: date = LATEST
    meeting: int | None = None

    @property
    def key(self) -> str:
        """One name for all spellings of the call: "service-meeting:4967". The days asked for are no part of it."""
        number = {"service-committees": None, "service-meetings": self.committee, "service-meeting": self.meeting}
        parts = (self.kind, number[self.kind])
        return ":".join(str(part) for part in parts if part is not None)

    def url(self, base_url: str) -> str:
        """The address on a council's site."""
        return f"{base_url.rstrip('/')}/mgWebService.asmx/{self._call()}"

    def _call(self) -> str:
        if self.kind == "service-committees":
            return "GetCommittees"
        if self.kind == "service-meeting":
            return f"GetMeeting?lMeetingId={self.meeting}"
        # A missing parameter is answered by HTTP 500, so the days are always said.
        span = f"sFromDate={self.since:%d/%m/%Y}&sToDate={self.until:%d/%m/%Y}"
        return f"GetMeetings?lCommitteeId={self.committee}&{span}"


def service_address(url: str, base_urls: Iterable[str]) -> ServiceAddress | None:
    """The call that an address makes, under one of these bases and no other; None for all else."""
    for base in base_urls:
        if url.lower().startswith(f"{base.rstrip('/').lower()}/"):
            call = _CALL.fullmatch(unquote(urlsplit(url).path)[len(urlsplit(base).path.rstrip("/")) :])
            return _named(call[1].lower(), url) if call else None
    return None


def _named(call: str, url: str) -> ServiceAddress | None:
    link = read_link(url)
    if call == "getcommittees":
        return ServiceAddress(kind="service-committees")
    if call == "getmeeting":
        meeting = link.number("lmeetingid")
        return ServiceAddress(kind="service-meeting", meeting=meeting) if meeting else None
    committee = link.number("lcommitteeid")
    since, until = (read_date(link.values.get(name, "")) for name in ("sfromdate", "stodate"))
    if not committee or since is None or until is None:
        return None
    return ServiceAddress(kind="service-meetings", committee=committee, since=since, until=until)
