"""The index follows the archive: what is new, changed, withheld; and makes itself anew when it must."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from archive import Archive, Settings, bring_back, read_settings, withhold
from archive.errors import ActiveRunError
from index import Index, IndexMissingError, SearchRequest, check_index, update_index
from index.generations import current_generation, index_folder, indexing_lock, read_marker, write_marker
from index.merging_policy import MOST_SEGMENTS
from index.writing import make_empty
from tests.index.corpus import NOW, fill, item_of, save_meeting


def total(index: Index, text: str) -> int:
    return index.search(SearchRequest(text=text)).total


def ids(index: Index, text: str) -> list[str]:
    return [hit.id for hit in index.search(SearchRequest(text=text)).hits]


def one_item(archive: Archive, minutes: str, number: int = 1, meeting: int = 0) -> None:
    save_meeting(archive, meeting, [item_of(number, "Street lighting", meeting=meeting, minutes=minutes)])


def generation(archive: Archive) -> Path:
    found = current_generation(index_folder(archive.folder))
    assert found is not None
    return found


def test_without_an_index_a_search_says_what_to_do(archive: Archive, settings: Settings) -> None:
    with pytest.raises(IndexMissingError, match="scrutiny index") as error:
        Index(archive.folder, archive, settings).search(SearchRequest())
    assert error.value.exit_code == 2


def test_the_index_of_an_empty_archive_gives_an_empty_answer(archive: Archive, settings: Settings) -> None:
    report = update_index(archive, archive.folder, settings)
    result = Index(archive.folder, archive, settings).search(SearchRequest(text="lamp"))
    assert (report.items, result.total, result.pages, result.hits) == (0, 0, 0, ())
    assert all(values == () for values in result.facets.values())


def test_of_two_versions_only_the_newer_is_found(archive: Archive, settings: Settings) -> None:
    one_item(archive, "The lamp was mended.")
    update_index(archive, archive.folder, settings)
    index = Index(archive.folder, archive, settings)
    assert (total(index, "lamp"), total(index, "lantern")) == (1, 0)
    one_item(archive, "The lantern was mended.")
    report = update_index(archive, archive.folder, settings)
    assert (report.added, report.removed, report.items, report.rebuilt) == (1, 0, 1, False)
    assert (total(index, "lamp"), total(index, "lantern"), total(index, "")) == (0, 1, 1)


def test_saving_the_same_page_again_adds_nothing_to_the_index(archive: Archive, settings: Settings) -> None:
    fill(archive, meetings=3)
    update_index(archive, archive.folder, settings)
    before = read_marker(generation(archive))
    fill(archive, meetings=3)
    report = update_index(archive, archive.folder, settings)
    assert (report.added, report.removed) == (0, 0)
    assert read_marker(generation(archive)) == before


def test_what_is_withheld_disappears_and_comes_back(archive: Archive, settings: Settings) -> None:
    one_item(archive, "The lamp was mended.")
    update_index(archive, archive.folder, settings)
    index = Index(archive.folder, archive, settings)
    withhold(archive, "eastmere-i1", "A name was withdrawn", NOW)
    assert ids(index, "lamp") == []  # even before the index has followed
    assert update_index(archive, archive.folder, settings).removed == 1
    assert total(index, "lamp") == 0
    bring_back(archive, "eastmere-i1")
    update_index(archive, archive.folder, settings)
    assert ids(index, "lamp") == ["eastmere-i1"]


def test_an_open_index_sees_new_meetings_and_says_how_far_it_follows(archive: Archive, settings: Settings) -> None:
    update_index(archive, archive.folder, settings)
    index = Index(archive.folder, archive, settings)
    for meeting in range(12):  # more commits than segments are kept
        one_item(archive, "The lamp was mended.", number=meeting, meeting=meeting)
        update_index(archive, archive.folder, settings)
        assert total(index, "lamp") == meeting + 1
        assert index.sequence == archive.sequence()
    assert len(list(generation(archive).glob("*.words"))) <= MOST_SEGMENTS
    assert check_index(archive, archive.folder) == ()


def test_a_rebuild_makes_a_new_generation_and_takes_the_old_one_away(archive: Archive, settings: Settings) -> None:
    fill(archive, meetings=2)
    update_index(archive, archive.folder, settings)
    index, first = Index(archive.folder, archive, settings), generation(archive)
    before = index.search(SearchRequest(text="police"))
    report = update_index(archive, archive.folder, settings, rebuild=True)
    assert report.rebuilt
    assert (first.name, generation(archive).name) == ("gen-0001", "gen-0002")
    assert not first.exists()
    assert index.search(SearchRequest(text="police")) == before


def test_an_index_made_in_another_way_is_made_anew(archive: Archive, settings: Settings) -> None:
    fill(archive, meetings=2)
    update_index(archive, archive.folder, settings)
    marker = read_marker(generation(archive))
    assert marker is not None
    write_marker(generation(archive), type(marker)(made_with="otherwise", sequence=marker.sequence, complete=True))
    assert check_index(archive, archive.folder) == (
        "index: made with other topics or in another way; run `scrutiny index`",
    )
    report = update_index(archive, archive.folder, settings)
    assert report.rebuilt
    assert "have changed" in report.line


def test_an_index_of_another_archive_is_made_anew(archive: Archive, settings: Settings, tmp_path: Path) -> None:
    fill(archive, meetings=3)
    update_index(archive, archive.folder, settings)
    with Archive.open(tmp_path / "other", write=True) as other:
        one_item(other, "The lamp was mended.")
        shutil.copytree(index_folder(archive.folder), index_folder(other.folder))
        report = update_index(other, other.folder, settings)
        assert (report.rebuilt, report.items) == (True, 1)


def test_an_unfinished_generation_is_gone_on_with(archive: Archive, settings: Settings) -> None:
    fill(archive, meetings=3)
    update_index(archive, archive.folder, settings)
    whole = generation(archive)
    marker = read_marker(whole)
    assert marker is not None
    write_marker(whole, type(marker)(made_with=marker.made_with, files=marker.files))  # as if stopped before the end
    (index_folder(archive.folder) / "current").unlink()
    report = update_index(archive, archive.folder, settings)
    assert (report.generation, report.added) == (whole.name, 0)
    assert check_index(archive, archive.folder) == ()


def test_after_a_stop_between_a_commit_and_its_marker_the_index_is_gone_on_with(
    archive: Archive, settings: Settings
) -> None:
    one_item(archive, "The lamp was mended.")
    update_index(archive, archive.folder, settings)
    marker = generation(archive) / "marker.json"
    for number in range(2, 16):  # so many commits that segments are merged
        earlier = marker.read_bytes()
        one_item(archive, "The lamp was mended.", number, meeting=number)
        update_index(archive, archive.folder, settings)
        marker.write_bytes(earlier)
        assert check_index(archive, archive.folder) == ()
        report = update_index(archive, archive.folder, settings)
        assert (report.rebuilt, report.items) == (False, number)
    assert total(Index(archive.folder, archive, settings), "lamp") == number


def test_an_empty_folder_of_a_stopped_run_is_passed_over(archive: Archive, settings: Settings) -> None:
    fill(archive, meetings=2)
    left = index_folder(archive.folder) / "gen-0007"
    left.mkdir(parents=True)
    make_empty(left)
    assert update_index(archive, archive.folder, settings).generation == "gen-0008"
    assert not left.exists()


def test_a_second_indexer_waits_and_then_says_that_another_is_at_work(archive: Archive) -> None:
    hurried = read_settings({"SCRUTINY_INDEX_LOCK_WAIT_S": "0"})
    with indexing_lock(index_folder(archive.folder), 0), pytest.raises(ActiveRunError, match="try again") as error:
        update_index(archive, archive.folder, hurried)
    assert error.value.exit_code == 5
    assert update_index(archive, archive.folder, hurried).items == 0


def _index_again(folder: Path) -> None:
    with Archive.open(folder) as archive:
        update_index(archive, folder, read_settings({}), rebuild=True)


def test_a_kill_at_any_moment_leaves_an_index_that_answers_and_the_next_run_mends(
    archive: Archive, settings: Settings
) -> None:
    fill(archive, meetings=8)
    update_index(archive, archive.folder, settings)
    index = Index(archive.folder, archive, settings)
    expected = total(index, "police")
    begun = time.monotonic()
    _index_again(archive.folder)
    needed = time.monotonic() - begun
    for kill in range(8):
        process = multiprocessing.get_context("fork").Process(target=_index_again, args=(archive.folder,))
        process.start()
        time.sleep(needed * kill / 7)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        process.close()
        assert total(Index(archive.folder, archive, settings), "police") == expected
        assert total(index, "police") == expected
    update_index(archive, archive.folder, settings, rebuild=True)
    assert check_index(archive, archive.folder) == ()
    assert len(list(index_folder(archive.folder).glob("gen-*"))) == 1
