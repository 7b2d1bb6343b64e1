"""At which moments can a crash find something different on the disk? Before each step that changes it, and no other.

A step is a file opened for writing, made, renamed, cut or removed, a folder made, an fsync, the begin of a
transaction, the first statement of each kind that writes in it, and its commit. Between one step and the next nothing
changes on the disk but what is written into an open file, which random kills and the power cut look at. So a crash
after a step is the one before the next, and a crash at each step is a crash at every moment.

Installed from outside into a process that then runs the real program: by Python's own audit events, and by those of
SQLAlchemy. Nothing in the program knows of it.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

CRASHED = 137
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_FILE_EVENTS = frozenset({"os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"})
_STATEMENTS = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP")
_WROTE = "kinds of statements that wrote"


class Steps:
    """Counts the steps of a process below one folder, from 1, and ends the process before the one asked for."""

    def __init__(self, folder: Path, crash_at: int) -> None:
        self.names: list[str] = []
        self._folder = str(folder)
        self._crash_at = crash_at
        self._lock = threading.Lock()

    def install(self) -> None:
        """Begin to count, for good."""
        sync = os.fsync

        def counted_sync(handle: Any) -> None:
            self._file_step("fsync", f"/proc/self/fd/{handle}")
            sync(handle)

        os.fsync = counted_sync  # type: ignore[assignment]  # what it takes besides a number is never given here
        sys.addaudithook(self._audit)
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)

    def _take(self, name: str) -> None:
        with self._lock:
            self.names.append(name)
            if len(self.names) == self._crash_at:
                os._exit(CRASHED)

    def _audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        to_write = name == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
        if to_write or name in _FILE_EVENTS:
            self._file_step(name, arguments[0])

    def _file_step(self, name: str, path: object) -> None:
        if isinstance(path, int):
            path = f"/proc/self/fd/{path}"
        if not isinstance(path, str | os.PathLike):
            return
        place = str(Path(path).readlink() if str(path).startswith("/proc/self/fd/") else path)
        if place.startswith(self._folder):
            self._take(f"{name} {place.removeprefix(self._folder)}")

    def _statement(
        self,
        connection: Connection,
        _cursor: object,
        statement: str,
        _parameters: object,
        _context: object,
        _many: bool,
    ) -> None:
        if statement.startswith("BEGIN"):
            connection.info[_WROTE] = set()
        if statement.lstrip().startswith(_STATEMENTS):
            words = statement.split()
            kind = " ".join(words[:2] if words[0] == "CREATE" else words[:3])
            wrote = connection.info.setdefault(_WROTE, set())
            if kind not in wrote:
                wrote.add(kind)
                self._take(kind)

    def _commit(self, connection: Connection) -> None:
        if connection.info.pop(_WROTE, None):
            self._take("COMMIT")
