"""Indexing what the archive holds, in a process of its own, with a point of the curve after every commit.

Points are kept as they come, so a run that is stopped has lost none of its time, and the next one goes on counting.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from archive import Archive, read_settings
from index import update_index
from tests.bench.large.figures import Point, Rebuilt
from tests.bench.large.watching import Memory, processor_s, watched

_STEPS, _ANEW = "points.jsonl", "points-anew.jsonl"
_NOTHING = Point(items=0, clock_s=0, processor_s=0, size=0)


def build(folder: Path, indexed: int, items: int) -> tuple[tuple[Point, ...], Memory]:
    """Bring the index, which holds so many items, up to date with the archive. All points up to now, and the memory."""
    _, memory = watched(_indexed, folder, _STEPS, indexed, items)
    return _points(folder / _STEPS), memory


def build_anew(folder: Path, items: int) -> Rebuilt:
    """Make the index of so many items at one go, beside the one that is read."""
    _, memory = watched(_indexed, folder, _ANEW, 0, items)
    (*_, end) = _points(folder / _ANEW)
    return Rebuilt(items=items, clock_s=end.clock_s, processor_s=end.processor_s, size=end.size, memory=memory)


def _points(path: Path) -> tuple[Point, ...]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return tuple(Point(**json.loads(line)) for line in lines)


def size_of(folder: Path) -> int:
    """Bytes of the files in it and below."""
    size = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a commit takes files away
            size += path.stat().st_size if path.is_file() else 0
    return size


def _indexed(folder: Path, name: str, indexed: int, items: int) -> None:
    """What the process does: every report of progress, and the end, is a point in the file of this name."""
    before, clock = (_NOTHING, *_points(folder / name))[-1], _clock()

    def keep(done: int) -> None:
        clock_s, processor_s = clock()
        point = Point(
            items=min(max(done, before.items), items),
            clock_s=before.clock_s + clock_s,
            processor_s=before.processor_s + processor_s,
            size=size_of(folder / "index"),
        )
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(asdict(point))}\n")

    def told(done: int, _: int) -> None:
        keep(indexed + done)

    with Archive.open(folder) as archive:
        update_index(archive, folder, read_settings({}), rebuild=name == _ANEW, progress=told)
    keep(items)


def _clock() -> Callable[[], tuple[float, float]]:
    """Tells the seconds since now, by the clock and of processors, of this process and those under it."""
    began, used = time.perf_counter(), processor_s()
    return lambda: (time.perf_counter() - began, processor_s() - used)
