"""From what a page says to records under their ids (design, section 3). Pure: readings in, findings out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from archive import Findings, Listed
from archive.ids import committee_id, document_id, hashed_id, item_id, meeting_id
from archive.records import AgendaItem, Borough, Committee, Document, DocumentLink, Meeting, plain
from archive.statuses import status_of
from crawler.moderngov.readings import (
    CommitteeLink,
    ItemPageReading,
    ItemReading,
    MeetingReading,
    MeetingsPage,
    PageDocument,
)
from crawler.moderngov.urls import PageAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What is known of a page from outside it: from the address it was asked for, or from the person who saved it.

    `number` is that of the meeting (MId) or of the item (AIID), whichever the page is of.
    """

    number: int | None = None
    committee: Committee | None = None
    date: date | None = None
    source_url: str = ""


def record_committees(borough: Borough, links: Iterable[CommitteeLink], scrutiny: Iterable[CommitteeLink]) -> Findings:
    """The committees of a list of committees; `scrutiny` are those of them taken as scrutiny."""
    chosen = {link.number for link in scrutiny}
    return Findings(
        committees=tuple(
            Committee(
                id=committee_id(borough.slug, link.number),
                borough=borough.slug,
                name=link.name,
                number=link.number,
                category=link.category,
                scrutiny=link.number in chosen,
            )
            for link in links
        )
    )


def record_meetings(borough: Borough, page: MeetingsPage, committee: int, *, scrutiny: bool = True) -> Findings:
    """The meetings that a committee's page lists; a committee that the list of committees left out is named too."""
    under = committee_id(borough.slug, committee)
    listed = tuple(
        Listed(meeting=meeting_id(borough.slug, m.number), committee=under, date=m.date, label=m.label)
        for m in page.meetings
    )
    return Findings(named=_named(borough, committee, page.committee_name, scrutiny=scrutiny), listed=listed)


def record_meeting(borough: Borough, reading: MeetingReading, known: Whereabouts) -> Findings:
    """A meeting page: its meeting, committee, items and documents."""
    named = _named(borough, reading.cid, reading.committee_name)
    committee = named[0] if named else known.committee
    day = reading.date or known.date
    under = committee.id if committee else None
    mid = reading.mid or known.number
    ident = meeting_id(borough.slug, mid) if mid else hashed_id(borough.slug, under, day)
    source = _meeting_url(borough, mid, reading.cid) if mid else known.source_url
    meeting = Meeting(
        id=ident,
        borough=borough.slug,
        committee=under,
        date=day,
        time=reading.time,
        status=status_of(reading.published, reading.flag),
        published=reading.published,
        # The page ends the venue with a full stop where "View directions" follows; the web service does not.
        venue=reading.venue.removesuffix("."),
        source_url=source,
        documents=tuple(_links(borough, reading.documents, ident)),
    )
    items = tuple(_items(borough, reading, meeting))
    pages = (*reading.documents, *(document for item in reading.items for document in item.documents))
    holders = (ident,) * len(reading.documents) + tuple(
        item.id for item, read in zip(items, reading.items, strict=True) for _ in read.documents
    )
    return Findings(
        named=named or ((committee,) if committee else ()),
        meetings=(meeting,),
        items=items,
        documents=tuple(_documents(borough, pages, holders)),
    )


def record_item_page(borough: Borough, reading: ItemPageReading, known: Whereabouts) -> Findings:
    """A page of one item, alone: under the meeting it names, else under what is known of its committee and date."""
    item = reading.item
    named = _named(borough, reading.cid, "") or ((known.committee,) if known.committee else ())
    meeting = _meeting_of(borough, reading, named[0] if named else None, known.date)
    aiid = item.aiid or known.number
    ident = item_id(borough.slug, aiid) if aiid else _hashed_item(borough, item, meeting)
    record = _item(borough, item, ident, meeting.id if meeting else None, known.source_url)
    holders = (ident,) * len(item.documents)
    return Findings(
        named=(*named, *((meeting,) if meeting else ())),
        items=(record,),
        items_from="page",
        documents=tuple(_documents(borough, item.documents, holders)),
    )


