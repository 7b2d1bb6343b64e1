"""What do councils talk about? The subjects that invented minutes are made from, one TOML file a field."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FIELDS = ("safety", "housing", "children", "streets", "money", "care", "places")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One subject; every sentence is a pattern of `tests.site.phrases`. `group` is the field it belongs to."""

    slug: str
    group: str
    titles: tuple[str, ...]
    agenda: tuple[str, ...]
    openings: tuple[str, ...]
    exchanges: tuple[str, ...]
    points: tuple[str, ...]
    decisions: tuple[str, ...]
    documents: tuple[str, ...]
    table: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An item that comes back at every meeting."""

    slug: str
    title: str
    agenda: tuple[str, ...]
    minutes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What is said under any heading: questions that follow, leads before lists, closing words."""

    follow_ups: tuple[str, ...]
    leads: tuple[str, ...]
    closings: tuple[str, ...]
    none_present: tuple[str, ...]
    standing: tuple[Standing, ...]


@cache
def subjects() -> tuple[Subject, ...]:
    """All subjects, field by field."""
    rows = [row for field in FIELDS for row in _read(field)["subject"]]
    return tuple(Subject(**{name: _frozen(value) for name, value in row.items()}) for row in rows)


@cache
def common() -> Common:
    """The words that belong to no subject."""
    data = _read("common")
    standing = [Standing(slug=slug, **_frozen_row(row)) for slug, row in data.pop("standing").items()]
    return Common(**_frozen_row(data), standing=tuple(standing))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


def _frozen_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _frozen(value) for name, value in row.items()}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
