"""Of how many meetings is "nothing found" said? The denominator of a search, from the coverage ledger; pure.

"Nothing found" and "not looked at" are never the same words: what is listed and not held is counted and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.counting import UNKNOWN, Within
from archive.coverage import Ending
from archive.reasons import told
from archive.tallies import Tally, total
from index.results import SearchRequest
from webui.dates import long_date
from webui.filters import counted

Months = Mapping[tuple[str, str | None], Tally]
"""The meetings of a borough's months."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A borough that was not, or not wholly, looked at, and in what."""

    slug: str
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Denominator:
    """What a search looked at, as one sentence; the boroughs with gaps; and how many councils there are at all.

    `behind`: the index does not hold the newest of what the archive holds, so that less was searched.
    """

    line: str
    gaps: tuple[Gap, ...]
    councils: int
    behind: bool


def within(asked: SearchRequest) -> Within:
    """The meetings that a search's filters leave; topics and places say something of the answer, not of these."""
    return Within(
        boroughs=asked.boroughs, committees=asked.committees, years=asked.years, since=asked.since, until=asked.until
    )


def denominator(months: Months, endings: Iterable[Ending], asked: SearchRequest, *, behind: bool) -> Denominator:
    """The denominator of a search over these months."""
    councils = tuple(endings)
    of_each = {
        council.slug: total(t for (slug, _), t in months.items() if slug == council.slug) for council in councils
    }
    wanted = [council for council in councils if not asked.boroughs or council.slug in asked.boroughs]
    gaps = (Gap(council.slug, council.name, gap(of_each[council.slug], council)) for council in wanted)
    line = sentence(total(months.values()), _span(asked) or _since_first(months))
    return Denominator(line, tuple(gap for gap in gaps if gap.line), len(councils), behind)


def sentence(tally: Tally, span: str) -> str:
    """`Searched 214 of 231 listed meetings since 2010; 17 not held: 12 not yet published, 5 failed.`"""
    more = (
        f" {counted(tally.beside, 'more meeting')} that no list names {_was(tally.beside)} held."
        if tally.beside
        else ""
    )
    if not tally.listed:
        return f"No list of meetings that was read names any{span}.{more}"
    listed = counted(tally.listed, "listed meeting")
    if not tally.missing:
        return (
            f"Searched all {listed}{span}.{more}"
            if tally.listed > 1
            else f"Searched the one listed meeting{span}.{more}"
        )
    searched = f"Searched {tally.held:,} of {listed}" if tally.held else f"None of {listed}{span} is held"
    missing = f"{tally.missing:,} not held: {told(tally.not_held)}"
    return f"{searched}{span}; {missing}.{more}" if tally.held else f"{searched}: {told(tally.not_held)}.{more}"


def gap(tally: Tally, council: Ending) -> str:
    """What was not looked at of one council; "" where every listed meeting is held."""
    if council.closed:
        return council.closed
    if tally.missing:
        return f"{counted(tally.missing, 'listed meeting')} of {tally.listed:,} not held ({told(tally.not_held)})"
    if tally.listed:
        return ""
    if tally.beside:
        return f"{counted(tally.beside, 'meeting')} held, but the council’s own list of meetings has not been read"
    return council.outcome if council.at is None else "no meeting listed or held"


def _span(asked: SearchRequest) -> str:
    """The days asked for, as the end of a sentence; "" where none were."""
    days = ""
    if asked.since and asked.until:
        days = f" from {long_date(asked.since)} to {long_date(asked.until)}"
    elif asked.since or asked.until:
        days = f" since {long_date(asked.since)}" if asked.since else f" until {long_date(asked.until)}"
    years = ["a date not known" if year == UNKNOWN else year for year in sorted(asked.years)]
    return (
        f" of {', '.join(years[:-1])} or {years[-1]}" if len(years) > 1 else f" of {years[0]}" if years else ""
    ) + days


def _since_first(months: Months) -> str:
    first = min((month for (_, month), tally in months.items() if month and tally.listed), default="")
    return f" since {first[:4]}" if first else ""


def _was(number: int) -> str:
    return "is" if number == 1 else "are"
