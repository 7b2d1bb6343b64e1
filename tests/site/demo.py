"""What does the demonstration crawl? Invented boroughs with years of meetings, always alike for one seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from random import Random

from tests.site.boroughs import GROUNDS, Ground, Remit
from tests.site.council import (
    NOTICE,
    PretendBorough,
    PretendCommittee,
    PretendDocument,
    PretendItem,
    PretendMeeting,
    State,
)
from tests.site.dates import plain_day
from tests.site.minutes import Numbers, Sitting, standing_item, subject_item
from tests.site.names import Cast, cast_of
from tests.site.subjects import Subject, common, subjects

TODAY = date(2026, 1, 31)
"""The day on which the invented councils stand still, so that every build is alike."""

CANCELLED_EVERY = 11


def demo_boroughs(
    count: int = 5, *, today: date = TODAY, years: int = 6, busy: int = 1, seed: int = 1
) -> tuple[PretendBorough, ...]:
    """The first `count` of eight boroughs; `busy` multiplies the number of meetings in a year."""
    return tuple(invented_borough(ground, today=today, years=years, busy=busy, seed=seed) for ground in GROUNDS[:count])


def small_borough(slug: str = "eastmere", *, today: date = TODAY, years: int = 1, seed: int = 1) -> PretendBorough:
    """One borough with few meetings, for a test's crawl."""
    (ground,) = (ground for ground in GROUNDS if ground.slug == slug)
    return invented_borough(ground, today=today, years=years, seed=seed)


def invented_borough(
    ground: Ground, *, today: date = TODAY, years: int = 6, busy: int = 1, seed: int = 1
) -> PretendBorough:
    """A borough on its ground: all its committees with all their meetings."""
    random = Random(f"{seed}/{ground.slug}")
    cast = cast_of(ground.name, random)
    numbers = Numbers(aiid=ground.first_number * 5, document=ground.first_number * 10)
    mids = iter(range(ground.first_number, 10**9))
    committees = [
        _committee(remit, ground, cast, numbers, mids, random, (today, years, busy)) for remit in ground.remits
    ]
    return PretendBorough(
        slug=ground.slug,
        name=ground.name,
        gss=ground.gss,
        note=NOTICE,
        habits=ground.habits,
        committees=tuple(committees),
    )


def _committee(
    remit: Remit, ground: Ground, cast: Cast, numbers: Numbers, mids: Iterator[int], random: Random,
    span: tuple[date, int, int],
) -> PretendCommittee:  # fmt: skip
    today, years, busy = span
    days = _days(remit, today, years, busy, random)
    topics = _rotation(remit, random)
    meetings, running, body = [], 0, _body(remit.name)
    for index, day in enumerate(days):
        running = running if index and _municipal(day) == _municipal(days[index - 1]) else 0
        sitting = Sitting(cast, remit.name, body, day, days[index - 1] if index else None)
        state = _state(index, day, days, today)
        items = _items(sitting, topics, numbers, ground.habits.numbering, running, random) if _has_items(state) else ()
        running += len(items)
        meetings.append(_meeting(next(mids), sitting, state, items, numbers, random))
    return PretendCommittee(
        cid=remit.cid, name=remit.name, category=remit.category, scrutiny=remit.scrutiny, expired=remit.expired,
        purpose=f"{NOTICE} It deals with {', '.join(remit.fields)}.", members=cast.members, meetings=tuple(meetings),
    )  # fmt: skip


def _body(name: str) -> str:
    """What the minutes call the committee: "the Panel", by the last of these words in its name."""
    bodies = ("Committee", "Panel", "Commission", "Board", "Forum", "Council")
    return max(bodies, key=name.rfind)


def _days(remit: Remit, today: date, years: int, busy: int, random: Random) -> list[date]:
    """The days of meetings, oldest first; two are still to come. An expired committee stopped two years ago."""
    step = 365 / (remit.yearly * busy)
    count = max(3, round(years * remit.yearly * busy))
    newest = today - timedelta(days=730 if remit.expired else random.randint(9, 24))
    last = 0 if remit.expired else 3
    return [_working_day(newest - timedelta(days=round(step * back))) for back in range(count - 1, -last, -1)]


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 3)) if day.weekday() > 4 else day


def _state(index: int, day: date, days: Sequence[date], today: date) -> State:
    """Meetings to come have nothing or an agenda, the last one held draft minutes; now and then one is cancelled."""
    to_come = sum(other > today for other in days[: index + 1])
    if day > today:
        return "agenda" if to_come == 1 else "planned"
    if index % CANCELLED_EVERY == CANCELLED_EVERY - 2:
        return "cancelled"
    held = [other for other in days if other <= today]
    return "draft minutes" if day == held[-1] and len(held) < len(days) else "minutes"


def _has_items(state: State) -> bool:
    return state not in ("planned", "cancelled")


def _rotation(remit: Remit, random: Random) -> Iterator[Subject]:
    """The remit's subjects in turn, so that each comes back every few meetings and none is left out."""
    chosen = [subject for subject in subjects() if subject.group in remit.fields]
    while True:
        random.shuffle(chosen)
        yield from chosen


def _items(
    sitting: Sitting, topics: Iterator[Subject], numbers: Numbers, numbering: str, running: int, random: Random
) -> tuple[PretendItem, ...]:
    first, last = common().standing[:3], common().standing[3]
    labels = iter(f"{n}." for n in range(running + 1 if numbering == "running" else 1, 10**6))
    items = [standing_item(each, sitting, numbers, next(labels), random) for each in first]
    items += [subject_item(next(topics), sitting, numbers, next(labels), random) for _ in range(random.randint(2, 4))]
    items.append(standing_item(last, sitting, numbers, next(labels), random))
    if numbering == "parts":
        items.insert(0, PretendItem(aiid=numbers.item(), number="", title="PART A - OPEN BUSINESS"))
    return tuple(items)


def _meeting(
    mid: int, sitting: Sitting, state: State, items: tuple[PretendItem, ...], numbers: Numbers, random: Random
) -> PretendMeeting:
    extra = items and random.random() < 0.1
    return PretendMeeting(
        mid=mid,
        agenda_id=mid + 9,
        date=sitting.day,
        time=random.choice((time(18, 30), time(19, 0), time(19, 30), time(10, 0))),
        state=state,
        items=items,
        supplements=(_supplement(sitting, numbers),) if extra else (),
        modified=sitting.day + timedelta(days=21),
    )


def _supplement(sitting: Sitting, numbers: Numbers) -> PretendDocument:
    name = f"Supplementary Agenda {plain_day(sitting.day)} {sitting.committee}"
    return PretendDocument(key=numbers.key("b"), title="Supplementary Agenda", file_name=f"{name}.pdf", size="1 MB")


def _municipal(day: date) -> int:
    """The municipal year, which begins in May."""
    return day.year if day.month >= 5 else day.year - 1
