"""One deadline for all parts of a fetch."""

from __future__ import annotations

import threading

import pytest

from crawler.fetching.deadlines import Deadline, within
from crawler.fetching.http import Fetcher
from tests.crawler.fetching.conftest import CONTACT


def test_a_deadline_that_was_never_set_has_passed() -> None:
    deadline = Deadline()
    assert deadline.passed
    with pytest.raises(TimeoutError):
        deadline.left()


def test_a_deadline_moves_with_time_that_was_not_the_hosts() -> None:
    deadline = Deadline()
    deadline.start(-1)
    deadline.extend(1_000)
    assert 900 < deadline.left() < 1_000
    assert not deadline.passed


def test_a_call_that_ends_in_time_gives_its_value_or_its_error() -> None:
    assert within(5, lambda: 42) == 42
    with pytest.raises(LookupError, match="nobody"):
        within(5, lambda: (_ for _ in ()).throw(LookupError("nobody")))


def test_a_name_server_that_never_answers_holds_the_fetch_no_longer_than_its_deadline() -> None:
    released = threading.Event()

    def resolve(host: str) -> list[str]:
        released.wait(20)
        return ["127.0.0.1"]

    with Fetcher(contact=CONTACT, resolve=resolve) as fetcher:
        fetched = fetcher.fetch("http://council.test/", allowed_hosts={"council.test"}, deadline_s=0.1, max_bytes=99)
    assert fetched.outcome == "timeout"
    assert fetched.duration < 10
    released.set()
