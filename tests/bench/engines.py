"""What is an engine, for the benchmark? It is built from an archive and then answers queries with facets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from archive import Archive
from index import FacetName
from tests.bench.progress import Progress
from tests.bench.queries import Query


@dataclass(frozen=True, slots=True)
class Given:
    """What there is to index: an archive, and the topics of its items by their ids.

    Topics are found once, by this index, which is the first to be built and is given none; others need not find any.
    """

    archive: Archive
    topics: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """How many items, the ids of the first twenty, and of each facet the values that are found with their counts."""

    total: int
    top: tuple[str, ...]
    facets: Mapping[FacetName, Mapping[str, int]]


class Engine(Protocol):
    """One engine. All of them read the same archive, know the same topics and answer the same questions."""

    name: str

    def build(self, given: Given, folder: Path, progress: Progress) -> None:
        """Index every item in a folder of the engine's own. Done in a process that ends afterwards."""

    def open(self, archive: Archive, folder: Path) -> None:
        """Get ready to answer from what was built in this folder."""

    def search(self, query: Query) -> Answer:
        """The answer to a query, of which nothing need be read from the archive."""

    def close(self) -> None:
        """Let go of everything."""
