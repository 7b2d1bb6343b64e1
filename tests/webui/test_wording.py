"""Dates, counts and citations as a reader meets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from archive.records import AgendaItem, Borough, Capture, Committee, Entry, Meeting
from webui.citation import cite
from webui.dates import clock, long_date, long_moment
from webui.filters import counted

ENTRY = Entry(
    item=AgendaItem(
        id="eastmere-i7", borough="eastmere", meeting="eastmere-m5", position=7, number="59.", title="Damp\nand  mould",
        source_url="https://eastmere.example/mgAi.aspx?ID=7",
    ),
    meeting=Meeting(
        id="eastmere-m5", borough="eastmere", committee="eastmere-c1", date=date(2025, 10, 14), status="minutes"
    ),
    committee=Committee(id="eastmere-c1", borough="eastmere", name="Scrutiny Committee"),
    borough=Borough(slug="eastmere", name="Eastmere", base_url="https://eastmere.example"),
    documents=(),
)  # fmt: skip
SEEN = datetime(2026, 2, 3, 14, 5, tzinfo=UTC)
CAPTURE = Capture(
    id=1, url="https://eastmere.example/m5", borough="eastmere", how="crawl", retrieved_at=SEEN, last_seen=SEEN,
    status=200, headers=(), sha256="ab" * 32, size=1, complete=True, outcome="ok",
)  # fmt: skip


def test_days_are_written_out() -> None:
    assert long_date(date(2025, 10, 4)) == "4 October 2025"
    assert long_date(None) == "date not known"


@pytest.mark.parametrize(
    ("moment", "printed"),
    [
        (datetime(2026, 2, 3, 14, 5, tzinfo=UTC), "3 February 2026, 2.05 pm"),
        (datetime(2026, 7, 3, 23, 30, tzinfo=UTC), "4 July 2026, 12.30 am"),
        (None, "date not known"),
    ],
)
def test_moments_are_printed_in_london_time(moment: datetime | None, printed: str) -> None:
    assert long_moment(moment) == printed


@pytest.mark.parametrize(
    ("at", "printed"), [(time(0, 5), "12.05 am"), (time(12), "12.00 pm"), (time(19, 30), "7.30 pm")]
)
def test_times_are_printed_as_councils_do(at: time, printed: str) -> None:
    assert clock(at) == printed


@pytest.mark.parametrize(("number", "printed"), [(0, "0 items"), (1, "1 item"), (1204, "1,204 items")])
def test_numbers_agree_with_their_noun(number: int, printed: str) -> None:
    assert counted(number, "item") == printed


def test_a_citation_says_in_one_line_all_that_is_needed_to_check_it() -> None:
    assert cite(ENTRY, CAPTURE) == (
        "Eastmere, Scrutiny Committee, 14 October 2025, item 59 “Damp and mould” (minutes). "
        "https://eastmere.example/mgAi.aspx?ID=7. Retrieved 3 February 2026. "
        f"SHA-256 {'ab' * 32}. Scrutiny Archive record eastmere-i7."
    )


def test_a_citation_guesses_nothing() -> None:
    loose = replace(ENTRY, item=replace(ENTRY.item, number="", source_url=""), meeting=None, committee=None)
    assert cite(loose, None) == "Eastmere, date not known, item “Damp and mould”. Scrutiny Archive record eastmere-i7."
