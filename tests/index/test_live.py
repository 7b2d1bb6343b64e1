"""Readers while the index changes: no error, and every answer is that of some committed state."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive import Archive, Settings
from index import Index, SearchRequest, update_index
from index.generations import current_generation, new_generation, point_to, remove_others
from tests.index.corpus import fill, item_of, save_meeting

READERS, BATCHES, BATCH = 4, 6, 6


@contextmanager
def readers(read: Callable[[], None]) -> Iterator[list[int]]:
    """Threads that read until the block ends; the block gets how often each has. What fails in one fails the test."""
    done, failures, counts = threading.Event(), [], [0] * READERS

    def loop(number: int) -> None:
        try:
            while not done.is_set():
                read()
                counts[number] += 1
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=loop, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield counts
    finally:
        done.set()
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]


def test_a_batch_is_seen_whole_or_not_at_all_while_meetings_are_added(archive: Archive, settings: Settings) -> None:
    fill(archive, meetings=2)
    update_index(archive, archive.folder, settings)
    index, seen = Index(archive.folder, archive, settings), set[int]()

    def read() -> None:
        result = index.search(SearchRequest(text="quartz"))
        assert result.total % BATCH == 0
        assert sum(value.count for value in result.facets["borough"]) == result.total
        assert len(result.hits) == min(result.total, 20)
        seen.add(result.total)

    with readers(read) as counts:
        for batch in range(BATCHES):
            items = [item_of(900 + batch * 10 + n, "Quartz", meeting=batch + 50) for n in range(BATCH)]
            save_meeting(archive, batch + 50, items)
            update_index(archive, archive.folder, settings)
    assert min(counts) > 0
    assert index.search(SearchRequest(text="quartz")).total == BATCHES * BATCH
    assert seen <= set(range(0, BATCHES * BATCH + 1, BATCH))


def test_rebuilding_disturbs_no_reader(archive: Archive, settings: Settings) -> None:
    fill(archive, meetings=4)
    update_index(archive, archive.folder, settings)
    shared = Index(archive.folder, archive, settings)
    expected = shared.search(SearchRequest(text="police OR damp"))

    def read() -> None:
        assert shared.search(SearchRequest(text="police OR damp")) == expected
        fresh = Index(archive.folder, archive, settings)
        assert fresh.search(SearchRequest(text="police OR damp")) == expected
        fresh.close()

    with readers(read) as counts:
        for _ in range(4):
            update_index(archive, archive.folder, settings, rebuild=True)
    assert min(counts) > 0


def test_through_every_switch_there_is_a_generation_that_is_read(tmp_path: Path) -> None:
    point_to(tmp_path, new_generation(tmp_path))

    def read() -> None:
        assert current_generation(tmp_path) is not None

    with readers(read) as counts:
        for _ in range(100):
            newer = new_generation(tmp_path)
            point_to(tmp_path, newer)
            remove_others(tmp_path, newer)
    assert min(counts) > 0


def test_a_pointer_to_a_generation_that_is_gone_points_to_none(tmp_path: Path) -> None:
    made = new_generation(tmp_path)
    point_to(tmp_path, made)
    made.rmdir()
    assert current_generation(tmp_path) is None
