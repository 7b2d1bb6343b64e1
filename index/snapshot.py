"""One state of the index, opened for reading: its words, its columns, and what it was made with.

Searches share it. It is closed when a newer one has taken its place and the last search on it has ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from threading import Lock
from typing import Self

import numpy as np

from index.columns import Items, SegmentColumns, join_segments, read_segment
from index.generations import Marker, read_marker
from index.postings import IndexDamagedError, Postings
from index.ranking import Weights, weights_of
from index.storage import OpenSegment, open_segments


class Snapshot:
    """An open state of the index."""

    def __init__(
        self, segments: tuple[OpenSegment, ...], marker: Marker, earlier: Snapshot | None, cache_bytes: int
    ) -> None:
        self.marker = marker
        self._segments = segments
        known = earlier.columns if earlier else {}
        self.columns: dict[str, SegmentColumns] = {
            one.name: known.get(one.name) or read_segment(one) for one in segments
        }
        alive = np.ones(sum(one.rows for one in segments), np.bool_)
        for one, base in zip(segments, accumulate((one.rows for one in segments), initial=0), strict=False):
            alive[np.array(one.removed, np.int64) + base] = False
        self.items: Items = join_segments(tuple(self.columns.values()), alive)
        self.postings = Postings(segments, alive, cache_bytes)
        self._lock, self._searches, self._retired = Lock(), 0, False

    @classmethod
    def open(cls, generation: Path, earlier: Snapshot | None = None, cache_bytes: int = 1 << 27) -> Self:
        """The newest commit of this generation. Raises IndexDamagedError; OSError where the disk does not answer.

        `earlier` lends what it has read of segments that both hold.
        """
        marker = read_marker(generation)
        if marker is None:
            raise IndexDamagedError("its marker cannot be read")
        segments: tuple[OpenSegment, ...] = ()
        try:
            segments = open_segments(generation)
            return cls(segments, marker, earlier, cache_bytes)
        except Exception as error:  # Whoosh meets damage with errors of every kind
            for segment in segments:
                segment.close()
            if isinstance(error, FileNotFoundError):
                raise IndexDamagedError(f"{Path(error.filename or generation).name} is missing") from error
            if isinstance(error, OSError | MemoryError | IndexDamagedError):
                raise
            raise IndexDamagedError(repr(error)) from error

    @cached_property
    def weights(self) -> Weights:
        """What one occurrence counts for in the ranking."""
        return weights_of(self.items)

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
        for segment in self._segments:
            segment.close()
