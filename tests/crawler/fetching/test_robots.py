"""The robots file: decided by its status first, then by its rules (hazards, P1)."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetching.answers import Fetched
from crawler.fetching.http import Fetcher
from crawler.fetching.robots import MOST_ROBOTS_BYTES, Robots, Standing, fetch_robots, robots_of, robots_url
from tests.crawler.fetching.faults import FAULTS, PAGE
from tests.crawler.fetching.server import FaultServer, Handler, answer, head, raw, redirect

BASE = "https://democracy.example.gov.uk"
LISTING, SECRET = f"{BASE}/mgListCommittees.aspx?bcr=1", f"{BASE}/secret/page.aspx"
RULES = b"User-agent: *\nDisallow: /secret/\nCrawl-delay: 2.5\n"


def served(handler: Handler, fetcher: Fetcher, **more: Handler) -> Robots:
    """What a host's robots file means, asked for over a real socket from a base with a path."""
    handlers = {"/robots.txt": handler} | {f"/{name}": then for name, then in more.items()}
    with FaultServer(handlers) as server:
        base = f"{server.url}/council/of/somewhere"
        return robots_of(fetch_robots(fetcher, base, allowed_hosts={server.authority}, deadline_s=1.0))


def read(text: bytes, permission: str = "") -> Robots:
    """What the rules of a robots file mean."""
    fetched = Fetched(url="", final_url="", outcome="ok", note="", status=200, body=text, complete=True)
    return robots_of(fetched, permission=permission)


@pytest.mark.parametrize(
    ("handler", "standing", "listing", "secret"),
    [
        pytest.param(answer(200, RULES), "rules", True, False, id="200"),
        pytest.param(answer(203, RULES), "rules", True, False, id="203"),
        pytest.param(answer(200, RULES, {"Content-Type": "text/html"}), "rules", True, False, id="rules called HTML"),
        pytest.param(answer(200, gzip.compress(RULES), {"Content-Encoding": "gzip"}), "rules", True, False, id="gzip"),
        pytest.param(answer(200, RULES + b"# padding\n" * 1_000_000), "rules", True, False, id="10 MB"),
        pytest.param(answer(200), "rules", True, True, id="empty"),
        pytest.param(answer(200, PAGE), "none", True, True, id="200 with a page of HTML"),
        pytest.param(answer(400), "none", True, True, id="400"),
        pytest.param(answer(404), "none", True, True, id="404"),
        pytest.param(answer(410), "none", True, True, id="410"),
        pytest.param(redirect("/mgError.aspx"), "none", True, True, id="to the error page"),
        pytest.param(redirect("/robots.txt?n={n}", 301), "none", True, True, id="301 x 6"),
        pytest.param(answer(401), "closed", False, False, id="401"),
        pytest.param(answer(403), "closed", False, False, id="403"),
        pytest.param(answer(429), "rate-limited", False, False, id="429"),
        pytest.param(answer(500, b"<html>"), "unreachable", False, False, id="500"),
        pytest.param(answer(503, b"<html>503"), "unreachable", False, False, id="503"),
        pytest.param(redirect("http://elsewhere.example/"), "unreachable", False, False, id="to another host"),
        pytest.param(raw(head(200, {"Content-Length": "99"}), RULES), "unreachable", False, False, id="cut"),
        pytest.param(raw(b"\x00nonsense\r\n\r\n"), "unreachable", False, False, id="no HTTP"),
        pytest.param(FAULTS["/reset"].handler, "unreachable", False, False, id="reset"),
        pytest.param(FAULTS["/silent"].handler, "unreachable", False, False, id="no answer"),
        pytest.param(FAULTS["/drip-headers"].handler, "unreachable", False, False, id="dripping"),
    ],
)
def test_the_status_decides_before_the_rules(
    handler: Handler, standing: Standing, listing: bool, secret: bool, fetcher: Fetcher
) -> None:
    robots = served(handler, fetcher)
    assert (robots.standing, robots.allows(LISTING), robots.allows(SECRET)) == (standing, listing, secret)
    assert robots.reason.isprintable()
    assert len(robots.reason) < 300


def test_the_file_is_at_the_root_of_the_host_whatever_the_base() -> None:
    assert robots_url("https://a.gov.uk/moderngov/?x=1#y") == "https://a.gov.uk/robots.txt"
    assert robots_url("http://127.0.0.1:8001/council") == "http://127.0.0.1:8001/robots.txt"


