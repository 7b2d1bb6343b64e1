"""With which engines is this index compared? Those that are installed, less those that are left out by name."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib.util import find_spec

from tests.bench.engines import Engine
from tests.bench.fts5 import Fts5
from tests.bench.plain_whoosh import PlainWhoosh
from tests.bench.running import Makers

NAMES = (Fts5.name, PlainWhoosh.name, "tantivy")

Others = Callable[[Collection[str]], tuple[Makers, tuple[str, ...]]]
"""Makers of the engines, and of each that is left out a sentence why; given the names that are not wanted."""


def installed(without: Collection[str]) -> tuple[Makers, tuple[str, ...]]:
    """Those that can be measured here: tantivy comes with the extra `bench` alone."""
    makers: dict[str, Callable[[], Engine]] = {Fts5.name: Fts5, PlainWhoosh.name: PlainWhoosh}
    left_out = [f"{name} was left out, as asked for." for name in NAMES if name in without]
    if find_spec("tantivy") is not None:
        from tests.bench.tantivy_engine import Tantivy

        makers[Tantivy.name] = Tantivy
    elif "tantivy" not in without:
        left_out.append("tantivy was left out: it is not installed (`pip install '.[bench]'`).")
    return [make for name, make in makers.items() if name not in without], tuple(left_out)
