"""What was measured, and where it is kept: a file beside the archive, renewed after every piece of work."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.large.filling import Filled
from tests.bench.large.watching import Memory

_STEPS, _ANEW = "measured.json", "measured-anew.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """While items are indexed: how many are, after how long (of all steps together), and the bytes of the index."""

    items: int
    clock_s: float
    processor_s: float
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFigures:
    """One class of queries: items found (the middle one), each answer's times, and how many were refused.

    `clock_s` and `processor_s` are round by round, the queries in their order; refused ones are not among them.
    """

    name: str
    queries: int
    refused: int
    found: int
    clock_s: tuple[float, ...]
    processor_s: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All classes at one size, and how long the index took to open and to answer for the first time."""

    classes: tuple[ClassFigures, ...]
    opening_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """One meeting more: seconds from its being saved until a search in another process found it, and until the
    indexer had ended. `answer_s` is the longest that any search took meanwhile."""

    found_s: float
    indexed_s: float
    answer_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFigures:
    """All of one size."""

    filled: Filled
    points: tuple[Point, ...]
    archive_size: int
    building: Memory
    asked: Asked
    searching: Memory
    fresh: Fresh


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """The whole index of so many items made anew at one go."""

    items: int
    clock_s: float
    processor_s: float
    size: int
    memory: Memory


def read_steps(folder: Path) -> tuple[StepFigures, ...]:
    """What was measured in this folder, by size."""
    path = folder / _STEPS
    return tuple(_step(one) for one in json.loads(path.read_bytes())) if path.exists() else ()


def write_steps(folder: Path, steps: tuple[StepFigures, ...]) -> None:
    """Keep it."""
    _keep(folder / _STEPS, [asdict(one) for one in steps])


def read_rebuilt(folder: Path) -> Rebuilt | None:
    """What making the index anew took, if it was done here."""
    path = folder / _ANEW
    if not path.exists():
        return None
    said = json.loads(path.read_bytes())
    return Rebuilt(**{**said, "memory": Memory(**said["memory"])})


def write_rebuilt(folder: Path, rebuilt: Rebuilt) -> None:
    """Keep it."""
    _keep(folder / _ANEW, asdict(rebuilt))


def _keep(path: Path, said: object) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(json.dumps(said, indent=1), encoding="utf-8")
    beside.replace(path)


def _step(said: dict[str, Any]) -> StepFigures:
    classes = (
        ClassFigures(**{**one, "clock_s": tuple(one["clock_s"]), "processor_s": tuple(one["processor_s"])})
        for one in said["asked"]["classes"]
    )
    return StepFigures(
        filled=Filled(**said["filled"]),
        points=tuple(Point(**one) for one in said["points"]),
        archive_size=said["archive_size"],
        building=Memory(**said["building"]),
        asked=Asked(classes=tuple(classes), opening_s=said["asked"]["opening_s"]),
        searching=Memory(**said["searching"]),
        fresh=Fresh(**said["fresh"]),
    )
