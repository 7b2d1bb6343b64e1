"""Which of its aims does this index miss? Said in a line beside the figures, whatever they are."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tests.bench.running import Outcome

_ANSWERING = (("SQLite FTS5", 0.25, "a quarter of FTS5's time"), ("tantivy", 5.0, "five times tantivy's time"))
_INDEXING = (("plain Whoosh", 0.2, "a fifth of plain Whoosh's time"),)


def aims_line(outcome: Outcome) -> str:
    """Of every aim that was measured, by what it is missed, if it is."""
    return " ".join(("Aims:", "; ".join((*_answering(outcome), *_indexing(outcome))) or "none was measured")) + "."


def _answering(outcome: Outcome) -> Iterator[str]:
    for other, most, what in _ANSWERING:
        if other in outcome.others:
            missed = [name for name, ratio in _ratios(outcome, other) if ratio > most]
            yield f"answering in at most {what} is {_said(missed)}"


def _indexing(outcome: Outcome) -> Iterator[str]:
    for other, most, what in _INDEXING:
        if other in outcome.others:
            taken = ((run.built[outcome.ours].taken, run.built[other].taken) for run in outcome.runs)
            ratio = median(mine.processor_s / its.processor_s for mine, its in taken)
            yield f"indexing in at most {what} is {'met' if ratio <= most else 'missed'}"


def _ratios(outcome: Outcome, other: str) -> Iterator[tuple[str, float]]:
    for number, first in enumerate(outcome.runs[0].queries):
        asked = (run.queries[number] for run in outcome.runs)
        yield first.name, median(one.least(one.taken[outcome.ours]) / one.least(one.taken[other]) for one in asked)


def _said(missed: list[str]) -> str:
    return f"missed by {len(missed)}: {', '.join(missed)}" if missed else "met by every class"
