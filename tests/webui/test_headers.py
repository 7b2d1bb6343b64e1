"""Every response there is carries the security headers: pages, errors, files, JSON, static ones (hazards W2)."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webui.addresses import address_of, address_with, rules
from webui.headers import FILE_POLICY, HEADERS, PAGE_POLICY, disposition


def test_every_route_has_every_header_found_or_not(app: Flask, client: FlaskClient) -> None:
    asked = [(rule, address) for rule in rules(app) for address in (address_of(rule), address_with(rule, "nothing-i1"))]
    assert len(asked) > 30
    for rule, address in asked:
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            response = client.open(address, method=method)
            for name, _ in HEADERS:
                assert response.headers.get(name), f"{method} {address} ({rule.endpoint}) lacks {name}"


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere", 404), ("/api/v1/search?page=x", 400), ("/?q=" + "a" * 9000, 414),
     ("/items/eastmere-xba9876543210", 410), ("/static/none.css", 404), ("/documents/eastmere-s1002/file", 404)],
)  # fmt: skip
def test_errors_have_them_too(client: FlaskClient, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["Content-Security-Policy"] == PAGE_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_policy_lets_nothing_run_and_nothing_in_from_elsewhere() -> None:
    policy = dict(part.strip().split(" ", 1) for part in PAGE_POLICY.split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }


def test_strict_transport_is_asked_for_over_https_alone(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert "max-age=" in client.get("/", base_url="https://archive.example").headers["Strict-Transport-Security"]


def test_a_kept_document_is_saved_and_never_shown(client: FlaskClient) -> None:
    response = client.get("/documents/eastmere-s1001/file")
    assert response.data == b"%PDF-1.4 invented %%EOF"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Security-Policy"] == FILE_POLICY
    assert FILE_POLICY.startswith("sandbox;")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="Report on live facial recognition')


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("Budget £5", "attachment; filename=\"Budget 5.pdf\"; filename*=UTF-8''Budget%20%C2%A35.pdf"),
        ('a"b\r\nSet-Cookie: x', "attachment; filename=\"abSet-Cookie x.pdf\"; filename*=UTF-8''abSet-Cookie%20x.pdf"),
        ("../../etc/passwd", "attachment; filename=\"etcpasswd.pdf\"; filename*=UTF-8''etcpasswd.pdf"),
        ("", "attachment; filename=\"document.pdf\"; filename*=UTF-8''document.pdf"),
        ("\u202egpj.exe", "attachment; filename=\"gpj.exe.pdf\"; filename*=UTF-8''gpj.exe.pdf"),
    ],
)
def test_the_name_of_a_download_is_harmless(title: str, header: str) -> None:
    assert disposition(title, ".pdf") == header


def test_the_longest_title_still_gives_a_name() -> None:
    assert len(disposition("£" * 10_000, ".pdf")) < 1200
