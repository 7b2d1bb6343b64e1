"""What is written down of a row: the words of each place with their positions, and one column of facts.

Words are kept exactly as `index.tokens` folds them: no stemming (word forms are found at query time), no stop
words.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Generator
from typing import Any

from whoosh.columns import FixedBytesColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.formats import Format

from archive.records import PLACES
from index.tokens import WordPositions

# Raise with every change of what the index holds or how; older generations are then made anew.
SCHEMA_VERSION = 2
NUMBERS = struct.Struct(f"<{2 + len(PLACES)}I")


class PackedPositions(Format):
    """The positions of a term in a row as 32-bit numbers side by side, so that numpy reads them as they lie."""

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions, as Whoosh's own phrase query wants them."""
        return array("I", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        """How often the term stands in the row."""
        return len(value) // array("I").itemsize

    def decode_weight(self, value: bytes) -> float:
        """The same, as a weight."""
        return float(self.decode_frequency(value))


class Words(FieldType):
    """A field of exact words. Its value is a text already taken apart by `positions_of`."""

    def __init__(self) -> None:
        self.format = PackedPositions()
        self.scorable = False  # lengths are kept in the column of numbers, whole instead of rounded to a byte
        self.set_sortable(False)

    def index(self, value: WordPositions, **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Each term with its frequency, weight and packed positions, as Whoosh's writer takes them."""
        for term, at in value.items():
            yield term.encode(), len(at), float(len(at)), at.tobytes()


def make_schema() -> Schema:
    """A field for each place; `item` finds all rows of an item; `numbers` and `facts` are read into arrays.

    `numbers` is the kind of row, the number of its page and its count of words in each place (unsigned 32 bits each,
    little endian); `facts` is the item's facts (`index.entries`), the id of the document, nothing for a page.
    """
    places = {place: Words() for place in PLACES}
    return Schema(item=ID(), numbers=COLUMN(FixedBytesColumn(NUMBERS.size)), facts=COLUMN(VarBytesColumn()), **places)
