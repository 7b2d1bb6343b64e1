"""When a host may be asked again, and whether a page is worth another attempt: arithmetic, without waiting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import SettingsError
from crawler.fetching.answers import OUTCOMES, Fetched, OutcomeName, outcome_of_status
from crawler.fetching.politeness import (
    Answer,
    HostState,
    Pace,
    Verdict,
    after_answer,
    answer_of,
    check_delay,
    new_run,
    next_allowed,
    verdict,
    wants_rest,
)

NOW = 1_768_505_400.0  # Thursday 15 January 2026, 19:30 in London
NOW_DATE, IN_TWO_MINUTES = "Thu, 15 Jan 2026 19:30:00 GMT", "Thu, 15 Jan 2026 19:32:00 GMT"
HOST = HostState(host="democracy.example.gov.uk")
USUAL, LOOPBACK = Pace(host_delay_s=3), Pace(host_delay_s=0)


def fetched(outcome: OutcomeName, *, page: str = "/a", status: int | None = None, **headers: str) -> Fetched:
    """An answer that ended now, after a tenth of a second."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Fetched(
        url=page, final_url=page, outcome=outcome, note="", status=status, headers=named, duration=0.1, ended_at=NOW
    )


def told(outcome: OutcomeName, *, page: str = "/a", duration: float = 0.1, wait: float | None = None) -> Answer:
    """An answer as politeness sees it."""
    return replace(answer_of(fetched(outcome, page=page)), duration=duration, retry_after_s=wait)


def judged(*outcomes: OutcomeName, pace: Pace = USUAL) -> Verdict:
    """The verdict on the last of several answers, each of another page at its first attempt."""
    state = HOST
    for number, name in enumerate(outcomes):
        last = told(name, page=f"/{number}")
        state = after_answer(state, last)
    return verdict(state, last, pace, attempt=1)


@pytest.mark.parametrize(
    ("pace", "duration", "wait"),
    [
        pytest.param(USUAL, 0.1, 3, id="our own delay"),
        pytest.param(USUAL, 0.6, 3, id="exactly a fifth of it"),
        pytest.param(USUAL, 2.0, 10, id="five times the duration"),
        pytest.param(USUAL, 6.1, 30, id="at most half a minute for that"),
        pytest.param(USUAL, 100.0, 30, id="however slow it was"),
        pytest.param(Pace(host_delay_s=3, crawl_delay_s=20), 1.0, 20, id="the crawl delay"),
        pytest.param(Pace(host_delay_s=3, crawl_delay_s=300), 100.0, 300, id="the crawl delay above all"),
        pytest.param(Pace(host_delay_s=3, crawl_delay_s=1), 0.0, 3, id="a shorter crawl delay"),
        pytest.param(Pace(host_delay_s=60), 100.0, 60, id="our own, made long"),
        pytest.param(LOOPBACK, 100.0, 0, id="nothing on loopback"),
        pytest.param(Pace(host_delay_s=0, crawl_delay_s=2.5), 100.0, 2.5, id="the crawl delay on loopback"),
    ],
)
def test_the_wait_is_the_greatest_of_three_from_the_end_of_the_last_answer(
    pace: Pace, duration: float, wait: float
) -> None:
    state = after_answer(HOST, told("ok", duration=duration))
    assert next_allowed(state, pace, now=NOW + 1) == pytest.approx(NOW + wait)


def test_a_host_that_was_never_asked_may_be_asked_at_once() -> None:
    assert next_allowed(HOST, USUAL, now=NOW) <= NOW


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ({"Retry_After": "120"}, 120),
        ({"Retry_After": " 120 "}, 120),
        ({"Retry_After": IN_TWO_MINUTES}, 120),
        ({"Retry_After": IN_TWO_MINUTES, "Date": "Thu, 15 Jan 2026 19:31:30 GMT"}, 30),
        ({"Retry_After": IN_TWO_MINUTES, "Date": "some time"}, 120),
        ({"Retry_After": "Thursday, 15-Jan-26 19:32:00 GMT"}, 120),
        ({"Retry_After": "Thu Jan 15 19:32:00 2026"}, 120),
        ({"Retry_After": "Thu, 15 Jan 2026 21:32:00 +0200"}, 120),
        ({"Retry_After": "Wed, 14 Jan 2026 19:30:00 GMT"}, 3),
        ({"Retry_After": "Fri, 15 Jan 2100 19:30:00 GMT"}, 86_400),
        ({"Retry_After": "99999999"}, 86_400),
        ({"Retry_After": "9" * 5_000}, 3),
        ({"Retry_After": "0"}, 3),
        ({"Retry_After": "-5"}, 3),
        ({"Retry_After": "1.5"}, 3),
        ({"Retry_After": "abc"}, 3),
        ({"Retry_After": "Thu, 99 Jan 2026 19:32:00 GMT"}, 3),
        ({"Retry_After": ""}, 3),
        ({}, 3),
    ],
)
@pytest.mark.parametrize("status", [503, 403, 301])
def test_retry_after_is_obeyed_in_both_forms(status: int, header: dict[str, str], wait: float) -> None:
    name = outcome_of_status(status, conditional=False, redirects=True)
    state = after_answer(HOST, answer_of(fetched(name, status=status, **header)))
    assert next_allowed(state, USUAL, now=NOW) == pytest.approx(NOW + wait)


