"""All steps of the benchmark, in one folder: fill, index, ask, add one meeting, and keep what was measured.

A step that has been measured is not done again; one that was stopped is gone on with where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive import Archive
from tests.bench.large.asking import ask
from tests.bench.large.building import build, build_anew, size_of
from tests.bench.large.corpus import Corpus
from tests.bench.large.figures import Rebuilt, StepFigures, read_rebuilt, read_steps, write_rebuilt, write_steps
from tests.bench.large.filling import Filled, fill
from tests.bench.large.freshness import add_one_meeting
from tests.bench.large.watching import watched
from tests.bench.progress import telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is measured. `steps` are numbers of items, ascending; each query is asked in so many `rounds`."""

    steps: tuple[int, ...]
    pages_an_item: float
    rounds: int


def measure(folder: Path, sizes: Sizes) -> tuple[StepFigures, ...]:
    """Everything that was measured here, this time and before. Raises ChildFailed (wrong answers too), NeverFound."""
    folder.mkdir(parents=True, exist_ok=True)
    for items in sizes.steps:
        done = read_steps(folder)
        if not any(one.filled.items >= items for one in done):
            write_steps(folder, (*done, _step(folder, items, sizes, done[-1].filled.items if done else 0)))
    return read_steps(folder)


def made_anew(folder: Path, sizes: Sizes, items: int) -> Rebuilt:
    """The index of all items made at one go, if it was not done before. Raises ChildFailed where it answers wrongly."""
    known = read_rebuilt(folder)
    if known is not None and known.items == items:
        return known
    rebuilt = build_anew(folder, items)
    watched(ask, folder, sizes.pages_an_item, items, 1)
    write_rebuilt(folder, rebuilt)
    return rebuilt


def _step(folder: Path, items: int, sizes: Sizes, indexed: int) -> StepFigures:
    filled = _filled(folder, items, sizes)
    points, building = build(folder, indexed, filled.items)
    asked, searching = watched(ask, folder, sizes.pages_an_item, filled.items, sizes.rounds)
    return StepFigures(
        filled=filled,
        points=points,
        archive_size=size_of(folder) - size_of(folder / "index"),
        building=building,
        asked=asked,
        searching=searching,
        fresh=add_one_meeting(folder, sizes.pages_an_item),
    )


def _filled(folder: Path, items: int, sizes: Sizes) -> Filled:
    with Archive.open(folder, write=True) as archive, telling(f"filling up to {items:,}", "items") as told:
        return fill(archive, Corpus(sizes.pages_an_item), items, told)
