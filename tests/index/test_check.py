"""Damage and differences are named, never answered from in silence, and mended from the archive."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from archive import Archive, Settings
from archive.errors import ScrutinyError
from index import Index, SearchRequest, check_index, looking_over, update_index
from index.generations import current_generation, index_folder, read_marker
from tests.index.corpus import fill, item_of, save_meeting


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def zero_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = bytes(len(content[middle : middle + 4096]))
    path.write_bytes(content)


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 4
    path.write_bytes(content)


def delete(path: Path) -> None:
    path.unlink()


def generation(archive: Archive) -> Path:
    found = current_generation(index_folder(archive.folder))
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ["*.words", "*.facts", "*.toc", "marker.json"])
@pytest.mark.parametrize("damage", [cut, empty, zero_a_page, flip_a_bit, delete])
def test_damage_is_named_and_the_next_run_makes_the_index_anew(
    archive: Archive, settings: Settings, damage: Callable[[Path], None], kind: str
) -> None:
    fill(archive, meetings=4)
    update_index(archive, archive.folder, settings)
    expected = Index(archive.folder, archive, settings).search(SearchRequest(text="police report"))
    victim = next(generation(archive).glob(kind))
    damage(victim)
    if kind != "marker.json" or damage is not flip_a_bit:  # a flipped bit may leave a marker that reads the same
        assert check_index(archive, archive.folder)
    _answers_or_says_that_it_is_damaged(archive, settings)
    update_index(archive, archive.folder, settings)
    assert check_index(archive, archive.folder) == ()
    assert Index(archive.folder, archive, settings).search(SearchRequest(text="police report")) == expected


def _answers_or_says_that_it_is_damaged(archive: Archive, settings: Settings) -> None:
    with suppress(ScrutinyError):
        Index(archive.folder, archive, settings).search(SearchRequest(text="police report"))


def test_a_missing_index_is_a_fault_only_where_there_is_something_to_find(archive: Archive) -> None:
    assert check_index(archive, archive.folder) == ()
    fill(archive, meetings=1)
    assert check_index(archive, archive.folder) == ("index: there is none; run `scrutiny index`",)


def test_items_that_are_missing_and_out_of_date_are_named(archive: Archive, settings: Settings) -> None:
    save_meeting(archive, 0, [item_of(1, "Lamps")])
    update_index(archive, archive.folder, settings)
    save_meeting(archive, 0, [item_of(1, "Lanterns"), item_of(2, "Kerbs")])
    assert check_index(archive, archive.folder) == (
        "index: eastmere-i2 is missing; run `scrutiny index`",
        "index: eastmere-i1 is out of date; run `scrutiny index`",
    )
    update_index(archive, archive.folder, settings)
    assert check_index(archive, archive.folder) == ()


def test_files_left_by_a_stopped_commit_are_no_fault(archive: Archive, settings: Settings) -> None:
    fill(archive, meetings=1)
    update_index(archive, archive.folder, settings)
    (generation(archive) / "MAIN_leftover.words").write_bytes(b"half")
    assert check_index(archive, archive.folder) == ()


def test_of_a_large_index_each_run_looks_over_a_share_and_after_some_runs_everything(
    archive: Archive, settings: Settings
) -> None:
    fill(archive, meetings=30)
    update_index(archive, archive.folder, settings)
    whole = generation(archive)
    marker = read_marker(whole)
    assert marker is not None
    assert looking_over.damaged_files(whole, marker, most=1) == ()
    for victim in (*whole.glob("*.words"), *whole.glob("*.facts")):
        sound = victim.read_bytes()
        flip_a_bit(victim)
        share = sum(size for _, size, _ in marker.files) // 3
        named = [looking_over.damaged_files(whole, marker, share) for _ in range(60)]
        assert set(named) <= {(), (victim.name,)}
        assert (victim.name,) in named
        cut(victim)
        assert looking_over.damaged_files(whole, marker, most=1) == (victim.name,)
        victim.write_bytes(sound)


def test_damage_that_a_commit_meets_has_the_index_made_anew(
    archive: Archive, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(archive, meetings=3)
    update_index(archive, archive.folder, settings)
    monkeypatch.setattr(looking_over, "MOST_BYTES", 0)  # as of an index so large that little of it is looked over
    for number in range(50, 80):  # so many commits that segments are merged
        flip_a_bit(next(generation(archive).glob("*.words")))
        save_meeting(archive, number, [item_of(900 + number, "Lamps", meeting=number)])
        if update_index(archive, archive.folder, settings).rebuilt:
            break
    assert number < 79
    assert check_index(archive, archive.folder) == ()


def test_a_passing_error_erases_nothing(archive: Archive, settings: Settings) -> None:
    fill(archive, meetings=1)
    update_index(archive, archive.folder, settings)
    whole = generation(archive)
    hidden = next(whole.glob("*.toc"))
    hidden.rename(whole / "away")
    index = Index(archive.folder, archive, settings)
    with pytest.raises(ScrutinyError):
        index.search(SearchRequest())
    (whole / "away").rename(hidden)
    assert index.search(SearchRequest()).total > 0
    assert generation(archive) == whole
