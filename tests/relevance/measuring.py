"""How well are the judged queries answered? Each is asked as a visitor would, by relevance, and its order measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from archive import Archive, read_settings
from index import Index, SearchRequest, update_index
from tests.relevance.judged import Group, Judged
from tests.relevance.minutes import fill
from tests.relevance.ndcg import ndcg

AS_A_VISITOR = SearchRequest()


@dataclass(frozen=True, slots=True)
class Measured:
    """A judged query, the ids that came first, and their nDCG."""

    judged: Judged
    order: tuple[str, ...]
    ndcg: float


@contextmanager
def indexed(folder: Path) -> Iterator[Index]:
    """The index of the archive in this folder, brought up to date."""
    settings = read_settings({})
    with Archive.open(folder, write=True) as archive:
        update_index(archive, folder, settings)
        index = Index(folder, archive, settings)
        try:
            yield index
        finally:
            index.close()


def measure(index: Index, judged: Iterable[Judged], asked: SearchRequest = AS_A_VISITOR) -> tuple[Measured, ...]:
    """Every query asked once, otherwise as `asked` says."""
    return tuple(_measured(index, one, asked) for one in judged)


@contextmanager
def invented_minutes(folder: Path) -> Iterator[Index]:
    """The index of the minutes that were judged, in an archive made in this empty folder."""
    with Archive.open(folder, write=True) as archive:
        fill(archive)
    with indexed(folder) as index:
        yield index


def mean(measured: Iterable[Measured], group: Group | None = None) -> float:
    """The mean nDCG of all, or of one group's."""
    return fmean(one.ndcg for one in measured if group in (None, one.judged.group))


def _measured(index: Index, judged: Judged, asked: SearchRequest) -> Measured:
    order = tuple(hit.id for hit in index.search(replace(asked, text=judged.query)).hits)
    return Measured(judged, order, ndcg(order, judged.grades))
