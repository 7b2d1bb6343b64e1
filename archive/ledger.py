"""The coverage ledger: what each council lists, what of it is held and read, and why the rest is not.

Counted from the councils' own lists by a few statements of the database, never guessed. What is withheld counts as
held: it is not missing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from archive.committee_names import committees_held
from archive.counting import EVERYTHING, Within, counted, meetings_counted
from archive.falls import Alarm, alarms_of
from archive.reasons import Reason
from archive.states import meeting_states, standing_of
from archive.store import Archive
from archive.tables import listings, records
from archive.tallies import Tally


@dataclass(frozen=True, slots=True)
class MonthTally:
    """A committee's month ("2025-10", or None where the day is not known)."""

    month: str | None
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeLedger:
    """A committee, in all and by month, oldest first. `id` is None for what is held under no known committee."""

    id: str | None
    name: str
    tally: Tally
    months: tuple[MonthTally, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A borough: its committees by name, and what is alarming about their lists."""

    borough: str
    committees: tuple[CommitteeLedger, ...]
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A meeting that is listed and not held: its day and the words of its list ("Agenda, Minutes"), and why.

    `has_page`: something is known of it beyond the list, so that the site has a page of it.
    """

    meeting: str
    day: date | None
    label: str
    reason: Reason
    has_page: bool


def meeting_tallies(archive: Archive, today: date, within: Within) -> dict[tuple[str, str | None], Tally]:
    """The meetings that the filters leave, by borough and month; items and documents are not counted."""
    with archive.reading() as db:
        rows = meetings_counted(db, today, within, ("borough", "month"))
    return {(borough, month): tally for (borough, month), tally in rows.items()}


def ledgers(archive: Archive, today: date, within: Within = EVERYTHING) -> tuple[Ledger, ...]:
    """The ledger of each borough, by slug; a borough of which nothing is known within has none."""
    borough = within.boroughs[0] if len(within.boroughs) == 1 else None
    with archive.reading() as db:
        in_all = counted(db, today, within, ("borough", "committee"))
        by_month = counted(db, today, within, ("borough", "committee", "month"))
        names = {ident: held.name for ident, held in committees_held(db, borough).items()}
        alarms = alarms_of(db, borough)
    months = defaultdict[tuple[str, str | None], list[MonthTally]](list)
    for (slug, committee, month), tally in sorted(by_month.items(), key=lambda row: row[0][2] or ""):
        months[slug, committee].append(MonthTally(month, tally))
    rows = defaultdict[str, list[CommitteeLedger]](list)
    for (slug, committee), tally in in_all.items():
        name = names.get(committee or "", committee or "")
        row = CommitteeLedger(id=committee, name=name, tally=tally, months=tuple(months[slug, committee]))
        rows[slug].append(row)
    return tuple(
        Ledger(
            borough=slug,
            committees=tuple(sorted(rows[slug], key=lambda row: (row.id is None, row.name, row.id or ""))),
            alarms=tuple(alarm for alarm in alarms if alarm.borough == slug),
        )
        for slug in sorted(rows)
    )


def missing_meetings(archive: Archive, committee: str, today: date) -> tuple[Missing, ...]:
    """The meetings of a committee that are listed and not held, newest first, those of unknown day last."""
    with archive.reading() as db:
        states = meeting_states(standing_of(db), today)
        rows = db.execute(
            select(states.c.meeting, states.c.day, states.c.state, listings.c.label, records.c.id)
            .join(listings, listings.c.meeting == states.c.meeting)
            .outerjoin(records, records.c.id == states.c.meeting)
            .where(states.c.committee == committee, states.c.state.not_in(("held", "beside")))
            .order_by(states.c.day.desc(), states.c.meeting.desc())
        ).all()
    return tuple(
        Missing(
            meeting=row.meeting,
            day=date.fromisoformat(row.day) if row.day else None,
            label=row.label,
            reason=row.state,
            has_page=row.id is not None,
        )
        for row in rows
    )
