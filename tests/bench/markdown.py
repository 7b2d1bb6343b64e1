"""Numbers and tables as they are printed, and the document that they are kept in."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from statistics import median

_GB = 2**30


def write(path: Path, name: str, tables: str) -> None:
    """Put tables in the place of this name in a document. Raises ValueError where it has none."""
    begin, end = place(name)
    text = path.read_text(encoding="utf-8")
    figures = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not figures.search(text):
        raise ValueError(f"{path} has no place for the {name}: it needs the lines {begin} and {end}.")
    path.write_text(figures.sub(lambda _: f"{begin}\n{tables}\n{end}", text), encoding="utf-8")


def place(name: str) -> tuple[str, str]:
    """The lines between which tables stand."""
    return f"<!-- {name} -->", f"<!-- end of {name} -->"


def on_day(day: date) -> str:
    """22 November 2026."""
    return f"{day.day} {day:%B %Y}"


def machine() -> str:
    """On what it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GB
    system = f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}"
    return f"{system}; Python {platform.python_version()}"


def spread(measured: Iterable[float]) -> str:
    """The middle one, with the lowest and the highest."""
    values = sorted(measured)
    middle = f"**{short(median(values))}**"
    return middle if len(values) == 1 else f"{middle} ({short(values[0])} to {short(values[-1])})"


def short(value: float) -> str:
    """Three digits, or two behind the point."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is words and whose others are numbers."""
    lines = (heads, ["---", *["---:"] * (len(heads) - 1)], *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
