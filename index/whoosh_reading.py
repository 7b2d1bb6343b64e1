# mypy: disallow-untyped-calls=False
# (Whoosh's readers and matchers have no types.)

"""How Whoosh's own searcher reads our arrays: its terms, its postings and its walk through the dictionary.

The site does not search this way (`index.evaluate` reads the arrays themselves); but with it every kind of Whoosh query
works, and checks what we make of the same arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.matching.mcore import LeafMatcher, Matcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from archive.records import Place
from index.words import Extent, PlaceWords

Term = tuple[str, bytes]


class ArrayTermInfo(TermInfo):
    """Whoosh's statistics of a term, and where its postings are."""

    def __init__(self, words: PlaceWords, extent: Extent) -> None:
        self.extent = extent
        rows, counts = words.rows(extent), words.counts(extent)
        super().__init__(
            weight=extent.occurrences,
            df=extent.rows,
            maxweight=int(counts.max()),
            minid=int(rows[0]),
            maxid=int(rows[-1]),
        )


class ArrayTerms(TermsReader):
    """The words of a segment, for Whoosh."""

    def __init__(self, codec: Any, words: Mapping[Place, PlaceWords]) -> None:
        self._codec = codec
        self._words: Mapping[str, PlaceWords] = dict(sorted(words.items()))

    def __contains__(self, term: Term) -> bool:
        field, text = term
        return field in self._words and self._words[field].find(text) is not None

    def indexed_field_names(self) -> list[str]:
        """The places."""
        return list(self._words)

    def terms(self) -> Iterator[Term]:
        """Every word of every place."""
        return (term for term, _ in self.items())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """The words from this one on, and those of the places after it."""
        return (term for term, _ in self._from(fieldname, prefix))

    def items(self) -> Iterator[tuple[Term, ArrayTermInfo]]:
        """Every word with its statistics."""
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, ArrayTermInfo]]:
        """The words from this one on, with theirs."""
        for (field, term), number in self._from(fieldname, prefix):
            yield (field, term), ArrayTermInfo(self._words[field], self._words[field].extent(number))

    def term_info(self, fieldname: str, text: bytes) -> ArrayTermInfo:
        """The statistics of a word. Raises TermNotFound."""
        extent = self._words[fieldname].find(text) if fieldname in self._words else None
        if extent is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return ArrayTermInfo(self._words[fieldname], extent)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Matcher:
        """The postings of a word. Raises TermNotFound."""
        info = self.term_info(fieldname, text)
        found: Matcher = self._codec.postings_reader(self._words[fieldname], info, format_, (fieldname, text), scorer)
        return found

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        """A walk through the words of a place."""
        return ArrayCursor(self._words[fieldname], fieldobj)

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a word stands in the segment. Raises TermNotFound."""
        return self.term_info(fieldname, text).weight()

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many rows hold it. Raises TermNotFound."""
        return self.term_info(fieldname, text).doc_frequency()

    def _from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, int]]:
        for field, words in self._words.items():
            if field >= fieldname:
                start = words.dictionary.at_or_after(prefix) if field == fieldname else 0
                for number, term in enumerate(words.dictionary.since(start), start):
                    yield (field, term), number


class ArrayCursor(FieldCursor):
    """A walk through the words of a place, as Whoosh's automata (misspelt words) want it."""

    def __init__(self, words: PlaceWords, fieldobj: Any) -> None:
        self._words, self._fieldobj = words, fieldobj
        self.first()

    def first(self) -> str | None:
        """Go to the first word."""
        return self._go_to(0)

    def find(self, term: str | bytes) -> str | None:
        """Go to this word, or to the first after it."""
        text = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        return self._go_to(self._words.dictionary.at_or_after(text))

    def next(self) -> str | None:
        """Go to the next word."""
        return self._go_to(self._number + 1)

    def text(self) -> str | None:
        """The word; None after the last."""
        return self._text

    def term_info(self) -> ArrayTermInfo | None:
        """Its statistics."""
        return ArrayTermInfo(self._words, self._words.extent(self._number)) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a word."""
        return self._text is not None

    def _go_to(self, number: int) -> str | None:
        self._number = number
        found = next(self._words.dictionary.since(number), None)
        self._text: str | None = None if found is None else self._fieldobj.from_bytes(found)
        return self._text


class ArrayMatcher(LeafMatcher):
    """The postings of one word, one after the other. To Whoosh's scorers all of them are one block."""

    def __init__(self, words: PlaceWords, info: ArrayTermInfo, format_: Any, term: Term | None, scorer: Any) -> None:
        self._words, self._info = words, info
        self.format, self.scorer, self._term = format_, scorer, term
        self._rows: list[int] = words.rows(info.extent).tolist()
        self._counts = words.counts(info.extent)
        self._positions = words.positions(info.extent)
        self._ends = np.cumsum(self._counts, dtype=np.int64)
        self._at = 0

    def is_active(self) -> bool:
        """Whether there is a posting."""
        return self._at < len(self._rows)

    def reset(self) -> None:
        """Begin again."""
        self._at = 0

    def copy(self) -> ArrayMatcher:
        """Another one that stands where this does."""
        other = ArrayMatcher(self._words, self._info, self.format, self._term, self.scorer)
        other._at = self._at
        return other

    def id(self) -> int:
        """The row."""
        return self._rows[self._at]

    def all_ids(self) -> Iterator[int]:
        """The rows that are left."""
        return iter(self._rows[self._at :])

    def next(self) -> None:
        """Go on. Raises ReadTooFar at the end."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:  # noqa: A002
        """Go to this row, or to the first after it; never back. Raises ReadTooFar at the end."""
        if not self.is_active():
            raise ReadTooFar
        self._at = max(self._at, int(np.searchsorted(self._rows, id)))

    def weight(self) -> float:
        """How often the row holds the word."""
        return float(self._counts[self._at])

    def value(self) -> bytes:
        """Where it does (`index.schema.PackedPositions`)."""
        last = int(self._ends[self._at])
        return self._positions[last - int(self._counts[self._at]) : last].astype("=u4").tobytes()

    def skip_to_quality(self, minquality: float) -> int:
        """Pass over everything where nothing can be as good as this. Returns how many blocks were passed over."""
        if not self.is_active() or self.block_quality() > minquality:
            return 0
        self._at = len(self._rows)
        return 1

    def block_min_id(self) -> int:
        """The first row."""
        return self._rows[0]

    def block_max_id(self) -> int:
        """The last row."""
        return self._rows[-1]

    def block_min_length(self) -> int:
        """Lengths are not kept for Whoosh."""
        return 0

    def block_max_length(self) -> int:
        """Lengths are not kept for Whoosh."""
        return 0

    def block_max_weight(self) -> float:
        """The most that a row holds of it."""
        return float(self._info.max_weight())
