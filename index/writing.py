"""Writing one generation: items added, replaced and removed in batches, and segments merged within bounds.

Whoosh commits are whole or not at all, and its lock is freed by the kernel (hazards M6), so a stop at any moment
leaves the last commit. Merging is left to the end: a process stopped more often than it merges would never get on
(hazards M7).
"""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import NO_MERGE, SegmentWriter

from archive.errors import OutOfSpaceError
from archive.records import PLACES, Entry
from index.codec import ArchiveCodec
from index.entries import ItemFacts, Row, RowKind, TextOf, rows_of
from index.schema import NUMBERS, make_schema
from index.tagging import ItemTopics, Tagging
from index.tokens import WORD, positions_of

MergePolicy = Callable[[SegmentWriter, list[Segment]], list[Segment]]

_POOL_MB = 256
_MOST_SEGMENTS = 8
_MOST_REMOVED = 1 / 3  # of a segment's rows, before it is written anew
_MOST_WORDS = 10_000_000  # of a commit: what a run that is stopped may have to do again


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
    words = 0
    with _writer(generation, NO_MERGE) as writer:
        _remove(writer, gone)
        while new and words < _MOST_WORDS:
            item = new.popleft()
            _remove(writer, (item.replaces,))
            words += _add(writer, item, text_of, tagging.begun())


def merge_segments(generation: Path) -> None:
    """Write the smallest segments, and those that are largely removed, into one, where there are too many."""
    if _to_merge(TOC.read(FileStorage(str(generation)), "MAIN", schema=make_schema()).segments):
        with _writer(generation, _merge):
            pass


def _remove(writer: SegmentWriter, items: Iterable[range]) -> None:
    """Remove these rows. (Whoosh's own way, by a term, would first copy the whole index into memory.)"""
    for row in chain.from_iterable(items):
        writer.delete_document(row)


def _add(writer: SegmentWriter, item: NewItem, text_of: TextOf, topics: ItemTopics) -> int:
    """Write the rows of an item, and say how many words they have."""
    total = 0
    for row in rows_of(item.entry, text_of):
        printed = {place: WORD.findall(text) for place, text in row.texts}
        words = {place: positions_of(some) for place, some in printed.items()}
        for place, positions in words.items():
            topics.read(place, positions)
        counts = [len(printed.get(place, ())) for place in PLACES]
        writer.add_document(
            item=item.facts.id,
            numbers=NUMBERS.pack(row.kind, row.page or 0, *counts),
            facts=_facts_in(row, item, topics),
            **words,
        )
        total += sum(counts)
    return total


def _facts_in(row: Row, item: NewItem, topics: ItemTopics) -> bytes:
    match row.kind:
        case RowKind.ITEM:  # the last row: all has been read
            return replace(item.facts, topics=topics.slugs()).packed()
        case RowKind.DOCUMENT:
            return (row.document or "").encode()
        case RowKind.PAGE:
            return b""


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


@contextmanager
def _writer(generation: Path, policy: MergePolicy) -> Iterator[SegmentWriter]:
    """A writer that commits at the end, or takes everything back. Raises OutOfSpaceError on a full disk."""
    writer = SegmentWriter(
        FileIndex(FileStorage(str(generation)), make_schema()), codec=ArchiveCodec(), limitmb=_POOL_MB
    )
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
