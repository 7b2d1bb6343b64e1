"""How much memory does a process hold at most, with all that it starts? Looked at from outside, five times a second.

Counted is what is theirs alone: shared memory once, and nothing of the files that the system keeps in memory for all.
Where the system does not say (that is Linux's `smaps_rollup`), the answer is None.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_EVERY_S = 0.2
_OWN = re.compile(rb"^Pss_(?:Anon|Shmem): +(\d+) kB", re.MULTILINE)


@dataclass(slots=True)
class Peak:
    """The most that was seen so far, in bytes."""

    bytes: int | None = None


@contextmanager
def watched(process: int) -> Iterator[Peak]:
    """Watch a process until the block ends."""
    peak, ended = Peak(), threading.Event()

    def watch() -> None:
        while not ended.wait(_EVERY_S):
            held = [size for one in _with_children(process) if (size := _held(one)) is not None]
            if held:
                peak.bytes = max(peak.bytes or 0, sum(held))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()


def _with_children(process: int) -> Iterator[int]:
    yield process
    try:
        tasks = list((_PROC / str(process) / "task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # it has ended
        return
    for child in children:
        yield from _with_children(child)


def _held(process: int) -> int | None:
    try:
        said = (_PROC / str(process) / "smaps_rollup").read_bytes()
    except OSError:
        return None
    return 1024 * sum(int(size) for size in _OWN.findall(said))
