"""What is left on a disk when the power is cut? What was synced, and of the rest a beginning that nobody chose.

A `Recorder` watches from outside what a process does below one folder: files and folders made, renames, every fsync,
and commits. `after_cut` says which files would be there, with which bytes, had the power been cut after so many
events: a file has the bytes it had when it was synced, else a random beginning of them; a name is there if its folder
was synced since it was given, else only if it is among a random beginning of those that were not. That SQLite keeps
what it has committed is SQLite's own promise, and tested by its own tests of this kind.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

from sqlalchemy import Connection, Engine, event

What = Literal["make file", "make folder", "rename", "sync file", "sync folder", "commit"]
_SHA256 = re.compile(r"[0-9a-f]{64}")
_POINTS = "INSERT INTO captures"
_ROWS = "bytes that the transaction's rows point at"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to a path; `body` is what is in a file then, `hashes` what a commit's rows point at."""

    what: What
    path: str = ""
    to: str = ""
    body: bytes = b""
    hashes: frozenset[str] = frozenset()


class Recorder:
    """Records what happens below a folder while `recording`."""

    def __init__(self, folder: Path) -> None:
        self.events: list[Event] = []
        self._folder = str(folder)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Watch this process, all its threads, for as long as the block lasts."""
        watched = {"mkdir": self._mkdir, "open": self._open, "rename": self._rename, "fsync": self._fsync}
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)
        with patch.multiple(os, **{name: _after(getattr(os, name), note) for name, note in watched.items()}):
            yield
        event.remove(Engine, "before_cursor_execute", self._statement)
        event.remove(Engine, "commit", self._commit)

    def _note(self, noted: Event) -> None:
        if noted.path.startswith(self._folder):
            self.events.append(noted)

    def _mkdir(self, _made: object, path: Any, *_: object) -> None:
        self._note(Event("make folder", str(path)))

    def _open(self, _handle: object, path: Any, flags: int, *_: object) -> None:
        if flags & os.O_CREAT:
            self._note(Event("make file", str(path)))

    def _rename(self, _done: object, source: Any, target: Any) -> None:
        self._note(Event("rename", str(source), to=str(target), body=Path(target).read_bytes()))

    def _fsync(self, _done: object, handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        what: What = "sync folder" if path.is_dir() else "sync file"
        self._note(Event(what, str(path), body=b"" if path.is_dir() else path.read_bytes()))

    def _statement(
        self, connection: Connection, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool
    ) -> None:
        if statement.startswith("BEGIN"):
            connection.info[_ROWS] = set()
        if statement.startswith(_POINTS):
            texts = (value for value in parameters if isinstance(value, str))
            connection.info[_ROWS] |= {text for text in texts if _SHA256.fullmatch(text)}

    def _commit(self, connection: Connection) -> None:
        hashes = frozenset(connection.info.get(_ROWS, ()))
        if hashes:
            self.events.append(Event("commit", hashes=hashes))


def _after(function: Any, note: Any) -> Any:
    def noted(*arguments: Any, **named: Any) -> Any:
        done = function(*arguments, **named)
        note(done, *arguments)
        return done

    return noted


@dataclass(slots=True)
class _File:
    written: bytes = b""
    synced: bytes | None = None


@dataclass(slots=True)
class _Disk:
    """`names` are all that were given, in order: path, and the file there (None for a folder); `sure` of them last."""

    files: dict[str, _File] = field(default_factory=dict)
    names: list[tuple[str, str, _File | None]] = field(default_factory=list)
    sure: list[bool] = field(default_factory=list)

    def give(self, path: str, file: _File | None, instead_of: str = "") -> None:
        self.names.append((path, instead_of, file))
        self.sure.append(False)

    def sync_folder(self, folder: str) -> None:
        for place, (path, _, _) in enumerate(self.names):
            self.sure[place] = self.sure[place] or os.path.dirname(path) == folder  # noqa: PTH120  # it is a text


def after_cut(events: Sequence[Event], root: str, chance: random.Random) -> dict[str, bytes]:
    """The files, by path, that a power cut after these events leaves below `root`, which was there before."""
    disk = _Disk()
    for done in events:
        _replay(disk, done)
    unsure = [place for place, sure in enumerate(disk.sure) if not sure]
    lucky = set(unsure[: chance.randint(0, len(unsure))])
    there: dict[str, _File | None] = {root: None}
    for place, (path, instead_of, file) in enumerate(disk.names):
        if disk.sure[place] or place in lucky:
            there.pop(instead_of, None)
            there[path] = file
    return {
        path: _bytes(file, chance)
        for path, file in there.items()
        if file is not None and all(str(above) in there for above in _between(path, root))
    }


def _replay(disk: _Disk, done: Event) -> None:
    if done.what == "make folder":
        disk.give(done.path, None)
    elif done.what == "make file":
        disk.files[done.path] = _File()
        disk.give(done.path, disk.files[done.path])
    elif done.what == "sync folder":
        disk.sync_folder(done.path)
    elif done.what == "sync file" and done.path in disk.files:
        disk.files[done.path].written = disk.files[done.path].synced = done.body
    elif done.what == "rename" and done.path in disk.files:
        file = disk.files[done.to] = disk.files.pop(done.path)
        file.written = done.body
        disk.give(done.to, file, instead_of=done.path)


def _bytes(file: _File, chance: random.Random) -> bytes:
    return file.written[: chance.randint(0, len(file.written))] if file.synced is None else file.synced


def _between(path: str, root: str) -> Iterator[Path]:
    """The folders above a path, from `root` on."""
    return (above for above in Path(path).parents if above.is_relative_to(root))
