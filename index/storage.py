# mypy: disallow-untyped-calls=False
# (Whoosh's storage and codec have no types.)

"""The segments of one generation, opened without Whoosh's reader: maps of their files, which never change.

Only which rows of a segment are removed changes, and that stands in Whoosh's table of contents. A map lasts as long as
anything that was read from it, so nothing has to be closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC

from archive.records import Place
from index.arrays import ArraysFile
from index.codec import FACTS_EXT, WORDS_EXT, path_of
from index.facts import Mask, SegmentFacts, SegmentKeys, read_facts, read_keys
from index.schema import make_schema
from index.words import Arrays, PlaceWords, read_words

NAME = "MAIN"
_NOTHING: Mapping[str, SegmentFiles] = {}


class SegmentFiles:
    """What the files of a segment hold. An indexer reads the keys alone, and all else only to merge it."""

    def __init__(self, words: Arrays, facts: Arrays) -> None:
        self._words, self._facts = words, facts
        self.keys: SegmentKeys = read_keys(facts)

    @cached_property
    def words(self) -> Mapping[Place, PlaceWords]:
        """The words of each place. Raises ArraysDamagedError."""
        return read_words(self._words)

    @cached_property
    def facts(self) -> SegmentFacts:
        """What is said of rows and items. Raises ArraysDamagedError."""
        return read_facts(self._facts, self.keys)


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """One segment; `removed` are rows of it."""

    name: str
    rows: int
    removed: tuple[int, ...]
    files: SegmentFiles

    @property
    def alive(self) -> Mask:
        """Of each row whether it is still there."""
        found = np.ones(self.rows, np.bool_)
        found[list(self.removed)] = False
        return found


def open_segments(generation: Path, known: Mapping[str, SegmentFiles] = _NOTHING) -> tuple[OpenSegment, ...]:
    """The segments of the newest commit; files that are known by their segment's name are not opened again.

    Raises FileNotFoundError in the midst of a commit, anything on damage.
    """
    storage, opened = _Folder(str(generation), readonly=True), []
    for segment in storage.segments():
        name = segment.segment_id()
        files = known.get(name) or SegmentFiles(
            ArraysFile(path_of(storage, segment, WORDS_EXT)),
            ArraysFile(path_of(storage, segment, FACTS_EXT)),
        )
        opened.append(OpenSegment(name, segment.doc_count_all(), tuple(segment.deleted_docs()), files))
    return tuple(opened)


class _Folder(FileStorage):
    """The folder of a generation, which closes what Whoosh opens in it. (Whoosh leaves it open when it is damaged.)"""

    def segments(self) -> list[Segment]:
        """The segments of the newest commit."""
        self._opened: list[StructFile] = []
        try:
            found: list[Segment] = TOC.read(self, NAME, schema=make_schema()).segments
            return found
        finally:
            for one in self._opened:
                if not one.is_closed:
                    one.close()

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Open a file, as Whoosh asks."""
        opened: StructFile = super().open_file(name, **options)
        self._opened.append(opened)
        return opened
