# mypy: disallow-untyped-calls=False
# (Whoosh's writer has no types.)

"""Writing one commit of the index: rows go, a segment that was made for it comes, or several become one.

Whoosh locks, commits, and takes away what no commit names; ours is the codec (`index.codec`), what a segment says, and
when segments are merged. A reader sees a whole commit or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from index.codec import FACTS_EXT, WORDS_EXT, ArchiveCodec, path_of
from index.facts import SegmentFacts, joined
from index.merging import merged_places, parts_of
from index.merging_policy import worth_merging
from index.schema import make_schema
from index.segments import NewSegment, naming_a_full_disk
from index.storage import NAME, open_segments
from index.words import Runs


def make_empty(generation: Path) -> None:
    """Make the empty index of a new generation."""
    FileIndex.create(FileStorage(str(generation)), make_schema())


def commit(generation: Path, gone: Iterable[range], new: NewSegment | None = None) -> None:
    """Remove these rows, which count through the segments in their order, and add a segment, whose files are moved."""
    with _committing(generation) as writer:
        writer.remove(gone)
        if new is not None:
            writer.take(new)


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
        self._new: NewSegment | None = None
        self._kept: list[Segment] | None = None

    def remove(self, items: Iterable[range]) -> None:
        """Remove these rows. (Whoosh's own way, by a term, would first copy the whole index into memory.)"""
        for row in chain.from_iterable(items):
            self.delete_document(row)

    def take(self, new: NewSegment) -> None:
        """Let the new segment be this one."""
        self._new, self.docnum, self._added = new, new.rows, True

    def merge_some(self) -> None:
        """Let the new segment be made of old ones."""
        merged = {one.segment_id() for one in worth_merging(self.segments)}
        opened = [one for one in open_segments(self._generation) if one.name in merged]
        facts = joined([one.files.facts for one in opened], [one.alive for one in opened])
        if len(facts.kinds):
            words = parts_of([one.files.words for one in opened], [one.alive for one in opened])
            self._write(merged_places(words), facts)
        self._kept = [one for one in self.segments if one.segment_id() not in merged]

    def _write(self, words: Iterator[Runs], facts: SegmentFacts) -> None:
        self.fieldwriter.write(words)
        self.perdocwriter.facts, self.docnum, self._added = facts, len(facts.kinds), True

    def _flush_segment(self) -> None:
        """Put the files in their place. (Whoosh would ask its pool of postings.)"""
        self.perdocwriter.close()
        self.fieldwriter.close()
        if self._new is not None:
            for made, extension in ((self._new.words, WORDS_EXT), (self._new.facts, FACTS_EXT)):
                made.replace(path_of(self.storage, self.newsegment, extension))

    def kept(self, _: SegmentWriter, segments: list[Segment]) -> list[Segment]:
        """The old segments that stay. (Whoosh asks for a merging policy.)"""
        return segments if self._kept is None else self._kept


@contextmanager
def _committing(generation: Path) -> Iterator[ArchiveWriter]:
    """A writer that commits at the end, or takes everything back. Raises OutOfSpaceError on a full disk."""
    with naming_a_full_disk(generation):
        writer = ArchiveWriter(generation)
        try:
            yield writer
            writer.commit(mergetype=writer.kept)
        finally:
            if not writer.is_closed:
                writer.cancel()
