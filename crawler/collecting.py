"""Leaving Python's garbage collector alone while a page is read.

Reading one makes thousands of small things in circles, of which none can go before the page is done with; the collector
would look through all of them, and through the whole program, several times a page, for a fifth of all processor time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Collect nothing within; afterwards it is as it was."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
