"""What does a visitor see when something is wrong? A page that says so plainly, and never how the inside looks.

Faults of ours go to the log with their traceback, every line of it escaped: what a visitor typed cannot forge a
line or steer a terminal (OWASP ASVS 5.0, 16.4.1 and 16.5.1).
"""

from __future__ import annotations

import logging
import traceback
from http import HTTPStatus

from flask import Flask, Response, abort, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from archive.errors import ScrutinyError

LOG = logging.getLogger("webui")
JSON_PATHS = ("/api/", "/healthz")
RETRY_AFTER_S = 60
TOLD: dict[int, tuple[str, str]] = {
    400: ("That address cannot be read", "Something in it is not in a form we understand."),
    404: (
        "There is no such page",
        "Nothing in the archive has this address. If it was copied, a part of it may have been left behind.",
    ),
    405: ("That cannot be done here", "This site is for reading: its pages can be asked for, and nothing else."),
    410: ("Withheld", "This record is no longer shown."),
    413: ("That was too much", "No page of this site takes anything sent to it."),
    414: ("That address is too long", "Shorten the query or choose fewer filters."),
    500: ("Something went wrong on our side", "It has been written down. The same address may work in a moment."),
    503: ("The archive cannot be read just now", "It comes back by itself: try this address again in a minute."),
}


def install(app: Flask, longest_query_string: int) -> None:
    """Answer every error of this application with a page, or with JSON where JSON was asked for."""

    def refuse_long_addresses() -> None:
        if len(request.query_string) > longest_query_string:
            abort(414)

    app.before_request(refuse_long_addresses)
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(ScrutinyError, _unavailable)
    app.register_error_handler(OSError, _unreadable)
    app.register_error_handler(Exception, _fault)


def error_page(status: int, detail: str = "") -> Response:
    """The page, or the JSON, of one status; `detail` may say what exactly is the matter."""
    title, text = TOLD.get(status, (HTTPStatus(status).phrase, ""))
    if request.path.startswith(JSON_PATHS):
        return make_response(jsonify(error=title, detail=detail or text), status)
    return make_response(render_template("error.html", status=status, title=title, text=text, detail=detail), status)


def printable(text: str) -> str:
    """Text for one line of a log: control characters, line ends and terminal sequences as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _known(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    response = error_page(error.code or 500)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    location = dict(error.get_headers()).get("Location")
    if location:
        response.headers["Location"] = location
    return response


def _unavailable(error: ScrutinyError) -> Response:
    LOG.warning("%s unavailable: %s", printable(request.path), printable(str(error)))
    response = error_page(503)
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _unreadable(error: OSError) -> Response:
    """A disk that does not answer: it may again, and nothing of the visitor's is wrong."""
    _write_down(error)
    return error_page(503)


def _fault(error: Exception) -> Response:
    _write_down(error)
    return error_page(500)


def _write_down(error: Exception) -> None:
    told = "".join(traceback.format_exception(error)).splitlines()
    lines = "\n".join(f"  | {printable(line)}" for line in told)
    LOG.error("fault at %s %s\n%s", request.method, printable(request.path), lines)
