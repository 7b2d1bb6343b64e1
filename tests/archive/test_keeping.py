"""The folder, the database and the bytes: durable, checkable, and their troubles told in one line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import Archive, save_page
from archive.check import check_archive
from archive.database import ArchiveMissingError
from archive.errors import IntegrityError, SettingsError
from tests.archive.sample import answer, item, meeting_page


def the_blob(archive: Archive) -> Path:
    evidence = archive.evidence("eastmere-i7")
    assert evidence is not None
    return archive.blobs.path(evidence.sha256)


def flip_a_bit(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[0] ^= 1
    path.write_bytes(bytes(body))


def add_a_stray(path: Path) -> None:
    (path.parent / ("0" * 64)).write_bytes(b"stray")


@pytest.mark.parametrize(
    ("damage", "named"),
    [(flip_a_bit, "changed bytes"), (Path.unlink, "lost bytes"), (add_a_stray, "stray file")],
)
def test_every_fault_of_the_kept_bytes_is_named(archive: Archive, damage: Callable[[Path], None], named: str) -> None:
    save_page(archive, answer(), meeting_page(item()))
    assert list(check_archive(archive)) == []
    damage(the_blob(archive))
    (fault,) = check_archive(archive)
    assert fault.startswith(named)


def test_a_record_without_its_version_is_named(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(item()))
    with sqlite3.connect(archive.folder / "archive.sqlite") as db:
        db.execute("DELETE FROM versions WHERE record = 'eastmere-i7'")
    db.close()
    assert list(check_archive(archive)) == ["broken record: eastmere-i7 has no version 1"]


def test_what_a_crash_left_half_written_is_swept_but_not_what_is_being_written(archive: Archive) -> None:
    archive.blobs.put(b"sound")
    old, new = archive.blobs.folder / "tmp" / "old", archive.blobs.folder / "tmp" / "new"
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (1, 1))
    assert archive.blobs.sweep() == 1
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_a_blob_is_named_by_a_sha256_and_nothing_else(archive: Archive, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        archive.blobs.path(name)


def test_a_folder_without_an_archive_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissingError, match="scrutiny crawl"):
        Archive.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SettingsError, match="--data"):
        Archive.open(tmp_path / "file" / "data", write=True)


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be looked at" * 40, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_file_that_is_no_archive_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "archive.sqlite").write_bytes(content)
    for write in (False, True):
        with pytest.raises((IntegrityError, SettingsError)):
            Archive.open(tmp_path, write=write)
    assert (tmp_path / "archive.sqlite").read_bytes()[:15] == content[:15]


def test_an_archive_of_another_form_is_not_touched(archive: Archive) -> None:
    with sqlite3.connect(archive.folder / "archive.sqlite") as db:
        db.execute("UPDATE facts SET value = '99' WHERE name = 'schema'")
    db.close()
    with pytest.raises(SettingsError, match="form 99"):
        Archive.open(archive.folder, write=True)
