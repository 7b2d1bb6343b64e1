"""A piece of work in a process of its own, and what of the memory that takes: its own, and what it maps of files.

The index is read through maps of its files, which the kernel keeps in its page cache and takes back when it likes; so
what counts against a bound is a process's own memory alone. Processes that it starts are counted with it.
"""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any, TypeVar

T = TypeVar("T")

_EVERY_S = 0.1
_LINE = re.compile(r"^(RssAnon|RssFile|RssShmem):\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes at the worst moment: `own` is nobody else's, `mapped` are files in the page cache."""

    own: int = 0
    mapped: int = 0

    def at_worst(self, other: Memory) -> Memory:
        """The larger of each."""
        return Memory(max(self.own, other.own), max(self.mapped, other.mapped))


def watched(work: Callable[..., T], *given: Any) -> tuple[T, Memory]:
    """Do this in a new process. Raises ChildFailed with what is said where it fails there."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answering, args=(there, work, *given))
    process.start()
    there.close()
    try:
        most = Memory()
        while not here.poll(_EVERY_S):
            most = most.at_worst(memory_of(process.pid or 0))
        done, answer = _received(here)
    finally:
        process.join()
    if not done:
        raise ChildFailed(answer)
    return answer, most


class ChildFailed(Exception):
    """What was to be done in a process of its own was not."""


def memory_of(process: int) -> Memory:
    """What a process and those under it hold now; nothing where it has gone."""
    own = mapped = 0
    for one in _with_children(process):
        with suppress(OSError):  # it may end while we look
            held = dict(_LINE.findall(Path(f"/proc/{one}/status").read_text()))
            own += 1024 * (int(held.get("RssAnon", 0)) + int(held.get("RssShmem", 0)))
            mapped += 1024 * int(held.get("RssFile", 0))
    return Memory(own, mapped)


def processor_s() -> float:
    """Processor seconds of this process and of all that it has started, ended or not."""
    ended = sum(one.ru_utime + one.ru_stime for one in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)))
    _, *running = _with_children(os.getpid())
    return ended + sum(map(_ticks_of, running)) / os.sysconf("SC_CLK_TCK")


def _ticks_of(process: int) -> int:
    """Those of a process and of what it has ended."""
    with suppress(OSError):
        after_its_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_its_name[11:15]))
    return 0


def _with_children(process: int) -> Iterator[int]:
    yield process
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _with_children(int(child))


def _answering(there: Connection, work: Callable[..., object], *given: Any) -> None:
    try:
        answer: tuple[bool, object] = True, work(*given)
    except Exception as problem:
        answer = False, f"{type(problem).__name__}: {problem}"
    there.send(answer)
    there.close()


def _received(here: Connection) -> tuple[bool, Any]:
    try:
        done, answer = here.recv()
    except EOFError:
        return False, "the process ended without an answer"
    return bool(done), answer
