"""`make bench`, or `python -m tests.bench --items 20000 --runs 3 --write`: measure, print the tables, keep them.

Ends with 1 where an engine gave a wrong answer, and 2 where the tables could not be written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.comparing import WrongAnswers
from tests.bench.crawl_report import crawl_tables
from tests.bench.crawling import crawl_figures
from tests.bench.fts5 import Fts5
from tests.bench.markdown import write
from tests.bench.order_report import order_table
from tests.bench.plain_whoosh import PlainWhoosh
from tests.bench.progress import telling
from tests.bench.report import tables_of
from tests.bench.running import Makers, Sizes, measure
from tests.bench.this_index import ThisIndex

ENGINES: Makers = (ThisIndex, Fts5, PlainWhoosh)
DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
FIGURES, CRAWLING, ORDER = "figures", "figures of crawling", "figures of the order"
_SHOWN = 20


def main(arguments: Sequence[str] | None = None, engines: Makers = ENGINES) -> int:
    """Run the benchmark; the exit code."""
    asked = _parser().parse_args(arguments)
    today, tables = datetime.now(tz=UTC).date(), {}
    try:
        if not asked.crawl_only:
            sizes = Sizes(items=asked.items, runs=asked.runs, rounds=asked.rounds, pages=asked.pages)
            tables[FIGURES] = tables_of(measure(engines, sizes), today)
    except WrongAnswers as wrong:
        shown = "\n  ".join(wrong.differences[:_SHOWN])
        print(f"{len(wrong.differences):,} wrong answers, so there are no figures:\n  {shown}", file=sys.stderr)
        return 1
    with telling("crawling", "rounds") as told:
        tables[CRAWLING] = crawl_tables(crawl_figures(asked.years, asked.crawls, told), today)
    if not asked.crawl_only:
        tables[ORDER] = order_table(today)
    print("\n\n".join(tables.values()))
    if asked.write:
        try:
            for name, text in tables.items():
                write(asked.write, name, text)
        except (OSError, ValueError) as problem:
            print(f"The tables were not written: {problem}", file=sys.stderr)
            return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="This archive beside others, as ratios.")
    parser.add_argument("--items", type=_positive, default=20_000, help="how many items are invented (20000)")
    parser.add_argument("--runs", type=_positive, default=1, help="how often everything is measured (1)")
    parser.add_argument("--rounds", type=_positive, default=7, help="how often each query is asked in a run (7)")
    parser.add_argument("--pages", type=_positive, default=200, help="how many meeting pages are read (200)")
    parser.add_argument("--crawls", type=_positive, default=5, help="how often a pretend borough is crawled (5)")
    parser.add_argument("--years", type=_positive, default=3, help="how many years of meetings it has (3)")
    parser.add_argument("--crawl-only", action="store_true", help="measure crawling and nothing else")
    parser.add_argument(
        "--write", type=Path, nargs="?", const=DOCUMENT, metavar="FILE", help="put the tables into docs/benchmarks.md"
    )
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
