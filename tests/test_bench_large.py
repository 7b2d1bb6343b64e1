"""The benchmark at full size, tried with tiny sizes: what it makes, how it goes on where it was, what it finds."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import mean
from xml.etree import ElementTree

import numpy as np
import pytest

from archive import Archive, read_settings
from archive.file_texts import texts_of
from archive.records import plain
from index import Index, SearchRequest, update_index
from tests.bench.large import filling
from tests.bench.large.__main__ import DOCUMENT, FIGURES, PICTURE, main
from tests.bench.large.asking import WrongAnswer, verify
from tests.bench.large.corpus import ITEMS, Corpus
from tests.bench.large.figures import read_steps
from tests.bench.large.filling import Filled, fill, filled
from tests.bench.large.planting import IN_MINUTES, held_in_minutes, on_a_page, planted_pages
from tests.bench.large.queries import query_classes
from tests.bench.large.watching import ChildFailed, processor_s, watched
from tests.bench.large.words import drawn, head, name
from tests.bench.markdown import place

SMALL = 40


def unseen(done: int, total: int) -> None:
    assert 0 < done <= total


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("large")
    with Archive.open(made, write=True) as archive:
        fill(archive, Corpus(2.0), SMALL, unseen)
        update_index(archive, made, read_settings({}))
    return made


def test_every_meeting_is_always_the_same_and_needs_no_other() -> None:
    first, again = Corpus(2.0), Corpus(2.0)
    made = [first.meeting(number) for number in range(3)]
    assert again.meeting(2) == made[2]
    assert len({item.id for one in made for item in one.items}) == 3 * ITEMS


def test_pages_and_words_have_the_ratios_of_real_papers() -> None:
    made = [Corpus(10.0).meeting(number) for number in range(30)]
    texts = [page.text for one in made for paper in one.papers for page in paper.text.pages]
    own = [plain(item.minutes) for one in made for item in one.items]
    assert 0.8 < sum(len(one.papers) for one in made) / len(own) < 1.2
    assert 7 < len(texts) / len(own) < 14
    assert 320 < mean(len(text.split()) for text in texts) < 380
    counted = sum(len(text.split()) for text in (*texts, *own))
    assert sum(one.words for one in made) == pytest.approx(counted, rel=0.01)


def test_the_vocabulary_grows_with_the_text_and_a_few_words_are_everywhere() -> None:
    random = np.random.Generator(np.random.PCG64(7))
    ranks = drawn(400_000, random)
    some, all_ = len(np.unique(ranks[:40_000])), len(np.unique(ranks))
    assert 2 * some < all_
    assert 0.03 < np.mean(ranks == 0) < 0.12
    assert 0.01 < np.mean(ranks >= len(head())) < 0.03
    names = {name(number) for number in range(20_000)}
    assert len(names) == 20_000


def test_what_is_planted_can_be_counted_without_looking() -> None:
    corpus, number = Corpus(2.0), 200
    meeting = corpus.meeting(number)
    texts = {item.id: plain(item.minutes) for item in meeting.items}
    assert [IN_MINUTES in text for text in texts.values()] == [False] * 7 + [True] + [False] * 2
    phrase = on_a_page(number * ITEMS + 8)
    assert phrase is not None
    assert sum(phrase in page.text for paper in meeting.papers for page in paper.text.pages) == 1
    assert [held_in_minutes(items) for items in (7, 8, 1_007, 1_008, 300_000)] == [0, 1, 1, 2, 300]
    assert planted_pages(4_000) == (8, 2_008)


def test_the_archive_gives_back_what_was_written_in_bulk(folder: Path) -> None:
    meeting = Corpus(2.0).meeting(1)
    with Archive.open(folder) as archive:
        entries = archive.entries([item.id for item in meeting.items])
        assert [entry.item for entry in entries] == list(meeting.items)
        assert {entry.meeting for entry in entries} == {meeting.meeting}
        assert {entry.committee for entry in entries} == {meeting.committee}
        documents = [document for entry in entries for document in entry.documents]
        assert documents == [paper.document for paper in meeting.papers]
        texts = texts_of(archive, [document.sha256 for document in documents])
        assert [texts[paper.document.sha256] for paper in meeting.papers] == [paper.text for paper in meeting.papers]
        assert len(archive.item_ids()) == SMALL


def test_filling_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "_AT_ONCE", 1)

    class Stopped(Exception):
        pass

    def stop(done: int, _: int) -> None:
        if done == 20:
            raise Stopped

    with Archive.open(tmp_path / "whole", write=True) as whole, Archive.open(tmp_path / "parts", write=True) as parts:
        with pytest.raises(Stopped):
            fill(parts, Corpus(2.0), SMALL, stop)
        held = filled(parts)
        assert held is not None
        assert held.items == len(parts.item_ids()) == 20
        assert fill(parts, Corpus(2.0), SMALL, unseen) == fill(whole, Corpus(2.0), SMALL, unseen)
        assert parts.entries(parts.item_ids()) == whole.entries(whole.item_ids())
        with pytest.raises(ValueError, match="name another folder"):
            fill(parts, Corpus(3.0), SMALL, unseen)


def test_answers_are_verified(folder: Path) -> None:
    with Archive.open(folder) as archive:
        index = Index(folder, archive, read_settings({}))
        verify(index, Corpus(2.0), SMALL)
        with pytest.raises(WrongAnswer, match=f"{IN_MINUTES!r} is in 2 items, and found in 1"):
            verify(index, Corpus(2.0), 1_500)
        with pytest.raises(WrongAnswer, match="'quillmark 8 entered' stands at"):
            verify(index, Corpus(5.0), SMALL)  # whose page is another
        index.close()


def test_every_class_of_queries_can_be_asked(folder: Path) -> None:
    classes = query_classes(Corpus(2.0), SMALL)
    assert len({one.name for one in classes}) == len(classes)
    with Archive.open(folder) as archive:
        index = Index(folder, archive, read_settings({}))
        totals = {one.name: [index.search(request).total for request in one.requests] for one in classes}
        assert index.search(SearchRequest()).total == SMALL
        index.close()
    assert all(any(found) for name_, found in totals.items() if "rare" not in name_ and "filters" not in name_)


def grown(megabytes: int) -> int:
    return len(bytearray(b"x" * (megabytes << 20)))


def busy() -> None:
    until = time.process_time() + 0.3
    while time.process_time() < until:
        pass


def busy_below() -> tuple[float, float, float]:
    """What is counted before, while and after a child of the process works."""
    before = processor_s()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(busy).result()
        during = processor_s()
    return before, during, processor_s()


def test_processor_time_counts_children_that_run_and_that_have_ended() -> None:
    before, during, after = busy_below()
    assert before + 0.2 < during <= after


def failing() -> None:
    raise ValueError("as was to be expected")


def test_a_process_is_watched_and_its_failure_is_told() -> None:
    answer, memory = watched(grown, 400)
    assert answer == 400 << 20
    assert memory.own > 300 << 20
    with pytest.raises(ChildFailed, match="ValueError: as was to be expected"):
        watched(failing)


@pytest.mark.slow
def test_tables_and_picture_are_written_and_a_second_run_measures_nothing_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, own = tmp_path / "figures.md", tmp_path / "run"
    begin, end = place(FIGURES)
    document.write_text(f"{begin}\nold ones\n{end}\n", encoding="utf-8")
    sizes = ["--items", "40", "--pages", "80", "--steps", "20", "--rounds", "1", "--folder", str(own), "--rebuild"]
    assert main([*sizes, "--write", str(document)]) == 0
    printed, written = capsys.readouterr().out, document.read_text(encoding="utf-8")
    assert printed.strip() in written
    assert "old ones" not in written
    assert "| Growth; items | 20 | 40 |" in printed
    assert "Made anew at one go" in printed
    picture = ElementTree.parse(tmp_path / PICTURE)
    assert len(picture.findall("{http://www.w3.org/2000/svg}g")) == 4
    steps = read_steps(own)
    assert [step.filled.items for step in steps] == [20, 40]
    assert [step.points[-1].items for step in steps] == [20, 40]
    assert steps[0].points[-1].processor_s < steps[1].points[-1].processor_s
    assert main(sizes) == 0
    assert capsys.readouterr().out == printed
    assert read_steps(own) == steps


def test_a_folder_of_another_corpus_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--items", "50", "--pages", "500", "--folder", str(folder)]) == 1
    assert "name another folder" in capsys.readouterr().err


def test_the_document_has_a_place_for_the_tables() -> None:
    assert all(line in DOCUMENT.read_text(encoding="utf-8") for line in place(FIGURES))


def test_rows_are_items_documents_and_pages() -> None:
    assert replace(Filled(pages_an_item=2.0), items=3, documents=4, pages=5).rows == 12
