"""Counting what has become of meetings, items and documents: within filters, by borough, committee or month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Subquery, distinct, func, or_, select, true

from archive.states import document_states, item_states, meeting_states, standing_of
from archive.tallies import Adding, Tally

UNKNOWN = "unknown"
"""How a filter names years and committees that are not known (design, section 5)."""

Key = Literal["borough", "committee", "month"]
Tallies = dict[tuple[Any, ...], Tally]


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Which meetings are counted, as the filters of a search say it: values of one filter are alternatives.

    `committees` are record ids, a site's numbers ("308"), or "unknown"; `years` "2025" or "unknown". A day that is not
    known is within no days.
    """

    boroughs: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


EVERYTHING = Within()


def meetings_counted(db: Connection, today: date, within: Within, by: Sequence[Key]) -> Tallies:
    """The meetings within; their items and documents are left out, which take longer to count."""
    adding = defaultdict[tuple[Any, ...], Adding](Adding)
    _count_meetings(db, meeting_states(standing_of(db), today), within, by, adding)
    return {key: added.tally() for key, added in adding.items()}


def counted(db: Connection, today: date, within: Within, by: Sequence[Key]) -> Tallies:
    """Everything within. A document that two committees list counts for each of them, and once for their borough."""
    adding = defaultdict[tuple[Any, ...], Adding](Adding)
    standing = standing_of(db)
    _count_meetings(db, meeting_states(standing, today), within, by, adding)
    for key, row in _rows(db, item_states(), within, by, ("trouble",)):
        adding[key].items(row.number, trouble=row.trouble)
    documents = document_states(standing)
    for key, row in _rows(db, documents, within, by, ("state", "trouble", "fetched"), each="document"):
        adding[key].documents(row.number, state=row.state, trouble=row.trouble, fetched=row.fetched)
    return {key: added.tally() for key, added in adding.items()}


def _count_meetings(
    db: Connection, states: Subquery, within: Within, by: Sequence[Key], adding: dict[tuple[Any, ...], Adding]
) -> None:
    for key, row in _rows(db, states, within, by, ("state", "trouble", "published", "unlisted")):
        adding[key].meetings(
            row.number, state=row.state, trouble=row.trouble, published=row.published, unlisted=row.unlisted
        )


def _rows(
    db: Connection, states: Subquery, within: Within, by: Sequence[Key], said: Sequence[str], each: str = ""
) -> list[tuple[tuple[Any, ...], Any]]:
    """The key and the number of those alike in what is said of them; of `each` different one where that is named."""
    keys = [_key(states, name) for name in by]
    number = func.count(distinct(states.c[each])) if each else func.count()
    alike = [*keys, *(states.c[name] for name in said)]
    query = select(*alike, number.label("number")).where(_is_within(states, within)).group_by(*alike)
    return [(tuple(row[: len(keys)]), row) for row in db.execute(query)]


def _key(states: Subquery, name: Key) -> ColumnElement[Any]:
    return func.substr(states.c.day, 1, 7).label("month") if name == "month" else states.c[name]


def _is_within(states: Subquery, within: Within) -> ColumnElement[bool]:
    year = func.substr(states.c.day, 1, 4)
    wanted: ColumnElement[bool] = true()
    if within.boroughs:
        wanted &= states.c.borough.in_(within.boroughs)
    if within.committees:
        wanted &= or_(*(_is_committee(states.c.committee, given) for given in within.committees))
    if within.years:
        wanted &= or_(*(year.is_(None) if given == UNKNOWN else year == given for given in within.years))
    if within.since:
        wanted &= states.c.day >= within.since.isoformat()
    if within.until:
        wanted &= states.c.day <= within.until.isoformat()
    return wanted


def _is_committee(column: ColumnElement[Any], given: str) -> ColumnElement[bool]:
    if given == UNKNOWN:
        return column.is_(None)
    return column.endswith(f"-c{int(given)}") if given.isdecimal() else column == given
