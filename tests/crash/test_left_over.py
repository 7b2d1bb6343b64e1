"""Bytes that a stop left without their row are swept by the next crawl; nothing else is."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Answer, Archive, Findings, save_page
from archive.check import check_archive
from archive.sweeping import sweep

MANY = 101


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", write=True) as opened:
        yield opened


def answer(body: bytes) -> Answer:
    return Answer(
        url=f"http://127.0.0.1/{hashlib.sha256(body).hexdigest()}", borough="eastmere", how="import",
        retrieved_at=datetime(2026, 1, 31, tzinfo=UTC), status=None, headers=(), body=body, complete=True, outcome="ok",
    )  # fmt: skip


def test_bytes_without_a_row_are_no_fault_and_are_swept(archive: Archive) -> None:
    save_page(archive, answer(b"kept"), Findings())
    left = archive.blobs.put(b"left by a crash")
    assert list(check_archive(archive)) == []
    assert sweep(archive) == 1
    assert (archive.blobs.holds(left), len(list(archive.blobs.names()))) == (False, 1)
    assert sweep(archive) == 0


def test_a_file_that_is_not_what_its_name_says_is_named_and_left(archive: Archive) -> None:
    stray = archive.blobs.path(archive.blobs.put(b"something"))
    stray.write_bytes(b"something else")
    (stray.parent / "README").write_text("not ours")
    assert sweep(archive) == 0
    assert len(list(check_archive(archive))) == 2
    assert stray.exists()


def test_the_bytes_of_a_database_that_was_lost_are_not_swept(archive: Archive) -> None:
    for number in range(MANY):
        save_page(archive, answer(b"page %d" % number), Findings())
    with Archive.open(archive.folder.parent / "new", write=True) as new:
        shutil.copytree(archive.blobs.folder, new.blobs.folder)
        assert sweep(new) == 0
        assert len(list(check_archive(new))) == len(list(new.blobs.names())) == MANY


def test_many_sweeps_at_once_take_each_file_once(archive: Archive) -> None:
    """Files are put in their place, or swept by another, between the listing and the look at each of them."""
    half_written = archive.blobs.folder / "tmp"
    half_written.mkdir(parents=True)
    for _ in range(20):
        for number in range(30):
            left = half_written / f"left-{number}"
            left.write_bytes(b"half")
            os.utime(left, (0, 0))
            archive.blobs.put(b"left %d" % number)
        with ThreadPoolExecutor(4) as pool:
            swept = [future.result() for future in [pool.submit(archive.blobs.sweep) for _ in range(4)]]
            named = pool.submit(lambda: list(check_archive(archive)))
            list(pool.map(lambda _: sweep(archive), range(4)))
        assert (sum(swept), list(half_written.iterdir()), list(archive.blobs.names())) == (30, [], [])
        assert named.result() == []


def test_a_sweep_beside_imports_takes_nothing_of_theirs(archive: Archive) -> None:
    left = threading.Event()

    def sweep_on() -> None:
        with Archive.open(archive.folder, write=True) as other:
            while not left.is_set():
                sweep(other)

    sweeping = threading.Thread(target=sweep_on)
    sweeping.start()
    try:
        for number in range(60):
            save_page(archive, answer(b"page %d" % (number % 40)), Findings())
    finally:
        left.set()
        sweeping.join()
    assert list(check_archive(archive)) == []
    assert len(list(archive.blobs.names())) == 40
