"""Which passages does a result show? Those that say most of what was asked in few words, with the words marked.

A passage's worth is the words of the query it holds that no passage before it has shown; a word that is everywhere
in the item is worth little. Texts are plain strings, one block a line: a snippet keeps within a block of an item's own
texts; lines of a document's page are only where its print was broken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.records import Place
from index.marking import mark, shifted
from index.matching import Matcher, Passage, ReadPassage, Span
from index.results import DocumentHit, Snippet
from index.sentences import Cut, cut_around, sentences, told
from index.tree import Node

WIDTH = 260
_BY_WEIGHT: tuple[Place, ...] = ("decision", "minutes", "agenda", "title", "documents")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BORDERS = re.compile(r"(?:^|(?<=\s))\|(?:\s+\|)*(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A part of a passage with what it shows: its spans, and which of the query's leaves they belong to."""

    passage: Passage
    cut: Cut
    spans: tuple[Span, ...]
    leaves: frozenset[int]

    def html(self) -> str:
        text = re.sub(r"\s", " ", self.passage.text[self.cut.start : self.cut.end])
        html = mark(text, shifted(self.spans, self.cut.start, self.cut.end))
        return self.cut.framed(html if self.is_title else _in_a_line(html))

    @property
    def is_title(self) -> bool:
        return self.passage.place == "title" or (self.passage.place == "documents" and self.passage.page is None)

    def overlaps(self, other: _Candidate) -> bool:
        return self.passage is other.passage and self.cut.start < other.cut.end and other.cut.start < self.cut.end


def best_snippets(
    passages: Sequence[Passage], node: Node, *, limit: int = 3, width: int = WIDTH
) -> tuple[Snippet, ...]:
    """The best passages of an item's own texts, best first; its beginning where nothing in them is to be marked.

    Passages of documents are left out: `document_hit` shows these.
    """
    own = [passage for passage in passages if passage.place != "documents"]
    candidates, worth = _candidates(own, Matcher(node), width)
    chosen = _chosen(candidates, worth, limit)
    snippets = [Snippet(candidate.passage.place, candidate.html()) for candidate in chosen]
    if all(snippet.where == "title" for snippet in snippets):
        snippets += _lead(own, width)
    return tuple(snippets[:limit])


def document_hit(
    document: str, title: str, passages: Sequence[Passage], node: Node, *, width: int = WIDTH
) -> DocumentHit:
    """A document as a result lists it: its best page, or its title marked, or neither.

    `passages` are its own: its title (no page) and its pages.
    """
    candidates, worth = _candidates(passages, Matcher(node), width)
    pages = [candidate for candidate in candidates if candidate.passage.page is not None]
    for best in _chosen(pages or candidates, worth, 1):
        return DocumentHit(id=document, title=title, page=best.passage.page, html=best.html())
    return DocumentHit(id=document, title=title)


def _candidates(
    passages: Sequence[Passage], matcher: Matcher, width: int
) -> tuple[list[_Candidate], Mapping[int, float]]:
    """The parts that could be shown, and what each of the query's leaves is worth: less, the more often it occurs."""
    found: list[_Candidate] = []
    counts: dict[int, int] = {}
    asked = frozenset[Place]().union(*(places for places, _ in matcher.marks))
    for passage in passages:
        if passage.place not in asked:
            continue
        marked = matcher.spans_by_mark(ReadPassage(passage))
        hits = sorted((span, leaf) for leaf, spans in enumerate(marked) for span in spans)
        for _, leaf in hits:
            counts[leaf] = counts.get(leaf, 0) + 1
        found += _parts(passage, hits, width)
    return found, {leaf: count**-0.5 for leaf, count in counts.items()}


def _parts(passage: Passage, hits: Sequence[tuple[Span, int]], width: int) -> Iterator[_Candidate]:
    """One part around each hit that is not within the part before it."""
    shown_to = 0
    stretch, parts = (0, 0), list[Span]()
    for span, _ in hits:
        if span[1] <= shown_to or span[0] < passage.hit:
            continue
        if span[0] >= stretch[1]:
            stretch = _stretch(passage, span[0])
            parts = sentences(passage.text, *stretch)
        cut = told(passage.text, cut_around(passage.text, parts, span, width))
        first = bisect_left(hits, cut.start, key=lambda hit: hit[0][0])
        last = bisect_left(hits, cut.end, key=lambda hit: hit[0][0])
        inside = hits[first:last]
        yield _Candidate(passage, cut, tuple(hit for hit, _ in inside), frozenset(leaf for _, leaf in inside))
        shown_to = cut.end


def _stretch(passage: Passage, at: int) -> Span:
    """What a snippet keeps within: the block of an item's text, all that is looked at of a document's page."""
    if passage.place == "documents":
        return passage.part
    end = passage.text.find("\n", at)
    return passage.text.rfind("\n", 0, at) + 1, end if end >= 0 else len(passage.text)


def _chosen(candidates: Sequence[_Candidate], worth: Mapping[int, float], limit: int) -> list[_Candidate]:
    """The best one, then what shows most that it does not, and so on; then places not shown yet."""
    chosen: list[_Candidate] = []
    left = list(candidates)
    while left and len(chosen) < limit:
        shown = frozenset[int]().union(*(one.leaves for one in chosen))
        places = {one.passage.place for one in chosen}

        def merit(one: _Candidate, shown: frozenset[int] = shown, places: set[Place] = places) -> tuple[float, ...]:
            new = sum(worth[leaf] for leaf in one.leaves - shown)
            rank = _BY_WEIGHT.index(one.passage.place)
            everything = sum(worth[leaf] for leaf in one.leaves)
            return (one.passage.place != "title", new, one.passage.place not in places, everything, -rank)

        best = max(left, key=merit)
        chosen.append(best)
        left = [one for one in left if not one.overlaps(best)]
    return chosen


def _lead(passages: Sequence[Passage], width: int) -> list[Snippet]:
    """The first sentences of the decision, else of the minutes, else of the agenda, unmarked."""
    texts = {passage.place: passage for passage in reversed(passages) if passage.text.strip()}
    first = next((texts[place] for place in ("decision", "minutes", "agenda") if place in texts), None)
    if first is None:
        return []
    whole = first.text.strip()
    beginning = Passage(first.place, whole[: 20 * width])
    parts = [part for line in _LINE.finditer(beginning.text) for part in sentences(beginning.text, *line.span())]
    cut = told(whole, cut_around(beginning.text, parts, (0, 0), width), to_the_end=True)
    return [Snippet(first.place, _Candidate(beginning, cut, (), frozenset()).html())]


def _in_a_line(html: str) -> str:
    """A table's rows as they read in a sentence: dots for the borders between cells, empty cells left out."""
    return _BORDERS.sub("· ", html).removeprefix("· ").removesuffix(" · ")
