"""How does the ledger of a borough stand on a page? Committees by years, and each committee's months; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.ledger import CommitteeLedger, Ledger, MonthTally
from archive.tallies import Tally, total
from webui.dates import MONTHS

SHORT_MONTHS = tuple(month[:3] for month in MONTHS)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year's twelve months, None where no meeting is known."""

    year: str
    months: tuple[Tally | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeRow:
    """A committee: in all, by the years of the grid, by months, and what of it has no known day."""

    id: str | None
    name: str
    tally: Tally
    years: tuple[Tally | None, ...]
    months: tuple[YearRow, ...]
    undated: Tally | None


@dataclass(frozen=True, slots=True)
class Grid:
    """The committees by years, the newest first."""

    years: tuple[str, ...]
    rows: tuple[CommitteeRow, ...]


def grid(ledger: Ledger | None) -> Grid:
    """A borough's ledger as a grid; committees of which no meeting is known are left out."""
    known = [row for row in ledger.committees if _is_known(row.tally)] if ledger else []
    years = sorted({one.month[:4] for row in known for one in row.months if one.month}, reverse=True)
    return Grid(tuple(years), tuple(_row(committee, years) for committee in known))


def committee_row(ledger: Ledger | None, committee: str) -> CommitteeRow | None:
    """One committee alone, with its own years."""
    found = [row for row in (ledger.committees if ledger else ()) if row.id == committee and _is_known(row.tally)]
    return _row(found[0], sorted({m.month[:4] for m in found[0].months if m.month}, reverse=True)) if found else None


def _row(committee: CommitteeLedger, years: Iterable[str]) -> CommitteeRow:
    by_month = {one.month: one.tally for one in committee.months if _is_known(one.tally)}
    by_year = _by_year(committee.months)
    return CommitteeRow(
        id=committee.id,
        name=committee.name or "Committee not known",
        tally=committee.tally,
        years=tuple(by_year.get(year) for year in years),
        months=tuple(YearRow(year, _months(year, by_month)) for year in years if year in by_year),
        undated=by_month.get(None),
    )


def _by_year(months: Iterable[MonthTally]) -> dict[str, Tally]:
    """The meetings of each year. Their documents are not added: one listed in two months counts once a year."""
    parts = defaultdict[str, list[Tally]](list)
    for one in months:
        if one.month and _is_known(one.tally):
            parts[one.month[:4]].append(one.tally)
    return {year: total(tallies) for year, tallies in parts.items()}


def _months(year: str, by_month: Mapping[str | None, Tally]) -> tuple[Tally | None, ...]:
    return tuple(by_month.get(f"{year}-{number:02}") for number in range(1, 13))


def _is_known(tally: Tally) -> bool:
    return bool(tally.listed or tally.beside)
