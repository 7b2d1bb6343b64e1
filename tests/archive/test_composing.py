"""An item is composed of its meeting's page and its own; the order in which they are read does not matter."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from archive import Archive, save_page
from archive.composing import completes, compose
from archive.records import AgendaItem
from tests.archive.sample import answer, item, item_page, meeting_page, text

CUT = item(
    minutes=text("The committee heard from officers.", "It asked about"), agenda=text("To note."), cut=("minutes",)
)
WHOLE = item(
    minutes=text("The committee heard from officers.", "It asked about damp in homes.", "It thanked them."),
    agenda=text("To note."),
    title="Another title",
    meeting=None,
    position=0,
)
UNLABELLED = item(agenda=WHOLE.agenda + WHOLE.minutes, meeting=None)


def test_the_whole_text_takes_the_place_of_a_cut_one_and_of_nothing_else() -> None:
    both = compose(CUT, WHOLE)
    assert (both.minutes, both.cut) == (WHOLE.minutes, ())
    assert (both.title, both.number, both.meeting, both.agenda) == (CUT.title, CUT.number, CUT.meeting, CUT.agenda)


@pytest.mark.parametrize(
    ("meeting", "page", "minutes", "still_cut"),
    [
        pytest.param(CUT, item(minutes=text("Short.")), CUT.minutes, ("minutes",), id="never by a shorter one"),
        pytest.param(CUT, item(), CUT.minutes, ("minutes",), id="never by nothing"),
        pytest.param(item(minutes=text("Sound.")), WHOLE, text("Sound."), (), id="a sound text stays"),
        pytest.param(item(), WHOLE, WHOLE.minutes, (), id="a missing text is filled"),
        pytest.param(CUT, UNLABELLED, WHOLE.minutes, (), id="minutes whose label is lost are found"),
        pytest.param(
            item(agenda=CUT.agenda, cut=("minutes",)), UNLABELLED, WHOLE.minutes, (), id="found after the agenda"
        ),
        pytest.param(CUT, item(agenda=text("Something else.")), CUT.minutes, ("minutes",), id="not found, not guessed"),
    ],
)
def test_each_text_is_taken_from_where_it_is_whole(
    meeting: AgendaItem, page: AgendaItem, minutes: object, still_cut: object
) -> None:
    both = compose(meeting, page)
    assert (both.minutes, both.cut) == (minutes, still_cut)


def test_a_lost_label_does_not_make_minutes_into_agenda_text() -> None:
    assert compose(CUT, UNLABELLED).agenda == CUT.agenda
    assert compose(CUT, item(agenda=text("Something else."))).agenda == CUT.agenda


def test_decision_committee_and_date_stay_from_the_meeting_page() -> None:
    assert compose(item(decision=text("Agreed.")), item(decision=text("Refused, at greater length."))).decision == text(
        "Agreed."
    )


@pytest.mark.parametrize("order", list(permutations(("meeting", "page", "meeting again", "page again"))))
def test_any_order_of_reading_ends_in_the_same_item(archive: Archive, order: tuple[str, ...]) -> None:
    for day, source in enumerate(order):
        if source.startswith("meeting"):
            save_page(archive, answer(days=day), meeting_page(CUT))
        else:
            save_page(archive, answer(b"page", url="https://eastmere.example/i7", days=day), item_page(WHOLE))
    held = archive.items("eastmere-m5")
    assert held == (compose(CUT, WHOLE),)
    # To be told the rest of a text is not to be told something else; to learn title and place is.
    assert len(archive.versions("eastmere-i7")) == (1 if order[0].startswith("meeting") else 2)


@pytest.mark.parametrize(
    ("whole", "is_same"),
    [
        (replace(WHOLE, title=CUT.title, meeting=CUT.meeting, position=CUT.position), True),
        (replace(CUT, minutes=text("The committee heard from residents.", "It asked about damp."), cut=()), False),
        (replace(CUT, title="Mould", minutes=WHOLE.minutes, cut=()), False),
        (replace(CUT, minutes=text("The committee heard from officers."), cut=()), False),
        (CUT, False),
    ],
)
def test_only_the_rest_of_a_cut_text_completes_an_item(whole: AgendaItem, is_same: bool) -> None:
    assert completes(CUT, whole) is is_same


def test_what_an_import_completes_is_told_and_indexed(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(CUT))
    start = archive.sequence()
    saved = save_page(archive, answer(b"page", url="https://eastmere.example/i7", days=1), item_page(WHOLE))
    assert (saved.completed, saved.changed) == (["eastmere-i7"], [])
    assert archive.items_changed_since(start) == ("eastmere-i7",)
    evidence = archive.evidence("eastmere-i7")
    assert evidence is not None
    assert evidence.url == "https://eastmere.example/i7"
