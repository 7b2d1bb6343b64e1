"""The state of publication of a meeting, from what its page prints."""

from __future__ import annotations

import pytest

from archive.statuses import status_of


@pytest.mark.parametrize(
    ("published", "flag", "status"),
    [
        ("Agenda, decisions and minutes", "", "minutes"),
        ("Agenda and draft minutes", "", "draft minutes"),
        ("Agenda and decisions", "", "decisions"),
        ("Agenda.", "", "agenda"),
        ("Meeting", "", ""),
        ("Meeting", "CANCELLED", "cancelled"),
        ("Agenda and minutes", "Meeting Postponed", "postponed"),
        ("Agenda and minutes", "MOVED TO 22 JANUARY 2026", "moved"),
        ("Agenda and minutes", "Rescheduled from 8 January 2026", "minutes"),
        ("Agenda", "MOVED FROM 8 JANUARY 2026", "agenda"),
        ("Agenda", "Removed items", "agenda"),
    ],
)
def test_the_state_is_composed_from_the_words_that_a_page_prints(published: str, flag: str, status: str) -> None:
    assert status_of(published, flag) == status
