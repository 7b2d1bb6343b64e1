"""What this process holds open: its files, pipes, sockets and threads, each by what it is.

Two such sets are compared, not two counts: what an earlier test held may be let go of at any moment, and would hide
in a count what this one left behind.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

HANDLES = Path("/proc/self/fd")


def left_open() -> frozenset[str]:
    """Everything that is open now, as `socket:[4711]` or a thread's name."""
    found = {f"{one.name} ({one.ident})" for one in threading.enumerate()}
    for handle in HANDLES.iterdir():
        with suppress(FileNotFoundError):  # the folder itself, which was open while it was listed
            found.add(str(handle.readlink()))
    return frozenset(found)
