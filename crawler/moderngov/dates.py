"""Dates and times as councils print them, in English or Welsh; what cannot be read is None, nothing is guessed.

Source: `moderngov.md` 3.2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WELSH_MONTHS = ("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tac", "rha")
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd"
    r"|rhagfyr"
)
_WEEKDAY = (
    r"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|dydd (?:llun|mawrth|mercher|iau|gwener|sadwrn|sul))\b[.,]?\s*)?"
)
_DATE = re.compile(
    rf"{_WEEKDAY}(?<!\d)(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th|af|il|ydd|f?ed|eg|ain)?(?:\s+of)?[\s,.\-/]+(?P<month>{_MONTH})\b[\s,.\-/]+(?P<year>\d{{4}})(?!\d)"
    r"|(?<![\d/.])(?P<day2>\d{1,2})(?P<part>[/.])(?P<month2>\d{1,2})(?P=part)(?P<year2>\d{4})(?![\d/])"
    r"|(?<!\d)(?P<year3>\d{4})-(?P<month3>\d{2})-(?P<day3>\d{2})(?!\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d.:/])(?P<hour>\d{1,2})(?:\s?[.:]\s?(?P<minute>\d{2}))?(?::\d{2})?(?![\d:/])(?!\.\d)"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?|(?:noon|midday)\b)?",
    re.IGNORECASE,
)
_BEFORE_TIME = re.compile(r"^[\s,–—-]*(?:at\s+)?", re.IGNORECASE)
_FLAG_EDGES = " \t,.;:–—-()[]*"
_NAME_EDGES = " \t,;:–—-"


@dataclass(frozen=True, slots=True)
class Heading:
    """The line over a meeting: "{committee} - {date} {time}, {flag}"; what it lacks is None or ""."""

    committee: str
    date: date | None
    time: time | None
    flag: str


def read_date(text: str) -> date | None:
    """The last date in a text; None where there is none, or the date does not exist."""
    match = _last_date(" ".join(text.split()))
    return _date_of(match) if match else None


def read_time(text: str) -> time | None:
    """The first time of day in a text. Without am or pm it counts only as four digits or from 13 hours on."""
    words = _DATE.sub(" ", " ".join(text.split()))
    clock = next((match for match in _TIME.finditer(words) if match["minute"] or match["half"]), None)
    return _time_of(clock) if clock else None


def read_heading(text: str) -> Heading:
    """The parts of a meeting's heading line, read from its right end, as committees' names may hold " - " and dates."""
    words = " ".join(text.split())
    match = _last_date(words)
    if match is None:
        return Heading(words.strip(_NAME_EDGES), None, None, "")
    rest = words[match.end() :]
    clock = _leading_clock(rest)
    flag = (rest[clock.end() :] if clock else rest).strip(_FLAG_EDGES)
    at = _time_of(clock) if clock else None
    name = words[: match.start()].strip(_NAME_EDGES)
    return Heading(name, _date_of(match), at, flag if re.search(r"[^\W\d_]", flag) else "")


def _last_date(words: str) -> re.Match[str] | None:
    """The last date that a time follows, else the last: "… 7.00 pm, MOVED FROM 8 January 2026" names two."""
    matches = list(_DATE.finditer(words))
    timed = [match for match in matches if _leading_clock(words[match.end() :])]
    return next(reversed(timed or matches), None)


def _leading_clock(rest: str) -> re.Match[str] | None:
    match = _TIME.match(rest, len(rest) - len(_BEFORE_TIME.sub("", rest)))
    return match if match and _time_of(match) else None


def _date_of(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    day, month, year = next(
        (groups[f"day{n}"], groups[f"month{n}"], groups[f"year{n}"]) for n in ("", "2", "3") if groups[f"day{n}"]
    )
    number = int(month) if month.isdigit() else _month(month[:3].lower())
    try:
        found = date(int(year), number, int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2199 else None


def _month(name: str) -> int:
    return (_WELSH_MONTHS if name in _WELSH_MONTHS else _MONTHS).index(name) + 1


def _time_of(match: re.Match[str]) -> time | None:
    hour, minute, half = int(match["hour"]), match["minute"], (match["half"] or "").lower()
    if not half:
        is_clock = minute is not None and (len(match["hour"]) == 2 or hour > 12)
        return _clock(hour, minute) if is_clock else None
    if half[0] in "nm":
        return _clock(hour, minute) if hour == 12 else None
    if half[0] == "p" and hour < 12:
        hour += 12
    elif half[0] == "a":
        hour = 0 if hour == 12 else hour if hour < 12 else 24
    return _clock(hour, minute)


def _clock(hour: int, minute: str | None) -> time | None:
    try:
        return time(hour, int(minute or 0))
    except ValueError:
        return None
