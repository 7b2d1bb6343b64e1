"""Which crawls are due, and when? Pure: the clock, and what was crawled before, are given.

Three kinds of turn, from the smallest to the largest:

- "recent": the meetings of the last and the coming weeks, every few hours;
- "window": the meetings of the last year and more, once a night, since minutes appear weeks later and change;
- "sweep": everything, each borough once a month and a few of them a night, so that they do not all start at once.

A night's turn is planned by London's clock and a date has one, also when the clocks change: an hour that is skipped is
taken an hour later, one that comes twice is taken the first time. What was missed, by however much, is taken once.

A crawl that was stopped is gone on with by the next turn, even of a smaller kind, so that a long one comes to its end.
It is gone on with only in the very scope in which it began, so days are rounded outwards, to weeks and months.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from archive import Settings
from archive.errors import SettingsError
from archive.schedule_state import Turn
from crawler.scope import Scope

Kind = Literal["recent", "window", "sweep"]

KINDS: tuple[Kind, ...] = ("recent", "window", "sweep")
LONDON = ZoneInfo("Europe/London")
STOPPED = "stopped"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLY = timedelta(hours=12)  # a night's turn may begin so much earlier than that of the month before
_WRONG_CLOCK = timedelta(days=1)  # what was done later than this from now was done by a clock that ran ahead
_STEP = timedelta(hours=1)  # a clock put back by less than this upsets no plan
_MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """When turns of one kind are: `every` so often, or at an hour of each night; at random up to `jitter` later."""

    kind: Kind
    every: timedelta | None = None
    hour: int = 0
    jitter: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A crawl to be done: these boroughs, in this scope."""

    kind: Kind
    scope: Scope
    slugs: tuple[str, ...]


def timetable(settings: Settings) -> tuple[Row, ...]:
    """A row for each kind. Raises SettingsError for a number that no timetable can hold, naming it."""
    _check(settings)
    every = timedelta(hours=settings.schedule_recent_every_h)
    late = timedelta(seconds=settings.schedule_jitter_s)
    return (
        Row(kind="recent", every=every, jitter=min(late, every / 2)),
        Row(kind="window", hour=settings.schedule_window_hour, jitter=late),
        Row(kind="sweep", hour=settings.schedule_sweep_hour, jitter=late),
    )


def next_turn(row: Row, after: datetime) -> datetime:
    """The first turn after an instant, before jitter, in UTC."""
    if row.every is not None:
        return _EPOCH + ((after - _EPOCH) // row.every + 1) * row.every
    today = after.astimezone(LONDON).date()
    nights = (_at(today + timedelta(days=day), row.hour) for day in range(3))
    return next(night for night in nights if night > after)


def planned_too_late(row: Row, planned: datetime, now: datetime) -> bool:
    """Whether a plan was made by a clock that has since been put back: then it is to be made anew."""
    return planned > next_turn(row, now + _STEP) + row.jitter


def first_turn(row: Row, last: Turn | None, now: datetime) -> datetime | None:
    """When a scheduler that starts now takes this turn first; None where its row says so.

    At once, where it was missed or cut off, and for the first meetings of a new archive. As it was planned, where its
    time has come and only its jitter is still to pass.
    """
    planned = last.planned if last is not None else None
    if planned is not None and planned <= now:
        return now
    if last is None or last.started is None:
        return now if row.kind == "recent" else None
    if last.ended is None or last.outcome == STOPPED:
        return now
    return planned if planned is not None and planned - now <= row.jitter else None


def scope_of(kind: Kind, today: date, settings: Settings) -> Scope:
    """What a turn crawls of a borough."""
    if kind == "sweep":
        return Scope()
    if kind == "window":
        return Scope(since=(today - timedelta(days=settings.schedule_window_days)).replace(day=1))
    since = today - timedelta(days=settings.schedule_recent_back_days)
    until = today + timedelta(days=settings.schedule_recent_ahead_days)
    return Scope(since=since - timedelta(days=since.weekday()), until=until + timedelta(days=6 - until.weekday()))


def swept_tonight(
    slugs: Sequence[str], swept: Mapping[str, datetime], now: datetime, every_days: int
) -> tuple[str, ...]:
    """The boroughs whose month is over, those that waited longest first, and no more than a night's share of all."""
    last = {slug: at for slug, at in swept.items() if at <= now + _WRONG_CLOCK}
    due = [slug for slug in slugs if slug not in last or now - last[slug] >= timedelta(days=every_days) - _EARLY]
    share = -(-len(slugs) // every_days)
    return tuple(sorted(due, key=lambda slug: (last.get(slug, _EPOCH), slug))[:share])


def duties(
    kind: Kind, slugs: Iterable[str], unfinished: Mapping[str, str], today: date, settings: Settings
) -> tuple[Duty, ...]:
    """The crawls of a turn over these boroughs, its own first, then the larger ones that were stopped.

    `unfinished` holds the keys of stopped scopes by borough. Of a borough with a larger one that, and not its own, is
    done: it holds the smaller, and two crawls of one borough cannot both be left unfinished.
    """
    scopes = {each: scope_of(each, today, settings) for each in KINDS[KINDS.index(kind) :]}
    begun = {scope.key: each for each, scope in scopes.items()}
    chosen: dict[Kind, list[str]] = {each: [] for each in scopes}
    for slug in slugs:
        chosen[begun.get(unfinished.get(slug, ""), kind)].append(slug)
    return tuple(Duty(kind=each, scope=scopes[each], slugs=tuple(mine)) for each, mine in chosen.items() if mine)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON).astimezone(UTC)


def _check(settings: Settings) -> None:
    hours: Collection[tuple[str, float]] = (
        ("WINDOW_HOUR", settings.schedule_window_hour),
        ("SWEEP_HOUR", settings.schedule_sweep_hour),
    )
    for name, hour in hours:
        _within(name, hour, 0, 23, "an hour of the day")
    _within("RECENT_EVERY_H", settings.schedule_recent_every_h, 1 / 3600, 24 * 7, "an hour or some, a week at the most")
    _within("JITTER_S", settings.schedule_jitter_s, 0, 6 * 3600, "some seconds, six hours at the most")
    for name, days in (
        ("RECENT_AHEAD_DAYS", settings.schedule_recent_ahead_days),
        ("RECENT_BACK_DAYS", settings.schedule_recent_back_days),
        ("SWEEP_DAYS", settings.schedule_sweep_days),
        ("WINDOW_DAYS", settings.schedule_window_days),
    ):
        _within(name, days, 1, _MOST_DAYS, "a number of days")


def _within(name: str, given: float, least: float, most: float, wanted: str) -> None:
    if not least <= given <= most:
        raise SettingsError(f"SCRUTINY_SCHEDULE_{name} is {given:g}, but must be {wanted}, {least:g} to {most:g}")
