"""How long may a fetch still take? One deadline for all its parts, for those without a timeout of their own too."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class Deadline:
    """By when the present fetch must be over; shared by a fetcher and its sockets. Starts out passed."""

    def __init__(self) -> None:
        self._ends = 0.0

    def start(self, seconds: float) -> None:
        """Set it to so many seconds from now."""
        self._ends = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Move it, for time that was not the host's."""
        self._ends += seconds

    def left(self) -> float:
        """Seconds left, more than none. Raises TimeoutError when it has passed."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        return left

    @property
    def passed(self) -> bool:
        """Whether it has passed."""
        return time.monotonic() >= self._ends


def within(seconds: float, call: Callable[[], _T]) -> _T:
    """The call's value, or its error; TimeoutError if it takes longer.

    For the system's name resolution, which has no timeout: the thread is left behind to end by itself.
    """
    answers: queue.SimpleQueue[tuple[_T | None, Exception | None]] = queue.SimpleQueue()
    threading.Thread(target=_report, args=(call, answers), daemon=True).start()
    try:
        value, error = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"no answer within {seconds:.1f} s") from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]  # without an error there is a value


def _report(call: Callable[[], _T], answers: queue.SimpleQueue[tuple[_T | None, Exception | None]]) -> None:
    try:
        answers.put((call(), None))
    except Exception as error:  # handed over whole to the thread that asked
        answers.put((None, error))
