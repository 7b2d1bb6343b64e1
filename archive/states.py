"""What has become of each listed meeting, each item and each document? As subqueries, to be counted by the database.

Every row bears its borough, committee and day, so that the ledger may group and narrow by them. Nothing here reads
what a record says (its versions): at 30,000 meetings that would take seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Case,
    ColumnElement,
    Connection,
    FromClause,
    String,
    Subquery,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from archive.reasons import OF_A_FILE, OF_A_PAGE
from archive.tables import frontier, listings, places, readings_of_files, records, runs

NOTHING = "nothing"
"""What `records.published` says of a meeting whose page was read and shows nothing yet."""

_NEVER_A_TROUBLE = "waiting"


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for whole boroughs: those whose last crawl was not let in at all, or was refused on its way."""

    closed: frozenset[str]
    blocked: frozenset[str]


def standing_of(db: Connection) -> Standing:
    """How the last crawl of each borough that came to an end, or was put off, ended."""
    last = select(func.max(runs.c.id)).where(runs.c.outcome.not_in(("", "abandoned"))).group_by(runs.c.borough)
    rows = db.execute(select(runs.c.borough, runs.c.outcome).where(runs.c.id.in_(last))).all()
    return Standing(
        frozenset(row.borough for row in rows if row.outcome == "closed"),
        frozenset(row.borough for row in rows if row.outcome == "blocked"),
    )


def meeting_states(standing: Standing, today: date) -> Subquery:
    """Every meeting that is listed, or held beside the lists: `state`, `trouble`, `published` and `unlisted`.

    `state` is "held", "beside", or the reason why it is not held; `trouble` why it could not be had again, or null.
    `unlisted`: the list that once named it names it no more.
    """
    trouble = _troubles(("meeting:", "-m"), ("service-meeting:", "-m"))
    held = records.alias("held_meetings")
    listed = listings.outerjoin(held, held.c.id == listings.c.meeting).outerjoin(
        trouble, trouble.c.record == listings.c.meeting
    )
    published = func.coalesce(held.c.published, "")
    rows = select(
        listings.c.meeting,
        listings.c.borough,
        func.coalesce(held.c.parent, listings.c.committee).label("committee"),
        func.coalesce(held.c.date, listings.c.date).label("day"),
        _meeting_state(standing, today, held, trouble).label("state"),
        _trouble(trouble, held.c.gone.is_not(None)),
        published.label("published"),
        listings.c.unlisted.is_not(None).label("unlisted"),
    ).select_from(listed)
    return union_all(rows, _held_beside()).subquery("meeting_states")


def item_states() -> Subquery:
    """Every agenda item: its `trouble`, or null."""
    trouble = _troubles(("item:", "-i"))
    item, meeting = records.alias("items"), records.alias("their_meetings")
    joined = item.outerjoin(meeting, meeting.c.id == item.c.parent).outerjoin(trouble, trouble.c.record == item.c.id)
    rows = select(
        item.c.borough,
        meeting.c.parent.label("committee"),
        meeting.c.date.label("day"),
        _trouble(trouble, item.c.gone.is_not(None)),
    )
    return rows.select_from(joined).where(item.c.kind == "item").subquery("item_states")


def document_states(standing: Standing) -> Subquery:
    """Every place where an item lists a document: `document`, `state`, `trouble` and `fetched`.

    `state` is "read", or the reason why it is not. The packs that a meeting as a whole lists are left out: they only
    put the papers of its items together, and are not fetched.
    """
    trouble, reading = _troubles(("document:", "")), readings_of_files
    document, item, meeting = records.alias("documents"), records.alias("listing_items"), records.alias("at_meetings")
    joined = (
        places.join(item, and_(item.c.id == places.c.holder, item.c.kind == "item"))
        .join(document, document.c.id == places.c.document)
        .outerjoin(meeting, meeting.c.id == item.c.parent)
        .outerjoin(reading, and_(reading.c.sha256 == document.c.file, reading.c.reader == _newest_reader(document)))
        .outerjoin(trouble, trouble.c.record == document.c.id)
    )
    rows = select(
        document.c.id.label("document"),
        document.c.borough,
        meeting.c.parent.label("committee"),
        meeting.c.date.label("day"),
        _document_state(standing, document, reading, trouble).label("state"),
        _trouble(trouble, document.c.gone.is_not(None)),
        (document.c.file != "").label("fetched"),
    )
    return rows.select_from(joined).subquery("document_states")


