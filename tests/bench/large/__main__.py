"""`make bench-large`, or `python -m tests.bench.large --folder DIR --write`: measure, print the tables, keep them.

Ends with 1 where the index gave a wrong answer or could not be measured, and 2 where the tables could not be written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.large.freshness import NeverFound
from tests.bench.large.picture import picture_of
from tests.bench.large.report import tables_of
from tests.bench.large.running import Sizes, made_anew, measure
from tests.bench.large.watching import ChildFailed
from tests.bench.markdown import write

DOCUMENT = Path(__file__).parents[3] / "docs" / "benchmarks.md"
FIGURES, PICTURE = "figures at full size", "growth.svg"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; the exit code."""
    asked = _parser().parse_args(arguments)
    steps = tuple(sorted({*(one for one in asked.steps if one < asked.items), asked.items}))
    sizes = Sizes(steps=steps, pages_an_item=asked.pages / asked.items, rounds=asked.rounds)
    try:
        done = measure(asked.folder, sizes)
        rebuilt = made_anew(asked.folder, sizes, done[-1].filled.items) if asked.rebuild else None
    except (ChildFailed, NeverFound, ValueError) as problem:
        print(f"There are no figures: {problem}", file=sys.stderr)
        return 1
    print(tables := tables_of(done, rebuilt, datetime.now(tz=UTC).date()))
    if asked.write:
        try:
            write(asked.write, FIGURES, f"{tables}\n\n![How time and size grow with the number of rows]({PICTURE})")
            asked.write.with_name(PICTURE).write_text(picture_of(done), encoding="utf-8")
        except (OSError, ValueError) as problem:
            print(f"The tables were not written: {problem}", file=sys.stderr)
            return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.large", description="Twenty years of London: how time and size grow. Resumable."
    )
    parser.add_argument("--items", type=_positive, default=300_000, help="how many items at last (300000)")
    parser.add_argument("--pages", type=_positive, default=3_000_000, help="how many pages they have, about (3000000)")
    parser.add_argument("--folder", type=Path, required=True, help="where all is kept, some 20 GB at full size")
    parser.add_argument("--steps", type=_steps, default=(30_000, 100_000), help="sizes on the way (30000,100000)")
    parser.add_argument("--rounds", type=_positive, default=7, help="how often each query is asked (7)")
    parser.add_argument("--rebuild", action="store_true", help="at the end make the index anew at one go, too")
    parser.add_argument(
        "--write", type=Path, nargs="?", const=DOCUMENT, metavar="FILE", help="put tables and picture into docs/"
    )
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _steps(text: str) -> tuple[int, ...]:
    return tuple(_positive(one) for one in text.split(",") if one)


if __name__ == "__main__":
    sys.exit(main())
