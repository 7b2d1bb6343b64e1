"""Does a council list less than it did? A fall is an alarm, never a success: a list that is short may be broken.

What a run finds missing from the lists is marked and kept (`listings.unlisted`; `records.gone` of a committee), so
that the marks stand until a later run finds the meetings listed again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, func, insert, select, true, update

from archive.bodies import stamp
from archive.committee_names import committees_held
from archive.ids import committee_id, meeting_id
from archive.records import Committee
from archive.tables import changes, frontier, listings, records

if TYPE_CHECKING:
    from archive.store import Archive  # which tells of falls through this module

_FEWEST, _SHARE = 2, 4
"""A fall is at least so many meetings, and at least one in so many of those ever listed: single ones are taken down
now and then, and are told as gone."""

_KEY = re.compile(r"(?:service-)?(?P<kind>committees|meetings|meeting)(?::(?P<number>\d+))?(?::.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A committee that lists `now` meetings where it listed `before`; or, `named` no more, that is not listed itself.

    `since` is when a run last noticed it.
    """

    borough: str
    committee: str
    name: str
    named: bool
    before: int
    now: int
    since: datetime

    @property
    def line(self) -> str:
        """The alarm in one line, without its date."""
        if not self.named:
            return f"{self.name} is no longer on the council's list of committees; it had {self.before:,} meetings"
        return f"{self.name} lists {self.now:,} meetings; it has listed {self.before:,}"


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a run asked for, both included; None where it asked for all."""

    since: date | None = None
    until: date | None = None


def note_unlisted(archive: Archive, run: int, borough: str, span: Span, now: datetime) -> tuple[str, ...]:
    """Mark the meetings that their committees' lists, read to the end by this run, name no more.

    The ids of all that are so marked within the span and not known to be gone: they are worth a look of their own.
    To be called when the lists are read, before those are looked at.
    """
    with archive.writing() as db:
        pages = _pages_of(db, run)
        read = [committee_id(borough, number) for number in pages.lists - pages.lists_unread]
        listed = {meeting_id(borough, number) for number in pages.meetings}
        mine = (listings.c.borough == borough) & listings.c.committee.in_(read) & _is_in(span)
        for meeting in set(db.scalars(select(listings.c.meeting).where(mine, listings.c.unlisted.is_(None)))) - listed:
            db.execute(update(listings).where(listings.c.meeting == meeting).values(unlisted=stamp(now)))
        gone = select(records.c.id).where(records.c.gone.is_not(None))
        marked = mine & listings.c.unlisted.is_not(None) & listings.c.meeting.not_in(gone)
        return tuple(db.scalars(select(listings.c.meeting).where(marked).order_by(listings.c.meeting)))


def note_committees(archive: Archive, run: int, borough: str, now: datetime) -> None:
    """Mark the scrutiny committees that a run over all of them did not come to, as the council's list lacks them."""
    with archive.writing() as db:
        pages = _pages_of(db, run)
        if not pages.committees:
            return
        chosen = {committee_id(borough, number) for number in pages.lists}
        listing = set(db.scalars(select(listings.c.committee).where(listings.c.borough == borough).distinct()))
        for ident, committee in committees_held(db, borough).items():
            if ident in chosen:
                _mark(db, ident, None)
            elif ident in listing and committee.scrutiny and committee.category:
                # Without a category it never stood in a list of committees: a row of the boroughs file named it.
                _mark(db, ident, stamp(now))


def is_unlisted(archive: Archive, meeting: str) -> bool:
    """Whether the list that once named a meeting names it no more."""
    with archive.reading() as db:
        return db.scalar(select(listings.c.unlisted).where(listings.c.meeting == meeting)) is not None


def alarms_of(db: Connection, borough: str | None = None) -> tuple[Alarm, ...]:
    """What is alarming now, the latest first."""
    unlisted = func.count(listings.c.unlisted)
    rows = db.execute(
        select(
            listings.c.borough, listings.c.committee, func.count().label("ever"), unlisted.label("unlisted"),
            func.max(listings.c.unlisted).label("since"), records.c.gone,
        )
        .outerjoin(records, records.c.id == listings.c.committee)
        .where(listings.c.borough == borough if borough else true())
        .group_by(listings.c.borough, listings.c.committee, records.c.gone)
        .having((unlisted > 0) | records.c.gone.is_not(None))
    ).all()  # fmt: skip
    fallen = [row for row in rows if row.gone or _is_fall(row.ever, row.unlisted)]
    names = committees_held(db, borough) if fallen else {}
    alarms = [
        Alarm(
            borough=row.borough,
            committee=row.committee,
            name=_name(names.get(row.committee), row.committee),
            named=row.gone is None,
            before=row.ever,
            now=row.ever - row.unlisted,
            since=datetime.fromisoformat(row.gone or row.since),
        )
        for row in fallen
    ]
    return tuple(sorted(alarms, key=lambda alarm: (alarm.since, alarm.committee), reverse=True))


def alarms_since(archive: Archive, borough: str, moment: datetime) -> tuple[Alarm, ...]:
    """What a borough's run has found alarming that noted its lists at this moment, or later."""
    with archive.reading() as db:
        return tuple(alarm for alarm in alarms_of(db, borough) if stamp(alarm.since) >= stamp(moment))


def _is_fall(ever: int, unlisted: int) -> bool:
    return unlisted == ever or (unlisted >= _FEWEST and unlisted * _SHARE >= ever)


@dataclass(frozen=True, slots=True)
class _Pages:
    """What a run asked for: the lists of these committees, some of them not read to the end; these meetings; and
    whether the list of committees itself was read."""

    lists: frozenset[int]
    lists_unread: frozenset[int]
    meetings: frozenset[int]
    committees: bool


def _pages_of(db: Connection, run: int) -> _Pages:
    rows = db.execute(select(frontier.c.key, frontier.c.state).where(frontier.c.run == run)).all()
    found = [(match, row.state == "done") for row in rows if (match := _KEY.fullmatch(row.key))]
    lists = [(int(match["number"]), done) for match, done in found if match["kind"] == "meetings"]
    return _Pages(
        lists=frozenset(number for number, _ in lists),
        lists_unread=frozenset(number for number, done in lists if not done),
        meetings=frozenset(int(match["number"]) for match, _ in found if match["kind"] == "meeting"),
        committees=any(done for match, done in found if match["kind"] == "committees"),
    )


def _is_in(span: Span) -> ColumnElement[bool]:
    within: ColumnElement[bool] = true()
    if span.since:
        within &= listings.c.date >= span.since.isoformat()
    if span.until:
        within &= listings.c.date <= span.until.isoformat()
    return within


def _mark(db: Connection, committee: str, gone: str | None) -> None:
    here = records.c.id == committee
    other = records.c.gone.is_not(None) if gone is None else records.c.gone.is_(None)
    if db.execute(update(records).where(here, other).values(gone=gone)).rowcount:
        db.execute(insert(changes).values(record=committee))


def _name(committee: Committee | None, ident: str) -> str:
    return committee.name if committee else ident
