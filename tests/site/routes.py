"""Which address answers what? A borough and a request's target in, a whole answer out; no sockets here.

As on the real sites, names of pages, folders and parameters are read without regard to case, a session's segment
is skipped, and what is not known leads to `mgError.aspx`. Pages are made when they are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.site import lists, other_pages
from tests.site.council import PretendBorough, PretendCommittee, PretendDocument, PretendItem, PretendMeeting
from tests.site.meeting_page import meeting_page
from tests.site.packs import packs_of
from tests.site.pdf import pdf
from tests.site.webservice import service_answer

HTML = "text/html; charset=utf-8"
_SESSION = re.compile(r"/\(S\([^()/]*\)\)", re.IGNORECASE)
_DOCUMENT = re.compile(r"/documents/([sgb]\d+)/", re.IGNORECASE)
_CALL = re.compile(r"/mgWebService\.asmx/(\w+)", re.IGNORECASE)

Parameters = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer; `headers` are those beyond length and type. `media_type` "" sends no Content-Type."""

    status: int = 200
    media_type: str = HTML
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Catalogue:
    """A borough with everything in it found by number; made anew whenever the borough changes."""

    def __init__(self, borough: PretendBorough) -> None:
        self.borough = borough
        self.committees: dict[int, PretendCommittee] = {each.cid: each for each in borough.committees}
        self.meetings: dict[int, tuple[PretendCommittee, PretendMeeting]] = {
            meeting.mid: (committee, meeting) for committee in borough.committees for meeting in committee.meetings
        }
        self.items: dict[int, tuple[PretendMeeting, PretendItem]] = {
            item.aiid: (meeting, item) for _, meeting in self.meetings.values() for item in meeting.items
        }
        self.documents: dict[str, PretendDocument] = {
            document.key: document
            for _, meeting in self.meetings.values()
            for document in (*meeting.supplements, *(d for item in meeting.items for d in item.all_documents))
        }
        self.agendas = {meeting.agenda_id: meeting.mid for _, meeting in self.meetings.values()}

    def answer(self, target: str) -> Answer:
        """What the site answers to a GET of this path and query."""
        path, query = urlsplit(target).path, urlsplit(target).query
        if path.lower() == "/robots.txt":
            return self._robots()
        within = self._within(_SESSION.sub("", unquote(path)))
        if within is None:
            return Answer(status=404, body=b"<html><body><h2>404 - File or directory not found.</h2></body></html>")
        asked = {name.lower(): value for name, value in parse_qsl(query)}
        try:
            return self._page(within, asked)
        except (KeyError, ValueError):
            return self._lost()

    def _robots(self) -> Answer:
        robots = self.borough.robots
        return Answer(status=robots.status, media_type=robots.media_type, body=robots.body.encode())

    def _within(self, path: str) -> str | None:
        """The path inside the site's folder, or None when it lies outside."""
        prefix = self.borough.habits.prefix
        if path in ("", "/"):
            return "/"
        return path[len(prefix) :] if path.lower().startswith(prefix.lower() + "/") else None

    def _page(self, path: str, asked: Parameters) -> Answer:
        document = _DOCUMENT.match(path)
        if document:
            return self._document(document[1].lower(), asked.get("t", ""))
        call = _CALL.fullmatch(path)
        if call:
            status, media_type, text = service_answer(self.borough, call[1].lower(), asked)
            return Answer(status=status, media_type=media_type, body=text.encode())
        return _html(_PAGES[path.lower().lstrip("/")](self, asked))

    def _document(self, key: str, pack: str) -> Answer:
        found = self.documents.get(key) or self._pack(key, pack)
        body = pdf(found.pages) if found.body is None else found.body
        return Answer(media_type=found.media_type, body=body)

    def _pack(self, key: str, pack: str) -> PretendDocument:
        committee, meeting = self.meetings[self.agendas[int(key.removeprefix("g"))]]
        packs = {tail: document for document, tail in packs_of(committee, meeting)}
        return packs[f"?T={pack or 0}"]

    def _lost(self) -> Answer:
        place = f"{self.borough.habits.prefix}/mgError.aspx"
        return Answer(status=302, body=b"<html><body>Object moved</body></html>", headers=(("Location", place),))

    def _committee(self, asked: Parameters) -> PretendCommittee:
        return self.committees[int(asked.get("committeeid") or asked["cid"])]

    def _meetings(self, asked: Parameters) -> str:
        act, at, year = asked.get("act", "").lower(), asked.get("d", ""), int(asked.get("year", "0"))
        return lists.meetings_page(self.borough, self._committee(asked), act=act, at=at, year=year)

    def _meeting(self, asked: Parameters) -> str:
        return meeting_page(self.borough, *self.meetings[int(asked.get("meetingid") or asked["mid"])])

    def _item(self, asked: Parameters) -> str:
        return other_pages.item_page(self.borough, *self.items[int(asked["id"])])

    def _attendance(self, asked: Parameters) -> str:
        return other_pages.attendance_page(self.borough, *self.meetings[int(asked["id"])])

    def _calendar(self, asked: Parameters) -> str:
        return other_pages.calendar_page(self.borough, int(asked.get("dd", "2026")), int(asked.get("m", "1")))


_PAGES: dict[str, Callable[[Catalogue, Parameters], str]] = {
    "": lambda site, _: other_pages.front_page(site.borough),
    "mglistcommittees.aspx": lambda site, _: lists.committees_page(site.borough),
    "mgcommitteedetails.aspx": lambda site, asked: lists.committee_page(
        site.borough, site.committees[int(asked["id"])]
    ),
    "ielistmeetings.aspx": Catalogue._meetings,
    "ielistdocuments.aspx": Catalogue._meeting,
    "mgai.aspx": Catalogue._item,
    "mgmeetingattendance.aspx": Catalogue._attendance,
    "mgcalendarmonthview.aspx": Catalogue._calendar,
    "mgerror.aspx": lambda site, _: other_pages.error_page(site.borough),
}


def _html(text: str) -> Answer:
    return Answer(body=text.encode())