@pytest.mark.parametrize(
    ("header", "pace", "wait"),
    [
        ({"Retry_After": "120"}, USUAL, 120),
        ({"Retry_After": "1"}, USUAL, 3),
        ({"Retry_After": "120"}, LOOPBACK, 120),
        ({}, USUAL, 60),
        ({"Retry_After": "abc"}, USUAL, 60),
        ({}, LOOPBACK, 0),
    ],
)
def test_a_429_that_does_not_say_how_long_means_a_minute(header: dict[str, str], pace: Pace, wait: float) -> None:
    state = after_answer(HOST, answer_of(fetched("rate-limited", status=429, **header)))
    assert next_allowed(state, pace, now=NOW) == pytest.approx(NOW + wait)


def test_retry_after_on_a_good_page_means_nothing() -> None:
    assert answer_of(fetched("ok", status=200, Retry_After="120")).retry_after_s is None


def test_a_wait_that_was_asked_for_outlasts_other_answers_and_a_restart() -> None:
    state = after_answer(HOST, told("server-error", wait=500))
    state = after_answer(new_run(state), told("ok"))
    assert next_allowed(new_run(state), USUAL, now=NOW) == NOW + 500


def test_a_clock_that_was_set_back_makes_nobody_wait_for_it() -> None:
    state = after_answer(HOST, told("server-error", wait=100_000))
    years_before = NOW - 100_000_000
    assert next_allowed(state, USUAL, now=years_before) <= years_before + 86_400
    assert next_allowed(after_answer(HOST, told("ok")), USUAL, now=years_before) == years_before + 3


@pytest.mark.parametrize("name", ["server-error", "unreachable", "timeout", "cut", "rate-limited"])
def test_a_passing_failure_gets_three_attempts_the_second_within_ten_seconds(name: OutcomeName) -> None:
    last = told(name)
    state = replace(after_answer(HOST, last), limited=False)
    first, second, third = (verdict(state, last, USUAL, attempt=attempt) for attempt in (1, 2, 3))
    assert (first.next, second.next, third.next) == ("again", "again", "failed")
    assert NOW + 3 <= first.at <= NOW + 10
    assert second.at > first.at


def test_a_retry_never_comes_before_the_host_may_be_asked() -> None:
    last = told("server-error", duration=5)
    assert verdict(after_answer(HOST, last), last, USUAL, attempt=1).at == NOW + 25
    last = told("server-error", wait=120)
    assert verdict(after_answer(HOST, last), last, USUAL, attempt=1).at == NOW + 120


def test_a_timeout_is_no_answer_so_its_length_does_not_put_off_the_retry() -> None:
    last = answer_of(replace(fetched("timeout"), duration=30.0))
    assert verdict(after_answer(HOST, last), last, USUAL, attempt=1).at <= NOW + 10


def test_on_loopback_a_retry_comes_at_once_but_for_retry_after() -> None:
    assert judged("server-error", pace=LOOPBACK) == Verdict(next="again", at=NOW, note=judged("server-error").note)
    last = told("server-error", wait=7)
    assert verdict(after_answer(HOST, last), last, LOOPBACK, attempt=1).at == NOW + 7


@pytest.mark.parametrize("row", OUTCOMES, ids=lambda row: row.name)
def test_every_outcome_has_a_verdict(row: object) -> None:
    name = row.name  # type: ignore[attr-defined]
    again = {"server-error", "unreachable", "timeout", "cut", "rate-limited", "redirected"}
    wanted = "done" if name in ("ok", "not-modified") else "again" if name in again else "failed"
    assert judged(name).next == wanted


