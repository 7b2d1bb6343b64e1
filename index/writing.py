# mypy: disallow-untyped-calls=False
# (What these classes inherit of Whoosh has no types.)

"""Writing one generation: items added, replaced and removed in batches, and segments merged within bounds.

Whoosh commits are whole or not at all, and its lock is freed by the kernel (hazards M6), so a stop at any moment
leaves the last commit. Merging is left to the end: a process stopped more often than it merges would never get on
(hazards M7).
"""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from archive.errors import OutOfSpaceError
from archive.records import Entry
from index.codec import ArchiveCodec
from index.entries import ItemFacts, TextOf
from index.facts import SegmentFacts, joined
from index.merging import merged_places, parts_of
from index.merging_policy import worth_merging
from index.rows import GatheredRows
from index.schema import make_schema
from index.storage import NAME, open_segments
from index.tagging import Tagging
from index.words import Runs

_MOST_WORDS = 4_000_000  # of a commit: what a run that is stopped may have to do again, and what is held in memory


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to write; `replaces` are the rows that it has now, with other words."""

    facts: ItemFacts
    entry: Entry
    replaces: range


def make_empty(generation: Path) -> None:
    """Make the empty index of a new generation."""
    FileIndex.create(FileStorage(str(generation)), make_schema())


def write_batch(
    generation: Path, gone: Iterable[range], new: deque[NewItem], text_of: TextOf, tagging: Tagging
) -> None:
    """Remove the rows of items that are gone and write new ones, all of them or as many as one commit should hold.

    What is written is taken from `new`. Rows count through the segments in their order.
    """
    with _committing(generation) as writer:
        writer.remove(gone)
        rows = GatheredRows(text_of, tagging)
        while new and rows.total_words < _MOST_WORDS:
            item = new.popleft()
            writer.remove((item.replaces,))
            rows.add(item.entry, item.facts)
        if rows.kinds:
            writer.take(rows.words.places(), rows.facts())


def merge_segments(generation: Path) -> None:
    """Write the smallest segments, and those that are largely removed, into one, where there are too many."""
    if worth_merging(TOC.read(FileStorage(str(generation)), NAME, schema=make_schema()).segments):
        with _committing(generation) as writer:
            writer.merge_some()


class ArchiveWriter(SegmentWriter):
    """Whoosh's writer of a commit: it locks, renames and tidies up; what it writes down comes as arrays."""

    def __init__(self, generation: Path) -> None:
        index = FileIndex(FileStorage(str(generation)), make_schema())
        super().__init__(index, codec=ArchiveCodec(), compound=False)
        self._generation = generation
        self._kept: list[Segment] | None = None

    def remove(self, items: Iterable[range]) -> None:
        """Remove these rows. (Whoosh's own way, by a term, would first copy the whole index into memory.)"""
        for row in chain.from_iterable(items):
            self.delete_document(row)

    def take(self, words: Iterator[Runs], facts: SegmentFacts) -> None:
        """What the new segment is to hold."""
        self._words, self.perdocwriter.facts, self.docnum = words, facts, len(facts.kinds)
        self._added = True

    def merge_some(self) -> None:
        """Let the new segment be made of old ones."""
        merged = {one.segment_id() for one in worth_merging(self.segments)}
        opened = [one for one in open_segments(self._generation) if one.name in merged]
        facts = joined([one.files.facts for one in opened], [one.alive for one in opened])
        if len(facts.kinds):
            words = parts_of([one.files.words for one in opened], [one.alive for one in opened])
            self.take(merged_places(words), facts)
        self._kept = [one for one in self.segments if one.segment_id() not in merged]

    def _flush_segment(self) -> None:
        """Write everything. (Whoosh would ask its pool of postings.)"""
        self.perdocwriter.close()
        self.fieldwriter.write(self._words)
        self.fieldwriter.close()

    def kept(self, _: SegmentWriter, segments: list[Segment]) -> list[Segment]:
        """The old segments that stay. (Whoosh asks for a merging policy.)"""
        return segments if self._kept is None else self._kept


@contextmanager
def _committing(generation: Path) -> Iterator[ArchiveWriter]:
    """A writer that commits at the end, or takes everything back. Raises OutOfSpaceError on a full disk."""
    writer = ArchiveWriter(generation)
    try:
        yield writer
        writer.commit(mergetype=writer.kept)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutOfSpaceError(
                f"The disk is full: {generation} could not be written. Make room and try again."
            ) from error
        raise
    finally:
        if not writer.is_closed:
            writer.cancel()
