"""The rows of a commit, gathered item by item: their words, their facts, and the topics of the items."""

from __future__ import annotations

from dataclasses import replace

from archive.records import PLACES, Entry, Place
from index.entries import ItemFacts, Row, RowKind, TextOf, rows_of
from index.facts import OWN_PLACES, SegmentFacts, gathered
from index.gathering import Gathering
from index.tagging import Tagging
from index.tokens import WORD


class GatheredRows:
    """Rows in the order in which they were added."""

    def __init__(self, text_of: TextOf, tagging: Tagging) -> None:
        self._text_of, self._tagging = text_of, tagging
        self.words, self.total_words = Gathering(), 0
        self.kinds: list[RowKind] = []
        self._pages: list[int] = []
        self._words: list[int] = []
        self._own_words: list[list[int]] = []
        self._documents: list[str] = []
        self._items: list[ItemFacts] = []

    def add(self, entry: Entry, facts: ItemFacts) -> None:
        """Add the rows of an item, whose topics are known when the last has been read."""
        topics = self._tagging.begun()
        for row in rows_of(entry, self._text_of):
            counts = dict.fromkeys(PLACES, 0)
            for place, text in row.texts:
                printed = WORD.findall(text)
                if printed:
                    self.words.add(place, len(self.kinds), printed)
                    topics.read(place, printed)
                counts[place] = len(printed)
            self._count(row, counts)
        self._items.append(replace(facts, topics=topics.slugs()))

    def facts(self) -> SegmentFacts:
        """All that the rows say beside their words."""
        return gathered(self.kinds, self._pages, self._words, self._own_words, self._documents, self._items)

    def _count(self, row: Row, counts: dict[Place, int]) -> None:
        self.kinds.append(row.kind)
        self._pages.append(row.page or 0)
        self._words.append(counts["documents"])
        if row.kind == RowKind.ITEM:
            self._own_words.append([counts[place] for place in OWN_PLACES])
        elif row.kind == RowKind.DOCUMENT:
            self._documents.append(row.document or "")
        self.total_words += sum(counts.values())
