"""Where else does a council say what one of its pages could not be had to say?

What the web service does not answer, the pages say. And where the pages of meetings are refused to us, while the web
service is not (`moderngov.md` 6), the service tells of the meetings: less than the pages would, and more than nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime

from archive import Archive
from archive.captures import last_sound
from archive.frontier import Fault, Instead, Todo
from archive.ids import meeting_id
from archive.listing import committee_listing
from archive.records import Borough
from archive.services import pages_are_refused, service_answers
from crawler.moderngov.urls import PageAddress
from crawler.moderngov.webservice_urls import ServiceAddress
from crawler.targets import Target, fallback, todo_of

_REFUSALS = ("forbidden", "challenge")
_REMEMBERED = Fault("forbidden", "the pages of this council's meetings were refused to us; its web service is asked")


class Elsewhere:
    """Where else to ask, in one run over one borough."""

    def __init__(self, archive: Archive, borough: Borough) -> None:
        self._archive, self._borough = archive, borough
        self._refused: bool | None = None  # whether pages of meetings are; None where it is to be looked up

    def than(self, target: Target, fault: Fault) -> Instead | None:
        """What to ask for in the place of a page that could not be had; None where nothing else says the same."""
        if isinstance(target, PageAddress) and target.kind == "meeting":
            if fault.reason not in _REFUSALS:
                return None
            self._refused = None
            return self._service_for(target, fault)
        if isinstance(target, ServiceAddress) and target.kind == "service-meeting":
            todos = self._item_pages(target)
        else:
            other = fallback(target)
            todos = (todo_of(other, self._borough),) if other is not None else ()
        return Instead(todos=todos) if todos else None

    def than_a_refused_page(self, target: Target) -> Instead | None:
        """What to ask for at once, in the place of a page that would be refused again; None where it is to be asked."""
        if not isinstance(target, PageAddress) or target.kind != "meeting":
            return None
        if self._refused is None:
            begin = target.url(self._borough.base_url).partition("?")[0]
            self._refused = pages_are_refused(self._archive, self._borough.slug, begin, datetime.now(UTC))
        return self._service_for(target, _REMEMBERED) if self._refused else None

    def page_was_had(self, meeting: int) -> bool:
        """Whether a meeting's own page has ever been had, which tells more of it than the web service does."""
        under = committee_listing(self._archive, meeting_id(self._borough.slug, meeting))
        pages = {
            PageAddress(kind="meeting", meeting=meeting, committee=c) for c in (under.number if under else None, None)
        }
        with self._archive.reading() as db:
            return any(last_sound(db, self._borough.slug, page.url(self._borough.base_url)) for page in pages)

    def _service_for(self, page: PageAddress, fault: Fault) -> Instead | None:
        """The web service is asked next, so that what is refused does not look like a host that refuses everything."""
        if page.meeting is None or not service_answers(self._archive, self._borough.slug):
            return None
        call = todo_of(ServiceAddress(kind="service-meeting", meeting=page.meeting), self._borough)
        return Instead(todos=(call,), next=True, fault=fault if self.page_was_had(page.meeting) else None)

    def _item_pages(self, call: ServiceAddress) -> tuple[Todo, ...]:
        items = self._archive.items(meeting_id(self._borough.slug, call.meeting or 0))
        short = (item for item in items if item.cut or not item.minutes)
        numbers = (item.id.removeprefix(f"{self._borough.slug}-i") for item in short)
        pages = (PageAddress(kind="item", item=int(number)) for number in numbers if number.isdecimal())
        return tuple(todo_of(page, self._borough) for page in pages)
