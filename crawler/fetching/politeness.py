"""When may a host be asked again, and is a page worth another attempt? The rule of the design, section 4.

Arithmetic over frozen values; every time is UTC seconds, so a state can be kept and holds after a restart. The wait is
measured from the end of the host's last answer. The rule for the wait stands above the one for retries: a retry comes
"within 10 s" only where the wait allows it. A failure without an answer (reset, timeout) took no answer's duration.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from archive.errors import SettingsError
from crawler.fetching.addresses import names_loopback
from crawler.fetching.answers import Fetched, OutcomeName, Sign, outcome
from crawler.fetching.retry_after import LONGEST_S, retry_after_s

ATTEMPTS = 3  # of a page within a run
BARRED_PAGES = 3  # in a row, and the borough is left for this run
TROUBLED_PAGES = 5
AGAIN_AFTER_S = (5.0, 30.0)  # the first retry, the second
DURATION_FACTOR, LONGEST_FOR_DURATION_S = 5.0, 30.0
LIMITED_S = 60.0  # after a 429 that does not say how long
LONGEST_WAIT_S = 900.0  # a host that wants to be left alone for longer is left for another run

StopReason = Literal["blocked", "down", "rate-limited"]
Next = Literal["done", "again", "failed", "stop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The least waits of one host, in seconds: our own setting, and the Crawl-delay of its robots file."""

    host_delay_s: float
    crawl_delay_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What politeness needs to know of an answer. `page`: the address asked; `retry_after_s`: None where not asked."""

    page: str
    outcome: OutcomeName
    sign: Sign
    ended_at: float
    duration: float
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What is remembered of a host. `duration` is that of its last answer; `limited`: it was a 429.

    `barred` and `troubled` are the different pages, in a row, that were refused or met 5xx or no answer.
    """

    host: str
    last_end: float | None = None
    duration: float = 0.0
    limited: bool = False
    not_before: float = 0.0
    barred: tuple[str, ...] = ()
    troubled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What follows from an answer: `at` is when to ask again ("again", and "stop" for another run)."""

    next: Next
    at: float = 0.0
    reason: StopReason | None = None
    note: str = ""


def check_delay(host_delay_s: float, urls: Iterable[str]) -> None:
    """Raises SettingsError where a delay of 0 would meet a host that is not this machine."""
    if host_delay_s > 0:
        return
    for url in urls:
        if not names_loopback(url):
            raise SettingsError(f"SCRUTINY_HOST_DELAY_S is 0, which is for loopback only; {url} needs more, 3 is usual")


def answer_of(fetched: Fetched, *, challenge: bool = False) -> Answer:
    """The answer as politeness sees it. `challenge`: the page's reader found a test for robots."""
    row = outcome(fetched.outcome)
    asks = fetched.status is not None and fetched.outcome not in ("ok", "not-modified")
    wait = retry_after_s(fetched.header("Retry-After"), date=fetched.header("Date"), now=fetched.ended_at)
    return Answer(
        page=fetched.url,
        outcome=fetched.outcome,
        sign="barred" if challenge else row.sign,
        ended_at=fetched.ended_at,
        duration=fetched.duration if row.answered else 0.0,
        retry_after_s=wait if asks else None,
    )


def new_run(state: HostState) -> HostState:
    """The state at the start of a run: what the host asked for still holds, its past failures do not."""
    return replace(state, barred=(), troubled=())


def after_answer(state: HostState, answer: Answer) -> HostState:
    """The state after an answer, or after each redirect on the way to one."""
    if answer.outcome == "refused-address":
        return state  # nothing was asked
    asked = 0.0 if answer.retry_after_s is None else answer.ended_at + answer.retry_after_s
    state = replace(
        state,
        last_end=answer.ended_at,
        duration=answer.duration,
        limited=answer.outcome == "rate-limited" and answer.retry_after_s is None,
        not_before=max(state.not_before, asked),
    )
    if answer.sign == "barred":
        return replace(state, barred=_with(state.barred, answer.page))
    if answer.sign == "trouble":
        return replace(state, troubled=_with(state.troubled, answer.page))
    return new_run(state) if answer.sign == "alive" else state


def next_allowed(state: HostState, pace: Pace, *, now: float) -> float:
    """When the host may be asked next (in the past: at once). A clock that was set back keeps nobody waiting for it."""
    not_before = min(state.not_before, now + LONGEST_S)
    if state.last_end is None:
        return not_before
    return max(not_before, min(state.last_end, now) + _wait(state, pace))


def wants_rest(state: HostState, *, now: float) -> str:
    """Why the host is left for another run, or "". To be asked before a first request and before a redirect."""
    rest = min(state.not_before - now, LONGEST_S)
    return f"the host asks to be left alone for {rest:.0f} s" if rest > LONGEST_WAIT_S else ""


def verdict(state: HostState, answer: Answer, pace: Pace, *, attempt: int) -> Verdict:
    """What to do after an answer. `state` is the one after it; `attempt` counts from 1 within the run."""
    row, now = outcome(answer.outcome), answer.ended_at
    if answer.sign != "barred" and answer.outcome in ("ok", "not-modified"):
        return Verdict(next="done")
    at = next_allowed(state, pace, now=now)
    if len(state.barred) >= BARRED_PAGES:
        return Verdict(next="stop", at=at, reason="blocked", note=f"{BARRED_PAGES} pages in a row were refused")
    if len(state.troubled) >= TROUBLED_PAGES:
        note = f"{TROUBLED_PAGES} pages in a row got a server error or no answer"
        return Verdict(next="stop", at=at, reason="down", note=note)
    if note := wants_rest(state, now=now):
        return Verdict(next="stop", at=at, reason="rate-limited", note=note)
    if row.again and attempt < ATTEMPTS and answer.sign != "barred":
        pause = AGAIN_AFTER_S[attempt - 1] if pace.host_delay_s > 0 else 0.0
        return Verdict(next="again", at=max(at, now + pause), note=row.line)
    return Verdict(next="failed", note=row.line)


def _wait(state: HostState, pace: Pace) -> float:
    """The rule itself, in seconds from the end of the last answer."""
    if pace.host_delay_s == 0:
        return pace.crawl_delay_s
    slow = min(LONGEST_FOR_DURATION_S, DURATION_FACTOR * state.duration)
    return max(pace.host_delay_s, pace.crawl_delay_s, slow, LIMITED_S if state.limited else 0.0)


def _with(pages: tuple[str, ...], page: str) -> tuple[str, ...]:
    return pages if page in pages else (*pages, page)
