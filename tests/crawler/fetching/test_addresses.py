"""Which addresses are asked, and which are refused before a connection is made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetching.addresses import address_problem, authority, names_loopback, url_problem
from crawler.fetching.http import Fetcher
from tests.crawler.fetching.conftest import CONTACT
from tests.crawler.fetching.server import FaultServer, answer

LOOPBACK = ("127.0.0.1", "127.0.0.53", "127.255.255.254", "::1")
NEVER = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.254 169.254.169.254 172.16.0.1 172.31.255.254 192.0.0.8 192.0.2.1
    192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    :: ::2 ::7f00:1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8 64:ff9b::127.0.0.1 64:ff9b::808:808
    64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1
    5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 2a00:1450::1%eth0 fec0::1 ff02::1 ff0e::1
    0x7f000001 2130706433 127.1 0177.0.0.1 localhost 1.2.3
"""
PUBLIC = ("8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "193.62.18.1", "2606:4700::1111", "2a00:1450::1")


@pytest.mark.parametrize("address", [*NEVER.split(), ""])
def test_an_address_that_is_not_public_is_refused_whatever_the_setting(address: str) -> None:
    assert address_problem(address, allow_loopback=False)
    assert address_problem(address, allow_loopback=True)


@pytest.mark.parametrize("address", LOOPBACK)
def test_this_machine_is_asked_only_where_the_setting_allows_it(address: str) -> None:
    assert "SCRUTINY_ALLOW_LOOPBACK" in address_problem(address, allow_loopback=False)
    assert address_problem(address, allow_loopback=True) == ""


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_asked(address: str) -> None:
    assert address_problem(address, allow_loopback=False) == ""


@given(st.ip_addresses(v=6))
def test_no_address_of_ipv6_that_carries_one_of_ipv4_is_asked(address: object) -> None:
    carries = any(getattr(address, kind) for kind in ("ipv4_mapped", "sixtofour", "teredo"))
    assert not carries or address_problem(str(address), allow_loopback=True)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://moderngov.southwark.gov.uk/ieListMeetings.aspx?CId=308&Year=0", ""),
        ("http://democracy.example.gov.uk:80/", ""),
        ("https://[2a00:1450::1]/", ""),
        ("ftp://democracy.example.gov.uk/", "neither http nor https"),
        ("file:///etc/passwd", "neither http nor https"),
        ("javascript:alert(1)", "neither http nor https"),
        ("//democracy.example.gov.uk/", "no scheme"),
        ("https:///documents/s1.pdf", "names no host"),
        ("https://user@democracy.example.gov.uk/", "user name"),
        ("https://user:word@democracy.example.gov.uk/", "user name"),
        ("https://democracy.example.gov.uk@evil.example/", "user name"),
        ("https://democracy.example.gov.uk\\@evil.example/", "escaped"),
        ("https://democracy.example.gov.uk/a b", "escaped"),
        ("https://democracy.example.gov.uk/a\r\nHost: evil.example", "escaped"),
        ("https://demócracy.example.gov.uk/", "escaped"),
        ("https://democracy.example.gov.uk:22/", "port 22"),
        ("https://democracy.example.gov.uk:99999/", "cannot be read"),
        ("https://[::1/", "cannot be read"),
        ("https://a..b/", "names no host"),
        ("https://" + "a" * 64 + ".uk/", "names no host"),
        ("https://democracy.example.gov.uk./", "names no host"),
        ("https://democracy.example.gov.uk/" + "a" * 4_000, "longer"),
        ("", "no scheme"),
    ],
)
def test_an_address_is_judged_by_its_text_before_anything_is_asked(url: str, problem: str) -> None:
    said = url_problem(url, allow_loopback=False)
    assert problem in said
    assert bool(said) == bool(problem)


def test_other_ports_are_for_loopback_alone() -> None:
    assert url_problem("http://127.0.0.1:8001/", allow_loopback=True) == ""


@given(st.text(max_size=200))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    if not url_problem(text, allow_loopback=True):
        assert authority(text)


@pytest.mark.parametrize(
    ("url", "whose"),
    [
        ("https://Democracy.Example.gov.uk/x", "democracy.example.gov.uk"),
        ("http://democracy.example.gov.uk:80/", "democracy.example.gov.uk"),
        ("https://democracy.example.gov.uk:443", "democracy.example.gov.uk"),
        ("http://democracy.example.gov.uk:443", "democracy.example.gov.uk:443"),
        ("http://127.0.0.1:8001/council", "127.0.0.1:8001"),
        ("http://[::1]:8001/", "[::1]:8001"),
    ],
)
def test_an_authority_is_the_host_and_its_port_where_that_is_unusual(url: str, whose: str) -> None:
    assert authority(url) == whose


