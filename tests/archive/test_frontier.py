"""The frontier: a page once a run, what is left survives a stop, failures are kept with their reasons."""

from __future__ import annotations

from datetime import timedelta

from archive import Archive, Findings, frontier
from archive.frontier import Fault, HostMemory, Todo
from tests.archive.sample import START, answer, item, meeting_page

SEED = Todo("committees", "https://eastmere.example/mgListCommittees.aspx")
MEETING_5 = Todo("meeting:5", "https://eastmere.example/ieListDocuments.aspx?MId=5")
REST = HostMemory("eastmere.example", "{}")
SAME_5 = Todo("meeting:5", "https://eastmere.example/IELISTDOCUMENTS.aspx?MeetingId=5")


def test_a_run_that_was_stopped_goes_on_where_it_was(archive: Archive) -> None:
    run = frontier.begin(archive, "eastmere", "all", [SEED], START)
    page = frontier.next_page(archive, run)
    assert page is not None
    frontier.finish(archive, run, page, answer(url=SEED.url), Findings(), [MEETING_5, SAME_5], REST)
    again = frontier.begin(archive, "eastmere", "all", [SEED], START)
    assert (again.id, again.resumed) == (run.id, True)
    left = frontier.next_page(archive, again)
    assert left is not None
    assert left.todo == MEETING_5
    frontier.finish(archive, again, left, answer(), meeting_page(item()), [SEED, SAME_5], REST)
    assert frontier.next_page(archive, again) is None


def test_another_scope_or_another_borough_is_another_run(archive: Archive) -> None:
    run = frontier.begin(archive, "eastmere", "all", [SEED], START)
    other = frontier.begin(archive, "westmere", "all", [SEED], START)
    narrower = frontier.begin(archive, "eastmere", "since 2024", [SEED], START)
    assert len({run.id, other.id, narrower.id}) == 3
    assert not narrower.resumed
    assert not frontier.begin(archive, "eastmere", "all", [SEED], START).resumed


def test_a_page_to_be_tried_again_waits_behind_those_that_may_be_asked_for_now(archive: Archive) -> None:
    run = frontier.begin(archive, "eastmere", "all", [SEED, MEETING_5], START)
    first = frontier.next_page(archive, run)
    assert first is not None
    frontier.retry(archive, first, START + timedelta(minutes=2), Fault("server-error", "503"), REST)
    second = frontier.next_page(archive, run)
    assert second is not None
    assert second.todo == MEETING_5
    frontier.fail(
        archive, second, answer(b"<html>no</html>", status=403, outcome="forbidden"), Fault("forbidden", "403"), REST
    )
    third = frontier.next_page(archive, run)
    assert third is not None
    assert (third.todo, third.attempts, third.not_before) == (SEED, 1, START + timedelta(minutes=2))
    assert [(f.key, f.fault.reason) for f in frontier.failures(archive, run)] == [
        ("committees", "server-error"),
        ("meeting:5", "forbidden"),
    ]


def test_the_failures_of_a_run_stay_until_the_next_one_ends(archive: Archive) -> None:
    run = frontier.begin(archive, "eastmere", "all", [MEETING_5], START)
    page = frontier.next_page(archive, run)
    assert page is not None
    frontier.fail(archive, page, None, Fault("timeout", "nothing came"))
    frontier.end(archive, run, "partial", "1 page failed", START)
    (coverage,) = archive.coverage()
    assert (coverage.outcome, coverage.reasons) == ("1 page failed", (("timeout", 1),))
    assert coverage.last_run == START
    later = frontier.begin(archive, "eastmere", "all", [], START + timedelta(days=1))
    assert not later.resumed
    frontier.end(archive, later, "done", "all had", START + timedelta(days=1))
    assert frontier.failures(archive, run) == ()
    assert archive.coverage()[0].reasons == ()


def test_a_paused_run_goes_on_with_new_attempts_and_a_new_budget(archive: Archive) -> None:
    run = frontier.begin(archive, "eastmere", "all", [MEETING_5], START)
    page = frontier.next_page(archive, run)
    assert page is not None
    frontier.count_request(archive, run, REST)
    frontier.fail(archive, page, None, Fault("forbidden", "403"))
    frontier.pause(archive, run, "blocked", "3 pages in a row were refused", START)
    assert archive.coverage()[0].outcome == "3 pages in a row were refused"
    assert archive.coverage()[0].reasons == (("forbidden", 1),)
    again = frontier.begin(archive, "eastmere", "all", [SEED], START + timedelta(days=1))
    assert (again.id, again.resumed, again.requests) == (run.id, True, 0)
    left = frontier.next_page(archive, again)
    assert left is not None
    assert (left.todo, left.attempts) == (MEETING_5, 0)


def test_a_run_of_long_ago_is_not_gone_on_with(archive: Archive) -> None:
    run = frontier.begin(archive, "eastmere", "all", [SEED], START)
    later = frontier.begin(archive, "eastmere", "all", [SEED], START + frontier.RESUMED_WITHIN + timedelta(hours=1))
    assert later.id != run.id


def test_what_is_remembered_of_a_host_outlives_a_restart(archive: Archive) -> None:
    assert frontier.memory_of(archive, "eastmere.example") is None
    frontier.remember(archive, HostMemory("eastmere.example", "first"))
    frontier.remember(archive, HostMemory("eastmere.example", "second"))
    with Archive.open(archive.folder) as reopened:
        assert frontier.memory_of(reopened, "eastmere.example") == "second"


def test_requests_are_counted_across_a_stop(archive: Archive) -> None:
    run = frontier.begin(archive, "eastmere", "all", [SEED], START)
    assert [frontier.count_request(archive, run, REST), frontier.count_request(archive, run, REST)] == [1, 2]
    assert frontier.begin(archive, "eastmere", "all", [SEED], START).requests == 2
