"""What Whoosh is told of our fields: exact words with their positions, a field for each place.

Words are kept exactly as `index.tokens` folds them: no stemming (word forms are found at query time), no stop
words.
"""

from __future__ import annotations

from array import array
from collections.abc import Generator
from typing import Any

from whoosh.fields import FieldType, Schema
from whoosh.formats import Format

from archive.records import PLACES
from index.tokens import WordPositions

# Raise with every change of what the index holds or how; older generations are then made anew.
SCHEMA_VERSION = 3


class PackedPositions(Format):
    """The positions of a term in a row as 32-bit numbers side by side."""

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
    """A field of exact words. Whoosh takes it as `tokens.positions_of`; our own writer has `index.gathering`."""

    def __init__(self) -> None:
        self.format = PackedPositions()
        self.scorable = False  # lengths are kept among the facts, whole instead of rounded to a byte
        self.set_sortable(False)

    def index(self, value: WordPositions, **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Each term with its frequency, weight and packed positions, as Whoosh's writer takes them."""
        for term, at in value.items():
            yield term.encode(), len(at), float(len(at)), at.tobytes()


def make_schema() -> Schema:
    """A field for each place."""
    return Schema(**{place: Words() for place in PLACES})
