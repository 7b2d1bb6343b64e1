"""The index of this project, through its public face alone: whatever is behind that is what is measured."""

from __future__ import annotations

from pathlib import Path

from archive import Archive, read_settings
from index import Index, SearchRequest, update_index
from tests.bench.engines import Answer
from tests.bench.progress import Progress
from tests.bench.queries import Query


class ThisIndex:
    """`index.update_index` and `index.Index.search`. Its answers also hold the passages of the items shown."""

    name = "this index"

    def __init__(self) -> None:
        self._settings = read_settings({})
        self._index: Index | None = None

    def build(self, archive: Archive, folder: Path, progress: Progress) -> None:
        """Index every item of the archive."""
        update_index(archive, folder, self._settings, progress=progress)
        self._folder = folder
        self._index = Index(folder, archive, self._settings)

    def search(self, query: Query) -> Answer:
        """The whole answer to a query. Raises ValueError where it was refused."""
        assert self._index is not None, "built first"
        result = self._index.search(request_of(query))
        if result.refused:
            raise ValueError(f"{query.line} was refused: {' '.join(result.warnings)}")
        return Answer(
            total=result.total,
            top=tuple(hit.id for hit in result.hits),
            facets={
                name: {value.value: value.count for value in values if value.count}
                for name, values in result.facets.items()
            },
        )

    def size(self) -> int:
        """Bytes on the disk."""
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

    def close(self) -> None:
        """Let go of everything."""
        if self._index is not None:
            self._index.close()


def request_of(query: Query) -> SearchRequest:
    """A query as a visitor would type it."""
    match query.manner:
        case "all":
            text = " ".join(query.words)
        case "any":
            text = " OR ".join(query.words)
        case "phrase":
            text = f'"{" ".join(query.words)}"'
        case "prefix":
            text = f"{query.words[0]}*"
    return SearchRequest(text=text, boroughs=query.boroughs, years=query.years, sort=query.sort, widen=False)
