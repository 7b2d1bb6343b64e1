"""The pretend site can go wrong in every way that its table of faults names."""

from __future__ import annotations

import gzip
import http.client
import time
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from archive.records import plain
from tests.site import (
    FAULTS,
    PretendBorough,
    PretendSite,
    changes,
    small_borough,
)
from tests.site.visitor import get, until


@pytest.fixture(scope="module")
def town() -> PretendBorough:
    return small_borough(years=2)


@pytest.fixture
def site(town: PretendBorough) -> Iterator[PretendSite]:
    with PretendSite([town]) as site:
        yield site


PAGE = "mgListCommittees.aspx"


@pytest.fixture
def honest(site: PretendSite) -> bytes:
    return get(f"{site.base_url('eastmere')}/{PAGE}")[2]


@pytest.mark.parametrize(
    ("name", "value", "status", "headers"),
    [
        ("status", 503, 503, {}),
        ("status", "", 500, {}),
        ("status", 410, 410, {}),
        ("forbidden", "", 403, {}),
        ("redirect", "", 302, {"Location": "http://10.0.0.1/mgListCommittees.aspx"}),
        ("redirect", "http://elsewhere.invalid/", 302, {"Location": "http://elsewhere.invalid/"}),
        ("redirect-loop", "", 302, {"Location": f"/{PAGE}"}),
        ("redirect-on", "", 302, {"Location": f"/{PAGE}?again=1"}),
        ("challenge", "", 200, {}),
        ("error-page", "", 200, {}),
        ("empty", "", 200, {"Content-Length": "0"}),
        ("retry-after", 7, 503, {"Retry-After": "7"}),
        ("too-many", "", 429, {}),
        ("too-many", 3, 429, {"Retry-After": "3"}),
        ("body", "<p>mine</p>", 200, {"Content-Length": "11"}),
        ("wrong-charset", "", 200, {"Content-Type": "text/html; charset=iso-8859-1"}),
        ("windows-1252", "", 200, {"Content-Type": "text/html; charset=iso-8859-1"}),
        ("media-type", "application/pdf", 200, {"Content-Type": "application/pdf"}),
    ],
)
def test_a_fault_answers_in_the_page_s_stead(
    site: PretendSite, name: str, value: object, status: int, headers: dict[str, str]
) -> None:
    site.fault(PAGE, name, value=value)
    found, given, body = get(f"{site.base_url('eastmere')}/{PAGE}")
    assert found == status
    assert headers.items() <= given.items()
    assert (b"mgSectionTitle" in body) is (name in ("wrong-charset", "windows-1252", "media-type"))


