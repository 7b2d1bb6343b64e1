# mypy: disallow-untyped-calls=False
# (What these classes inherit of Whoosh has no types.)

"""How Whoosh keeps a segment: a codec of ours, whose postings and facts are arrays that numpy reads as they lie.

Whoosh's own codec keeps postings as compressed pickles of 128, which cost two microseconds a posting to read and more
to write. Ours is a `W3Codec` for Whoosh (its extension point), named in each segment's own record, so that Whoosh finds
it by itself: its searcher reads what is written here (`index.whoosh_reading`), and its writer can write it, posting by
posting. Our writer (`index.writing`) hands over whole arrays instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import FieldWriter, PerDocumentWriter, Segment
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader
from whoosh.filedb.filestore import FileStorage

from archive.records import PLACES
from index.arrays import ArraysFile, narrowed, writing
from index.facts import SegmentFacts, write_facts
from index.whoosh_reading import ArrayMatcher, ArrayTerms
from index.words import Run, Runs, read_words, runs_of, write_place

WORDS_EXT, FACTS_EXT = ".words", ".facts"


class ArchiveCodec(W3Codec):
    """The codec of every segment."""

    length_stats = False  # lengths are among the facts

    def field_writer(self, storage: FileStorage, segment: Segment) -> WordsWriter:
        """What writes the words."""
        return WordsWriter(path_of(storage, segment, WORDS_EXT))

    def per_document_writer(self, storage: FileStorage, segment: Segment) -> FactsWriter:
        """What writes the facts."""
        return FactsWriter(path_of(storage, segment, FACTS_EXT), segment)

    def terms_reader(self, storage: FileStorage, segment: Segment) -> ArrayTerms:
        """What Whoosh reads words by."""
        return ArrayTerms(self, read_words(ArraysFile(path_of(storage, segment, WORDS_EXT))))

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> ArrayMatcher:
        """What Whoosh reads a word's postings by; `dbfile` are the words of a place."""
        return ArrayMatcher(dbfile, terminfo, format_, term, scorer)

    def per_document_reader(self, storage: FileStorage, segment: Segment) -> RowsReader:
        """What Whoosh asks which rows there are."""
        return RowsReader(storage, segment)


def path_of(storage: FileStorage, segment: Segment, extension: str) -> Path:
    """The file of a segment."""
    return Path(storage.folder, segment.make_filename(extension))


class WordsWriter(FieldWriter):
    """Writes the words of a segment: whole places by `write`, or posting by posting, as Whoosh's writer does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[str, list[_Term]] = {}
        self.is_closed = False

    def write(self, places: Iterable[Runs]) -> None:
        """Write the words of every place."""
        with writing(self._path) as file:
            for place in places:
                write_place(file, place)

    def start_field(self, fieldname: str, fieldobj: Any) -> None:  # noqa: ARG002
        """The terms that follow are of this place, ascending."""
        self._terms = self._places.setdefault(fieldname, [])

    def start_term(self, text: bytes) -> None:
        """The postings that follow are of this term, ascending."""
        self._terms.append(_Term(text))

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:  # noqa: ARG002
        """One posting; its value are its positions (`index.schema`)."""
        self._terms[-1].add(docnum, np.frombuffer(vbytes, "=u4"))

    def finish_term(self) -> None:
        """All its postings have come."""

    def close(self) -> None:
        """Write what came posting by posting."""
        if self._places:
            self.write(runs_of(place, _run(self._places.get(place, []))) for place in PLACES)
        self.is_closed = True


class _Term:
    """The postings of one term as they come from Whoosh."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.rows: list[int] = []
        self.positions: list[Any] = []

    def add(self, row: int, positions: Any) -> None:
        """One more row."""
        self.rows.append(row)
        self.positions.append(positions)


def _run(terms: list[_Term]) -> Run:
    positions = [some for term in terms for some in term.positions]
    return Run(
        terms=[term.text for term in terms],
        held=np.array([len(term.rows) for term in terms], np.int64),
        often=np.array([sum(map(len, term.positions)) for term in terms], np.int64),
        rows=narrowed(np.array([row for term in terms for row in term.rows], np.int64)),
        counts=narrowed(np.array([len(some) for some in positions], np.int64)),
        positions=narrowed(np.concatenate([np.empty(0, np.uint32), *positions])),
    )


class FactsWriter(PerDocumentWriter):
    """Writes the facts of a segment, if it is given any. Whoosh's fields hold none: they are words alone."""

    def __init__(self, path: Path, segment: Segment) -> None:
        self._path, self._segment = path, segment
        self.facts: SegmentFacts | None = None
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """A row begins."""

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """A field of it has been taken apart."""

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """Never called: no field has a column."""

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:
        """Never called: no field has vectors."""

    def close(self) -> None:
        """Write them."""
        self._segment._fieldlengths = {}  # type: ignore[attr-defined]  # Whoosh looks there for lengths; we keep none
        if self.facts is not None:
            with writing(self._path) as file:
                write_facts(file, self.facts)
        self.is_closed = True


class RowsReader(W3PerDocReader):
    """Tells Whoosh how many rows there are and which are removed; it has no stored fields, lengths or columns."""

    def has_column(self, fieldname: str) -> bool:  # noqa: ARG002
        """None that Whoosh could read."""
        return False

    def stored_fields(self, docnum: int) -> dict[str, Any]:  # noqa: ARG002
        """None."""
        return {}
