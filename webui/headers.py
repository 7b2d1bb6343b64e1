"""What may a browser do with our answers? One set of headers, on every response there is.

Source: OWASP ASVS 5.0, 3.4.1 to 3.4.6 and 3.2.1; Flask sets none of these itself. The site has no script, no
inline style and nothing of a third party, so its policy allows its own style sheet, pictures and forms alone.
A document a council published is data, never a page of ours: it is saved, not shown, and sandboxed if it is.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from flask import Flask, Response, request

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
FILE_POLICY = "sandbox; default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", PAGE_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), interest-cohort=(), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
TWO_YEARS = "max-age=63072000"
_NAME_CHARACTERS = re.compile(r"[^A-Za-z0-9 ._()-]+")
_LONGEST_NAME = 120


def guard(app: Flask) -> None:
    """Put the headers on every response of this application, its errors and static files included."""
    app.after_request(with_headers)


def with_headers(response: Response) -> Response:
    """The response with every header it does not set itself."""
    for name, value in HEADERS:
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", TWO_YEARS)
    return response


def as_download(response: Response, title: str, suffix: str) -> Response:
    """The response as a file to be saved under its title, which a council wrote and is not to be trusted."""
    response.headers["Content-Disposition"] = disposition(title, suffix)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def disposition(title: str, suffix: str) -> str:
    """`attachment` with the name in ASCII and, for those who can read it, in full (RFC 6266)."""
    printable = "".join(c for c in title if c.isprintable() and c not in '/\\:*?"<>|')[:_LONGEST_NAME].strip(". ")
    folded = unicodedata.normalize("NFKD", printable).encode("ascii", "ignore").decode()
    plain = _NAME_CHARACTERS.sub("", folded).strip(". ") or "document"
    full = quote((printable or "document") + suffix, safe="")
    return f"attachment; filename=\"{plain}{suffix}\"; filename*=UTF-8''{full}"
