"""The frontier: a page once a run, what is left survives a stop, failures are kept with their reasons."""

from __future__ import annotations

from datetime import timedelta

from archive import Archive, Findings, frontier
from archive.frontier import Todo
from tests.archive.sample import START, answer, item, meeting_page

SEED = Todo("committees", "https://eastmere.example/mgListCommittees.aspx")
MEETING_5 = Todo("meeting:5", "https://eastmere.example/ieListDocuments.aspx?MId=5")
SAME_5 = Todo("meeting:5", "https://eastmere.example/IELISTDOCUMENTS.aspx?MeetingId=5")


def test_a_run_that_was_stopped_goes_on_where_it_was(archive: Archive) -> None:
    run = frontier.begin(archive, "eastmere", "all", [SEED], START)
    page = frontier.next_page(archive, run)
    assert page is not None
    frontier.finish(archive, run, page, answer(url=SEED.url), Findings(), [MEETING_5, SAME_5])
    again = frontier.begin(archive, "eastmere", "all", [SEED], START)
    assert (again.id, again.resumed) == (run.id, True)
    left = frontier.next_page(archive, again)
    assert left is not None
    assert left.todo == MEETING_5
    frontier.finish(archive, again, left, answer(), meeting_page(item()), [SEED, SAME_5])
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
    frontier.retry(archive, first, START + timedelta(minutes=2), "server-error", "503")
    second = frontier.next_page(archive, run)
    assert second is not None
    assert second.todo == MEETING_5
    frontier.fail(archive, second, answer(b"<html>no</html>", status=403, outcome="forbidden"), "forbidden", "403")
    third = frontier.next_page(archive, run)
    assert third is not None
    assert (third.todo, third.attempts, third.not_before) == (SEED, 1, START + timedelta(minutes=2))
    assert [failure.reason for failure in frontier.failures(archive, run)] == ["forbidden"]


def test_the_failures_of_a_run_stay_until_the_next_one_ends(archive: Archive) -> None:
    run = frontier.begin(archive, "eastmere", "all", [MEETING_5], START)
    page = frontier.next_page(archive, run)
    assert page is not None
    frontier.fail(archive, page, None, "timeout", "nothing came")
    frontier.end(archive, run, "partial", "1 page failed", START)
    (coverage,) = archive.coverage()
    assert (coverage.outcome, coverage.reasons) == ("1 page failed", (("timeout", 1),))
    assert coverage.last_run == START
    later = frontier.begin(archive, "eastmere", "all", [], START + timedelta(days=1))
    assert not later.resumed
    frontier.end(archive, later, "done", "all had", START + timedelta(days=1))
    assert frontier.failures(archive, run) == ()
    assert archive.coverage()[0].reasons == ()


def test_a_hosts_rest_is_remembered(archive: Archive) -> None:
    assert frontier.host_rest(archive, "eastmere.example") < START
    frontier.rest_host(archive, "eastmere.example", START)
    frontier.rest_host(archive, "eastmere.example", START + timedelta(hours=1))
    assert frontier.host_rest(archive, "eastmere.example") == START + timedelta(hours=1)


def test_requests_are_counted_across_a_stop(archive: Archive) -> None:
    run = frontier.begin(archive, "eastmere", "all", [SEED], START)
    assert [frontier.count_request(archive, run), frontier.count_request(archive, run)] == [1, 2]
    assert frontier.begin(archive, "eastmere", "all", [SEED], START).requests == 2
