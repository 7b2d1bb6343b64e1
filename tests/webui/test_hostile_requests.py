"""Nothing a visitor types hurts: any argument on any route is answered, refused or not found (hazards W4 and W6)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webui.addresses import address_of, address_with, rules
from webui.arguments import ARGUMENTS

FINE = {200, 303, 400, 404, 410, 413, 414}
NAMES = (*ARGUMENTS, "version", "from", "to", "go", "nothing")
VALUES = (
    '', '%00', '%ff%fe', '%ed%a0%80', '%F0%9F%98%80', '-1', '0', '1e9',
    "9" * 50, '%0d%0aSet-Cookie:a=b', '%1b[31m',
    "a" * 3000,
    '%22', '(((((', 'NOT+NOT+NOT', '*', 'a*', 'NEAR/99999999999+b', 'title:', '../../etc/passwd',
    '%252e%252e', 'None', '2025-13-45', '{{7*7}}', '%3Cscript%3E', 'southwark-c308', '%E2%80%A8',
)  # fmt: skip
READ_ARGUMENTS = (
    "/", "/search.csv", "/items/eastmere-i1051", "/items/eastmere-i9001/changes", "/documents/eastmere-s1001",
    "/documents/eastmere-s1001/file",
)  # fmt: skip


QUICKLY = pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.slow)], ids=["a fourth", "all"])


def each(step: int, offset: int) -> Sequence[str]:
    """Every value, or one in so many, beginning elsewhere for each offset: together the offsets have them all."""
    return VALUES[offset % step :: step]


@QUICKLY
@pytest.mark.parametrize("name", NAMES)
def test_every_argument_is_answered_whatever_its_value(client: FlaskClient, name: str, step: int) -> None:
    for place, address in enumerate(READ_ARGUMENTS):
        for value in each(step, place + NAMES.index(name)):
            response = client.get(f"{address}?{name}={value}&{name}={value}x")
            assert response.status_code in FINE, f"{address} {name}={value}: {response.status}"
            assert b"Traceback" not in response.data


@QUICKLY
def test_every_route_bears_all_arguments_at_once(app: Flask, client: FlaskClient, step: int) -> None:
    for place, rule in enumerate(rules(app)):
        for value in each(step, place):
            query = "&".join(f"{name}={value}" for name in NAMES if len(value) < 100)
            response = client.get(f"{address_of(rule)}?{query}")
            assert response.status_code in FINE, f"{rule.rule} {value}: {response.status}"


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=80)), max_size=8))
def test_any_text_in_any_argument_is_answered(client: FlaskClient, pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs)
    for path in ("/", "/api/v1/search", "/items/eastmere-i1051"):
        assert client.get(f"{path}?{query}").status_code in FINE


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_any_bytes_as_a_query_string_are_answered(client: FlaskClient, given: bytes) -> None:
    query = quote(given, safe="&=%+")
    assert client.get(f"/?{query}").status_code in FINE
    assert client.get(f"/search.csv?q={query}").status_code in FINE


def test_a_megabyte_of_address_is_refused_on_every_route(app: Flask, client: FlaskClient) -> None:
    for rule in rules(app):
        assert client.get(f"{address_of(rule)}?q={'a' * 1_000_000}").status_code == 414


def test_the_site_is_for_reading_alone(app: Flask, client: FlaskClient) -> None:
    for rule in rules(app):
        for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
            response = client.open(address_of(rule), method=method, data=b"x" * 10)
            assert response.status_code == 405, f"{method} {rule.rule}"
            assert "GET" in response.headers["Allow"]


IDS = (
    '..', '../../etc/passwd', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', '..%5c..%5cwindows', '%00',
    'eastmere-i1051%00', 'eastmere-i0', '%252e%252e%252fetc', 'eastmere-i1051/../../x',
    "a" * 3000,
    'EASTMERE-I1051', 'eastmere-i%E2%81%B0', "'%20OR%201=1--", '..%2Farchive.sqlite', 'archive.sqlite',
    '....//....//etc/passwd', '%c0%ae%c0%ae/', "eastmere-x0123456789ab'",
)  # fmt: skip


@pytest.mark.parametrize("route", ["items", "meetings", "committees", "documents", "boroughs", "topics"])
@pytest.mark.parametrize("id_", IDS)
def test_what_is_no_id_of_the_archive_is_not_found(client: FlaskClient, route: str, id_: str) -> None:
    assert client.get(f"/{route}/{id_}").status_code in {404, 308}
    assert client.get(f"/documents/{id_}/file").status_code in {404, 308}


@pytest.mark.parametrize("address", ["/items/eastmere-m105", "/meetings/eastmere-i1051", "/documents/eastmere"])
def test_a_record_is_found_under_its_own_kind_alone(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_static_files_are_those_of_the_site_alone(app: Flask, client: FlaskClient) -> None:
    (static,) = (rule for rule in rules(app) if rule.endpoint == "static")
    for value in ("../__init__.py", "..%2f__init__.py", "%2e%2e/templates/base.html", "/etc/passwd", "style.css%00"):
        assert client.get(address_with(static, value)).status_code in {404, 308}
