"""The scheduled crawls as the terminal shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.schedule_state import Turn
from webui.terminal import schedule_lines

NOW = datetime(2026, 11, 18, 14, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("turn", "line"),
    [
        (Turn(kind="sweep", planned=NOW + HOUR), "sweep      -                      2026-11-18 15:03 UTC"),
        (
            Turn(kind="recent", started=NOW - HOUR, planned=NOW + HOUR),
            "recent     -                      2026-11-18 15:03 UTC   under way since 2026-11-18 13:03 UTC",
        ),
        (
            Turn(kind="recent", started=NOW - HOUR, ended=NOW, outcome="1 borough\x1b[2J", planned=NOW + HOUR),
            "recent     2026-11-18 14:03 UTC   2026-11-18 15:03 UTC   1 borough [2J",
        ),
        (
            Turn(kind="window", started=NOW - 9 * HOUR, ended=NOW - 8 * HOUR, outcome="x", planned=NOW - 2 * HOUR),
            "window     2026-11-18 06:03 UTC   2026-11-18 12:03 UTC   x (overdue: is 'scrutiny schedule' running?)",
        ),
    ],
)
def test_a_turn_is_a_line(turn: Turn, line: str) -> None:
    empty, head, told = schedule_lines([turn], NOW)
    assert (empty, told) == ("", line)
    assert head.split() == ["Scheduled", "last", "ended", "next", "outcome"]


def test_an_archive_that_was_never_scheduled_has_no_lines() -> None:
    assert list(schedule_lines([], NOW)) == []
