"""How well are the judged queries answered? Each is asked as a visitor would, by relevance, and its order measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from archive import Archive, read_settings
from index import Index, SearchRequest, update_index
from tests.relevance.judged import INVENTED, Group, Judged, read_judged
from tests.relevance.minutes import fill
from tests.relevance.ndcg import ndcg


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


def measure(index: Index, judged: Iterable[Judged]) -> tuple[Measured, ...]:
    """Every query asked once."""
    return tuple(_measured(index, one) for one in judged)


def measure_invented(folder: Path) -> tuple[Measured, ...]:
    """The judged queries over the invented minutes, in an archive made in this empty folder."""
    with Archive.open(folder, write=True) as archive:
        fill(archive)
    with indexed(folder) as index:
        return measure(index, read_judged(INVENTED))


def mean(measured: Iterable[Measured], group: Group | None = None) -> float:
    """The mean nDCG of all, or of one group's."""
    return fmean(one.ndcg for one in measured if group in (None, one.judged.group))


def _measured(index: Index, judged: Judged) -> Measured:
    order = tuple(hit.id for hit in index.search(SearchRequest(text=judged.query)).hits)
    return Measured(judged, order, ndcg(order, judged.grades))
