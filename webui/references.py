"""Does a query name a record, a page at a council or a day, rather than words? Then what was meant is that very page.

Citations end with a record's id, and people paste a council's address to see whether it is held. No text holds
either as words, so "nothing found" alone would say that what is held is not. Which page an address names: the
numbers in it, as records are named after them (design, section 3). A day alone is a day of meetings, which is a filter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import SplitResult, parse_qsl, urlsplit

from archive import Archive
from archive.ids import RECORD_ID, committee_id, document_id, item_id, meeting_id
from archive.records import Borough
from index.results import SearchRequest
from webui.arguments import quoted
from webui.dates import long_date, typed_day
from webui.links import search_url

MOST_LOOKED_UP = 5
_ID = re.compile(rf"(?<![\w-]){RECORD_ID.pattern}(?![\w-])")
_DOCUMENT = re.compile(r"/documents/([sgb][0-9]{1,12}(?:t[0-9]+)?)(?=/|$)", re.IGNORECASE)
_ANCHOR = re.compile(r"AI([0-9]{1,12})", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,12}")
_PAGES: Mapping[str, tuple[Callable[[str, int], str], tuple[str, ...]]] = {
    "mgai.aspx": (item_id, ("id",)),
    "ielistdocuments.aspx": (meeting_id, ("mid", "meetingid")),
    "mgcommitteedetails.aspx": (committee_id, ("id",)),
    "ielistmeetings.aspx": (committee_id, ("cid", "committeeid")),
}
_KINDS: Mapping[str, tuple[str, ...]] = {
    "c": ("committee",), "m": ("meeting",), "i": ("item",), "s": ("document",), "g": ("document",), "b": ("document",),
    "x": ("item", "meeting", "committee", "document"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """What a query names: a sentence that tells it, and the page that it leads to; "" where it is not held."""

    told: str
    url: str = ""

    @property
    def sentence(self) -> str:
        """All in one, for those who cannot follow a link."""
        return f"{self.told} {self.url}".rstrip()


def referred_to(archive: Archive, text: str, boroughs: Iterable[Borough]) -> Reference | None:
    """What a query names by its id or its address at a council; None where it names nothing known."""
    at_councils, ids = list(islice(_of_addresses(text, boroughs), MOST_LOOKED_UP)), _ids(text)
    for printed, record in (*at_councils, *islice(ids, MOST_LOOKED_UP)):
        for kind in _KINDS[_letter(record)]:
            if _is_known(archive, kind, record):
                withheld = " that is withheld" if archive.withheld(record) else ""
                return Reference(f"{quoted(printed)} names a record of this archive{withheld}:", f"/{kind}s/{record}")
    if (day := typed_day(text)) is not None:
        meetings = search_url(SearchRequest(since=day, until=day))
        return Reference(f"A day was searched for as words. What was on the agenda on {long_date(day)}:", meetings)
    if at_councils:
        return Reference(f"The page at {quoted(at_councils[0][0])} is not held here.")
    return None


def _is_known(archive: Archive, kind: str, record: str) -> bool:
    read: dict[str, Callable[[str], object]] = {
        "committee": archive.committee, "meeting": archive.meeting, "item": archive.entry, "document": archive.document,
    }  # fmt: skip
    return read[kind](record) is not None or archive.withheld(record) is not None


def _ids(text: str) -> Iterator[tuple[str, str]]:
    """The ids of records in a text, as printed and in small letters."""
    yield from ((found[0], found[0]) for found in _ID.finditer(text.lower()))


def _of_addresses(text: str, boroughs: Iterable[Borough]) -> Iterator[tuple[str, str]]:
    """The addresses in a text that name something at these councils, each with the record it would be."""
    hosts = {_host(url): one.slug for one in boroughs for url in (*one.former_urls, one.base_url)}
    for word in text.split():
        address = _split(word)
        if address is not None and (slug := hosts.get(address.netloc.lower())) is not None:
            yield from ((word, record) for record in _records(slug, address))


def _records(slug: str, address: SplitResult) -> Iterator[str]:
    """The records that an address may mean, the narrowest first."""
    if document := _DOCUMENT.search(address.path):
        yield document_id(slug, document[1])
    if anchor := _ANCHOR.fullmatch(address.fragment):
        yield item_id(slug, int(anchor[1]))
    values = {name.lower(): value for name, value in parse_qsl(address.query)}
    named, parameters = _PAGES.get(address.path.rpartition("/")[2].lower(), (item_id, ()))
    numbers = (values[name] for name in parameters if _NUMBER.fullmatch(values.get(name, "")))
    yield from (named(slug, int(number)) for number in numbers)


def _split(word: str) -> SplitResult | None:
    try:
        return urlsplit(word) if "://" in word else None
    except ValueError:  # a bracket that opens no address of the sixth version
        return None


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _letter(record: str) -> str:
    found = RECORD_ID.fullmatch(record)
    return found["letter"] if found else "x"