def _meeting_state(standing: Standing, today: date, held: FromClause, trouble: Subquery) -> Case[str]:
    """The order decides: what we know from its own page, then from its council's lists, then from the whole borough."""
    looked_at = func.coalesce(held.c.published, "")
    coming = and_(listings.c.label == "", listings.c.date > today.isoformat())
    return case(
        (looked_at.not_in(("", NOTHING)), "held"),
        (or_(held.c.gone.is_not(None), listings.c.unlisted.is_not(None)), "gone"),
        (trouble.c.reason != _NEVER_A_TROUBLE, trouble.c.reason),
        (looked_at == NOTHING, "not yet published"),
        (listings.c.borough.in_(standing.closed), "closed to robots"),
        (coming, "not yet published"),
        (listings.c.borough.in_(standing.blocked), "blocked"),
        else_="waiting",
    )


def _document_state(standing: Standing, document: FromClause, reading: FromClause, trouble: Subquery) -> Case[str]:
    return case(
        (reading.c.outcome.in_(("read", "partial")), "read"),
        (reading.c.outcome.is_not(None), case(OF_A_FILE, value=reading.c.reason, else_="unreadable")),
        (document.c.file != "", "waiting"),
        (document.c.gone.is_not(None), "gone"),
        (trouble.c.reason != _NEVER_A_TROUBLE, trouble.c.reason),
        (document.c.borough.in_(standing.closed), "closed to robots"),
        (document.c.borough.in_(standing.blocked), "blocked"),
        else_="waiting",
    )


def _held_beside() -> Any:
    """Meetings held that no list names. One known by name alone, under which nothing stands, is not held."""
    below = records.alias("below")
    with_items = exists().where(below.c.parent == records.c.id, below.c.kind == "item")
    listed = exists().where(listings.c.meeting == records.c.id)
    return select(
        records.c.id,
        records.c.borough,
        records.c.parent,
        records.c.date,
        literal("beside"),
        null(),
        records.c.published,
        false(),
    ).where(records.c.kind == "meeting", ~listed, or_(records.c.published != "", with_items))


def _trouble(trouble: Subquery, gone: ColumnElement[bool]) -> ColumnElement[Any]:
    """Why something could not be had again; what waits for its turn is no trouble."""
    known = (trouble.c.reason != _NEVER_A_TROUBLE, trouble.c.reason)
    return case((gone, "gone"), known, else_=null()).label("trouble")


def _troubles(*keys: tuple[str, str]) -> Subquery:
    """What crawls could not have, or have still to fetch: the id of each `record`, and the `reason`.

    `keys` are how the frontier's keys begin and what stands between the borough and the rest in the record's id; ""
    where the key's rest is the id. Failures of earlier runs stay there until a later one has asked again; of several
    reasons the first by letter counts, since "waiting" says the least and comes last.
    """
    reason = case(OF_A_PAGE, value=frontier.c.reason, else_="failed")
    mine = frontier.join(runs, runs.c.id == frontier.c.run)
    rows = [
        select(
            _record(begin, between).label("record"),
            reason.label("reason"),
        )
        .select_from(mine)
        .where(frontier.c.state != "done", frontier.c.key.startswith(begin))
        for begin, between in keys
    ]
    every = union_all(*rows).subquery()
    return select(every.c.record, func.min(every.c.reason).label("reason")).group_by(every.c.record).subquery()


def _record(begin: str, between: str) -> ColumnElement[str]:
    rest = func.substr(frontier.c.key, len(begin) + 1)
    return cast(runs.c.borough + between + rest if between else rest, String(120))


def _newest_reader(document: FromClause) -> ColumnElement[Any]:
    """The newest reader that read a document's file. Looked up for each file, which is quicker than a list of all."""
    others = readings_of_files.alias("other_readings")
    return select(func.max(others.c.reader)).where(others.c.sha256 == document.c.file).scalar_subquery()
