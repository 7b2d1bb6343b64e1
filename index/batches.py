"""What of the archive does the index not say yet? Looked at batch by batch, and made into segments as it is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from archive import Archive
from archive.file_texts import texts_of
from archive.page_texts import DocumentText
from archive.records import Entry
from archive.text_lookup import text_digests
from index.entries import ItemFacts, facts_of, files_of
from index.rows import GatheredRows
from index.segments import NewSegment, write_segment
from index.tagging import load_tagging

_ENTRIES = 1_000  # that are held in memory at once, without the texts of their documents
_MOST_WORDS = 6_000_000  # of a segment: what a run that is stopped may have to do again, and what is held in memory


@dataclass(frozen=True, slots=True)
class Batch:
    """Items to look at, and the fingerprints of those that the index holds, by id."""

    ids: tuple[str, ...]
    held: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Looked:
    """A batch has been looked at: these of its items are in the archive."""

    batch: Batch
    there: frozenset[str]


Event = NewSegment | Looked


@dataclass(frozen=True, slots=True)
class Looking:
    """Makes segments from an archive, in a folder of its own."""

    archive: Archive
    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def at(self, batch: Batch) -> Iterator[Event]:
        """Segments of all that the index does not say yet, each when it is written; at last that this is all.

        Raises OutOfSpaceError, and what the archive raises.
        """
        there, rows = set[str](), GatheredRows(self._text_of)
        for entry, facts in self._entries(batch.ids):
            there.add(facts.id)
            if batch.held.get(facts.id) != facts.fingerprint:
                rows.add(entry, facts)
            if rows.words >= _MOST_WORDS:
                yield self._written(rows)
                rows = GatheredRows(self._text_of)
        if rows.items:
            yield self._written(rows)
        yield Looked(batch, frozenset(there))

    def _entries(self, ids: tuple[str, ...]) -> Iterator[tuple[Entry, ItemFacts]]:
        """The items that are in the archive, with their facts. No text of a document is read for that."""
        for start in range(0, len(ids), _ENTRIES):
            entries = self.archive.entries(ids[start : start + _ENTRIES])
            digests = text_digests(self.archive, files_of(entries))
            yield from ((entry, facts_of(entry, digests)) for entry in entries)

    def _text_of(self, sha256: str) -> DocumentText | None:
        return texts_of(self.archive, (sha256,)).get(sha256)

    def _written(self, rows: GatheredRows) -> NewSegment:
        return write_segment(self.folder, str(next(self.numbers)), rows, load_tagging().topics)