@pytest.mark.parametrize(
    ("outcomes", "stops"),
    [
        (["forbidden"] * 2, None),
        (["forbidden"] * 3, "blocked"),
        (["forbidden", "forbidden", "ok", "forbidden"], None),
        (["forbidden", "gone", "forbidden", "forbidden"], None),
        (["forbidden", "redirected", "forbidden", "redirected", "forbidden"], "blocked"),
        (["forbidden", "server-error", "forbidden", "timeout", "forbidden"], "blocked"),
        (["server-error"] * 4, None),
        (["server-error"] * 5, "down"),
        (["timeout", "unreachable", "server-error", "bad-certificate", "rate-limited"], "down"),
        (["server-error"] * 4 + ["gone", "server-error"], None),
        (["server-error"] * 4 + ["ok"] + ["server-error"] * 4, None),
        (["cut"] * 9, None),
        (["bad-answer"] * 9, None),
        (["gone"] * 9, None),
        (["refused-address"] * 9, None),
    ],
)
def test_the_breaker_stops_a_borough_after_pages_in_a_row(outcomes: list[OutcomeName], stops: str | None) -> None:
    given_up = judged(*outcomes)
    assert given_up.reason == stops
    assert (given_up.next == "stop") == (stops is not None)


def test_a_page_that_fails_again_and_again_counts_once() -> None:
    state = HOST
    for _ in range(9):
        state = after_answer(state, told("server-error"))
    assert verdict(state, told("server-error"), USUAL, attempt=1).next == "again"


def test_a_challenge_counts_as_a_refusal_though_it_came_with_200() -> None:
    state, outcomes = HOST, []
    for number in range(3):
        last = answer_of(fetched("ok", page=f"/{number}", status=200), challenge=True)
        state = after_answer(state, last)
        outcomes.append(verdict(state, last, USUAL, attempt=1).next)
    assert outcomes == ["failed", "failed", "stop"]


def test_a_host_that_wants_a_long_rest_is_left_for_another_run() -> None:
    last = told("rate-limited", wait=3_600)
    given_up = verdict(after_answer(HOST, last), last, USUAL, attempt=1)
    assert (given_up.next, given_up.reason, given_up.at) == ("stop", "rate-limited", NOW + 3_600)


@pytest.mark.parametrize(("later", "rests"), [(0, True), (2_000, True), (2_800, False), (4_000, False)])
def test_a_rest_that_was_asked_for_is_known_before_the_next_run_asks_anything(later: float, rests: bool) -> None:
    state = new_run(after_answer(HOST, told("rate-limited", wait=3_600)))
    assert bool(wants_rest(state, now=NOW + later)) is rests


def test_what_was_not_asked_changes_nothing() -> None:
    assert after_answer(HOST, told("refused-address")) == HOST


def test_a_new_run_forgets_failures_but_no_waits() -> None:
    state = after_answer(HOST, told("forbidden", wait=60))
    assert new_run(state) == replace(state, barred=())


@pytest.mark.parametrize("url", ["http://127.0.0.1:8001/", "http://[::1]/", "http://a.localhost:1/"])
def test_no_delay_is_for_this_machine(url: str) -> None:
    check_delay(0, [url])


def test_no_delay_for_a_council_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(SettingsError, match=r"SCRUTINY_HOST_DELAY_S is 0.*democracy\.example"):
        check_delay(0, ["http://127.0.0.1/", "https://democracy.example.gov.uk/"])
    check_delay(3, ["https://democracy.example.gov.uk/"])


@given(
    st.lists(
        st.tuples(st.sampled_from([row.name for row in OUTCOMES]), st.floats(0, 400), st.none() | st.floats(0, 86_400))
    ),
    st.sampled_from([3.0, 7.5]),
    st.floats(0, 300),
)
def test_no_sequence_of_answers_is_ever_followed_sooner_than_the_rule(
    answers: list[tuple[OutcomeName, float, float | None]], delay: float, crawl_delay: float
) -> None:
    pace, state, now = Pace(host_delay_s=delay, crawl_delay_s=crawl_delay), HOST, NOW
    for name, duration, wait in answers:
        if name == "refused-address":
            continue
        now += duration
        last = replace(told(name, duration=duration, wait=wait), ended_at=now)
        state = after_answer(state, last)
        soonest = now + max(delay, crawl_delay, min(30.0, 5 * duration), wait or 0)
        judgement = verdict(state, last, pace, attempt=1)
        assert next_allowed(state, pace, now=now) >= soonest
        assert judgement.next != "again" or judgement.at >= soonest
        now = next_allowed(state, pace, now=now)
