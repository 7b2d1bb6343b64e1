"""Where an index lies, and which one is read: `gen-0001/` folders, each with its marker, and a pointer to one.

A generation is made beside the one that is read, verified, forced to the disk, and only then pointed to, so that
a reader always finds a whole one and a stop at any moment loses nothing. The marker says what a generation was
made with and how far it follows the archive; it is renewed after every commit, each time as a new file.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from archive.errors import ActiveRunError

_POINTER, _MARKER, _LOCK, _BESIDE = "current", "marker.json", "lock", "beside"
_FILES = (".toc", ".words", ".facts")
_CHUNK = 1 << 20
_LOCK_POLL_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What a generation is. `files` are the size and CRC-32 of each; `complete` once it may be read."""

    made_with: str
    sequence: int = 0
    items: int = 0
    complete: bool = False
    files: tuple[tuple[str, int, int], ...] = ()


def index_folder(data: Path) -> Path:
    """Where the index of a data folder lies. It can be deleted at any time: it is made from the archive."""
    return data / "index"


def read_marker(generation: Path) -> Marker | None:
    """The marker of a generation; None where there is none or it cannot be read as one."""
    try:
        stored = json.loads((generation / _MARKER).read_bytes())
        return replace(Marker(**stored), files=tuple((str(n), int(s), int(c)) for n, s, c in stored["files"]))
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError, KeyError):
        return None


def write_marker(generation: Path, marker: Marker) -> None:
    """Put the marker in place of the old one, as one step."""
    _replace(generation / _MARKER, json.dumps(asdict(marker)).encode())


def current_generation(folder: Path) -> Path | None:
    """The generation that is read; None where there is none yet."""
    pointed, seen = _pointed_to(folder), None
    # Where it is gone, a switch came between the reading of the pointer and the look: the pointer says another by now.
    while pointed is not None and pointed != seen:
        if pointed.is_dir():
            return pointed
        pointed, seen = _pointed_to(folder), pointed
    return None


def _pointed_to(folder: Path) -> Path | None:
    try:
        name = (folder / _POINTER).read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    found = folder / name
    return found if name.startswith("gen-") and found.parent == folder else None


def point_to(folder: Path, generation: Path) -> None:
    """From now on this generation is read."""
    _replace(folder / _POINTER, generation.name.encode("ascii"))


def state_of(folder: Path) -> tuple[object, ...]:
    """Something that differs after every commit and every switch; costs two looks at the disk."""
    current = current_generation(folder)
    if current is None:
        return ()
    try:
        seen = (current / _MARKER).stat()
    except FileNotFoundError:
        return (current.name,)
    return (current.name, seen.st_ino, seen.st_mtime_ns, seen.st_size)


def unfinished_generation(folder: Path, made_with: str) -> Path | None:
    """One whose making was stopped, and that can be gone on with."""
    for one in reversed(_generations(folder)):
        marker = read_marker(one)
        if marker is not None and not marker.complete and marker.made_with == made_with:
            return one
    return None


def new_generation(folder: Path) -> Path:
    """An empty folder under the next number."""
    numbers = [int(one.name.removeprefix("gen-")) for one in _generations(folder)]
    made = folder / f"gen-{max(numbers, default=0) + 1:04d}"
    made.mkdir(parents=True)
    return made


def remove_others(folder: Path, kept: Path) -> None:
    """Every generation but this one. A reader that has one open keeps it; one that is opening it tries again."""
    for one in _generations(folder):
        if one != kept:
            shutil.rmtree(one, ignore_errors=True)


def digests(generation: Path, known: tuple[tuple[str, int, int], ...] = ()) -> tuple[tuple[str, int, int], ...]:
    """Name, size and CRC-32 of every file of the index; `known` ones are taken as they are, for files never change."""
    held = {name: (name, size, crc) for name, size, crc in known}
    return tuple(held.get(path.name) or _digest(path) for path in _files(generation))


def damaged_files(generation: Path, marker: Marker) -> tuple[str, ...]:
    """The files that are no longer what the marker says they were.

    One that is missing is not among them: the commit after the marker's may have taken it away, and whether the index
    still needs it shows in the opening of its segments.
    """
    return tuple(one[0] for one in marker.files if not _is_as_marked(generation, one))


def resized_files(generation: Path, marker: Marker) -> tuple[str, ...]:
    """The files that are longer or shorter than the marker says; none is read for that."""
    return tuple(name for name, size, _ in marker.files if _size(generation / name) not in (size, None))


def force_to_disk(generation: Path) -> None:
    """Whoosh forces nothing to the disk; a power cut after this loses nothing."""
    for path in (*_files(generation), generation, generation.parent):
        _force(path)


@contextmanager
def making_in(generation: Path) -> Iterator[Path]:
    """A folder for segments in the making; what a stopped run left there is taken away, and so is the folder."""
    beside = generation / _BESIDE
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def indexing_lock(folder: Path, wait_s: float) -> Iterator[None]:
    """One indexer at a time; freed by the kernel when its process ends. Raises ActiveRunError after waiting."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("ab") as file:
        until = time.monotonic() + wait_s
        while not _locked(file.fileno()):
            if time.monotonic() >= until:
                raise ActiveRunError("Another run is bringing the search index up to date; try again when it is done.")
            time.sleep(_LOCK_POLL_S)
        yield


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _generations(folder: Path) -> list[Path]:
    found = folder.glob("gen-*")
    return sorted(
        (one for one in found if one.name.removeprefix("gen-").isdecimal()), key=lambda one: int(one.name[4:])
    )


def _files(generation: Path) -> list[Path]:
    return sorted(path for path in generation.iterdir() if path.is_file() and path.suffix in _FILES)


def _is_as_marked(generation: Path, marked: tuple[str, int, int]) -> bool:
    path = generation / marked[0]
    try:
        return _size(path) in (marked[1], None) and _digest(path) == marked
    except FileNotFoundError:
        return True


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _digest(path: Path) -> tuple[str, int, int]:
    size = crc = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            size, crc = size + len(chunk), zlib.crc32(chunk, crc)
    return path.name, size, crc


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    _force(beside)
    beside.replace(path)
    _force(path.parent)


def _force(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
