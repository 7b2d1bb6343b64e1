"""What a result shows of an item: read from the archive, for the few items of a page alone."""

from __future__ import annotations

from collections.abc import Iterator

from archive.records import Entry, Place
from index.entries import passages_of
from index.matching import Passage
from index.results import DocumentHit, Hit
from index.snippets import best_snippets, document_hit
from index.tree import Node


def hit_of(
    entry: Entry, node: Node, places: tuple[Place, ...], topics: tuple[str, ...], found_in: tuple[Place, ...]
) -> Hit:
    """An item as a result. Passages are shown and marked from the places that were looked at."""
    item, meeting, committee = entry.item, entry.meeting, entry.committee
    passages = [passage for passage in passages_of(entry) if passage.place in places]
    return Hit(
        id=item.id,
        title=item.title,
        number=item.number,
        source_url=item.source_url or (meeting.source_url if meeting else ""),
        borough_slug=entry.borough.slug,
        borough_name=entry.borough.name,
        committee_id=committee.id if committee else meeting.committee if meeting else None,
        committee_name=committee.name if committee else None,
        meeting_id=meeting.id if meeting else item.meeting,
        meeting_date=meeting.date if meeting else None,
        meeting_status=meeting.status if meeting else "",
        topics=topics,
        found_in=found_in,
        snippets=best_snippets(passages, node),
        documents=tuple(_documents(entry, node, passages)),
    )


def _documents(entry: Entry, node: Node, passages: list[Passage]) -> Iterator[DocumentHit]:
    """Those with hits first; both kinds as they are printed."""
    own = {document.id: [one for one in passages if one.document == document.id] for document in entry.documents}
    shown = [document_hit(document.id, document.title, own[document.id], node) for document in entry.documents]
    yield from (document for document in shown if document.html is not None)
    yield from (document for document in shown if document.html is None)
