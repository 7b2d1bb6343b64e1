"""Writing one generation: items added, replaced and removed in batches, and segments merged within bounds.

Whoosh commits are whole or not at all, and its lock is freed by the kernel (hazards M6), so a stop at any moment
leaves the last commit. Merging is left to the end: a process stopped more often than it merges would never get on
(hazards M7).
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import NO_MERGE, SegmentWriter

from archive.errors import OutOfSpaceError
from archive.records import PLACES, Entry
from index.codec import ArchiveCodec
from index.entries import ItemFacts, Row, facts_of, rows_of
from index.schema import WordPositions, count_words, make_schema, positions_of

Tagger = Callable[[tuple[Row, ...]], tuple[str, ...]]
MergePolicy = Callable[[SegmentWriter, list[Segment]], list[Segment]]

_POOL_MB = 256
_MOST_SEGMENTS = 8
_MOST_REMOVED = 1 / 3  # of a segment's rows, before it is written anew
_NUMBERS = struct.Struct(f"<{1 + len(PLACES)}I")


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch did."""

    added: int
    removed: int


def make_empty(generation: Path) -> None:
    """Make the empty index of a new generation."""
    FileIndex.create(FileStorage(str(generation)), make_schema())


def write_batch(
    generation: Path, ids: Sequence[str], entries: Iterable[Entry], known: dict[str, str], topics_of: Tagger
) -> Written:
    """Make the index say of these items what the archive says; `known` are the fingerprints of what it says now.

    Items without an entry are removed, unchanged ones left alone. Nothing is committed where nothing is to do.
    """
    read = [(facts_of(entry, rows), rows) for entry, rows in ((entry, rows_of(entry)) for entry in entries)]
    there = {facts.id for facts, _ in read}
    gone = [one for one in ids if one in known and one not in there]
    new = [(facts, rows) for facts, rows in read if known.get(facts.id) != facts.fingerprint]
    if new or gone:
        with _writer(generation, NO_MERGE) as writer:
            for one in (*gone, *(facts.id for facts, _ in new if facts.id in known)):
                writer.delete_by_term("item", one)
            for facts, rows in new:
                _add(writer, replace(facts, topics=topics_of(rows)), rows)
    return Written(len(new), len(gone))


def merge_segments(generation: Path) -> None:
    """Write the smallest segments, and those that are largely removed, into one, where there are too many."""
    segments = _open(generation).reader().segments() or []
    if _to_merge(segments):
        with _writer(generation, _merge):
            pass


def _add(writer: SegmentWriter, facts: ItemFacts, rows: tuple[Row, ...]) -> None:
    for row in rows:
        words: dict[str, WordPositions] = {place: positions_of(text) for place, text in row.texts}
        counts = [count_words(words[place]) if place in words else 0 for place in PLACES]
        writer.add_document(
            item=facts.id,
            numbers=_NUMBERS.pack(row.kind, *counts),
            facts=facts.packed() if row.document is None else row.document.encode(),
            **words,
        )


def _to_merge(segments: Sequence[Segment]) -> list[Segment]:
    worn = [one for one in segments if one.deleted_count() > _MOST_REMOVED * one.doc_count_all()]
    sound = sorted((one for one in segments if one not in worn), key=lambda one: one.doc_count_all())
    if len(sound) > _MOST_SEGMENTS:
        worn += sound[: -_MOST_SEGMENTS // 2]
    return worn


def _merge(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    merged = _to_merge(segments)
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [one for one in segments if one not in merged]


def _open(generation: Path) -> FileIndex:
    return FileIndex(FileStorage(str(generation)), make_schema())


@contextmanager
def _writer(generation: Path, policy: MergePolicy) -> Iterator[SegmentWriter]:
    """A writer that commits at the end, or takes everything back. Raises OutOfSpaceError on a full disk."""
    writer = SegmentWriter(_open(generation), codec=ArchiveCodec(), limitmb=_POOL_MB)
    try:
        yield writer
        writer.commit(mergetype=policy)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutOfSpaceError(
                f"The disk is full: {generation} could not be written. Make room and try again."
            ) from error
        raise
    finally:
        if not writer.is_closed:
            writer.cancel()
