"""The rows of a segment, gathered item by item: their words, and their facts beside the topics of the items.

Which topics an item has is asked of the words when they are written (`index.segments`).
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.records import Entry
from index.entries import ItemFacts, Row, RowKind, TextOf, rows_of
from index.facts import OWN_PLACES, SegmentFacts, gathered
from index.gathering import Gathering
from index.words import Runs


class GatheredRows:
    """Rows in the order in which they were added."""

    def __init__(self, text_of: TextOf) -> None:
        self._text_of = text_of
        self._words = Gathering()
        self._kinds: list[RowKind] = []
        self._pages: list[int] = []
        self._documents: list[str] = []
        self._items: list[ItemFacts] = []

    @property
    def items(self) -> int:
        """How many items have been added."""
        return len(self._items)

    @property
    def words(self) -> int:
        """About how many words have been added."""
        return self._words.chunks

    def add(self, entry: Entry, facts: ItemFacts) -> None:
        """Add the rows of an item."""
        for row in rows_of(entry, self._text_of):
            for place, text in row.texts:
                self._words.add(place, len(self._kinds), text)
            self._count(row)
        self._items.append(facts)

    def finished(self) -> tuple[Iterator[Runs], SegmentFacts]:
        """The words of each place, and all that the rows say beside their words and topics."""
        words, rows = self._words.finished(), len(self._kinds)
        own = [number for number, kind in enumerate(self._kinds) if kind == RowKind.ITEM]
        facts = gathered(
            self._kinds,
            self._pages,
            words.lengths("documents", rows),
            [words.lengths(place, rows)[own] for place in OWN_PLACES],
            self._documents,
            self._items,
        )
        return words.places(), facts

    def _count(self, row: Row) -> None:
        self._kinds.append(row.kind)
        self._pages.append(row.page or 0)
        if row.kind == RowKind.DOCUMENT:
            self._documents.append(row.document or "")
