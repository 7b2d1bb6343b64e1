"""The bytes as they arrived, by SHA-256, one file each: written once, never changed.

A blob is on the disk, whole and fsynced, before any row points at it: written beside its place, fsynced,
renamed, its folder fsynced. It is put within the transaction that writes the row, so that whoever holds the writer's
lock knows that a blob without a row is what a crash left (`archive.sweeping`).
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from archive.errors import OUT_OF_SPACE, OutOfSpaceError, SettingsError

_NAME = re.compile(r"[0-9a-f]{64}")
_LEFT_OVER_S = 3600.0
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class Blobs:
    """A folder of files named by the SHA-256 of what they hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tmp = folder / "tmp"

    def path(self, sha256: str) -> Path:
        """Where these bytes are or would be. Raises ValueError for a name that is no SHA-256."""
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in hex: {sha256!r}")
        return self.folder / sha256[:2] / sha256

    def put(self, body: bytes) -> str:
        """Keep the bytes, durably, and name them. Keeping the same bytes again costs a look.

        To be called within the transaction that writes the row. Raises OutOfSpaceError, and SettingsError where the
        folder may not be written.
        """
        sha256 = hashlib.sha256(body).hexdigest()
        place = self.path(sha256)
        if place.exists():
            return sha256
        try:
            self._put(place, body)
        except OSError as problem:
            raise _told(problem, self.folder) from problem
        return sha256

    def remove(self, sha256: str) -> None:
        """Let go of bytes that nothing refers to; only the sweep may, under the writer's lock."""
        self.path(sha256).unlink(missing_ok=True)

    def get(self, sha256: str) -> bytes:
        """The bytes under this name. Raises FileNotFoundError where they are not kept."""
        return self.path(sha256).read_bytes()

    def names(self) -> Iterator[str]:
        """The name of every file kept, right or wrong, in no particular order."""
        for place in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            yield place.name

    def holds(self, name: str) -> bool:
        """Whether there are bytes kept under this name, which may be any text."""
        return bool(_NAME.fullmatch(name)) and self.path(name).is_file()

    def is_sound(self, sha256: str) -> bool:
        """Whether the file under this name still holds what its name says. Raises FileNotFoundError as `get` does."""
        with self.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def sweep(self) -> int:
        """Remove what crashed runs left half written, an hour old or more; how many files that were."""
        return sum(_swept(left) for left in self._tmp.glob("*"))

    def _put(self, place: Path, body: bytes) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        self._tmp.mkdir(exist_ok=True)
        self._write_aside(body).rename(place)
        # Each folder is there after a power cut only once the one above it says so on the disk; which of them are new
        # is not asked, for a crash may have come between the making and the syncing.
        for folder in (place.parent, self.folder, self.folder.parent):
            _sync_folder(folder)

    def _write_aside(self, body: bytes) -> Path:
        handle, name = tempfile.mkstemp(dir=self._tmp)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return Path(name)


def _swept(left: Path) -> bool:
    try:
        if time.time() - left.stat().st_mtime <= _LEFT_OVER_S:
            return False
        left.unlink()
    except FileNotFoundError:
        # Whoever wrote it has put it in its place meanwhile, or another sweep was faster.
        return False
    return True


def _told(problem: OSError, folder: Path) -> Exception:
    if problem.errno in OUT_OF_SPACE:
        return OutOfSpaceError(f"No space left in {folder}: free some and run the same command again; nothing is lost.")
    if problem.errno in _CLOSED:
        return SettingsError(f"{folder} cannot be written ({problem.strerror}): check who may write it.")
    return problem


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
