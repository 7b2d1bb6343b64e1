"""One at a time: a lock that the kernel lets go of when its holder dies, and that names the holder meanwhile."""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import ActiveRunError

_FIRST_WAIT_S = 0.05
_LONGEST_WAIT_S = 1.0


@contextmanager
def only_one(path: Path, what: str, *, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the lock file at this path. Raises ActiveRunError, naming who holds it, after `wait_s` seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle, what, wait_s)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _take(handle: int, what: str, wait_s: float) -> None:
    until, pause = time.monotonic() + wait_s, _FIRST_WAIT_S
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
                raise ActiveRunError(
                    f"Another {what} is running (pid {holder}) on this data folder: wait until it ends, or stop it."
                ) from None
            # Waiting ever longer, and never in step with another that waits.
            time.sleep(min(pause, max(0.0, until - time.monotonic())) * random.uniform(0.5, 1.0))  # noqa: S311
            pause = min(pause * 2, _LONGEST_WAIT_S)
        else:
            return
