"""Which processes run that this one started."""

from __future__ import annotations

import os
from pathlib import Path


def children() -> set[int]:
    """The numbers of this process's children, among them those that ended and were not yet asked how (Linux, proc(5)).

    Other tests of the same process may have left some: compare with what there was before.
    """
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(number) for path in found for number in path.read_text(encoding="ascii").split()}