def _meeting_url(borough: Borough, mid: int, cid: int | None) -> str:
    return PageAddress(kind="meeting", meeting=mid, committee=cid).url(borough.base_url)


def _named(borough: Borough, number: int | None, name: str, *, scrutiny: bool = False) -> tuple[Committee, ...]:
    if not number:
        return ()
    ident = committee_id(borough.slug, number)
    return (
        Committee(id=ident, borough=borough.slug, name=name or f"Committee {number}", number=number, scrutiny=scrutiny),
    )


def _meeting_of(
    borough: Borough, reading: ItemPageReading, committee: Committee | None, day: date | None
) -> Meeting | None:
    """The meeting an item page stands under. With neither number, committee nor date there is none to name."""
    if not reading.mid and committee is None and day is None:
        return None
    under = committee.id if committee else None
    return Meeting(
        id=meeting_id(borough.slug, reading.mid) if reading.mid else hashed_id(borough.slug, under, day),
        borough=borough.slug,
        committee=under,
        date=day,
        status="minutes" if reading.item.minutes else "agenda",
        source_url=_meeting_url(borough, reading.mid, reading.cid) if reading.mid else "",
    )


def _hashed_item(borough: Borough, item: ItemReading, meeting: Meeting | None) -> str:
    if meeting is None:
        whole = "\n".join((item.title, plain(item.agenda), plain(item.decision), plain(item.minutes)))
        return hashed_id(borough.slug, whole)
    return hashed_id(borough.slug, meeting.committee, meeting.date, item.title)


def _items(borough: Borough, reading: MeetingReading, meeting: Meeting) -> Iterable[AgendaItem]:
    taken: set[str] = set()
    for item in reading.items:
        ident = item_id(borough.slug, item.aiid) if item.aiid else _hashed_item(borough, item, meeting)
        if ident in taken:
            # Two items of one title ("Urgent items") without numbers of their own: the place tells them apart.
            ident = hashed_id(borough.slug, meeting.id, item.title, str(item.position))
        taken.add(ident)
        anchor = f"#AI{item.aiid}" if item.aiid and meeting.source_url else ""
        yield _item(borough, item, ident, meeting.id, meeting.source_url + anchor)


def _item(borough: Borough, item: ItemReading, ident: str, meeting: str | None, source_url: str) -> AgendaItem:
    return AgendaItem(
        id=ident,
        borough=borough.slug,
        meeting=meeting,
        position=item.position,
        number=item.number,
        title=item.title,
        agenda=item.agenda,
        decision=item.decision,
        minutes=item.minutes,
        cut=item.cut,
        source_url=source_url,
        documents=tuple(_links(borough, item.documents, ident)),
    )


def _links(borough: Borough, listed: Iterable[PageDocument], holder: str) -> Iterable[DocumentLink]:
    seen: set[str] = set()
    for document in listed:
        ident = _document_id(borough, document, holder)
        if ident not in seen:
            seen.add(ident)
            yield DocumentLink(document=ident, title=document.title)


def _documents(borough: Borough, listed: Iterable[PageDocument], holders: Iterable[str]) -> Iterable[Document]:
    """Each document once, as the first place on the page lists it."""
    seen: set[str] = set()
    for document, holder in zip(listed, holders, strict=True):
        ident = _document_id(borough, document, holder)
        if ident not in seen:
            seen.add(ident)
            yield Document(
                id=ident,
                borough=borough.slug,
                title=document.title,
                media_type=document.media_type,
                size=document.size,
                source_url=document.url,
            )


def _document_id(borough: Borough, document: PageDocument, holder: str) -> str:
    """By its number; else by its address; else (a copied text has none) by where it stands and its title.

    The packs of a meeting share one number, its agenda's, and differ in `T` (`moderngov.md` 1.3): `g10230t0`.
    """
    if document.key is None:
        return (
            hashed_id(borough.slug, document.url) if document.url else hashed_id(borough.slug, holder, document.title)
        )
    if not document.key.startswith("g"):
        return document_id(borough.slug, document.key)
    kind = [
        value for name, value in parse_qsl(urlsplit(document.url).query) if name.lower() == "t" and value.isdecimal()
    ]
    return document_id(borough.slug, document.key + (f"t{kind[0]}" if kind else ""))
