"""The oracle: every question answered by reading through the raw texts, one after the other, with no index at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

from archive.page_texts import DocumentText
from archive.records import PLACES, Entry, Place
from index.results import FACETS, UNKNOWN, FacetName, SearchRequest
from index.standing import is_standing
from index.tokens import Token, stem, tokens
from index.topics import Topic
from index.tree import And, Everything, InPlace, Near, Node, Not, Or, Phrase, Prefix, Widened, Word

Text = list[Token]
Places = Sequence[Place]
# By the identity of the entry, for two corpora may have items of the same names; a scan keeps its entries.
_READ: dict[int, tuple[Entry, Mapping[str, DocumentText]]] = {}


@cache
def texts_of(item: int, place: Place) -> list[Text]:
    """The texts of a place of an item of a scan, each as its words."""
    entry, papers = _READ[item]
    if place == "documents":
        read = [(one, papers[one.id].pages if one.id in papers else ()) for one in entry.documents]
        return [list(tokens(text)) for one, pages in read for text in (one.title, *(page.text for page in pages))]
    if place == "title":
        return [list(tokens(entry.item.title))]
    return [list(tokens("\n".join(block.text for block in getattr(entry.item, place))))]


def answers(entry: Entry, node: Node, places: Places) -> bool:
    """Whether an item answers a query on these places."""
    match node:
        case Everything():
            return True
        case And(nodes):
            return all(answers(entry, one, places) for one in nodes)
        case Or(nodes):
            return any(answers(entry, one, places) for one in nodes)
        case Widened(typed, also):
            return any(answers(entry, one, places) for one in (typed, *also))
        case Not(below):
            return not answers(entry, below, places)
        case InPlace(place, below):
            return answers(entry, below, [one for one in places if one == place])
        case _:
            return any(spans(node, text) for place in places for text in texts_of(id(entry), place))


def spans(node: Node, text: Text) -> list[tuple[int, int]]:
    """Where a leaf or a NEAR stands in a text: the positions of first and last word."""
    match node:
        case Word() | Prefix():
            return [(at, at) for at, token in enumerate(text) if is_word(node, token)]
        case Phrase(words):
            starts = range(len(text) - len(words) + 1)
            return [
                (at, at + len(words) - 1)
                for at in starts
                if [t.text for t in text[at : at + len(words)]] == list(words)
            ]
        case Or() | Widened():
            below = node.nodes if isinstance(node, Or) else (node.typed, *node.also)
            return [span for one in below for span in spans(one, text)]
        case Near(left, right, distance):
            pairs = product(spans(left, text), spans(right, text))
            return [one for one, other in pairs if max(one[0] - other[1], other[0] - one[1]) <= distance]
    raise AssertionError(node)


def is_word(node: Word | Prefix, token: Token) -> bool:
    """Whether a word of a text is one that is meant."""
    if isinstance(node, Prefix):
        return token.text.startswith(node.text)
    same = stem(token.text) == stem(node.text) if node.forms else token.text == node.text
    return same and (token.capitals or not node.capitals)


def found(entry: Entry, node: Node, places: Places) -> bool:
    """Whether an item answers a search that looks at these places: it must have words there too."""
    return _found(id(entry), node, tuple(places))


@lru_cache(maxsize=50_000)  # each facet asks again
def _found(item: int, node: Node, places: Places) -> bool:
    entry, _ = _READ[item]
    return answers(entry, node, places) and any(text for place in places for text in texts_of(item, place))


def values(entry: Entry, facet: FacetName, topics: Sequence[Topic]) -> list[str]:
    """An item's values of a facet, `found_in` aside."""
    meeting = entry.meeting
    if facet == "borough":
        return [entry.borough.slug]
    if facet == "committee":
        return [entry.committee.id if entry.committee else UNKNOWN]
    if facet == "year":
        return [str(meeting.date.year) if meeting and meeting.date else UNKNOWN]
    return [topic.slug for topic in topics if answers(entry, topic.node, PLACES)]


class Scan:
    """All items, to be asked."""

    def __init__(self, entries: Sequence[Entry], papers: Mapping[str, DocumentText], topics: Sequence[Topic]) -> None:
        self.entries, self.papers = entries, papers
        _READ.update({id(entry): (entry, papers) for entry in entries})
        self.of = {
            facet: {e.item.id: values(e, facet, topics) for e in entries} for facet in FACETS if facet != "found_in"
        }

    def text_of(self, sha256: str) -> DocumentText | None:
        """The text of a file."""
        documents = (document for entry in self.entries for document in entry.documents)
        return next((self.papers.get(one.id) for one in documents if one.sha256 == sha256), None)

    def left(self, request: SearchRequest, *aside: str) -> list[Entry]:
        """What the filters leave, those of some facets and `found_in` aside."""
        wanted = {
            "borough": request.boroughs,
            "topic": request.topics,
            "committee": request.committees,
            "year": request.years,
        }
        kept = [entry for entry in self.entries if self._within(entry, request)]
        for facet, chosen in wanted.items():
            if chosen and facet not in aside:
                kept = [entry for entry in kept if any(self._is(entry, facet, value) for value in chosen)]
        return kept

    def total(self, request: SearchRequest, node: Node) -> list[Entry]:
        """The items that answer."""
        return [entry for entry in self.left(request) if found(entry, node, request.found_in or PLACES)]

    def counts(self, request: SearchRequest, node: Node, facet: FacetName) -> dict[str, int]:
        """The counts of a facet that are not zero."""
        if facet == "found_in":
            left = self.left(request)
            return {p: n for p in PLACES if (n := sum(found(entry, node, [p]) for entry in left))}
        hits = [e for e in self.left(request, facet) if found(e, node, request.found_in or PLACES)]
        return dict(Counter(value for entry in hits for value in self.of[facet][entry.item.id]))

    def _is(self, entry: Entry, facet: str, value: str) -> bool:
        held = self.of[facet][entry.item.id]  # type: ignore[index]
        return value in held or (facet == "committee" and value.isdecimal() and held[0].endswith(f"-c{value}"))

    def _within(self, entry: Entry, request: SearchRequest) -> bool:
        if not request.standing and is_standing(entry.item.title):
            return False
        day = entry.meeting.date if entry.meeting else None
        if day is None:
            return request.since is None and request.until is None
        return (request.since is None or day >= request.since) and (request.until is None or day <= request.until)


def in_order(entries: Sequence[Entry], *, newest: bool) -> list[str]:
    """Ids by date; then unknown dates; ties by committee, printed position and id."""

    def key(entry: Entry) -> tuple[bool, int, str, int, str]:
        day = entry.meeting.date if entry.meeting else None
        rank = 0 if day is None else -day.toordinal() if newest else day.toordinal()
        committee = entry.committee.id if entry.committee else "~"
        return (day is None, rank, committee, entry.item.position, entry.item.id)

    return [entry.item.id for entry in sorted(entries, key=key)]
