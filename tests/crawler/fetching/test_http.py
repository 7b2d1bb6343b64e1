"""Fetching over real sockets: every fault has its named outcome, within its deadline and its memory."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import SettingsError
from crawler.fetching.answers import OUTCOMES, Fetched, Validators
from crawler.fetching.http import Fetcher
from tests.crawler.fetching.conftest import CONTACT
from tests.crawler.fetching.faults import CAP, FAULTS, PAGE, bomb, packed
from tests.crawler.fetching.server import PATIENCE_S, Asked, FaultServer, Handler, Wire, answer, head, raw, redirect
from tests.left_open import HANDLES, left_open

DEADLINE_S = 1.0


@pytest.fixture(scope="module")
def faulty() -> Iterator[FaultServer]:
    """A server with every fault of the matrix."""
    with FaultServer({path: fault.handler for path, fault in FAULTS.items()} | {"/sound": answer(200, PAGE)}) as server:
        yield server


def ask(fetcher: Fetcher, server: FaultServer, path: str = "/", deadline_s: float = 5.0, cap: int = CAP) -> Fetched:
    """Fetch a path of the server, whose host is the only one allowed."""
    return fetcher.fetch(server.url + path, allowed_hosts={server.authority}, deadline_s=deadline_s, max_bytes=cap)


@pytest.mark.parametrize("path", FAULTS)
def test_each_fault_has_its_named_outcome_and_the_next_page_comes(
    faulty: FaultServer, fetcher: Fetcher, path: str
) -> None:
    fault = FAULTS[path]
    began = time.monotonic()
    deadline_s = DEADLINE_S if fault.outcome == "timeout" else PATIENCE_S
    fetched = ask(fetcher, faulty, path, deadline_s=deadline_s)
    assert (fetched.outcome, fetched.status) == (fault.outcome, fault.status)
    assert fault.end in fetched.note
    assert fetched.note.isprintable()
    assert 0 < len(fetched.note) < 300
    assert fetched.complete == (path in SOUND_IN_THEMSELVES or fault.outcome in ARRIVED_WHOLE)
    assert time.monotonic() - began < PATIENCE_S / 2
    assert ask(fetcher, faulty, "/sound").outcome == "ok"


ARRIVED_WHOLE = {
    "ok",
    "gone",
    "forbidden",
    "rate-limited",
    "server-error",
    "rejected",
    "error-page",
    "redirect-refused",
}
SOUND_IN_THEMSELVES = {"/loop", "/growing", "/304-unasked", "/999", "/101"}


def test_the_matrix_holds_at_least_35_faults_and_every_outcome_is_tested_somewhere() -> None:
    elsewhere = {"not-modified", "bad-certificate", "redirected", "refused-address"}
    assert len(FAULTS) >= 35
    assert {fault.outcome for fault in FAULTS.values()} | elsewhere == {row.name for row in OUTCOMES}


@pytest.mark.parametrize("path", ["/gzip-bomb", "/endless-body", "/announced-200-MB"])
def test_a_bomb_costs_no_more_memory_than_its_cap(faulty: FaultServer, fetcher: Fetcher, path: str) -> None:
    tracemalloc.start()
    try:
        fetched = ask(fetcher, faulty, path, cap=20_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fetched.outcome == "too-large"
    assert len(fetched.body) <= 20_000_000
    assert peak < 64_000_000


@pytest.mark.parametrize(
    "handler",
    [
        pytest.param(answer(200, PAGE), id="plain"),
        pytest.param(packed(gzip.compress(PAGE)), id="gzip"),
        pytest.param(packed(gzip.compress(PAGE), "X-GZip"), id="x-gzip"),
        pytest.param(packed(gzip.compress(PAGE[:99]) + gzip.compress(PAGE[99:])), id="two gzip streams"),
        pytest.param(packed(gzip.compress(PAGE) + bytes(9)), id="gzip with padding"),
        pytest.param(packed(zlib.compress(PAGE), "deflate"), id="deflate"),
        pytest.param(packed(zlib.compress(PAGE, wbits=-15), "deflate"), id="bare deflate"),
        pytest.param(packed(PAGE, "identity"), id="identity"),
        pytest.param(raw(head(200, {"Connection": "close"}), PAGE), id="until the end of the connection"),
        pytest.param(
            raw(head(200, {"Transfer-Encoding": "chunked"}), b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)), id="chunked"
        ),
        pytest.param(raw(b"HTTP/1.0 200 OK\r\n\r\n", PAGE), id="HTTP/1.0"),
        pytest.param(raw(b"HTTP/1.1 100 Continue\r\n\r\n", head(200, {}), PAGE), id="after 100 Continue"),
    ],
)
def test_a_sound_page_arrives_byte_for_byte(fetcher: Fetcher, handler: Handler) -> None:
    with FaultServer({"/": handler}) as server:
        fetched = ask(fetcher, server)
    assert (fetched.outcome, fetched.complete, fetched.body) == ("ok", True, PAGE)
    assert (fetched.final_url, fetched.requests) == (server.url + "/", 1)
    assert fetched.ended_at <= time.time()


def test_a_body_of_exactly_the_cap_is_taken_and_one_byte_more_is_not(fetcher: Fetcher) -> None:
    handlers = {"/plain": raw(head(200, {}), PAGE), "/gzip": packed(gzip.compress(PAGE))}
    with FaultServer(handlers) as server:
        for path in handlers:
            assert ask(fetcher, server, path, cap=len(PAGE)).outcome == "ok"
            assert ask(fetcher, server, path, cap=len(PAGE) - 1).outcome == "too-large"


def test_the_beginning_of_a_large_body_is_kept_where_it_is_asked_for(fetcher: Fetcher) -> None:
    with FaultServer({"/": answer(200, PAGE)}) as server:
        fetched = fetcher.fetch(
            server.url, allowed_hosts={server.authority}, deadline_s=5, max_bytes=100, keep_beginning=True
        )
    assert (fetched.outcome, fetched.complete, fetched.body) == ("too-large", False, PAGE[:100])


def test_a_cut_page_keeps_what_arrived_as_evidence_but_is_not_complete(fetcher: Fetcher, faulty: FaultServer) -> None:
    fetched = ask(fetcher, faulty, "/reset-in-the-body")
    assert (fetched.body, fetched.complete) == (PAGE[:100], False)


def test_a_dripping_server_holds_the_fetch_no_longer_than_its_deadline(fetcher: Fetcher, faulty: FaultServer) -> None:
    began = time.monotonic()
    ask(fetcher, faulty, "/drip-body", deadline_s=DEADLINE_S)
    assert time.monotonic() - began < len(PAGE) * 0.05 / 10


def test_the_request_says_truthfully_who_asks_and_offers_only_what_is_understood(fetcher: Fetcher) -> None:
    with FaultServer({"/": answer()}) as server:
        ask(fetcher, server)
        (asked,) = server.asked
    assert asked.headers["User-Agent"] == f"scrutiny-archive/0.1 (+{CONTACT})"
    assert asked.headers["Accept-Encoding"] == "gzip, deflate"
    assert asked.headers["Host"] == server.authority


def test_a_contact_that_would_break_the_header_is_refused_at_the_start() -> None:
    with pytest.raises(SettingsError, match="SCRUTINY_CONTACT"):
        Fetcher(contact="https://archive.example/\r\nX-Evil: 1")


def test_one_connection_serves_a_host_and_no_cookie_is_kept(fetcher: Fetcher) -> None:
    with FaultServer({"/": answer(200, PAGE, {"Set-Cookie": "session=1; Path=/"})}) as server:
        for _ in range(5):
            assert ask(fetcher, server).outcome == "ok"
        assert server.connections == 1
        assert not any("Cookie" in asked.headers for asked in server.asked)


def test_proxies_credentials_and_certificates_of_the_environment_are_not_used(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login someone password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "absent.pem"))
    with FaultServer({"/": answer()}) as server:
        assert ask(fetcher, server).outcome == "ok"
        assert "Authorization" not in server.asked[0].headers


def test_a_page_that_has_not_changed_is_not_sent_again(fetcher: Fetcher) -> None:
    def handler(wire: Wire, asked: Asked) -> bool:
        if asked.headers.get("If-None-Match") == '"v1"' and "If-Modified-Since" in asked.headers:
            wire.send(head(304, {"ETag": '"v1"'}))
            return True
        return answer(200, PAGE, {"ETag": '"v1"', "Last-Modified": "Thu, 15 Jan 2026 19:30:00 GMT"})(wire, asked)

    with FaultServer({"/": handler}) as server:
        first = ask(fetcher, server)
        again = fetcher.fetch(
            server.url,
            allowed_hosts={server.authority},
            deadline_s=5,
            max_bytes=CAP,
            validators=first.validators,
        )
    assert (again.outcome, again.status, again.body) == ("not-modified", 304, b"")


def test_a_folded_validator_cannot_smuggle_a_header(fetcher: Fetcher) -> None:
    page = raw(b'HTTP/1.1 200 OK\r\nETag: "a\r\n X-Evil: 1"\r\nContent-Length: 0\r\n\r\n')
    with FaultServer({"/": page}) as server:
        validators = ask(fetcher, server).validators
        fetcher.fetch(server.url, allowed_hosts={server.authority}, deadline_s=5, max_bytes=CAP, validators=validators)
    assert validators == Validators(etag='"a X-Evil: 1"')
    assert "X-Evil" not in server.asked[-1].headers


def test_redirects_are_followed_five_times_and_the_last_address_is_told(fetcher: Fetcher) -> None:
    handlers = {f"/{n}": redirect(f"/{n + 1}", status) for n, status in enumerate((301, 302, 303, 307, 308))}
    with FaultServer(handlers | {"/5": answer(200, PAGE)}) as server:
        fetched = ask(fetcher, server, "/0")
    assert (fetched.outcome, fetched.url, fetched.final_url) == ("ok", server.url + "/0", server.url + "/5")
    assert fetched.requests == len(server.asked) == 6


def test_the_sixth_redirect_is_one_too_many(fetcher: Fetcher) -> None:
    handlers = {f"/{n}": redirect(f"/{n + 1}") for n in range(6)}
    with FaultServer(handlers | {"/6": answer(200, PAGE)}) as server:
        assert ask(fetcher, server, "/0").outcome == "redirect-loop"
        assert len(server.asked) == 6


def test_a_redirect_waits_for_politeness_and_the_wait_is_not_the_hosts_time(fetcher: Fetcher) -> None:
    told: list[Fetched] = []

    def wait(redirected: Fetched) -> bool:
        told.append(redirected)
        time.sleep(DEADLINE_S * 1.5)
        return True

    with FaultServer({"/": redirect("/there"), "/there": answer(200, PAGE)}) as server:
        fetched = fetcher.fetch(
            server.url + "/", allowed_hosts={server.authority}, deadline_s=DEADLINE_S, max_bytes=CAP, between=wait
        )
    assert fetched.outcome == "ok"
    assert [(redirected.url, redirected.status, redirected.requests) for redirected in told] == [
        (server.url + "/", 302, 1)
    ]


def test_a_redirect_that_asks_for_a_pause_can_be_left_for_later(fetcher: Fetcher) -> None:
    with FaultServer({"/": redirect("/there", 301, {"Retry-After": "120"})}) as server:
        fetched = fetcher.fetch(
            server.url, allowed_hosts={server.authority}, deadline_s=5, max_bytes=CAP, between=lambda _: False
        )
        assert len(server.asked) == 1
    assert (fetched.outcome, fetched.header("retry-after")) == ("redirected", "120")


def test_a_redirect_onto_the_error_page_is_not_asked_for_again(fetcher: Fetcher, faulty: FaultServer) -> None:
    before = len(faulty.asked)
    fetched = ask(fetcher, faulty, "/to-error")
    assert fetched.final_url == f"{faulty.url}/council/mgError.aspx?E=1"
    assert len(faulty.asked) == before + 1


def test_a_redirect_in_utf_8_is_percent_encoded(fetcher: Fetcher) -> None:
    location = "/Résumé of the year".encode().decode("latin-1")
    with FaultServer({"/": redirect(location), "/R%C3%A9sum%C3%A9%20of%20the%20year": answer(200, PAGE)}) as server:
        assert ask(fetcher, server).outcome == "ok"


def test_the_beginning_of_a_bomb_is_refused_for_a_missing_page_too(fetcher: Fetcher) -> None:
    with FaultServer({"/": answer(404, bomb(300), {"Content-Encoding": "gzip"})}) as server:
        fetched = ask(fetcher, server)
    assert (fetched.outcome, fetched.complete) == ("gone", False)
    assert len(fetched.body) <= CAP


@pytest.mark.skipif(not HANDLES.exists(), reason="reads open descriptors in /proc")
def test_no_socket_and_no_thread_is_left_behind() -> None:
    paths = ("/cut-gzip", "/endless-body", "/drip-headers", "/reset", "/garbage-status", "/loop", "/404")
    before = left_open()
    handlers = {path: FAULTS[path].handler for path in paths}
    with FaultServer(handlers) as server, Fetcher(contact=CONTACT, allow_loopback=True) as fetcher:
        for path in paths:
            ask(fetcher, server, path, deadline_s=DEADLINE_S)
    assert left_open() - before == frozenset()
