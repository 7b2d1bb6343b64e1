"""What the command line is asked in: its kinds of arguments, and the options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from archive.ids import is_record_id
from archive.records import PLACES
from index.results import SORTS, UNKNOWN

FILE = click.Path(path_type=Path)


class Day(click.ParamType[date]):
    """A day as 2025-10-14."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was typed."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2025-10-14.", param, ctx)


class Year(click.ParamType[str]):
    """A year as 2025, or `unknown`."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The year that was typed."""
        if value != UNKNOWN and not (len(value) == len("2025") and value.isascii() and value.isdigit()):
            self.fail(f"{value!r} is no year; write it as 2025, or unknown.", param, ctx)
        return str(value)


class CommitteeName(click.ParamType[str]):
    """A committee by its number at the council or its record id."""

    name = "committee"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The number or id that was typed."""
        if value != UNKNOWN and not (value.isascii() and value.isdigit()) and not is_record_id(value):
            self.fail(f"{value!r} is no committee; write it as 308 or southwark-c308.", param, ctx)
        return str(value)


DAY = Day()
YEAR = Year()
COMMITTEE = CommitteeName()

# The shell hands over words one by one where they were typed without quotation marks.
QUERY = click.argument("query", nargs=-1, callback=lambda _context, _argument, words: " ".join(words))

SEARCH_OPTIONS = (
    click.option("--borough", "boroughs", multiple=True, metavar="SLUG", help="Only this borough; repeatable."),
    click.option("--topic", "topics", multiple=True, metavar="SLUG", help="Only this topic; repeatable."),
    click.option(
        "--committee", "committees", multiple=True, type=COMMITTEE, metavar="ID", help="308, or southwark-c308."
    ),
    click.option("--year", "years", multiple=True, type=YEAR, help="2025, or unknown; repeatable."),
    click.option("--found-in", multiple=True, type=click.Choice(PLACES), help="Look in this place alone; repeatable."),
    click.option("--since", type=DAY, help="Only meetings on or after this day."),
    click.option("--until", type=DAY, help="Only meetings on or before this day."),
    click.option("--sort", type=click.Choice(SORTS), default="relevance", help="The order of what is found."),
    click.option("--page", type=click.IntRange(min=1), default=1, help="Which page of 20."),
    click.option("--no-widen", "widen", flag_value=False, default=True, help="No thesaurus and no word forms."),
    click.option(
        "--no-standing", "standing", flag_value=False, default=True, help="No apologies, declarations, last minutes …"
    ),
)


def search_options(command: Any) -> Any:
    """The options that `search` and `export` share: the site's arguments."""
    for option in reversed(SEARCH_OPTIONS):
        command = option(command)
    return command
