"""What a result shows of an item: read from the archive, for the few items of a page alone.

Of each document with hits one page is read, and of that what stands around its best hit: papers may have thousands of
pages, and a page may be as long as a book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from archive import Archive
from archive.records import Document, Entry, Place
from archive.text_lookup import single_pages
from index.entries import passages_of
from index.marking import mark
from index.matching import Matcher, Passage
from index.pages import BestPage
from index.results import DocumentHit, Hit
from index.snippets import WIDTH, best_snippets, document_hit
from index.tokens import WORD
from index.tree import Near, Node

Pages = Mapping[tuple[str, str], "ShownPage"]

_NO_PAGES: Pages = {}
_REACH = 3 * WIDTH  # characters that are looked at on either side of a hit: no snippet reaches their ends
_CHARACTERS_OF_A_WORD = 8
_MOST_WORDS = 300_000  # that are passed over for all pages of one answer
_WORDS_OF_READING = 500  # that reading a page costs as much as passing over


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page that a result shows of a document; without a passage where reading them all would cost too much."""

    number: int
    passage: Passage | None


def read_pages(archive: Archive, entries: Sequence[Entry], best: Iterable[BestPage], node: Node) -> Pages:
    """The pages to show, by item and document, as far as a bounded effort goes: the first items come first."""
    found = {(one.item, one.document): one for one in best}
    files = {
        (entry.item.id, document.id): document.sha256
        for entry in entries
        for document in entry.documents
        if (entry.item.id, document.id) in found
    }
    shown = {key: ShownPage(found[key].page, None) for key in files}
    affordable = list(_affordable(found[key] for key in files))
    wanted: dict[str, set[int]] = {}
    for one in affordable:
        wanted.setdefault(files[one.item, one.document], set()).add(one.page)
    texts, reach = single_pages(archive, wanted), _reach(node)
    for one in affordable:
        key = one.item, one.document
        text = texts.get((files[key], one.page))
        if text is None:  # read anew, with fewer pages, and not indexed since
            del shown[key]
        else:
            shown[key] = ShownPage(one.page, _around(one, text, reach))
    return shown


def hit_of(
    entry: Entry,
    node: Node,
    places: tuple[Place, ...],
    topics: tuple[str, ...],
    found_in: tuple[Place, ...],
    pages: Pages = _NO_PAGES,
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
        documents=documents_of(entry, node, places, pages),
    )


def documents_of(entry: Entry, node: Node, places: tuple[Place, ...], pages: Pages) -> tuple[DocumentHit, ...]:
    """An item's documents, those with hits first; both kinds as they are printed."""
    titles = {one.document: one for one in passages_of(entry) if one.document is not None and one.place in places}
    shown = [
        _document(document, titles.get(document.id), pages.get((entry.item.id, document.id)), node)
        for document in entry.documents
    ]
    return tuple(sorted(shown, key=lambda document: document.html is None))


def _document(document: Document, title: Passage | None, page: ShownPage | None, node: Node) -> DocumentHit:
    if page is not None and page.passage is None:
        return DocumentHit(id=document.id, title=document.title, page=page.number, html=mark(document.title, ()))
    passages = [title] if title else []
    if page is not None and page.passage is not None:
        passages.append(page.passage)
    return document_hit(document.id, document.title, passages, node)


def _affordable(best: Iterable[BestPage]) -> Iterator[BestPage]:
    left = _MOST_WORDS
    for one in best:
        left -= one.word + _WORDS_OF_READING
        if left >= 0:
            yield one


def _reach(node: Node) -> int:
    """Wide enough for both sides of a NEAR to be seen."""
    distances = [found.distance for _, found in Matcher(node).marks if isinstance(found, Near)]
    return _REACH + _CHARACTERS_OF_A_WORD * max(distances, default=0)


def _around(best: BestPage, text: str, reach: int) -> Passage:
    """What of a page stands around the word where the best of it begins, in whole words."""
    word = next(islice(WORD.finditer(text), best.word, None), None)
    start, end = word.span() if word else (0, 0)  # a page that now says something else is looked at from its beginning
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    if len(before) == reach:
        before = before[before.find(" ") :] if " " in before else ""
    if len(after) == reach:
        after = after[: after.rfind(" ") + 1]
    within = start - len(before), end + len(after)
    return Passage("documents", text, best.document, best.page, start, within)
