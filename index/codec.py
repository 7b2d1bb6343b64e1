"""How Whoosh lays the postings on disk: its own W3 codec, in long, uncompressed blocks.

Whoosh's blocks of 128 compressed pickles cost two microseconds a posting to read; one long block of a term is
read twenty times faster and still answers every kind of Whoosh query.
"""

# mypy: disallow-untyped-calls=False
# (Whoosh's codec has no types.)

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher

_BLOCK_POSTINGS = 1 << 16


class BlockMatcher(W3LeafMatcher):
    """Whoosh's matcher over a term, which can also hand over whole blocks."""

    def blocks(self) -> Iterator[tuple[tuple[int, ...], tuple[bytes, ...]]]:
        """Each block's row numbers (as differences, each block from 0) and packed positions."""
        self.reset()
        while self.is_active():
            self._read_data()
            ids, _, positions = self._data  # type: ignore[misc]  # _read_data has just filled it
            yield ids, positions
            self._next_block()


class ArchiveCodec(W3Codec):
    """The codec of every segment; named in the segment's own record, so Whoosh finds it by itself."""

    length_stats = False  # lengths are in the column of numbers

    def __init__(self) -> None:
        super().__init__(blocklimit=_BLOCK_POSTINGS, compression=0, inlinelimit=0)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """A matcher over one term's postings."""
        offset, length = terminfo.extent()
        return BlockMatcher(  # type: ignore[abstract]  # `copy` is never called on a leaf of ours
            dbfile, offset, length, format_, term=term, scorer=scorer
        )
