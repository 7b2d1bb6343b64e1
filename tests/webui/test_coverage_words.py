"""The sentences that tell what was looked at, in every case there is."""

from __future__ import annotations

from datetime import date

import pytest

from archive.coverage import Ending
from archive.tallies import Tally
from index.results import SearchRequest
from tests.archive.sample import START
from webui.denominator import denominator, gap, sentence

ENDED = Ending(slug="eastmere", name="Eastmere", at=START, outcome="complete", closed="")
SOME = Tally(listed=231, held=214, not_held=(("not yet published", 12), ("failed", 5)))


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (SOME, "Searched 214 of 231 listed meetings since 2010; 17 not held: 12 not yet published, 5 failed."),
        (Tally(listed=9, held=9), "Searched all 9 listed meetings since 2010."),
        (Tally(listed=1, held=1), "Searched the one listed meeting since 2010."),
        (Tally(listed=1, not_held=(("gone", 1),)), "None of 1 listed meeting since 2010 is held: 1 gone."),
        (
            Tally(listed=9, held=9, beside=2),
            "Searched all 9 listed meetings since 2010. 2 more meetings that no list names are held.",
        ),
        (Tally(), "No list of meetings that was read names any since 2010."),
    ],
)
def test_the_denominator_is_one_plain_sentence(tally: Tally, said: str) -> None:
    assert sentence(tally, " since 2010") == said


@pytest.mark.parametrize(
    ("tally", "ending", "said"),
    [
        (SOME, ENDED, "17 listed meetings of 231 not held (12 not yet published, 5 failed)"),
        (Tally(listed=3, held=3), ENDED, ""),
        (Tally(beside=3), ENDED, "3 meetings held, but the council’s own list of meetings has not been read"),
        (Tally(), ENDED, "no meeting listed or held"),
        (
            Tally(),
            Ending(slug="a", name="A", at=None, outcome="not crawled yet", closed=""),
            "not crawled yet",
        ),
        (
            SOME,
            Ending(slug="a", name="A", at=START, outcome="closed", closed="closed to robots: all"),
            "closed to robots: all",
        ),
    ],
)
def test_every_gap_is_named(tally: Tally, ending: Ending, said: str) -> None:
    assert gap(tally, ending) == said


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        (SearchRequest(), " since 2019;"),
        (SearchRequest(since=date(2020, 1, 2)), " since 2 January 2020;"),
        (SearchRequest(until=date(2020, 1, 2)), " until 2 January 2020;"),
        (SearchRequest(since=date(2019, 1, 1), until=date(2020, 1, 2)), " from 1 January 2019 to 2 January 2020;"),
        (SearchRequest(years=("2020",)), " of 2020;"),
        (SearchRequest(years=("2021", "2019", "unknown")), " of 2019, 2021 or a date not known;"),
        (SearchRequest(years=("2020",), since=date(2020, 5, 1)), " of 2020 since 1 May 2020;"),
    ],
)
def test_the_denominator_says_of_which_days_it_is(asked: SearchRequest, span: str) -> None:
    months = {("eastmere", "2019-05"): SOME, ("eastmere", None): Tally(listed=1, held=1)}
    line = denominator(months, (ENDED,), asked, behind=False).line
    assert line.startswith(f"Searched 215 of 232 listed meetings{span}")
