"""Words as arrays: gathered from texts, joined from segments, written by Whoosh itself; always the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from archive.records import PLACES, Place
from index.arrays import ArraysFile, writing
from index.codec import WORDS_EXT, ArchiveCodec
from index.dictionary import STRETCH, Dictionary, packed_terms
from index.gathering import Gathered, Gathering, sorting
from index.merging import merged_places, parts_of
from index.schema import make_schema
from index.tokens import WORD, positions_of
from index.words import PlaceWords, Runs, cut_by, expanded, read_words, write_place

Said = dict[tuple[Place, str], dict[int, list[int]]]

_WORDS = st.sampled_from(["send", "SEND", "Send", "café", "CAFÉ", "the", "of", "lamp", "l’amp", "ASB", "½", "a", "A"])
_SIGNS = st.sampled_from([" ", " ", " – ", "–", "-", "'", "’", "`'", "_", ".\n", "\u0301", "\xa0", "\x00", "\ud800"])
_TEXTS = st.lists(st.tuples(_WORDS, _SIGNS), max_size=12).map(lambda said: "".join(map("".join, said))) | st.text(
    max_size=20
)
_ROWS = st.lists(st.dictionaries(st.sampled_from(PLACES), _TEXTS, max_size=3), max_size=6)


def said(rows: Iterable[Mapping[Place, str]]) -> Said:
    """What stands where, found out text by text."""
    found: Said = {}
    for number, row in enumerate(rows):
        for place, text in row.items():
            for term, at in positions_of(WORD.findall(text)).items():
                found.setdefault((place, term), {})[number] = list(at)
    return found


def gathered(rows: Iterable[Mapping[Place, str]]) -> Gathered:
    words = Gathering()
    for number, row in enumerate(rows):
        for place, text in row.items():
            words.add(place, number, text)
    return words.finished()


def written(path: Path, places: Iterable[Runs]) -> Mapping[Place, PlaceWords]:
    with writing(path) as file:
        for place in places:
            write_place(file, place)
    return read_words(ArraysFile(path))


def read(words: Mapping[Place, PlaceWords]) -> Said:
    found: Said = {}
    for place, some in words.items():
        for number, term in enumerate(some.dictionary.since(0)):
            extent = some.extent(number)
            assert some.find(term) == extent
            ends = np.cumsum(some.counts(extent), dtype=np.int64)
            positions = np.split(some.positions(extent), ends[:-1])
            rows = some.rows(extent).tolist()
            assert (rows, extent.rows) == (sorted(set(rows)), len(rows))
            found[place, term.decode()] = {row: at.tolist() for row, at in zip(rows, positions, strict=True)}
    return found


@given(_ROWS)
@settings(deadline=None)
def test_what_is_gathered_is_what_each_text_says(rows: list[dict[Place, str]]) -> None:
    with TemporaryDirectory() as folder:
        assert read(written(Path(folder, "one.words"), gathered(rows).places())) == said(rows)


@given(st.lists(st.tuples(_ROWS, st.lists(st.booleans(), min_size=6, max_size=6)), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_segments_joined_say_what_one_segment_of_the_rows_kept_would(
    segments: list[tuple[list[dict[Place, str]], list[bool]]],
) -> None:
    kept = [row for rows, stays in segments for row, stay in zip(rows, stays, strict=False) if stay]
    with TemporaryDirectory() as folder:
        words = [
            written(Path(folder, f"{number}.words"), gathered(rows).places())
            for number, (rows, _) in enumerate(segments)
        ]
        alive = [np.array(stays[: len(rows)], np.bool_) for rows, stays in segments]
        for at_once in (1, 5, 1_000):
            merged = written(Path(folder, "merged.words"), merged_places(parts_of(words, alive), at_once))
            assert read(merged) == said(kept)


def test_many_words_are_joined_some_thousands_at_a_time(tmp_path: Path) -> None:
    segments: list[list[dict[Place, str]]] = [
        [{"minutes": " ".join(f"w{number}" for number in range(start, 30_000, step))}, {"title": "the lamp"}]
        for start, step in ((0, 1), (1, 2), (29_999, 1))
    ]
    words = [written(tmp_path / f"{number}.words", gathered(rows).places()) for number, rows in enumerate(segments)]
    assert len(words[0]["minutes"].dictionary.bounds()) > 3
    merged = written(tmp_path / "merged.words", merged_places(parts_of(words, [np.ones(2, np.bool_)] * 3)))
    assert read(merged) == said(row for rows in segments for row in rows)


@given(_ROWS)
@settings(max_examples=40, deadline=None)
def test_whoosh_s_own_writer_writes_the_same_words_with_our_codec(rows: list[dict[Place, str]]) -> None:
    with TemporaryDirectory() as folder:
        index = FileIndex.create(FileStorage(folder), make_schema())
        writer = SegmentWriter(index, codec=ArchiveCodec(), compound=False)  # type: ignore[no-untyped-call]
        for row in rows:
            writer.add_document(**{place: positions_of(WORD.findall(text)) for place, text in row.items()})
        writer.commit()
        if said(rows):
            assert read(read_words(ArraysFile(next(Path(folder).glob(f"*{WORDS_EXT}"))))) == said(rows)


@given(st.sets(st.binary(min_size=1, max_size=3).filter(lambda term: b"\n" not in term), max_size=3 * STRETCH))
@settings(deadline=None)
def test_a_dictionary_finds_each_of_its_words_and_no_other(words: set[bytes]) -> None:
    terms = sorted(words)
    packed, begins = packed_terms(terms)
    dictionary = Dictionary(np.frombuffer(packed, np.uint8), begins, len(terms))
    assert list(dictionary.since(0)) == terms
    assert [dictionary.find(term) for term in terms] == list(range(len(terms)))
    for other in (b"\x00", b"m", b"\xff\xff\xff\xff", *(term + b"\x00" for term in terms[:5])):
        assert dictionary.find(other) == (terms.index(other) if other in terms else None)
        assert dictionary.at_or_after(other) == sum(term < other for term in terms)
        assert [terms[at] for at in dictionary.starting(other)] == [term for term in terms if term.startswith(other)]


@given(st.lists(st.integers(0, 1 << 20)))
def test_sorting_leaves_equals_in_their_order(numbers: list[int]) -> None:
    order = sorting(np.array(numbers, np.uint32))
    assert order.tolist() == sorted(range(len(numbers)), key=numbers.__getitem__)


def test_stretches_are_written_out() -> None:
    assert expanded(np.array([7, 0, 3]), np.array([2, 0, 3])).tolist() == [7, 8, 3, 4, 5]
    assert expanded(np.empty(0, np.int64), np.empty(0, np.int64)).tolist() == []


@pytest.mark.parametrize(
    ("sizes", "stretches"),
    [([], []), ([3, 3, 3], [(0, 2), (2, 3)]), ([9, 1, 5, 9], [(0, 1), (1, 3), (3, 4)]), ([0, 0, 6], [(0, 3)])],
)
def test_what_is_too_much_at_once_is_cut(sizes: list[int], stretches: list[tuple[int, int]]) -> None:
    assert list(cut_by(np.array(sizes, np.int64), 6)) == stretches
