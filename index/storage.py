# mypy: disallow-untyped-calls=False
# (Whoosh's storage has no types.)

"""The files of a generation, as Whoosh opens them."""

from __future__ import annotations

from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile


class ClosingStorage(FileStorage):
    """Whoosh's storage, which remembers what it opened: Whoosh leaves files open when it meets damage."""

    def __init__(self, path: str, readonly: bool) -> None:
        super().__init__(path, readonly=readonly)
        self._opened: list[StructFile] = []

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Open a file, as Whoosh asks."""
        opened: StructFile = super().open_file(name, **options)
        self._opened.append(opened)
        return opened

    def close_what_was_left(self) -> None:
        """Close what is still open."""
        for one in self._opened:
            if not one.is_closed:
                one.close()
        self._opened.clear()
