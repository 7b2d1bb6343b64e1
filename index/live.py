"""The newest state of the index, kept open for a process and shared by its threads.

A newer commit is noticed by two looks at the disk and opened beside the state in use; searches that have begun
end on the old one. Nothing is opened for a request, for opening can meet a commit half way (hazards M5): it is
then tried again, and meanwhile, or when the new state turns out to be damaged, the old one goes on answering.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from archive.errors import ScrutinyError, UsageError
from index import generations
from index.postings import IndexDamagedError
from index.snapshot import Snapshot

T = TypeVar("T")

_TRIES, _WAIT_S = 5, 0.1


class IndexMissingError(UsageError):
    """There is no index yet."""

    def __init__(self) -> None:
        super().__init__("There is no search index yet; make it with `scrutiny index`.")


class Live(Generic[T]):
    """The index in this folder. `beside` is read anew with each state and handed out with it."""

    def __init__(self, folder: Path, cache_bytes: int, beside: Callable[[], T]) -> None:
        self._folder, self._cache_bytes, self._beside = folder, cache_bytes, beside
        self._refreshing = Lock()
        self._seen: tuple[object, ...] = ()
        self._open: tuple[Snapshot, T] | None = None

    def newest(self) -> tuple[Snapshot, T]:
        """The newest state, to be kept for a whole search. Raises IndexMissingError, IndexDamagedError, OSError."""
        self._refresh()
        opened = self._open
        if opened is None:
            raise IndexMissingError
        return opened

    def close(self) -> None:
        """Let go of the files, once the searches on them have ended."""
        self._open, self._seen = None, ()

    def _refresh(self) -> None:
        """Open what is new. One thread does; the others go on with what there is, or wait where there is nothing."""
        state = generations.state_of(self._folder)
        if self._open is not None and state in ((), self._seen):
            return
        if not self._refreshing.acquire(blocking=self._open is None):
            return
        try:
            if state and (self._open is None or state != self._seen):
                self._open, self._seen = self._opened(), state
        except (ScrutinyError, OSError):
            if self._open is None:
                raise
            self._seen = state  # until the next commit the sound state goes on; `scrutiny check` names the fault
        finally:
            self._refreshing.release()

    def _opened(self) -> tuple[Snapshot, T]:
        """The state on the disk. A commit or a switch in between can take files away: look again."""
        for left in reversed(range(_TRIES)):
            current = generations.current_generation(self._folder)
            earlier = self._open[0] if self._open else None
            try:
                if current is None:
                    raise IndexMissingError
                beside = self._beside()
                return Snapshot.open(current, earlier, self._cache_bytes), beside
            except (IndexDamagedError, IndexMissingError, OSError):
                if not left:
                    raise
                time.sleep(_WAIT_S)
        raise AssertionError("the last try returns or raises")
