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
class Answer:
    """How many items, the ids of the first twenty, and of each facet the values that are found with their counts."""

    total: int
    top: tuple[str, ...]
    facets: Mapping[FacetName, Mapping[str, int]]


class Engine(Protocol):
    """One engine. All of them read the same archive, tag by the same topics and answer the same questions."""

    name: str

    def build(self, archive: Archive, folder: Path, progress: Progress) -> None:
        """Index every item of the archive in a folder of the engine's own, and get ready to answer."""

    def search(self, query: Query) -> Answer:
        """The whole answer to a query."""

    def size(self) -> int:
        """Bytes on the disk."""

    def close(self) -> None:
        """Let go of everything."""
