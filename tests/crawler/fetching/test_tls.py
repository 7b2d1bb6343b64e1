"""TLS: the certificate is verified against the host's name though the connection goes to a checked address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import SettingsError
from crawler.fetching.answers import Fetched
from crawler.fetching.certificates import ca_file_of
from crawler.fetching.http import Fetcher
from tests.crawler.fetching.conftest import CONTACT
from tests.crawler.fetching.faults import CAP, PAGE
from tests.crawler.fetching.server import PATIENCE_S, Asked, FaultServer, Handler, Wire, answer, head, raw, redirect

CERTIFICATE = Path(__file__).with_name("council.test.pem")  # made for these tests, for the name council.test
DEADLINE_S = 1.0


def _drip(wire: Wire, asked: Asked) -> bool:
    wire.send(head(200, {"Content-Length": str(len(PAGE))}))
    wire.drip(PAGE)
    return True


@pytest.fixture
def trusting() -> Iterator[Fetcher]:
    """A fetcher that trusts the tests' certificate, and to which every name is this machine."""
    with Fetcher(contact=CONTACT, allow_loopback=True, resolve=lambda _: ["127.0.0.1"], ca_file=CERTIFICATE) as fetcher:
        yield fetcher


def council(handler: Handler) -> FaultServer:
    """A site over TLS under the certificate of council.test."""
    return FaultServer({"/": handler, "/page": answer(200, PAGE)}, certificate=str(CERTIFICATE))


def ask(fetcher: Fetcher, port: int, *, host: str = "council.test", deadline_s: float = 5) -> Fetched:
    """Fetch the root of a host over TLS."""
    whose = f"{host}:{port}"
    return fetcher.fetch(f"https://{whose}/", allowed_hosts={whose}, deadline_s=deadline_s, max_bytes=CAP)


def test_a_page_comes_over_tls_on_one_connection(trusting: Fetcher) -> None:
    with council(answer(200, PAGE)) as server:
        assert [ask(trusting, server.port).body for _ in range(3)] == [PAGE] * 3
        assert server.connections == 1


def test_a_certificate_for_another_name_is_refused(trusting: Fetcher) -> None:
    with council(answer(200, PAGE)) as server:
        fetched = ask(trusting, server.port, host="other.test")
        assert (fetched.outcome, fetched.status, server.asked) == ("bad-certificate", None, [])


def test_a_certificate_of_nobody_we_trust_is_refused() -> None:
    with (
        council(answer(200, PAGE)) as server,
        Fetcher(contact=CONTACT, allow_loopback=True, resolve=lambda _: ["127.0.0.1"]) as fetcher,
    ):
        fetched = ask(fetcher, server.port)
    assert fetched.outcome == "bad-certificate"
    assert "certificate" in fetched.note


@pytest.mark.parametrize(
    ("trusted", "outcome"),
    [("root.test.pem", "bad-certificate"), ("chain.test.pem", "ok")],
    ids=["root alone", "whole chain"],
)
def test_a_chain_that_its_server_sends_incomplete_is_completed_from_the_file(trusted: str, outcome: str) -> None:
    given = CERTIFICATE.with_name(trusted)
    server = FaultServer({"/": answer(200, PAGE)}, certificate=str(CERTIFICATE.with_name("incomplete.test.pem")))
    with (
        server,
        Fetcher(contact=CONTACT, allow_loopback=True, resolve=lambda _: ["127.0.0.1"], ca_file=given) as fetcher,
    ):
        assert ask(fetcher, server.port).outcome == outcome


def test_a_file_of_certificates_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_bytes(b"no certificate")
    for name, reason in (("empty.pem", "it holds no certificate in PEM form"), ("none.pem", "No such file")):
        with pytest.raises(SettingsError, match=rf"SCRUTINY_CA_FILE: .*{name} cannot be used: {reason}"):
            ca_file_of(str(tmp_path / name))
    assert ca_file_of("") is None


def test_a_site_that_drips_over_tls_holds_the_fetch_no_longer_than_its_deadline(trusting: Fetcher) -> None:
    with council(_drip) as server:
        fetched = ask(trusting, server.port, deadline_s=DEADLINE_S)
    assert (fetched.outcome, fetched.status) == ("timeout", 200)
    assert fetched.duration < PATIENCE_S / 2


@pytest.mark.parametrize("speaks", [b"", b"\x16\x03\x03\x40"])
def test_a_handshake_that_never_ends_holds_the_fetch_no_longer_than_its_deadline(
    trusting: Fetcher, speaks: bytes
) -> None:
    with HandshakeServer(speaks) as server:
        fetched = ask(trusting, server.port, deadline_s=DEADLINE_S)
    assert fetched.outcome == "timeout"
    assert fetched.duration < PATIENCE_S / 2


def test_a_page_that_ends_in_the_middle_over_tls_is_cut(trusting: Fetcher) -> None:
    with council(raw(head(200, {"Content-Length": "5000"}), PAGE[:200])) as server:
        fetched = ask(trusting, server.port)
    assert (fetched.outcome, fetched.body, fetched.complete) == ("cut", PAGE[:200], False)


def test_a_redirect_from_https_to_http_is_refused_but_the_other_way_is_taken(trusting: Fetcher) -> None:
    with FaultServer({"/page": answer(200, PAGE)}) as plain:
        target = f"council.test:{plain.port}"
        with council(redirect(f"http://{target}/page")) as secure:
            whose = f"council.test:{secure.port}"
            down = trusting.fetch(f"https://{whose}/", allowed_hosts={whose, target}, deadline_s=5, max_bytes=CAP)
            assert (down.outcome, plain.asked) == ("redirect-refused", [])
            assert "https to http" in down.note
            with FaultServer({"/": redirect(f"https://{whose}/page")}) as upward:
                base = f"council.test:{upward.port}"
                up = trusting.fetch(f"http://{base}/", allowed_hosts={whose, base}, deadline_s=5, max_bytes=CAP)
    assert (up.outcome, up.final_url) == ("ok", f"https://{whose}/page")


class HandshakeServer(FaultServer):
    """Accepts, says a few bytes at most where a handshake is expected, and then drips."""

    def __init__(self, speaks: bytes) -> None:
        super().__init__({})
        self._speaks = speaks

    def _read(self, wire: Wire, number: int) -> Asked | None:
        wire.send(self._speaks)
        while self._speaks:
            wire.send(b"\x00")
            wire.wait(0.05)
        wire.wait(PATIENCE_S)
        return None
