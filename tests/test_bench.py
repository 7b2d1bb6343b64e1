"""The benchmark finds wrong answers, counts what it measures, and writes its tables. Nothing is timed here."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path

import pytest

from archive import Archive
from archive.file_texts import texts_of
from index.entries import files_of
from index.tokens import WORD, fold
from tests.bench.__main__ import CRAWLING, DOCUMENT, FIGURES, ORDER, main
from tests.bench.comparing import WrongAnswers, compare
from tests.bench.crawled import crawled, fetched_barely
from tests.bench.crawling import in_a_new_process
from tests.bench.engines import Answer, Engine, Given
from tests.bench.fts5 import Fts5
from tests.bench.markdown import place, write
from tests.bench.memory import watched
from tests.bench.others import installed
from tests.bench.progress import Progress
from tests.bench.queries import CLASSES, Manner, Query, QueryClass, query_classes
from tests.bench.report import percentile
from tests.bench.saving import Tally, save_corpus
from tests.bench.served import served
from tests.bench.this_index import ThisIndex

ITEMS, PAGES = 200, 2.0
BOUNDS = (place(FIGURES), place(CRAWLING), place(ORDER))
Lie = Callable[[Answer], Answer]


def one_too_many(said: Answer) -> Answer:
    return replace(said, total=said.total + 1)


def one_less(said: Answer) -> Answer:
    return replace(said, total=said.total - 1, top=said.top[: said.total - 1])


LIES: dict[str, tuple[Lie, str]] = {
    "an item too many": (one_too_many, "instead of"),
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

    def build(self, given: Given, folder: Path, progress: Progress) -> None:
        self.engine.build(given, folder, progress)

    def open(self, archive: Archive, folder: Path) -> None:
        self.engine.open(archive, folder)

    def search(self, query: Query) -> Answer:
        return self.lie(self.engine.search(query))

    def close(self) -> None:
        self.engine.close()


def a_liar() -> Engine:
    return Lying(Fts5(), one_too_many)


def unseen(done: int, total: int) -> None:
    assert 0 < done <= total


@dataclass
class Bench:
    tally: Tally
    ours: ThisIndex
    others: Sequence[Engine]

    @property
    def classes(self) -> tuple[QueryClass, ...]:
        return query_classes(self.tally)

    @property
    def engines(self) -> tuple[Engine, ...]:
        return (self.ours, *self.others)

    @property
    def queries(self) -> list[Query]:
        return [query for one in self.classes for query in one.queries]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("bench")
    ours, makers = ThisIndex(), installed(())[0]
    others = [make() for make in makers]
    with Archive.open(folder, write=True) as archive:
        tally = save_corpus(archive, ITEMS, PAGES, unseen)
        assert tally.items == len(archive.item_ids()) == ITEMS
        topics: dict[str, tuple[str, ...]] = {}
        for engine in (ours, *others):
            (own := folder / type(engine).__name__).mkdir()
            engine.build(Given(archive, topics), own, unseen)
            engine.open(archive, own)
            topics = topics or ours.topics()
        yield Bench(tally, ours, others)
        for engine in (ours, *others):
            engine.close()


def test_engines_that_do_the_same_work_agree(bench: Bench) -> None:
    compare(bench.ours, bench.others, bench.queries, unseen)


def test_what_is_timed_of_this_index_is_what_the_site_shows(bench: Bench) -> None:
    for query in bench.queries:
        assert bench.ours.search(query) == bench.ours.shown(query)


def across_two_pages(archive: Archive) -> Iterator[tuple[str, str]]:
    """The last word of a page, and the first of the next."""
    for item in archive.item_ids():
        entry = archive.entry(item)
        assert entry is not None
        for text in texts_of(archive, files_of((entry,))).values():
            pages = [WORD.findall(page.text) for page in text.pages]
            yield from ((fold(one[-1]), fold(other[0])) for one, other in pairwise(pages))


def test_nothing_reaches_from_one_page_into_the_next(bench: Bench, tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        save_corpus(archive, ITEMS, PAGES, unseen)
        pairs = [pair for pair in across_two_pages(archive) if len(set(pair)) == 2][:30]
    assert len(pairs) == 30
    manners: tuple[Manner, ...] = ("phrase", "near")
    compare(
        bench.ours, bench.others, [Query(manner=manner, words=pair) for manner in manners for pair in pairs], unseen
    )


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
    with pytest.raises(WrongAnswers) as found:
        compare(bench.ours, [Lying(bench.others[0], lie)], [one.queries[-1] for one in bench.classes], unseen)
    assert all(line.startswith("a liar, ") for line in found.value.differences)
    assert any(said in line for line in found.value.differences)


def test_an_item_that_all_engines_miss_is_missed(bench: Bench) -> None:
    planted = [query for query in bench.queries if query.expected]
    with pytest.raises(WrongAnswers, match=f"{planted[0].expected} are there"):
        compare(Lying(bench.ours, one_less), [Lying(engine, one_less) for engine in bench.others], planted, unseen)


def empty_places(document: Path) -> None:
    document.write_text("".join(f"{begin}\nold ones\n{end}\nHow to read them.\n" for begin, end in BOUNDS), "utf-8")


@pytest.mark.slow
def test_the_tables_are_printed_and_written_in_their_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty_places(document := tmp_path / "figures.md")
    sizes = ["--items", "100", "--runs", "2", "--rounds", "1", "--pages", "2", "--crawls", "1", "--years", "1"]
    assert main([*sizes, "--write", str(document)]) == 0
    written, printed = document.read_text(encoding="utf-8"), capsys.readouterr().out
    for table in printed.strip().split("\n\n"):
        assert table in written
    assert "old ones" not in written
    assert written.count("How to read them.") == len(BOUNDS)
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
    asked = ["--items", "60", "--rounds", "1", "--pages", "1", "--search-only", "--write", str(document)]
    assert main(asked, lambda _: ([a_liar], ())) == 1
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


def test_engines_are_left_out_by_name_and_it_is_said() -> None:
    makers, said = installed(["plain Whoosh", "tantivy"])
    assert [make().name for make in makers] == ["SQLite FTS5"]
    assert said == ("plain Whoosh was left out, as asked for.", "tantivy was left out, as asked for.")


HOLDING = "import sys; held = b'x' * (100 << 20); sys.stdin.read()"
"""What holds 100 MB until there is nothing more to read."""


def test_memory_is_that_of_a_process_and_of_those_it_starts() -> None:
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("the system does not say")
    starting = f"import subprocess, sys; other = subprocess.Popen([sys.executable, '-c', {HOLDING!r}])"
    with subprocess.Popen([sys.executable, "-c", f"{starting}\n{HOLDING}"], stdin=subprocess.PIPE) as process:
        with watched(process.pid) as peak:
            waited_for(lambda: (peak.bytes or 0) >= 200 << 20)
        process.communicate()
    assert peak.bytes is not None
    assert peak.bytes < 300 << 20


def waited_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


@pytest.mark.parametrize(("share", "value"), [(0.95, 19), (0.5, 10), (0.01, 1), (1.0, 20)])
def test_a_percentile_is_one_of_the_values(share: float, value: float) -> None:
    assert percentile(range(1, 21), share) == value
