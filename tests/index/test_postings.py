"""Words as they are stored and read back: forms, capitals, beginnings, positions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query.positional import Phrase as WhooshPhrase

from archive import Archive, Settings
from archive.records import PLACES
from index import Index, SearchRequest, update_index
from index.dictionaries import shared_start
from index.entries import rows_of
from index.evaluate import Evaluation
from index.generations import current_generation, index_folder
from index.schema import make_schema
from index.snapshot import Snapshot
from index.tokens import stem, tokens
from index.tree import And, Not, Phrase, Word
from tests.index.corpus import item_of, save_meeting
from tests.index.holding import holding
from tests.index.scan import Scan

_ENDINGS = ("s", "es", "ed", "ing", "ings", "er", "est", "ly", "ies", "ied", "y", "ying", "e", "ability", "ation", "'s")
_WORDS = st.builds(
    lambda start, ends: start + "".join(ends),
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6),
    st.lists(st.sampled_from(_ENDINGS), max_size=2),
)


@pytest.fixture(scope="module")
def generation(corpus: Archive) -> Path:
    found = current_generation(index_folder(corpus.folder))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def snapshot(generation: Path) -> Snapshot:
    return Snapshot.open(generation)


@given(_WORDS)
def test_every_form_of_a_word_begins_with_what_its_stem_is_looked_up_by(word: str) -> None:
    assert word.startswith(shared_start(stem(word)))


@pytest.mark.parametrize("word", ["dying", "die", "lying", "tying", "skies", "sky", "skis", "ugly", "news", "idly"])
def test_irregular_forms_are_found_by_what_they_share(word: str) -> None:
    assert word.startswith(shared_start(stem(word)))


def test_the_forms_of_a_word_are_those_of_the_dictionary(snapshot: Snapshot, scan: Scan) -> None:
    words = {
        token.text
        for entry in scan.entries
        for row in rows_of(entry, scan.text_of)
        for _, text in row.texts
        for token in tokens(text)
    }
    for word in (*words, "unheard", "a"):
        expected = {other for other in words if stem(other) == stem(word)} | {word}
        assert set(snapshot.postings.forms(word)) == expected
        prefix = word[:3]
        assert set(snapshot.postings.starting(prefix, 500)) == {other for other in words if other.startswith(prefix)}


def test_a_walk_through_the_dictionary_ends_when_there_is_too_much(snapshot: Snapshot) -> None:
    assert len(snapshot.postings.starting("re", 3)) == 4


def test_a_small_cache_changes_no_answer(generation: Path, snapshot: Snapshot) -> None:
    small = Snapshot.open(generation, cache_bytes=1)
    node = And((Word("police", forms=True), Not(Phrase(("of", "the")))))
    for _ in range(2):
        answers = [
            Evaluation(one.postings, one.items, 500, one.kept).answers(node, PLACES) for one in (small, snapshot)
        ]
        assert (answers[0] == answers[1]).all()


def test_whoosh_reads_our_postings_by_itself(generation: Path, snapshot: Snapshot) -> None:
    with FileIndex(FileStorage(str(generation)), make_schema()).searcher() as searcher:
        for place in PLACES:
            for words in (["police", "report"], ["of", "the"], ["damp", "mould"]):
                rows = set(searcher.docs_for_query(WhooshPhrase(place, words)))
                assert rows == set(holding(snapshot, Phrase(tuple(words)), place)[0].tolist())


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "é" * 3000, "１２３", "½ ﬁre", "x" + "\u0301" * 500, "İstanbul", "ﷺ", "'ʼ’", "𝔘nicode", "\x00\x01"],
)
def test_any_word_can_be_indexed_and_found(archive: Archive, settings: Settings, text: str) -> None:
    save_meeting(archive, 0, [item_of(1, "Lamps", minutes=f"before {text} after")])
    update_index(archive, archive.folder, settings)
    index = Index(archive.folder, archive, settings)
    words = [text[token.start : token.end] for token in tokens(text)][:3]
    assert index.search(SearchRequest(text="before after")).total == 1
    for word in words:
        if len(word) < 400:
            assert index.search(SearchRequest(text=f'"{word}"')).total == 1


def test_a_text_with_many_blocks_of_postings_is_read_whole(archive: Archive, settings: Settings) -> None:
    save_meeting(archive, 0, [item_of(1, "Lamps", minutes="lamp " * 70_000 + "kerb")])
    update_index(archive, archive.folder, settings)
    index = Index(archive.folder, archive, settings)
    assert index.search(SearchRequest(text='"lamp kerb"')).total == 1
    assert index.search(SearchRequest(text='"kerb lamp"')).total == 0


@given(st.text(max_size=60))
def test_no_query_raises(index: Index, text: str) -> None:
    result = index.search(SearchRequest(text=text))
    assert result.total >= len(result.hits)


def test_an_item_has_the_topics_whose_queries_it_answers(index: Index, scan: Scan) -> None:
    for item, topics in scan.of["topic"].items():
        assert list(index.topics_of(item) or ()) == topics


def test_the_cache_is_held_under_its_bound(generation: Path) -> None:
    snapshot = Snapshot.open(generation, cache_bytes=4_000)
    evaluation = Evaluation(snapshot.postings, snapshot.items, 500, snapshot.kept)
    for word in ("police", "report", "of", "the", "damp"):
        evaluation.answers(Phrase((word, "a")), PLACES)
        assert 0 < snapshot.kept.held <= 4_000
