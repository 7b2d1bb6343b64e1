"""What was worked out of one state of the index and may be asked for again, kept ready under a bound of memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Protocol, TypeVar


class Weighty(Protocol):
    """Something that knows how many bytes it holds."""

    @property
    def nbytes(self) -> int:
        """How many."""


T = TypeVar("T", bound=Weighty)

_AN_ENTRY = 500  # bytes that anything kept takes beside its own


class Kept:
    """What was not asked for the longest goes first. Shared by threads; two may work out the same at a time."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes, self.held = most_bytes, 0
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under this key, or is made now. What is larger than the bound by itself is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                known: T = self._kept[key]
                return known
        made = make()
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: Weighty) -> None:
        size = made.nbytes + _AN_ENTRY
        if key in self._kept or size > self._most_bytes:
            return
        self._kept[key] = made
        self.held += size
        while self.held > self._most_bytes:
            self.held -= self._kept.popitem(last=False)[1].nbytes + _AN_ENTRY
