"""One state of the index, opened for reading: its words, its columns, and what it was made with.

Searches share it. It is closed when a newer one has taken its place and the last search on it has ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Self

import numpy as np
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from index.columns import Items, SegmentColumns, join_segments, read_segment
from index.generations import Marker, read_marker
from index.postings import IndexDamagedError, Postings
from index.ranking import Scores, place_weights
from index.schema import make_schema
from index.storage import ClosingStorage


class Snapshot:
    """An open state of the index."""

    def __init__(self, reader: IndexReader, marker: Marker, earlier: Snapshot | None, cache_bytes: int) -> None:
        self.marker = marker
        self._reader = reader
        self.segments: dict[str, SegmentColumns] = _columns(reader, earlier.segments if earlier else {})
        alive = np.ones(reader.doc_count_all(), np.bool_)
        for leaf, base in reader.leaf_readers():
            segment = leaf.segment()
            if segment is not None:
                alive[np.fromiter(segment.deleted_docs(), np.int64) + base] = False
        self.items: Items = join_segments(tuple(self.segments.values()), alive)
        self.postings = Postings(reader, alive, cache_bytes)
        self._lock, self._searches, self._retired = Lock(), 0, False

    @classmethod
    def open(cls, generation: Path, earlier: Snapshot | None = None, cache_bytes: int = 1 << 27) -> Self:
        """The newest commit of this generation. Raises IndexDamagedError; OSError where the disk does not answer.

        `earlier` lends what it has read of segments that both hold.
        """
        marker = read_marker(generation)
        if marker is None:
            raise IndexDamagedError("its marker cannot be read")
        storage = ClosingStorage(str(generation), readonly=True)
        try:
            reader = FileIndex(storage, make_schema()).reader()
            return cls(reader, marker, earlier, cache_bytes)
        except Exception as error:  # Whoosh meets damage with errors of every kind
            storage.close_what_was_left()
            if isinstance(error, FileNotFoundError):
                raise IndexDamagedError(f"{Path(error.filename or generation).name} is missing") from error
            if isinstance(error, OSError | MemoryError | IndexDamagedError):
                raise
            raise IndexDamagedError(repr(error)) from error

    @cached_property
    def weights(self) -> Scores:
        """What one occurrence counts for in the ranking, items x places."""
        return place_weights(self.items)

    @contextmanager
    def in_use(self) -> Iterator[Self]:
        """Keep it open for the length of a search."""
        with self._lock:
            self._searches += 1
        try:
            yield self
        finally:
            with self._lock:
                self._searches -= 1
            self._close_if_done()

    def retire(self) -> None:
        """It is no longer needed, once the searches on it have ended."""
        self._retired = True
        self._close_if_done()

    def _close_if_done(self) -> None:
        with self._lock:
            if not self._retired or self._searches:
                return
            self._retired = False
        self.postings.close()
        self._reader.close()


def _columns(reader: IndexReader, known: dict[str, SegmentColumns]) -> dict[str, SegmentColumns]:
    """Each segment's columns by its name, in the order of their rows."""
    found: dict[str, SegmentColumns] = {}
    for leaf, _ in reader.leaf_readers():
        segment = leaf.segment()
        if segment is not None:
            name = segment.segment_id()
            found[name] = known.get(name) or read_segment(leaf)
    return found
