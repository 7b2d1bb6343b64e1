"""One state of the index, opened for reading: its words, its columns, and what it was made with.

Searches share it. What a newer state reads anew is only what it has of its own; maps of files are let go of with the
last state, or search, that reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np

from index.columns import Items, join_segments
from index.generations import Marker, read_marker
from index.kept import Kept
from index.postings import IndexDamagedError, Postings, SegmentWords
from index.ranking import Weights, weights_of
from index.results import Searched
from index.storage import OpenSegment, SegmentFiles, open_segments


class Snapshot:
    """An open state of the index."""

    def __init__(self, segments: tuple[OpenSegment, ...], marker: Marker, cache_bytes: int) -> None:
        self.marker = marker
        self.files: dict[str, SegmentFiles] = {one.name: one.files for one in segments}
        alive = np.concatenate([np.empty(0, np.bool_), *(one.alive for one in segments)])
        self.items: Items = join_segments([one.files.facts for one in segments], alive)
        self.postings = Postings([SegmentWords(one.files.words, one.rows) for one in segments])
        self.kept = Kept(cache_bytes)

    @classmethod
    def open(cls, generation: Path, earlier: Snapshot | None = None, cache_bytes: int = 1 << 27) -> Self:
        """The newest commit of this generation. Raises IndexDamagedError; OSError where the disk does not answer.

        `earlier` lends the files of segments that both hold.
        """
        marker = read_marker(generation)
        if marker is None:
            raise IndexDamagedError("its marker cannot be read")
        with naming_damage(generation):
            return cls(open_segments(generation, earlier.files if earlier else {}), marker, cache_bytes)

    @cached_property
    def searched(self) -> Searched:
        """How much everything is."""
        return self.items.searched(np.ones(len(self.items), np.bool_))

    @cached_property
    def weights(self) -> Weights:
        """What one occurrence counts for in the ranking."""
        return weights_of(self.items)


@contextmanager
def naming_damage(generation: Path) -> Iterator[None]:
    """Raises IndexDamagedError for whatever is met when a generation is opened that is not as it was written."""
    try:
        yield
    except FileNotFoundError as error:
        raise IndexDamagedError(f"{Path(error.filename or generation).name} is missing") from error
    except (OSError, MemoryError, IndexDamagedError):
        raise
    except Exception as error:  # Whoosh meets damage with errors of every kind
        raise IndexDamagedError(repr(error)) from error
