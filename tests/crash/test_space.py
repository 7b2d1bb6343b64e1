"""A full disk stops a crawl with one clear line and harms nothing; with space again, the crawl goes on where it was."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import OutOfSpaceError
from tests.crash.canonical import canonical, difference
from tests.crash.children import Children, Ended
from tests.crash.towns import SLUG, hamlet
from tests.site import PretendSite

FULL = OutOfSpaceError.exit_code
NO_ARCHIVE = 2
LARGEST_FILES = (2_000, 8_192, 40_000, 100_000, 200_000)
DISK_KB = (200, 300, 400, 600, 720, 1000, 1100, 1160, 1200, 1240, 1280, 1320)


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with Children() as forked:
        yield forked


@pytest.fixture(scope="module")
def site() -> Iterator[PretendSite]:
    with PretendSite([hamlet("off")]) as served:
        yield served


@pytest.fixture(scope="module")
def boroughs(site: PretendSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site.boroughs_file(tmp_path_factory.mktemp("space") / "boroughs.toml")


@pytest.fixture(scope="module")
def wanted(children: Children, boroughs: Path) -> bytes:
    data = boroughs.parent / "undisturbed"
    assert children.run(data, "crawl", SLUG, "--boroughs", boroughs).code == 0
    return canonical(data)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, where this user may have one; `resize` gives it space."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() or mount is None:
        pytest.skip("only the superuser can make a small disk")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=300k", "none", place], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no small disk can be made here")
    yield place
    subprocess.run(["umount", place], check=True)


def resize(disk: Path, kilobytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", disk], check=True)


def assert_told_and_sound(ended: Ended, children: Children, data: Path) -> None:
    """The crawl said in one line that there is no space, and what it had saved is sound."""
    assert ended.code == FULL, ended.err
    *done, line = ended.err.splitlines()
    assert "space" in line or "full" in line
    assert all(line.startswith(("Eastmere", "Documents read")) for line in done), ended.err
    checked = children.run(data, "check")
    index_alone = all(line.startswith("index: ") for line in checked.out.splitlines())
    assert checked.code in (0, NO_ARCHIVE) or index_alone, checked.out


def assert_goes_on(children: Children, data: Path, boroughs: Path, wanted: bytes) -> None:
    went_on = children.run(data, "crawl", SLUG, "--boroughs", boroughs)
    assert went_on.code == 0, went_on.err
    assert children.run(data, "check").code == 0
    held = canonical(data)
    assert held == wanted, difference(wanted, held)


@pytest.mark.parametrize("largest", LARGEST_FILES)
def test_files_that_may_not_grow_stop_a_crawl_that_goes_on_later(
    children: Children, tmp_path: Path, boroughs: Path, wanted: bytes, largest: int
) -> None:
    data = tmp_path / "data"
    ended = children.run(data, "crawl", SLUG, "--boroughs", boroughs, largest_file=largest)
    assert_told_and_sound(ended, children, data)
    assert_goes_on(children, data, boroughs, wanted)


def test_a_full_disk_stops_a_crawl_at_whatever_it_is_doing(
    children: Children, disk: Path, boroughs: Path, wanted: bytes
) -> None:
    data, codes = disk / "data", []
    for size in DISK_KB:
        resize(disk, size)
        ended = children.run(data, "crawl", SLUG, "--boroughs", boroughs)
        codes.append(ended.code)
        if ended.code:
            assert_told_and_sound(ended, children, data)
    assert codes.count(FULL) >= 4
    resize(disk, 20_000)
    assert_goes_on(children, data, boroughs, wanted)
