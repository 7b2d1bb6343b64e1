"""How good is the order of results? nDCG@10 of the judged queries (`tests/relevance`), beside plainer ways."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from index import SearchRequest
from tests.bench.markdown import on_day, table
from tests.relevance.judged import GROUPS, INVENTED, read_judged
from tests.relevance.measuring import AS_A_VISITOR, Measured, invented_minutes, mean, measure

WAYS = (
    ("by relevance, as the site answers", AS_A_VISITOR),
    ("by relevance, without word forms and other names", SearchRequest(widen=False)),
    ("the same items, newest first", SearchRequest(sort="newest")),
)


def order_table(day: date) -> str:
    """The table, in Markdown."""
    judged = read_judged(INVENTED)
    with TemporaryDirectory() as folder, invented_minutes(Path(folder)) as index:
        rows = [(name, *_row(measure(index, judged, asked))) for name, asked in WAYS]
    heads = (f"Order of results; nDCG@10 of {len(judged)} judged queries", "all", *GROUPS, "nothing wanted found")
    return f"{on_day(day)}.\n\n{table(heads, rows)}"


def _row(measured: Sequence[Measured]) -> tuple[str, ...]:
    means = (mean(measured), *(mean(measured, group) for group in GROUPS))
    return *(f"{one:.3f}" for one in means), str(sum(one.ndcg == 0 for one in measured))
