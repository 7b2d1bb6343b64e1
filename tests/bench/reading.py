"""What any engine has to be told of an archive: every item with its texts, its facts and its topics, batch by batch.

Reading the records and finding their topics is the same work whatever indexes them afterwards, and is measured by
itself (`timing.build_figures`), so that what is left can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive import Archive
from index.entries import ItemFacts, Row, facts_of, rows_of
from index.tagging import load_tagging
from tests.bench.progress import Progress

BATCH_ITEMS = 2_500


@dataclass(frozen=True, slots=True)
class Tagged:
    """An item: its facts with its topics, and its rows of texts."""

    facts: ItemFacts
    rows: tuple[Row, ...]


def read_tagged(archive: Archive, progress: Progress) -> Iterator[tuple[Tagged, ...]]:
    """Every item of the archive."""
    tagging, ids = load_tagging(), archive.item_ids()
    for start in range(0, len(ids), BATCH_ITEMS):
        read = ((entry, tuple(rows_of(entry))) for entry in archive.entries(ids[start : start + BATCH_ITEMS]))
        yield tuple(Tagged(replace(facts_of(entry, {}), topics=tagging.topics_of(rows)), rows) for entry, rows in read)
        progress(min(start + BATCH_ITEMS, len(ids)), len(ids))
