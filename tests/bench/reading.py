"""What any engine has to be told of an archive: every item with its texts, its facts and its topics, batch by batch.

Reading the records is the same work whatever indexes them afterwards, and is measured by itself (`building.py`), so
that what is left can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.file_texts import texts_of
from archive.records import PLACES, Place
from index.entries import ItemFacts, Row, facts_of, files_of, rows_of
from tests.bench.engines import Given
from tests.bench.progress import Progress
from tests.bench.queries import WITHIN

_BATCH_ITEMS = 1_000


@dataclass(frozen=True, slots=True)
class Tagged:
    """An item: its facts, the slugs of its topics, and its rows of texts."""

    facts: ItemFacts
    topics: tuple[str, ...]
    rows: tuple[Row, ...]

    def joined(self, sign: str) -> dict[str, str]:
        """One text a place, for engines that keep an item in one row.

        Between the texts of a place (titles of documents, their pages) the sign, a word of its own, stands so often
        that neither a phrase nor NEAR reaches over it.
        """
        texts: dict[Place, list[str]] = {place: [] for place in PLACES}
        for place, text in (one for row in self.rows for one in row.texts):
            texts[place].append(text)
        bound = f" {' '.join([sign] * WITHIN)} "
        return {place: bound.join(some) for place, some in texts.items()}


def read_tagged(given: Given, progress: Progress) -> Iterator[tuple[Tagged, ...]]:
    """Every item of the archive."""
    archive, ids = given.archive, given.archive.item_ids()
    for start in range(0, len(ids), _BATCH_ITEMS):
        entries = archive.entries(ids[start : start + _BATCH_ITEMS])
        texts = texts_of(archive, files_of(entries))
        yield tuple(
            Tagged(facts_of(entry, {}), given.topics.get(entry.item.id, ()), tuple(rows_of(entry, texts.get)))
            for entry in entries
        )
        progress(min(start + _BATCH_ITEMS, len(ids)), len(ids))
