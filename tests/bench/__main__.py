"""`make bench`, or `python -m tests.bench --items 20000 --runs 3 --write`: measure, print the tables, keep them.

Ends with 1 where an engine gave a wrong answer, and 2 where the tables could not be written or the corpus not used.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from tests.bench.comparing import WrongAnswers
from tests.bench.crawl_report import crawl_tables
from tests.bench.crawling import crawl_figures
from tests.bench.keeping import OtherCorpusError
from tests.bench.markdown import write
from tests.bench.order_report import order_table
from tests.bench.others import NAMES, Others, installed
from tests.bench.progress import telling
from tests.bench.report import tables_of
from tests.bench.running import Sizes, measure

DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
FIGURES, CRAWLING, ORDER = "figures", "figures of crawling", "figures of the order"
_SHOWN = 20


def main(arguments: Sequence[str] | None = None, others: Others = installed) -> int:
    """Run the benchmark; the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        tables = _measured(asked, others, datetime.now(tz=UTC).date())
    except WrongAnswers as wrong:
        shown = "\n  ".join(wrong.differences[:_SHOWN])
        print(f"{len(wrong.differences):,} wrong answers, so there are no figures:\n  {shown}", file=sys.stderr)
        return 1
    except OtherCorpusError as problem:
        print(problem, file=sys.stderr)
        return 2
    print("\n\n".join(tables.values()))
    if asked.write:
        try:
            for name, text in tables.items():
                write(asked.write, name, text)
        except (OSError, ValueError) as problem:
            print(f"The tables were not written: {problem}", file=sys.stderr)
            return 2
    return 0


def _measured(asked: argparse.Namespace, others: Others, day: date) -> Mapping[str, str]:
    """The tables by their names."""
    tables = {}
    if not asked.crawl_only:
        makers, left_out = others(asked.without)
        tables[FIGURES] = tables_of(measure(makers, _sizes(asked)), day, left_out)
    if not asked.search_only:
        with telling("crawling", "rounds") as told:
            tables[CRAWLING] = crawl_tables(crawl_figures(asked.years, asked.crawls, told), day)
    if not asked.crawl_only and not asked.search_only:
        tables[ORDER] = order_table(day)
    return tables


def _sizes(asked: argparse.Namespace) -> Sizes:
    return Sizes(
        items=asked.items,
        pages=asked.pages_per_document,
        runs=asked.runs,
        rounds=asked.rounds,
        meeting_pages=asked.pages,
        kept=asked.corpus,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="This archive beside others, as ratios.")
    add = parser.add_argument
    add("--items", type=_positive, default=20_000, help="how many items are invented (20000)")
    add("--pages-per-document", type=_not_negative, default=1.0, help="how many in the mean; 0: titles alone (1)")
    add("--corpus", type=Path, metavar="DIR", help="a folder to save the items in, or where they were saved")
    add("--without", action="append", default=[], choices=NAMES, help="leave an engine out; may come again")
    add("--runs", type=_positive, default=1, help="how often everything is measured (1)")
    add("--rounds", type=_positive, default=7, help="how often each query is asked in a run (7)")
    add("--pages", type=_positive, default=200, help="how many meeting pages are read (200)")
    add("--crawls", type=_positive, default=5, help="how often a pretend borough is crawled (5)")
    add("--years", type=_positive, default=3, help="how many years of meetings it has (3)")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--crawl-only", action="store_true", help="measure crawling and nothing else")
    only.add_argument("--search-only", action="store_true", help="measure reading, indexing and searching alone")
    add("--write", type=Path, nargs="?", const=DOCUMENT, metavar="FILE", help="put the tables into docs/benchmarks.md")
    return parser


def _not_negative(text: str) -> float:
    number = float(text)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
