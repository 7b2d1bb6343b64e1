"""What any engine has to be told of an archive: every item with its texts, its facts and its topics, batch by batch.

Reading the records is the same work whatever indexes them afterwards, and is measured by itself
(`timing.build_figures`), so that what is left can be compared. Which topics an item has is no other engine's work: they
are given the answers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive import Archive, read_settings
from index import update_index
from index.entries import ItemFacts, Row, facts_of, rows_of
from index.generations import current_generation, index_folder
from index.snapshot import Snapshot
from tests.bench.progress import Progress

BATCH_ITEMS = 2_500


@dataclass(frozen=True, slots=True)
class Tagged:
    """An item: its facts, the slugs of its topics, and its rows of texts."""

    facts: ItemFacts
    topics: tuple[str, ...]
    rows: tuple[Row, ...]


def read_tagged(archive: Archive, progress: Progress) -> Iterator[tuple[Tagged, ...]]:
    """Every item of the archive."""
    topics, ids = topics_of_all(archive.folder), archive.item_ids()
    for start in range(0, len(ids), BATCH_ITEMS):
        entries = archive.entries(ids[start : start + BATCH_ITEMS])
        yield tuple(Tagged(facts_of(entry, {}), topics[entry.item.id], tuple(rows_of(entry))) for entry in entries)
        progress(min(start + BATCH_ITEMS, len(ids)), len(ids))


@cache
def topics_of_all(archive: Path) -> Mapping[str, tuple[str, ...]]:
    """The topics of every item of the archive in this folder, by this index, which is made for that and thrown away."""
    with tempfile.TemporaryDirectory(prefix="topics-") as name, Archive.open(archive) as opened:
        update_index(opened, Path(name), read_settings({}))
        generation = current_generation(index_folder(Path(name)))
        assert generation is not None
        items = Snapshot.open(generation).items
        return {one: items.topics_of(number) for number, one in enumerate(items.ids)}
