"""The bytes as they arrived, by SHA-256, one file each: written once, never changed.

A blob is on the disk, whole and fsynced, before any row points at it: written beside its place, fsynced,
renamed, its folder fsynced. What a crash leaves is at most a file in `tmp/`, swept by the next run.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{64}")
_LEFT_OVER_S = 3600.0


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
        """Keep the bytes, durably, and name them. Keeping the same bytes again costs a look."""
        sha256 = hashlib.sha256(body).hexdigest()
        place = self.path(sha256)
        if place.exists():
            return sha256
        place.parent.mkdir(parents=True, exist_ok=True)
        self._tmp.mkdir(parents=True, exist_ok=True)
        written = self._write_aside(body)
        written.rename(place)
        _sync_folder(place.parent)
        _sync_folder(self.folder)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes under this name. Raises FileNotFoundError where they are not kept."""
        return self.path(sha256).read_bytes()

    def names(self) -> Iterator[str]:
        """The name of every file kept, right or wrong, in no particular order."""
        for place in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            yield place.name

    def is_sound(self, sha256: str) -> bool:
        """Whether the file under this name still holds what its name says."""
        with self.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def sweep(self) -> int:
        """Remove what crashed runs left half written, an hour old or more; how many files that were."""
        old = [left for left in self._tmp.glob("*") if time.time() - left.stat().st_mtime > _LEFT_OVER_S]
        for left in old:
            left.unlink(missing_ok=True)
        return len(old)

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


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
