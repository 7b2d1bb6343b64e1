"""What did a piece of work take? By the clock, and of processors.

What else a machine does lengthens the first and hardly the second; so ratios are made of the second.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, getrusage


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds; those of the processors over all threads and ended child processes."""

    clock_s: float
    processor_s: float


def taken(work: Callable[[], object]) -> Taken:
    """What this work takes."""
    clock, processor = time.perf_counter(), _processor_s()
    work()
    return Taken(time.perf_counter() - clock, _processor_s() - processor)


def _processor_s() -> float:
    ended = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime
