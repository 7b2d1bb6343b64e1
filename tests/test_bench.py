"""The benchmark finds wrong answers, counts what it measures, and writes its tables. Nothing is timed here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from statistics import mean, median

import pytest

from archive import Archive
from archive.records import plain
from tests.bench.__main__ import CRAWLING, DOCUMENT, FIGURES, ORDER, main
from tests.bench.comparing import WrongAnswers, compare
from tests.bench.corpus import meetings
from tests.bench.crawled import crawled, fetched_barely
from tests.bench.crawling import in_a_new_process
from tests.bench.engines import Answer, Engine
from tests.bench.fts5 import Fts5
from tests.bench.markdown import place, write
from tests.bench.plain_whoosh import PlainWhoosh
from tests.bench.queries import CLASSES, Query, QueryClass, query_classes
from tests.bench.report import percentile
from tests.bench.saving import save_corpus
from tests.bench.served import served
from tests.bench.this_index import ThisIndex

ITEMS = 200
PLACES = (place(FIGURES), place(CRAWLING), place(ORDER))
Lie = Callable[[Answer], Answer]
LIES: dict[str, tuple[Lie, str]] = {
    "an item too many": (lambda said: replace(said, total=said.total + 1), "instead of"),
    "an item twice": (lambda said: replace(said, top=said.top[:1] * len(said.top)), "different items shown"),
    "the wrong order": (lambda said: replace(said, top=said.top[::-1]), "other items are the newest"),
    "a wrong count": (
        lambda said: replace(said, facets={**said.facets, "year": dict.fromkeys(said.facets["year"], 1)}),
        "the counts by year differ",
    ),
    "a value left out": (
        lambda said: replace(said, facets={**said.facets, "topic": dict(islice(said.facets["topic"].items(), 1))}),
        "the counts by topic differ",
    ),
}


@dataclass
class Lying:
    """An engine that answers at once, and not what it found."""

    engine: Engine
    lie: Lie
    name: str = "a liar"

    def build(self, archive: Archive, folder: Path, progress: Callable[[int, int], None]) -> None:
        self.engine.build(archive, folder, progress)

    def search(self, query: Query) -> Answer:
        return self.lie(self.engine.search(query))

    def size(self) -> int:
        return self.engine.size()

    def close(self) -> None:
        self.engine.close()


def unseen(done: int, total: int) -> None:
    assert 0 < done <= total


@dataclass
class Bench:
    classes: tuple[QueryClass, ...]
    engines: tuple[Engine, ...]

    @property
    def queries(self) -> list[Query]:
        return [query for one in self.classes for query in one.queries]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("bench")
    engines = (ThisIndex(), Fts5(), PlainWhoosh())
    with Archive.open(folder, write=True) as archive:
        tally = save_corpus(archive, ITEMS, unseen)
        assert tally.items == len(archive.item_ids()) == ITEMS
        for engine in engines:
            (own := folder / type(engine).__name__).mkdir()
            engine.build(archive, own, unseen)
        yield Bench(query_classes(tally), engines)
        for engine in engines:
            engine.close()


def test_engines_that_do_the_same_work_agree(bench: Bench) -> None:
    compare(bench.engines, bench.queries, unseen)


def test_every_class_has_queries_that_find_something(bench: Bench) -> None:
    assert [one.name for one in bench.classes] == [name for name, _ in CLASSES]
    for one in bench.classes:
        assert any(engine.search(query).total for query in one.queries for engine in bench.engines), one.name


def test_filters_narrow_and_leave_their_own_facet_whole(bench: Bench) -> None:
    (query, *_) = (query for query in bench.queries if query.boroughs)
    for engine in bench.engines:
        every, filtered = engine.search(replace(query, boroughs=(), years=())), engine.search(query)
        assert 0 < filtered.total < every.total
        assert set(filtered.facets["borough"]) - set(query.boroughs)
        assert set(filtered.facets["committee"]) < set(every.facets["committee"])


@pytest.mark.parametrize(("lie", "said"), LIES.values(), ids=LIES)
def test_a_wrong_answer_is_named(bench: Bench, lie: Lie, said: str) -> None:
    ours, other, _ = bench.engines
    with pytest.raises(WrongAnswers) as found:
        compare((ours, Lying(other, lie)), [one.queries[-1] for one in bench.classes], unseen)
    assert all(line.startswith("a liar, ") for line in found.value.differences)
    assert any(said in line for line in found.value.differences)


def test_an_item_that_all_engines_miss_is_missed(bench: Bench) -> None:
    def less(said: Answer) -> Answer:
        return replace(said, total=said.total - 1, top=said.top[: said.total - 1])

    planted = [query for query in bench.queries if query.expected]
    with pytest.raises(WrongAnswers, match=f"{planted[0].expected} are there"):
        compare([Lying(engine, less) for engine in bench.engines], planted, unseen)


def empty_places(document: Path) -> None:
    document.write_text("".join(f"{begin}\nold ones\n{end}\nHow to read them.\n" for begin, end in PLACES), "utf-8")


@pytest.mark.slow
def test_the_tables_are_printed_and_written_in_their_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty_places(document := tmp_path / "figures.md")
    sizes = ["--items", "100", "--runs", "2", "--rounds", "1", "--pages", "2", "--crawls", "1", "--years", "1"]
    assert main([*sizes, "--write", str(document)]) == 0
    written, printed = document.read_text(encoding="utf-8"), capsys.readouterr().out
    for table in printed.strip().split("\n\n"):
        assert table in written
    assert "old ones" not in written
    assert written.count("How to read them.") == len(PLACES)
    rows = [line.split(" | ")[0].removeprefix("| ") for line in printed.splitlines() if line.startswith("|")]
    assert {name for name, _ in CLASSES} | {"this index", "SQLite FTS5", "plain Whoosh", "lxml: a bare parse"} <= set(
        rows
    )
    assert {"pages: asked for, read, saved", "papers: asked for, saved", "requests", "rows written"} <= set(rows)
    assert "by relevance, as the site answers" in rows


@pytest.mark.slow
def test_crawling_can_be_measured_alone_and_an_unchanged_crawl_adds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--crawl-only", "--crawls", "1", "--years", "1"]) == 0
    lines = [line.strip("| ").split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("|")]
    rows = {name: [cell.replace(",", "") for cell in cells] for name, *cells in lines}
    assert "this index" not in rows
    for name in ("captures added", "versions added", "index entries to be made anew"):
        assert int(rows[name][0]) > 0
        assert rows[name][1:] == ["0", "**0**", "0", "**0**"]
    for name in ("requests", "kB received", "rows written", "kB written"):
        first, second, _, with_validators, _ = rows[name]
        assert int(first) >= int(second) > 0, name
        assert int(first) >= int(with_validators) > 0, name
    assert int(rows["kB received"][3]) * 5 < int(rows["kB received"][1])


def test_a_bare_loop_asks_for_what_the_crawl_asked_for(tmp_path: Path) -> None:
    with served(tmp_path, 1, validators=False) as site:
        crawl = in_a_new_process(crawled, site.boroughs, tmp_path / "archive")
        requests = site.traffic().requests
        bare = in_a_new_process(fetched_barely, [visit.address for visit in crawl.visits])
        assert site.traffic().requests == len(bare) == len(crawl.visits) == requests - 1  # the robots file
    assert [visit.address for visit in bare] == [visit.address for visit in crawl.visits]
    assert {visit.is_paper for visit in bare} == {True, False}
    assert all(visit.processor_s > 0 for visit in (*bare, *crawl.visits))
    assert min(crawl.rows, crawl.captures) >= len(bare)
    assert crawl.written > 0


def test_a_quick_wrong_answer_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "figures.md"
    lie, _ = LIES["an item too many"]
    engines = (ThisIndex, lambda: Lying(Fts5(), lie))
    assert main(["--items", "60", "--rounds", "1", "--pages", "1", "--write", str(document)], engines) == 1
    said = capsys.readouterr()
    assert "wrong answers, so there are no figures" in said.err
    assert not said.out
    assert not document.exists()


@pytest.mark.parametrize("name", [FIGURES, CRAWLING, ORDER])
def test_the_document_has_a_place_for_the_tables(tmp_path: Path, name: str) -> None:
    begin, end = place(name)
    copy = tmp_path / "copy.md"
    copy.write_bytes(DOCUMENT.read_bytes())
    write(copy, name, "new tables")
    assert f"{begin}\nnew tables\n{end}" in copy.read_text(encoding="utf-8")
    copy.write_text("no place\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"no place for the {name}"):
        write(copy, name, "new tables")


def test_the_corpus_is_always_the_same_and_as_large_as_asked_for() -> None:
    made = list(meetings(150))
    assert made == list(meetings(150))
    assert sum(len(page.items) for page in made) == 150
    ids = [one.id for page in made for one in page.items] + [one.id for page in made for one in page.documents]
    assert len(set(ids)) == len(ids)


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


@pytest.mark.parametrize(("share", "value"), [(0.95, 19), (0.5, 10), (0.01, 1), (1.0, 20)])
def test_a_percentile_is_one_of_the_values(share: float, value: float) -> None:
    assert percentile(range(1, 21), share) == value