def test_a_file_that_has_moved_is_followed_five_times(fetcher: Fetcher) -> None:
    moves = {str(n): redirect(f"/{n + 1}") for n in range(1, 5)}
    robots = served(redirect("/1"), fetcher, **moves, **{"5": answer(200, RULES)})
    assert (robots.standing, robots.allows(SECRET)) == ("rules", False)


def test_at_least_500_kib_are_read_and_a_rule_that_is_cut_in_two_is_dropped(fetcher: Fetcher) -> None:
    filler = b"#" * 99 + b"\n"
    early = filler * (500 * 1024 // 100 - 1) + RULES
    assert not served(answer(200, early + filler * 1_000), fetcher).allows(SECRET)
    rule = b"User-agent: *\nDisallow: /ieList-of-no-consequence\n"
    padding = b"#" * (MOST_ROBOTS_BYTES - len(rule) + 20) + b"\n"
    assert served(answer(200, padding + rule + filler * 10), fetcher).allows(f"{BASE}/ieListMeetings.aspx")


@pytest.mark.parametrize(
    "dressed",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.replace(b"\n", b"\r"),
        lambda text: b"# caf\xe9 \xff\xfe\n" + text,
        lambda text: text.decode().encode("utf-16"),
        lambda text: b"\n\n   \n" + text.upper().replace(b"/SECRET/", b"/secret/"),
    ],
    ids=["byte order mark", "CRLF", "CR", "invalid UTF-8", "UTF-16", "capitals"],
)
def test_a_file_is_read_however_it_was_saved(dressed: Callable[[bytes], bytes]) -> None:
    robots = read(dressed(RULES))
    assert (robots.allows(LISTING), robots.allows(SECRET), robots.crawl_delay) == (True, False, 2.5)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /*.pdf$", "/documents/s1.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/documents/s1.pdf?x=1", True),
        ("User-agent: *\nDisallow: /documents\nAllow: /documents/s", "/documents/s1.pdf", True),
        ("User-agent: *\nAllow: /\nDisallow: /documents", "/documents/s1.pdf", False),
        ("User-agent: *\nDisallow: /ieList*CId=308", "/ieListMeetings.aspx?CId=308&Year=0", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: scrutiny-archive\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow:\n\nUser-agent: Scrutiny-Archive\nDisallow: /", "/x", False),
        ("User-agent: some-other-bot\nDisallow: /", "/x", True),
        ("User-agent: archive\nDisallow: /", "/x", True),
        ("Disallow: /", "/x", True),
    ],
)
def test_the_longest_rule_of_our_own_group_decides(rules: str, path: str, allowed: bool) -> None:
    assert read(rules.encode()).allows(BASE + path) is allowed


@pytest.mark.parametrize(
    ("asked", "delay"),
    [("2.5", 2.5), ("10", 10), ("0", 0), ("300", 300), ("86400", 300), ("-3", 0), ("soon", 0), ("inf", 0), ("nan", 0)],
)
def test_a_crawl_delay_is_a_number_of_seconds_up_to_300(asked: str, delay: float) -> None:
    assert read(f"User-agent: *\nCrawl-delay: {asked}".encode()).crawl_delay == delay


def test_a_permission_lifts_what_the_file_forbids_but_not_its_delay() -> None:
    robots = read(b"User-agent: *\nDisallow: /\nCrawl-delay: 20", permission="the clerk, 3 March 2026")
    assert (robots.allows(LISTING), robots.crawl_delay) == (True, 20)


@pytest.mark.parametrize(("status", "allowed"), [(403, True), (429, False), (503, False)])
def test_a_permission_opens_a_closed_host_but_not_one_in_trouble(status: int, allowed: bool, fetcher: Fetcher) -> None:
    with FaultServer({"/robots.txt": answer(status)}) as server:
        fetched = fetch_robots(fetcher, server.url, allowed_hosts={server.authority}, deadline_s=5)
    assert robots_of(fetched, permission="the clerk, 3 March 2026").allows(LISTING) is allowed


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: f"User-agent: *\n{text}".encode()))
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    robots = read(body)
    assert robots.allows(LISTING) in (True, False)
    assert 0 <= robots.crawl_delay <= 300
