"""What does `scrutiny status --json` say? The coverage of every borough, with its committees and months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from archive import Coverage
from archive.falls import Alarm
from archive.ledger import CommitteeLedger, Ledger
from archive.tallies import Tally


def coverage_answer(coverage: Iterable[Coverage], ledgers: Iterable[Ledger]) -> list[dict[str, object]]:
    """A row for each borough. Reasons are objects of numbers; days and instants ISO texts, or null."""
    committees = {ledger.borough: ledger.committees for ledger in ledgers}
    return [_borough(row, committees.get(row.slug, ())) for row in coverage]


def _borough(row: Coverage, committees: Iterable[CommitteeLedger]) -> dict[str, object]:
    return {
        "slug": row.slug,
        "name": row.name,
        "base_url": row.base_url,
        "last_run": row.last_run.isoformat() if row.last_run else None,
        "outcome": row.outcome,
        "closed": row.closed,
        "page_reasons": dict(row.reasons),
        "first_date": row.first_date.isoformat() if row.first_date else None,
        "last_date": row.last_date.isoformat() if row.last_date else None,
        "alarms": [_alarm(alarm) for alarm in row.alarms],
        **_tally(row.tally),
        "committees": [_committee(committee) for committee in committees],
    }


def _committee(row: CommitteeLedger) -> dict[str, object]:
    months = [{"month": one.month, **_tally(one.tally)} for one in row.months]
    return {"id": row.id, "name": row.name, **_tally(row.tally), "months": months}


def _tally(tally: Tally) -> dict[str, object]:
    said: dict[str, object] = {"missing": tally.missing}
    for name in (field.name for field in fields(Tally)):
        value = getattr(tally, name)
        said[name] = value if isinstance(value, int) else dict(value)
    return said


def _alarm(alarm: Alarm) -> dict[str, object]:
    return {
        "committee": alarm.committee,
        "line": alarm.line,
        "before": alarm.before,
        "now": alarm.now,
        "since": alarm.since.isoformat(),
    }
