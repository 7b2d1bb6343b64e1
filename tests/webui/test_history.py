"""What became of a record is told in a few words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from archive.records import AgendaItem, DocumentLink, Meeting, Version
from tests.webui.holdings import text
from webui.changes_page import chosen
from webui.history import during, life, names, stages
from webui.item_changes import in_words, meeting_words

DAY = datetime(2026, 2, 3, 14, 5, tzinfo=UTC)
MEETING = Meeting(id="wolden-m1", borough="wolden", committee="wolden-c1", date=date(2025, 10, 14))
ITEM = AgendaItem(
    id="wolden-i1", borough="wolden", meeting="wolden-m1", position=1, number="1.", title="Cameras",
    minutes=text("One.", "Two was said.", "Three."),
)  # fmt: skip
PAPER, PLAN = (DocumentLink(document=f"wolden-s{number}", title=title) for number, title in ((1, "Paper"), (2, "Plan")))


def seen(*statuses: str) -> tuple[Version, ...]:
    """A meeting whose status changed every 28 days, last seen after 27 of them."""
    return tuple(
        Version(
            number=number, record=replace(MEETING, status=status), capture=None,
            first_seen=DAY + timedelta(days=28 * (number - 1)), last_seen=DAY + timedelta(days=28 * number - 1),
        )
        for number, status in enumerate(statuses, start=1)
    )  # fmt: skip


def test_the_states_of_a_meeting_are_told_one_after_the_other() -> None:
    told = stages(seen("agenda", "draft minutes", "draft minutes", "minutes"))
    assert life(told) == "agenda until 3 March 2026, then draft minutes until 28 April 2026, then minutes"


def test_one_state_is_no_story() -> None:
    assert life(stages(seen("minutes", "minutes"))) == ""
    assert life(()) == ""


def test_a_version_is_told_by_the_states_that_it_was_published_in() -> None:
    told = stages(seen("agenda", "draft minutes", "minutes"))
    assert names(during(told, DAY, DAY)) == "agenda"
    assert names(during(told, DAY + timedelta(days=30), DAY + timedelta(days=70))) == "draft minutes, then minutes"
    assert names(during(told, DAY + timedelta(days=90), DAY + timedelta(days=99))) == "minutes"
    assert names(during(told, DAY - timedelta(days=9), DAY - timedelta(days=8))) == ""
    assert names(during((), DAY, DAY)) == ""


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": "Cameras in shops"}, ("title changed",)),
        ({"number": "2."}, ("number changed",)),
        (
            {"minutes": text("One.", "Two was said.", "Three.", "Four.", "5.")},
            ("minutes changed: 2 paragraphs added",),
        ),
        ({"minutes": text("One.", "Two was not said.")}, ("minutes changed: 1 paragraph removed, 1 reworded",)),
        ({"minutes": ()}, ("minutes removed: 3 paragraphs",)),
        ({"decision": text("RESOLVED.")}, ("decision added: 1 paragraph",)),
        ({"cut": ("minutes",)}, ("minutes cut otherwise",)),
        ({"documents": (PLAN,)}, ("1 document added", "1 document removed")),
        ({"documents": (replace(PAPER, title="The paper"), PLAN)}, ("1 document added", "1 document renamed")),
        ({"position": 4}, ("moved to another place in the agenda",)),
        ({"source_url": "https://wolden.example/"}, ("its address at the council changed",)),
    ],
)
def test_what_a_version_changed_is_told_in_a_few_words(changes: dict[str, object], told: tuple[str, ...]) -> None:
    old = replace(ITEM, documents=(PAPER,))
    assert in_words(old, replace(old, **changes)) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": "minutes"}, ("nothing published became minutes",)),
        ({"date": date(2025, 10, 21)}, ("moved from 14 October 2025 to 21 October 2025",)),
        ({"time": time(19, 30)}, ("begins at 7.30 pm",)),
        ({"venue": "Town Hall"}, ("venue: Town Hall",)),
        ({"documents": (PAPER, PLAN)}, ("2 documents added",)),
        ({"published": "Agenda"}, ("published as “Agenda”",)),
        ({"source_url": "https://wolden.example/"}, ("its address or committee at the council changed",)),
    ],
)
def test_what_became_of_a_meeting_is_told_too(changes: dict[str, object], told: tuple[str, ...]) -> None:
    assert meeting_words(MEETING, replace(MEETING, **changes)) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("numbers", "first", "second", "pair"),
    [
        ([1, 2, 3], None, None, (2, 3)),
        ([1, 2, 3], 1, 3, (1, 3)),
        ([1, 2, 3], 3, 1, (1, 3)),
        ([1, 2, 3], 2, None, (1, 2)),
        ([1, 2, 3], None, 1, (1, 2)),
        ([1, 2, 3], 2, 2, (2, 2)),
        ([4], None, None, None),
        ([], None, None, None),
    ],
)
def test_two_versions_are_chosen_the_last_two_where_none_is_named(
    numbers: list[int], first: int | None, second: int | None, pair: tuple[int, int] | None
) -> None:
    assert chosen(numbers, first, second) == pair


def test_a_version_that_there_is_not_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match="9"):
        chosen([1, 2, 3], 1, 9)
