"""What may the process do that takes a hostile file apart? Compute within its limits, and tell what it read.

The system's limits bound memory, time and files; where the system allows it, the process leaves the network behind;
and Python itself refuses to connect, to write or to start anything (an audit hook cannot be removed again).
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from crawler.documents.limits import Limits

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER and CLONE_NEWNET (unshare(2))
_OPEN_FILES = 64
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_REFUSED = frozenset({"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn"})
_CROWDED = 0.8


def confine(limits: Limits, program: str | None) -> None:
    """Confine this process for good. `program` is the one program that it may start, by its whole path."""
    _limit(limits)
    _leave_network()

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        starts = event == "subprocess.Popen" and arguments[0] != program
        if starts or event in _REFUSED or event.startswith("socket.") or _opens_to_write(event, arguments):
            raise PermissionError(f"{event} is refused where documents are read")

    sys.addaudithook(refuse)


def _limit(limits: Limits) -> None:
    for kind, soft, hard in (
        (resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_s, limits.whole_s),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, allowed = resource.getrlimit(kind)
        most = hard if allowed == resource.RLIM_INFINITY else min(hard, allowed)
        with suppress(ValueError):  # macOS knows RLIMIT_AS and does not take it
            resource.setrlimit(kind, (min(soft, most), most))


def allow_next_batch(limits: Limits) -> None:
    """Grant the processor time of one more batch."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + limits.cpu_s
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def is_crowded(limits: Limits) -> bool:
    """Whether most of the memory is taken, so that a fresh process had better go on."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return False  # no such file outside Linux: the limit itself then ends the process
    return pages * resource.getpagesize() > limits.memory_bytes * _CROWDED


def _leave_network() -> None:
    """A network of its own, without any way out. Some containers refuse this; the audit hook then stands alone."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None:
        unshare(_NEW_USER | _NEW_NETWORK)


def _opens_to_write(event: str, arguments: tuple[object, ...]) -> bool:
    if event != "open" or isinstance(arguments[0], int):  # a number is a pipe that is open already
        return False
    return isinstance(arguments[2], int) and bool(arguments[2] & _WRITES)
