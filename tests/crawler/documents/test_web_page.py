"""Documents that are web pages or plain text, and error pages in place of documents."""

from __future__ import annotations

import pytest

from crawler.documents import read_document


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<html><body><h1>Damp</h1><p>and mould,<br>too &pound;3</p></body></html>", "Damp\nand mould,\ntoo £3"),
        (b"<table><tr><td>Ward</td><td>Homes</td></tr></table>", "Ward | Homes"),
        ("<p>Caf\u00e9 \u2013 r\u00e9sum\u00e9".encode("cp1252"), "Café – résumé"),
        (b"<p>Damp<script>alert(1)</script><!-- x --></p>", "Damp"),
        (b"Damp\r\n\r\n\r\nand \x00mould\r\n", "Damp\nand mould"),
    ],
)
def test_a_page_or_text_is_one_page(body: bytes, text: str) -> None:
    document = read_document(body)
    assert [(page.number, page.text) for page in document.pages] == [(1, text)]
    assert (document.outcome, document.pages_total) == ("read", 1)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><title>404 - not found</title><body>Sorry</body></html>", "error-page"),
        (b"<html><title>Just a moment...</title><body></body></html>", "challenge"),
        (b"<html><body><form>Log in <input type=password></form></body></html>", "error-page"),
        (b"<html><body></body></html>", "no-text"),
        (b"<p>" * 500_000, "too-costly"),
        (b"<div>" * 5_000 + b"Damp", "too-costly"),
        (b"<p>" + b"Damp " * 5_000_000, "too-large"),
    ],
    ids=["error", "challenge", "login", "blank", "many tags", "deep", "large"],
)
def test_what_is_no_document_is_refused_by_its_reason(body: bytes, reason: str) -> None:
    document = read_document(body)
    assert (document.outcome, document.reason) == ("unread", reason)
