"""The judged queries, as they stand in `judged.toml` and, for the real pages, `judged_real.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

Group = Literal["journalist", "councillor", "campaigner"]
GROUPS: tuple[Group, ...] = get_args(Group)

INVENTED = Path(__file__).parent / "judged.toml"
REAL = Path(__file__).parent / "judged_real.toml"
_GRADES = (("exact", 3), ("good", 2), ("touches", 1))


@dataclass(frozen=True, slots=True)
class Judged:
    """A query as a visitor of this group types it; `looks_for` in a sentence; `grades` by the id of the item.

    `nothing_found` says why the search cannot give any of them, "" where it can.
    """

    query: str
    group: Group
    looks_for: str
    grades: dict[str, int] = field(hash=False)
    nothing_found: str = ""


def read_judged(path: Path) -> tuple[Judged, ...]:
    """All of a file. Raises KeyError and ValueError for what is not complete."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["query"]
    return tuple(_judged(row) for row in rows)


def _judged(row: dict[str, object]) -> Judged:
    rest = dict(row)
    query, group, looks_for = (str(rest.pop(key)) for key in ("query", "group", "looks_for"))
    nothing_found = str(rest.pop("nothing_found", ""))
    grades: dict[str, int] = {}
    for name, grade in _GRADES:
        for item in _ids(rest.pop(name, [])):
            if item in grades:
                raise ValueError(f"{query}: {item} is judged twice.")
            grades[item] = grade
    (known,) = (one for one in GROUPS if one == group)
    if rest or not grades:
        raise ValueError(f"{query}: judges nothing, or has keys that nobody knows: {', '.join(rest)}.")
    return Judged(query, known, looks_for, grades, nothing_found)


def _ids(listed: object) -> list[str]:
    assert isinstance(listed, list), listed
    return [str(one) for one in listed]
