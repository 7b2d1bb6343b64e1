"""The archive: one folder, opened for reading or for writing. The only thing that needs a backup.

Reading is `archive.reading`, saving is `archive.saving`, what a crawl still has to do is `archive.frontier`;
this class holds what they share: the folder, the database and the blobs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from archive.blobs import Blobs
from archive.database import mended_errors, open_engine
from archive.reading import Reading


class Archive(Reading):
    """The store of record. Threads may share it; each call takes a connection of its own from the pool."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self.folder = folder
        self.blobs = Blobs(folder / "blobs")
        self._engine = open_engine(folder, write=write)
        self._writer = self._engine.execution_options(writing=True)

    @classmethod
    def open(cls, folder: Path, *, write: bool = False) -> Self:
        """The archive in this folder; `write` makes one where there is none.

        Raises ArchiveMissingError where there is none to read, SettingsError where the folder cannot be used.
        """
        return cls(folder, write=write)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the archive."""
        with mended_errors(self.folder), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that saves all of what is done in it, or nothing."""
        with mended_errors(self.folder), self._writer.begin() as connection:
            yield connection
