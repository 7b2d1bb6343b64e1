"""What the benchmark searches is always the same, as life is in its proportions, and can be kept between runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from statistics import mean, median

import pytest

from archive.records import plain
from tests.bench.__main__ import main
from tests.bench.corpus import meetings
from tests.bench.keeping import corpus_of
from tests.bench.queries import query_classes


def test_the_corpus_is_always_the_same_and_as_large_as_asked_for() -> None:
    made = list(meetings(150))
    assert made == list(meetings(150))
    assert sum(len(page.items) for page in made) == 150
    ids = [one.id for page in made for one in page.items] + [one.id for page in made for one in page.documents]
    assert len(set(ids)) == len(ids)


def test_items_are_the_same_with_pages_and_without() -> None:
    for with_pages, without in zip(meetings(150, 3), meetings(150), strict=True):
        assert with_pages.items == without.items
        assert [replace(one, sha256="") for one in with_pages.documents] == list(without.documents)
        assert len(with_pages.papers) == len(without.documents)


def test_papers_have_as_many_pages_and_words_as_in_life() -> None:
    papers = [paper for page in meetings(1_000, 10) for paper in page.papers]
    lengths = [len(paper.pages) for paper in papers]
    assert 8 <= mean(lengths) <= 12
    assert median(lengths) < mean(lengths)
    assert max(lengths) > 60
    assert 330 <= mean(len(page.split()) for paper in papers for page in paper.pages) <= 370
    assert 7 <= len(papers) / sum(1 for _ in meetings(1_000)) <= 10


def test_the_corpus_is_never_made_as_a_whole() -> None:
    assert next(meetings(10**12)).items


def test_lengths_and_words_have_a_long_tail() -> None:
    items = [item for page in meetings(1_500) for item in page.items]
    texts = [" ".join((one.title, plain(one.agenda), plain(one.decision), plain(one.minutes))) for one in items]
    lengths = [len(text.split()) for text in texts]
    assert 85 <= median(lengths) <= 120
    assert 190 <= mean(lengths) <= 270
    words = " ".join(texts).lower().split()
    often = sum(word == "the" for word in words) / len(words)
    assert 0.02 < often < 0.1
    assert len(set(words)) > 15_000


@pytest.mark.parametrize("pages", [0, 1.5])
def test_a_corpus_that_is_kept_is_not_saved_again(tmp_path: Path, pages: float) -> None:
    with corpus_of(60, pages, tmp_path) as saved:
        first = (saved.folder / "archive.sqlite").stat().st_mtime_ns
    with corpus_of(60, pages, tmp_path) as found:
        assert found == saved
        assert (found.folder / "archive.sqlite").stat().st_mtime_ns == first
    assert query_classes(found.tally) == query_classes(saved.tally)


def test_another_corpus_is_refused_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with corpus_of(60, 0, tmp_path / "small"):
        pass
    (tmp_path / "half" / "archive").mkdir(parents=True)
    for folder, said in (("small", "holds 60 items with 0 pages a document"), ("half", "not saved to its end")):
        assert main(["--items", "70", "--search-only", "--corpus", str(tmp_path / folder)]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert said in line
