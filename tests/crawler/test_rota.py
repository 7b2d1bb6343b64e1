"""When is a crawl due? Held by tables and by every clock that hypothesis can think of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import Settings, read_settings
from archive.errors import SettingsError
from archive.schedule_state import Turn
from crawler import Scope
from crawler.rota import (
    KINDS,
    LONDON,
    Kind,
    Row,
    duties,
    first_turn,
    next_turn,
    planned_too_late,
    scope_of,
    swept_tonight,
    timetable,
)

SETTINGS = read_settings({})
RECENT = Row(kind="recent", every=timedelta(hours=4), jitter=timedelta(minutes=10))
TODAY = date(2026, 11, 18)  # a Wednesday

instants = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.integers(0, 23)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def night(hour: int) -> Row:
    return Row(kind="window", hour=hour, jitter=timedelta(minutes=10))


@pytest.mark.parametrize(
    ("row", "after", "then"),
    [
        (RECENT, "2026-01-05 00:00", "2026-01-05 04:00"),
        (RECENT, "2026-01-05 03:59:59", "2026-01-05 04:00"),
        (RECENT, "2026-07-05 03:59:59", "2026-07-05 04:00"),
        (night(2), "2026-01-05 01:59", "2026-01-05 02:00"),
        (night(2), "2026-01-05 02:00", "2026-01-06 02:00"),
        (night(2), "2026-07-05 00:59", "2026-07-05 01:00"),
        (night(23), "2026-07-05 22:30", "2026-07-06 22:00"),
        # The clocks go forward on 29 March 2026: 01:00 to 02:00 does not come.
        (night(0), "2026-03-28 12:00", "2026-03-29 00:00"),
        (night(1), "2026-03-28 12:00", "2026-03-29 01:00"),
        (night(1), "2026-03-29 01:00", "2026-03-30 00:00"),
        (night(2), "2026-03-28 12:00", "2026-03-29 01:00"),
        # They go back on 25 October 2026: 01:00 to 02:00 comes twice.
        (night(0), "2026-10-24 12:00", "2026-10-24 23:00"),
        (night(1), "2026-10-24 12:00", "2026-10-25 00:00"),
        (night(1), "2026-10-25 00:00", "2026-10-26 01:00"),
        (night(1), "2026-10-25 00:30", "2026-10-26 01:00"),
        (night(2), "2026-10-24 12:00", "2026-10-25 02:00"),
    ],
)
def test_the_next_turn_is_as_londons_clock_has_it(row: Row, after: str, then: str) -> None:
    assert next_turn(row, at(after)) == at(then)


@settings(max_examples=25)
@given(instants, hours)
def test_each_night_has_one_turn_whatever_the_clocks_do(start: datetime, hour: int) -> None:
    turn, days = start, []
    for _ in range(400):
        turn = next_turn(night(hour), turn)
        days.append(turn.astimezone(LONDON).date())
    assert days == [days[0] + timedelta(days=day) for day in range(400)]


@given(instants, st.timedeltas(timedelta(seconds=1), timedelta(days=7)))
def test_turns_of_an_interval_are_one_interval_apart(start: datetime, every: timedelta) -> None:
    row = Row(kind="recent", every=every)
    first = next_turn(row, start)
    assert start < first <= start + every
    assert next_turn(row, first) == first + every
    assert next_turn(row, first - timedelta(microseconds=1)) == first


@given(
    instants, hours, st.timedeltas(timedelta(), timedelta(minutes=10)), st.timedeltas(timedelta(), timedelta(hours=3))
)
def test_a_plan_holds_while_the_clock_goes_on_and_after_a_small_step_back(
    start: datetime, hour: int, late: timedelta, later: timedelta
) -> None:
    for row in (RECENT, night(hour)):
        planned = next_turn(row, start) + late
        assert not planned_too_late(row, planned, start + later)
        assert not planned_too_late(row, planned, start - timedelta(minutes=59))


@given(instants, hours, st.timedeltas(timedelta(days=2), timedelta(days=4_000)))
def test_a_plan_of_a_clock_that_ran_ahead_is_made_anew(start: datetime, hour: int, ahead: timedelta) -> None:
    for row in (RECENT, night(hour)):
        assert planned_too_late(row, next_turn(row, start + ahead), start)


NOW = at("2026-11-18 14:03")


def held(**more: object) -> Turn:
    said: dict[str, object] = {"started": at("2026-11-18 12:00"), "ended": at("2026-11-18 12:30"), "outcome": "1 page"}
    return Turn(kind="recent", **{**said, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "last", "then"),
    [
        ("recent", None, NOW),
        ("window", None, None),
        ("sweep", None, None),
        ("window", Turn(kind="window", planned=at("2026-11-19 02:00")), None),
        ("window", Turn(kind="window", planned=at("2026-11-18 02:00")), NOW),
        ("window", held(planned=at("2026-11-15 02:04")), NOW),
        ("window", held(planned=at("2026-11-19 02:04")), None),
        ("recent", held(planned=at("2026-11-18 16:01")), None),
        ("recent", held(planned=at("2026-11-18 14:09")), at("2026-11-18 14:09")),
        ("recent", held(planned=at("2026-11-28 14:09")), None),
        ("sweep", held(ended=None, outcome="", planned=at("2026-11-19 03:00")), NOW),
        ("sweep", held(outcome="stopped", planned=at("2026-11-19 03:00")), NOW),
        ("sweep", held(outcome="failed: no space", planned=at("2026-11-19 03:00")), None),
    ],
)
def test_a_scheduler_that_starts_takes_what_was_missed_once(
    kind: Kind, last: Turn | None, then: datetime | None
) -> None:
    row = next(row for row in timetable(SETTINGS) if row.kind == kind)
    assert first_turn(row, last, NOW) == then


@pytest.mark.parametrize(
    ("kind", "scope"),
    [
        ("recent", Scope(since=date(2026, 11, 2), until=date(2027, 1, 17))),
        ("window", Scope(since=date(2025, 10, 1))),
        ("sweep", Scope()),
    ],
)
def test_a_turn_crawls_what_its_kind_says(kind: Kind, scope: Scope) -> None:
    assert scope_of(kind, TODAY, SETTINGS) == scope


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_days_are_rounded_outwards_and_no_more_than_to_a_week_or_a_month(today: date) -> None:
    recent, window = scope_of("recent", today, SETTINGS), scope_of("window", today, SETTINGS)
    assert recent.since
    assert recent.until
    assert window.since
    assert timedelta(days=14) <= today - recent.since <= timedelta(days=20)
    assert timedelta(days=60) <= recent.until - today <= timedelta(days=66)
    assert timedelta(days=400) <= today - window.since <= timedelta(days=430)
    assert window.since <= recent.since


SLUGS = tuple(f"b{number:02}" for number in range(34))


@given(
    st.lists(st.sampled_from([1, 1, 1, 1, 2, 3, 9]), min_size=40, max_size=80), st.integers(1, 60), st.integers(1, 34)
)
def test_every_borough_is_swept_each_month_a_few_a_night(gaps: list[int], every: int, number: int) -> None:
    swept: dict[str, datetime] = {}
    slugs, now, nights = SLUGS[:number], NOW, 0
    for gap in gaps:
        tonight = swept_tonight(slugs, swept, now, every)
        assert len(tonight) <= -(-number // every)
        for slug in tonight:
            assert slug not in swept or now - swept[slug] >= timedelta(days=every) - timedelta(hours=12)
        swept |= dict.fromkeys(tonight, now)
        now, nights = now + timedelta(days=gap), nights + 1
    assert len(swept) == min(number, nights * -(-number // every))


def test_without_a_missed_night_no_borough_waits_longer_than_its_month() -> None:
    swept: dict[str, datetime] = {}
    waits = []
    for night_ in range(200):
        now = NOW + timedelta(days=night_, minutes=night_ * 37 % 10)
        for slug in swept_tonight(SLUGS, swept, now, 28):
            waits += [now - swept[slug]] if slug in swept else []
            swept[slug] = now
    assert swept.keys() == set(SLUGS)
    assert {round(wait / timedelta(days=1)) for wait in waits} == {28}


def test_all_that_was_swept_in_one_night_by_hand_is_spread_from_then_on() -> None:
    swept = dict.fromkeys(SLUGS, NOW)
    assert swept_tonight(SLUGS, swept, NOW + timedelta(days=27), 28) == ()
    assert swept_tonight(SLUGS, swept, NOW + timedelta(days=28), 28) == SLUGS[:2]


def test_what_a_clock_that_ran_ahead_noted_keeps_no_borough_from_its_turn() -> None:
    ahead = dict.fromkeys(SLUGS, NOW + timedelta(days=900))
    assert swept_tonight(SLUGS, ahead, NOW, 28) == SLUGS[:2]


def test_a_turn_is_one_crawl_where_nothing_was_stopped() -> None:
    for kind in KINDS:
        (duty,) = duties(kind, SLUGS, {}, TODAY, SETTINGS)
        assert (duty.kind, duty.scope, duty.slugs) == (kind, scope_of(kind, TODAY, SETTINGS), SLUGS)
        assert duties(kind, (), {}, TODAY, SETTINGS) == ()


def test_what_was_stopped_is_gone_on_with_by_smaller_turns_and_after_them() -> None:
    window, sweep = scope_of("window", TODAY, SETTINGS).key, Scope().key
    other = Scope(committees=((None, 308),)).key
    stopped = {"b00": sweep, "b01": window, "b02": other, "b03": scope_of("recent", TODAY, SETTINGS).key}
    mine = SLUGS[:5]
    assert [(d.kind, d.slugs) for d in duties("recent", mine, stopped, TODAY, SETTINGS)] == [
        ("recent", ("b02", "b03", "b04")),
        ("window", ("b01",)),
        ("sweep", ("b00",)),
    ]
    assert [(d.kind, d.slugs) for d in duties("window", mine, stopped, TODAY, SETTINGS)] == [
        ("window", ("b01", "b02", "b03", "b04")),
        ("sweep", ("b00",)),
    ]
    assert [(d.kind, d.slugs) for d in duties("sweep", mine, stopped, TODAY, SETTINGS)] == [("sweep", mine)]


def test_what_is_stopped_at_night_can_be_gone_on_with_the_next_day() -> None:
    keys = {scope_of("window", TODAY + timedelta(days=day), SETTINGS).key for day in range(-3, 3)}
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("schedule_window_hour", 24),
        ("schedule_sweep_hour", 99),
        ("schedule_sweep_days", 0),
        ("schedule_recent_back_days", 10**9),
        ("schedule_recent_every_h", 0.0),
        ("schedule_recent_every_h", 1e300),
        ("schedule_jitter_s", 1e300),
    ],
)
def test_a_number_that_no_timetable_can_hold_is_named(name: str, value: float) -> None:
    with pytest.raises(SettingsError, match=f"SCRUTINY_{name.upper()}"):
        timetable(replace(SETTINGS, **{name: value}))  # type: ignore[arg-type]


def test_jitter_never_reaches_the_next_turn() -> None:
    short: Settings = replace(SETTINGS, schedule_recent_every_h=1 / 60)
    assert all(row.jitter * 2 <= (row.every or timedelta(days=1)) for row in timetable(short))
