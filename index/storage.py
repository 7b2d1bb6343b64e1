# mypy: disallow-untyped-calls=False
# (Whoosh's storage and codec have no types.)

"""The files of one generation, opened segment by segment with Whoosh's codec, but without Whoosh's reader.

That reader copies every file into memory, and leaves files open when it meets damage. Here dictionaries are copied,
which makes looking up quick, and postings are read through a map of the file.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermsReader
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC

from index.schema import make_schema

_NAME = "MAIN"
_LENGTH = struct.Struct("!i")
_STATISTICS = 256  # bytes that hold the statistics of any block: six numbers, pickled

Block = tuple[tuple[int, ...], tuple[bytes, ...]]


class PostingsFile:
    """The postings of a segment, as Whoosh's W3 codec laid them down without compression."""

    def __init__(self, mapped: memoryview) -> None:
        self._mapped = mapped

    def blocks(self, offset: int) -> Iterator[Block]:
        """Each block of the term that begins there: row numbers (as differences, each block from 0) and positions."""
        if self._mapped[offset : offset + len(WHOOSH3_HEADER_MAGIC)] != WHOOSH3_HEADER_MAGIC:
            raise ValueError("no postings begin here")
        at, length = offset + len(WHOOSH3_HEADER_MAGIC), 1
        while length > 0:
            (length,) = _LENGTH.unpack_from(self._mapped, at)
            at += _LENGTH.size
            statistics = BytesIO(self._mapped[at : at + min(abs(length), _STATISTICS)])
            pickle.load(statistics)  # noqa: S301  # ours, like the rest of the index
            rows, _, positions = pickle.loads(self._mapped[at + statistics.tell() : at + abs(length)])  # noqa: S301
            yield rows, positions
            at += abs(length)

    def close(self) -> None:
        """Let go of the map."""
        self._mapped.release()


class OpenSegment:
    """One segment, whose files never change; only which of its rows are removed does."""

    def __init__(self, folder: FileStorage, segment: Segment) -> None:
        self.name: str = segment.segment_id()
        self.rows: int = segment.doc_count_all()
        self.removed = tuple(segment.deleted_docs())
        self._segment = segment
        self._files = _Files(folder.open_file(segment.make_filename(segment.COMPOUND_EXT)))
        codec = segment.codec()
        self.terms: W3TermsReader = codec.terms_reader(self._files, segment)
        self.postings = self._files.postings
        self._codec: W3Codec = codec

    def column(self, name: str) -> list[bytes]:
        """One value a row. (A segment merged from removed rows alone has neither rows nor columns.)"""
        if not self.rows:
            return []
        reader = self._codec.per_document_reader(self._files, self._segment)
        try:
            return list(reader.column_reader(name, make_schema()[name].column_type))
        finally:
            reader.close()

    def close(self) -> None:
        """Let go of the files."""
        self.terms.close()
        self._files.close()


def open_segments(generation: Path) -> tuple[OpenSegment, ...]:
    """The segments of the newest commit. Raises FileNotFoundError in the midst of a commit, anything on damage."""
    folder = _Folder(str(generation), readonly=True)
    opened: list[OpenSegment] = []
    try:
        for segment in TOC.read(folder, _NAME, schema=make_schema()).segments:
            opened.append(OpenSegment(folder, segment))
    except BaseException:
        for one in opened:
            one.close()
        folder.close_what_was_left()
        raise
    return tuple(opened)


class _Files(CompoundStorage):
    """The files within a segment's one file."""

    postings: PostingsFile

    def open_file(self, name: str, *_: Any, **__: Any) -> Any:
        """Open one, as Whoosh asks."""
        if not name.endswith(W3Codec.POSTS_EXT):
            return super().open_file(name)
        offset, length = self.range(name)
        self.postings = PostingsFile(memoryview(self._source)[offset : offset + length])  # type: ignore[arg-type]
        return self.postings


class _Folder(FileStorage):
    """The folder of a generation, which remembers what was opened in it."""

    def __init__(self, path: str, readonly: bool) -> None:
        super().__init__(path, readonly=readonly)
        self._opened: list[StructFile] = []

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Open a file, as Whoosh asks."""
        opened: StructFile = super().open_file(name, **options)
        self._opened.append(opened)
        return opened

    def close_what_was_left(self) -> None:
        """Close what is still open."""
        for one in self._opened:
            if not one.is_closed:
                one.close()
