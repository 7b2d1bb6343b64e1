"""What the scheduler did and plans is kept in the archive, a fact a kind, and nothing else is touched."""

from __future__ import annotations

from datetime import timedelta

from archive import Archive
from archive.frontier import Todo, begin, end, pause
from archive.schedule_state import (
    Turn,
    last_crawled,
    note_begun,
    note_ended,
    note_planned,
    scheduled_turns,
    unfinished_scopes,
)
from tests.archive.sample import START

LATER = START + timedelta(hours=1, milliseconds=7)
SEED = (Todo("committees", "https://eastmere.example/mgListCommittees.aspx"),)


def test_an_archive_that_was_never_scheduled_has_no_turns(archive: Archive) -> None:
    assert scheduled_turns(archive) == ()
    assert unfinished_scopes(archive) == {}
    assert last_crawled(archive, "everything") == {}


def test_a_turn_is_planned_begun_and_ended(archive: Archive) -> None:
    note_planned(archive, "window", START)
    assert scheduled_turns(archive) == (Turn(kind="window", planned=START),)
    note_begun(archive, "window", START)
    assert scheduled_turns(archive) == (Turn(kind="window", planned=START, started=START),)
    note_planned(archive, "window", LATER)
    note_ended(archive, "window", LATER, "1 borough; not complete: Kingston – “blocked”")
    done = Turn(
        kind="window",
        planned=LATER,
        started=START,
        ended=LATER,
        outcome="1 borough; not complete: Kingston – “blocked”",
    )
    assert scheduled_turns(archive) == (done,)
    note_begun(archive, "window", LATER)
    assert scheduled_turns(archive) == (Turn(kind="window", planned=LATER, started=LATER),)


def test_each_kind_is_kept_by_itself_and_changes_no_record(archive: Archive) -> None:
    sequence = archive.sequence()
    for kind in ("window", "recent", "sweep"):
        note_planned(archive, kind, START)
    assert [turn.kind for turn in scheduled_turns(archive)] == ["recent", "sweep", "window"]
    assert archive.sequence() == sequence


def test_the_scope_of_a_stopped_crawl_is_known_until_it_ends(archive: Archive) -> None:
    run = begin(archive, "eastmere", "everything", SEED, START)
    assert unfinished_scopes(archive) == {"eastmere": "everything"}
    pause(archive, run, "stopped", "stopped", LATER)
    assert unfinished_scopes(archive) == {"eastmere": "everything"}
    assert last_crawled(archive, "everything") == {"eastmere": LATER}
    end(archive, run, "done", "complete", LATER + timedelta(days=1))
    assert unfinished_scopes(archive) == {}
    assert last_crawled(archive, "everything") == {"eastmere": LATER + timedelta(days=1)}
    assert last_crawled(archive, "something else") == {}
