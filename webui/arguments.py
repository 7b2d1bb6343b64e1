"""What does the address of a search ask for? Arguments as a visitor typed them in, a request and notices out.

The names are fixed by the design, section 5. Everything here is hostile until read: what does not have the form
of its argument is left out and named in a notice; what has the form but stands for nothing held stays, matches
nothing, and is named by `unknown_values`. The query's own text is not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from archive.ids import is_record_id
from archive.records import PLACES, Place
from index.results import SORTS, UNKNOWN, SearchRequest, Sort

VALUES_PER_FILTER = 100
SHOWN_CHARACTERS = 60
LAST_PAGE = 1_000_000
YES_OR_NO = {"": True, "yes": True, "no": False}
ARGUMENTS = (
    "q", "borough", "topic", "committee", "year", "found_in", "since", "until", "sort", "page", "widen",
    "standing",
)  # fmt: skip
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,9}")
_YEAR = re.compile(r"[12][0-9]{3}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class MultiArguments(Protocol):
    """The one method of Werkzeug's MultiDict that is needed: all values given under a name, in order."""

    def getlist(self, key: str) -> list[str]:
        """The values, none where the name was not given."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that can be searched for, and what had to be left out of it: one sentence for each."""

    request: SearchRequest
    notices: tuple[str, ...]


def read_arguments(arguments: MultiArguments) -> Asked:
    """The request of an address; never raises, whatever the arguments hold."""
    reader = _Reader(arguments)
    request = SearchRequest(
        text=one_line(reader.single("q")),
        boroughs=reader.several("borough", _is_slug),
        topics=reader.several("topic", _is_slug),
        committees=reader.several("committee", _is_committee),
        years=reader.several("year", _is_year),
        found_in=cast(tuple[Place, ...], reader.several("found_in", PLACES.__contains__)),
        since=reader.day("since"),
        until=reader.day("until"),
        sort=cast(Sort, reader.choice("sort", SORTS, "relevance")),
        page=reader.page(),
        widen=reader.yes("widen"),
        standing=reader.yes("standing"),
    )
    return Asked(request, tuple(reader.notices))


def one_line(text: str) -> str:
    """Text without control characters, ends of lines and halves of characters, which no query means."""
    return _CONTROLS.sub(" ", text).strip()


def unknown_values(request: SearchRequest, boroughs: Collection[str], topics: Collection[str]) -> tuple[str, ...]:
    """A notice for each borough and topic asked for that is not among those there are (slugs)."""
    asked = (("borough", request.boroughs, boroughs), ("topic", request.topics, topics))
    return tuple(
        f"There is no {name} “{value}” in this archive, so nothing can be found under it."
        for name, values, known in asked
        for value in values
        if value not in known
    )


class _Reader:
    """Reads argument after argument and gathers what has to be said about them."""

    def __init__(self, arguments: MultiArguments) -> None:
        self._arguments = arguments
        self.notices: list[str] = []

    def single(self, name: str) -> str:
        """The first value given under a name, or nothing."""
        values = self._arguments.getlist(name)
        if len(set(values)) > 1:
            self.notices.append(f"“{name}” was given {len(values)} times; only the first is used.")
        return values[0] if values else ""

    def several(self, name: str, well_formed: Callable[[str], bool]) -> tuple[str, ...]:
        """Each different value under a name that has its form, in the order given."""
        given = dict.fromkeys(value.strip() for value in self._arguments.getlist(name))
        kept = [value for value in given if value and well_formed(value)]
        self._left_out(name, (value for value in given if value and not well_formed(value)))
        if len(kept) > VALUES_PER_FILTER:
            self.notices.append(f"Only the first {VALUES_PER_FILTER} values of “{name}” are used.")
        return tuple(kept[:VALUES_PER_FILTER])

    def day(self, name: str) -> date | None:
        """A day as `2025-10-14`."""
        given = self.single(name).strip()
        if not given:
            return None
        with suppress(ValueError):
            if _DAY.fullmatch(given):
                return date.fromisoformat(given)
        self.notices.append(f"“{name}” is {quoted(given)}, but must be a day such as 2025-10-14; it was left out.")
        return None

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        given = self.single(name).strip()
        if given in choices or not given:
            return given or default
        self._left_out(name, (given,))
        return default

    def yes(self, name: str) -> bool:
        """Whether it is not said to be left aside."""
        return YES_OR_NO[self.choice(name, tuple(YES_OR_NO), "")]

    def page(self) -> int:
        """A page number, counted from 1."""
        given = self.single("page").strip()
        if not given:
            return 1
        number = int(given) if given.isascii() and given.isdigit() and len(given) < len(str(LAST_PAGE)) else 0
        if not number:
            self._left_out("page", (given,))
        return number or 1

    def _left_out(self, name: str, values: Iterable[str]) -> None:
        self.notices += [f"“{name}” cannot be {quoted(value)}; it was left out." for value in values][:5]


def quoted(value: str) -> str:
    """A visitor's value in a sentence: on one line, in quotation marks, and not at its full length."""
    line = one_line(value)
    return f"“{line[:SHOWN_CHARACTERS]}…”" if len(line) > SHOWN_CHARACTERS else f"“{line}”"


def _is_slug(value: str) -> bool:
    return len(value) <= SHOWN_CHARACTERS and _SLUG.fullmatch(value) is not None


def _is_committee(value: str) -> bool:
    number = value.isascii() and value.isdigit() and len(value) <= 9
    return number or value == UNKNOWN or (len(value) <= SHOWN_CHARACTERS and is_record_id(value))


def _is_year(value: str) -> bool:
    return value == UNKNOWN or _YEAR.fullmatch(value) is not None
