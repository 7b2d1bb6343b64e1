"""Several processes make what one makes; none outlives whoever started it, and none ends unnoticed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from archive import Archive, Settings
from archive.database import ArchiveMissingError
from index import Index, SearchRequest, check_index, update_index
from index import build as build_module
from index.batches import Batch, Looked
from index.generations import current_generation, index_folder
from index.segments import NewSegment
from index.side_by_side import IndexingEndedError, events_of
from tests.index.corpus import fill

T = TypeVar("T")
ASKED = ("police", '"facial recognition"', "send -SEND", "housing OR damp", "")


@pytest.fixture
def filled(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive that is looked at in several batches."""
    fill(archive, meetings=8)
    monkeypatch.setattr(build_module, "_BATCH_ITEMS", 9)
    return archive


def test_several_processes_make_the_index_that_one_makes(filled: Archive, settings: Settings) -> None:
    answers = []
    for processes in (1, 3):
        report = update_index(filled, filled.folder, replace(settings, index_processes=processes), rebuild=True)
        assert (report.added, report.items) == (len(filled.item_ids()), len(filled.item_ids()))
        assert check_index(filled, filled.folder) == ()
        index = Index(filled.folder, filled, settings)
        answers.append([index.search(SearchRequest(text=text, sort="newest")) for text in ASKED])
    assert answers[0] == answers[1]
    generation = current_generation(index_folder(filled.folder))
    assert generation is not None
    assert not [path for path in generation.iterdir() if path.is_dir()]  # nothing is left of the making


def _batches(archive: Archive, size: int) -> list[Batch]:
    ids = archive.item_ids()
    return [Batch(ids[start : start + size], {}) for start in range(0, len(ids), size)]


def test_each_item_is_in_one_segment_and_each_batch_is_told_of_once(archive: Archive, tmp_path: Path) -> None:
    fill(archive, meetings=6)
    batches = _batches(archive, 7)
    events = list(events_of(archive, partial(Archive.open, archive.folder), batches, tmp_path, 2))
    made = [item for event in events if isinstance(event, NewSegment) for item in event.items]
    assert sorted(made) == sorted(archive.item_ids())
    told = [event.batch.ids for event in events if isinstance(event, Looked)]
    assert sorted(told) == sorted(batch.ids for batch in batches)


def _children() -> set[int]:
    """The processes that this one has started."""
    return {int(child) for child in _CHILDREN.read_text().split()}


_CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children")
proc = pytest.mark.skipif(not _CHILDREN.exists(), reason="this system has no /proc")


@proc
def test_a_process_that_is_killed_is_told_of_and_none_is_left(archive: Archive, tmp_path: Path) -> None:
    fill(archive, meetings=6)
    before = _children()
    events = events_of(archive, partial(Archive.open, archive.folder), _batches(archive, 1), tmp_path, 2)
    next(events)
    for child in _children() - before:
        os.kill(child, signal.SIGKILL)
    with pytest.raises(IndexingEndedError, match="SCRUTINY_INDEX_PROCESSES=1"):
        list(events)
    assert _children() == before


@proc
def test_who_stops_listening_leaves_no_process_behind(archive: Archive, tmp_path: Path) -> None:
    fill(archive, meetings=6)
    before = _children()
    events = events_of(archive, partial(Archive.open, archive.folder), _batches(archive, 1), tmp_path, 2)
    next(events)
    assert len(_children() - before) == 2
    events.close()  # type: ignore[attr-defined]  # it is a generator
    assert _children() == before


def test_what_fails_in_a_process_is_raised_here(archive: Archive, tmp_path: Path) -> None:
    fill(archive, meetings=2)
    batches = _batches(archive, 1)
    with pytest.raises(ArchiveMissingError):
        list(events_of(archive, partial(Archive.open, tmp_path / "nowhere"), batches, tmp_path, 2))


def _index_until_killed(folder: Path, settings: Settings) -> None:
    build_module._BATCH_ITEMS = 2
    with Archive.open(folder) as archive:
        update_index(archive, folder, replace(settings, index_processes=2))


def _when(told: Callable[[], T]) -> T:
    """What is told, once there is something."""
    until = time.monotonic() + 120
    while not (found := told()):
        assert time.monotonic() < until
        time.sleep(0.01)
    return found


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@proc
def test_the_processes_end_with_whoever_started_them(archive: Archive, settings: Settings) -> None:
    fill(archive, meetings=30)
    one = multiprocessing.get_context("fork").Process(target=_index_until_killed, args=(archive.folder, settings))
    one.start()
    children = Path(f"/proc/{one.pid}/task/{one.pid}/children")
    beside = _when(lambda: [int(child) for child in children.read_text().split()])
    assert one.pid is not None
    os.kill(one.pid, signal.SIGKILL)
    one.join()
    _when(lambda: not any(map(_runs, beside)))
    report = update_index(archive, archive.folder, settings)
    assert report.items == len(archive.item_ids())
    assert check_index(archive, archive.folder) == ()