def test_a_page_is_cut_in_the_middle(site: PretendSite, honest: bytes) -> None:
    for name in ("cut", "cut-without-length"):
        site.fault(PAGE, name)
        status, headers, body = get(f"{site.base_url('eastmere')}/{PAGE}")
        assert (status, body) == (200, honest[: len(honest) // 2])
        assert ("Content-Length" in headers) is (name == "cut")


@pytest.mark.parametrize("name", ["short", "short-chunked"])
def test_a_body_ends_before_its_announced_length(site: PretendSite, name: str) -> None:
    site.fault(PAGE, name)
    with pytest.raises(http.client.IncompleteRead):
        get(f"{site.base_url('eastmere')}/{PAGE}")


@pytest.mark.parametrize("name", ["drop", "reset"])
def test_a_connection_ends_without_an_answer(site: PretendSite, name: str) -> None:
    site.fault(PAGE, name)
    with pytest.raises(ConnectionError) as problem:
        get(f"{site.base_url('eastmere')}/{PAGE}")
    assert isinstance(problem.value, http.client.RemoteDisconnected) is (name == "drop")


def test_compressed_bodies_are_whole_or_cut_or_none_at_all(site: PretendSite, honest: bytes) -> None:
    bodies = {}
    for name in ("gzip", "truncated-gzip", "fake-gzip"):
        site.fault(PAGE, name)
        _, headers, bodies[name] = get(f"{site.base_url('eastmere')}/{PAGE}")
        assert headers["Content-Encoding"] == "gzip"
        assert int(headers["Content-Length"]) == len(bodies[name])
    assert gzip.decompress(bodies["gzip"]) == honest
    with pytest.raises(EOFError):
        gzip.decompress(bodies["truncated-gzip"])
    assert bodies["fake-gzip"] == honest


def test_a_bomb_is_small_on_the_wire(site: PretendSite) -> None:
    site.fault(PAGE, "gzip-bomb", value=20)
    body = get(f"{site.base_url('eastmere')}/{PAGE}")[2]
    assert len(body) < 50_000
    assert len(gzip.decompress(body)) == 20_000_000


def test_an_oversize_body_ends_when_the_visitor_goes(site: PretendSite) -> None:
    site.fault(PAGE, "oversize", value=500)
    with closing(http.client.HTTPConnection(urlsplit(site.base_url("eastmere")).netloc, timeout=10)) as connection:
        connection.request("GET", f"/{PAGE}")
        answer = connection.getresponse()
        assert int(answer.headers["Content-Length"]) == 500_000_000
        assert len(answer.read(1_000_000)) == 1_000_000
        answer.close()
    until(lambda: site.requests[-1].ended)


def test_a_dripping_page_arrives_byte_by_byte(site: PretendSite, honest: bytes) -> None:
    site.fault(PAGE, "drip", value=0.02)
    with closing(http.client.HTTPConnection(urlsplit(site.base_url("eastmere")).netloc, timeout=10)) as connection:
        connection.request("GET", f"/{PAGE}")
        answer = connection.getresponse()
        began = time.monotonic()
        assert answer.read(5) == honest[:5]
        assert time.monotonic() - began >= 0.06
        answer.close()


def test_retry_after_can_be_a_date(site: PretendSite) -> None:
    site.fault(PAGE, "retry-after-date", value=60)
    assert get(f"{site.base_url('eastmere')}/{PAGE}")[1]["Retry-After"].endswith(" GMT")


@pytest.mark.parametrize(("name", "encoding"), [("wrong-charset", "utf-8"), ("windows-1252", "cp1252")])
def test_a_declared_charset_is_not_the_true_one(
    site: PretendSite, town: PretendBorough, name: str, encoding: str
) -> None:
    meeting = next(m for _, m in changes.meetings(town) if "’" in plain(sum((i.minutes for i in m.items), ())))
    site.fault("ieListDocuments", name)
    body = get(f"{site.base_url('eastmere')}/ieListDocuments.aspx?MId={meeting.mid}")[2]
    assert "’" in body.decode(encoding)
    assert (b'charset="iso-8859-1"' in body) is (name == "windows-1252")


def test_a_fault_strikes_as_often_as_asked_and_only_where_asked(site: PretendSite) -> None:
    site.fault(r"mgAi", "status")
    site.fault(r"mglistcommittees", "status", times=2, value=502)
    address = f"{site.base_url('eastmere')}/{PAGE}"
    assert [get(address)[0] for _ in range(3)] == [502, 502, 200]
    site.fault(PAGE, "status", borough="elsewhere")
    assert get(address)[0] == 200
    site.fault(PAGE, "empty")
    site.clear_faults()
    assert get(address)[2]


def test_a_visitor_who_has_the_page_is_told_that_it_is_unchanged(site: PretendSite, honest: bytes) -> None:
    site.forget_requests()
    site.fault(PAGE, "validators")
    status, headers, body = get(f"{site.base_url('eastmere')}/{PAGE}")
    assert (status, body) == (200, honest)
    with closing(http.client.HTTPConnection("127.0.0.1", urlsplit(site.base_url("eastmere")).port)) as connection:
        for tag, wanted in ((headers["ETag"], 304), ('"another"', 200)):
            connection.request("GET", f"/{PAGE}", headers={"If-None-Match": tag})
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (wanted, b"" if wanted == 304 else honest)
    until(lambda: all(request.ended for request in site.requests))
    first, unchanged, again = (request.sent for request in site.requests)
    assert first == again > len(honest) > 500 > unchanged > 0


def test_an_unknown_fault_is_refused(site: PretendSite) -> None:
    with pytest.raises(KeyError):
        site.fault(PAGE, "gremlins")


def test_every_fault_says_what_it_does() -> None:
    assert all(handler.__doc__ for handler in FAULTS.values())