@pytest.mark.parametrize(
    ("url", "is_this_machine"),
    [
        ("http://localhost:8001/", True),
        ("http://alpha.localhost:8001/", True),
        ("http://127.0.0.1/", True),
        ("http://[::1]/", True),
        ("http://localhost.example/", False),
        ("http://10.0.0.1/", False),
        ("https://democracy.example.gov.uk/", False),
    ],
)
def test_a_name_of_this_machine_is_known(url: str, is_this_machine: bool) -> None:
    assert names_loopback(url) is is_this_machine


def test_a_name_that_changes_its_mind_is_asked_where_it_was_checked() -> None:
    """DNS rebinding: the second answer would lead to this machine, but a connection asks for no second answer."""
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    with (
        FaultServer({"/": answer(200, b"one", {"Connection": "close"})}) as server,
        Fetcher(contact=CONTACT, allow_loopback=True, resolve=lambda _: answers.pop(0)) as fetcher,
    ):
        url = f"http://council.test:{server.port}/"
        fetched = fetcher.fetch(url, allowed_hosts={authority(url)}, deadline_s=5, max_bytes=99)
        assert (fetched.outcome, fetched.body, len(answers)) == ("ok", b"one", 1)
        assert server.asked[0].headers["Host"] == f"council.test:{server.port}"


@pytest.mark.parametrize("later", ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fd00::1"])
def test_a_name_that_turns_inward_later_is_refused_then(later: str) -> None:
    answers = [["127.0.0.1"], [later]]
    with (
        FaultServer({"/": answer(200, b"one", {"Connection": "close"})}) as server,
        Fetcher(contact=CONTACT, allow_loopback=True, resolve=lambda _: answers.pop(0)) as fetcher,
    ):
        url = f"http://council.test:{server.port}/"
        outcomes = [
            fetcher.fetch(url, allowed_hosts={authority(url)}, deadline_s=5, max_bytes=99).outcome for _ in range(2)
        ]
        assert (outcomes, len(server.asked)) == (["ok", "refused-address"], 1)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], ["10.1.2.3"]])
def test_one_private_address_among_a_names_addresses_refuses_it_whole(addresses: list[str]) -> None:
    with Fetcher(contact=CONTACT, resolve=lambda _: addresses) as fetcher:
        fetched = fetcher.fetch("http://council.test/", allowed_hosts={"council.test"}, deadline_s=5, max_bytes=99)
    assert (fetched.outcome, fetched.status) == ("refused-address", None)
    assert "council.test" in fetched.note


@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f000001", "2130706433", "localhost", "0"])
def test_every_spelling_of_this_machine_is_refused_as_it_resolves(host: str) -> None:
    with Fetcher(contact=CONTACT) as fetcher:
        fetched = fetcher.fetch(f"http://{host}/", allowed_hosts={host}, deadline_s=5, max_bytes=99)
    assert fetched.outcome == "refused-address"


def test_an_address_of_another_host_is_not_even_resolved() -> None:
    asked: list[str] = []
    with Fetcher(contact=CONTACT, resolve=lambda host: asked.append(host) or []) as fetcher:  # type: ignore[func-returns-value]
        fetched = fetcher.fetch("http://evil.test/", allowed_hosts={"council.test"}, deadline_s=5, max_bytes=99)
    assert (fetched.outcome, fetched.requests, asked) == ("refused-address", 0, [])
    assert "none of the council's own hosts" in fetched.note


def test_the_next_address_of_a_name_is_tried_where_the_first_does_not_answer() -> None:
    with (
        FaultServer({"/": answer(200, b"one")}) as server,
        Fetcher(contact=CONTACT, allow_loopback=True, resolve=lambda _: ["::1", "127.0.0.1"]) as fetcher,
    ):
        url = f"http://council.test:{server.port}/"
        assert fetcher.fetch(url, allowed_hosts={authority(url)}, deadline_s=5, max_bytes=99).outcome == "ok"


@pytest.mark.parametrize("addresses", [[], ["127.0.0.1"]])
def test_a_name_that_leads_nowhere_is_unreachable(addresses: list[str]) -> None:
    with Fetcher(contact=CONTACT, allow_loopback=True, resolve=lambda _: addresses) as fetcher:
        fetched = fetcher.fetch("http://council.test:9/", allowed_hosts={"council.test:9"}, deadline_s=5, max_bytes=99)
    assert fetched.outcome == "unreachable"
