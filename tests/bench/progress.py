"""How far long work has come, on standard error where that is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from telling import advance, bar

Progress = Callable[[int, int], None]
"""Is told what is done and how much there is to do."""


@contextmanager
def telling(what: str, unit: str) -> Iterator[Progress]:
    """A progress bar that goes when the work is done."""
    with bar(what, unit) as progress:
        yield advance(progress)
