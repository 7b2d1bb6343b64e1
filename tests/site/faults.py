"""What can go wrong with a page? One table, a name and a small handler each; another fault is another function.

A handler takes the exchange and the value given with the fault ("" when none was given), and answers in the
honest page's stead. Several are taken from hazards that were measured: cut gzip with a matching length, bodies
that drip, challenge pages with status 200.
"""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.utils import formatdate
from functools import cache

from tests.site.exchange import Exchange
from tests.site.routes import Answer

Fault = Callable[[Exchange, str], None]

FAULTS: dict[str, Fault] = {}

_CHALLENGE = b"""<!DOCTYPE html><html><head><title>Pardon Our Interruption</title></head><body>
<h1>Pardon Our Interruption...</h1><p>Something about your browser made us think that you were a bot.</p>
</body></html>"""
_MOMENT = b"""<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>
<noscript>Enable JavaScript and cookies to continue</noscript></body></html>"""
_MEGABYTE = b"<p>" + b"x" * 999_993 + b"</p>"


def fault(name: str) -> Callable[[Fault], Fault]:
    """Put a handler into the table under this name."""

    def enter(handler: Fault) -> Fault:
        FAULTS[name] = handler
        return handler

    return enter


@fault("status")
def _status(exchange: Exchange, value: str) -> None:
    """Another status (value; 500), with a short page."""
    exchange.send(Answer(status=int(value or 500), body=b"<html><body>Runtime Error</body></html>"))


@fault("forbidden")
def _forbidden(exchange: Exchange, value: str) -> None:
    """403, with a page that asks for JavaScript."""
    exchange.send(Answer(status=403, body=_MOMENT))


@fault("drop")
def _drop(exchange: Exchange, value: str) -> None:
    """No answer: the connection ends."""
    exchange.cut()


@fault("reset")
def _reset(exchange: Exchange, value: str) -> None:
    """No answer: the connection is reset."""
    exchange.reset()


@fault("hang")
def _hang(exchange: Exchange, value: str) -> None:
    """No answer until the site closes."""
    exchange.wait()
    exchange.cut()


@fault("slow")
def _slow(exchange: Exchange, value: str) -> None:
    """The honest answer after a wait (value, seconds; 1)."""
    exchange.wait(float(value or 1))
    exchange.send(exchange.honest())


@fault("drip")
def _drip(exchange: Exchange, value: str) -> None:
    """The honest answer, one byte at a time with a pause (value, seconds; 1) after each."""
    answer = exchange.honest()
    exchange.head(answer, length=len(answer.body))
    exchange.write_slowly((bytes([byte]) for byte in answer.body), float(value or 1))


@fault("short")
def _short(exchange: Exchange, value: str) -> None:
    """Half of the body under the whole one's Content-Length."""
    answer = exchange.honest()
    exchange.send(_half(answer), length=len(answer.body), keep=False)


@fault("short-chunked")
def _short_chunked(exchange: Exchange, value: str) -> None:
    """Half of the body in a chunk, and no end."""
    answer = _half(exchange.honest())
    headers = (*answer.headers, ("Transfer-Encoding", "chunked"))
    exchange.head(replace(answer, headers=headers), length=-1)
    exchange.write(b"%x\r\n%b\r\n" % (len(answer.body), answer.body))


@fault("cut")
def _cut(exchange: Exchange, value: str) -> None:
    """The page cut in the middle, with a length that is true."""
    exchange.send(_half(exchange.honest()))


@fault("cut-without-length")
def _cut_without_length(exchange: Exchange, value: str) -> None:
    """The page cut in the middle, with no length and an orderly end."""
    exchange.send(_half(exchange.honest()), length=-1)


@fault("truncated-gzip")
def _truncated_gzip(exchange: Exchange, value: str) -> None:
    """Half of a compressed body, with a length that is true."""
    exchange.send(_half(_gzipped(exchange.honest())))


@fault("gzip")
def _gzip(exchange: Exchange, value: str) -> None:
    """No fault: the honest answer, compressed."""
    exchange.send(_gzipped(exchange.honest()))


@fault("validators")
def _validators(exchange: Exchange, value: str) -> None:
    """No fault: the honest answer with an ETag, and 304 where that is what the visitor has."""
    answer = exchange.honest()
    if answer.status != 200:
        exchange.send(answer)
        return
    tag = ("ETag", f'"{zlib.crc32(answer.body):08x}"')
    if exchange.asked("If-None-Match") == tag[1]:
        exchange.send(Answer(status=304, media_type="", headers=(tag,)))
    else:
        exchange.send(replace(answer, headers=(*answer.headers, tag)))


@fault("fake-gzip")
def _fake_gzip(exchange: Exchange, value: str) -> None:
    """A plain body that says it is compressed."""
    answer = exchange.honest()
    exchange.send(replace(answer, headers=(*answer.headers, ("Content-Encoding", "gzip"))))


@fault("gzip-bomb")
def _gzip_bomb(exchange: Exchange, value: str) -> None:
    """A small body that becomes a large one (value, megabytes; 100)."""
    body = _bomb(int(value or 100))
    exchange.send(Answer(body=body, headers=(("Content-Encoding", "gzip"),)))


@fault("oversize")
def _oversize(exchange: Exchange, value: str) -> None:
    """A large body (value, megabytes; 30), sent until the other side has had enough."""
    count = int(value or 30)
    exchange.head(Answer(), length=count * len(_MEGABYTE), keep=False)
    exchange.write_slowly((_MEGABYTE for _ in range(count)), 0)


@fault("redirect")
def _redirect(exchange: Exchange, value: str) -> None:
    """302 to another place (value; an address that is private)."""
    exchange.send(_moved(value or "http://10.0.0.1/mgListCommittees.aspx"))


@fault("redirect-loop")
def _redirect_loop(exchange: Exchange, value: str) -> None:
    """302 to itself."""
    exchange.send(_moved(exchange.target))


@fault("redirect-on")
def _redirect_on(exchange: Exchange, value: str) -> None:
    """302 to an address that is new each time and matches still."""
    exchange.send(_moved(exchange.target + ("&" if "?" in exchange.target else "?") + "again=1"))


@fault("challenge")
def _challenge(exchange: Exchange, value: str) -> None:
    """A test for robots, with status 200 (or the value)."""
    exchange.send(Answer(status=int(value or 200), body=_CHALLENGE))


@fault("error-page")
def _error_page(exchange: Exchange, value: str) -> None:
    """The page of `mgError.aspx` with status 200, without a redirect."""
    body = b'<html><body><div id="modgov"><div class="mgHeader"><h1 class="mgMainTitleTxt">Error</h1></div>'
    exchange.send(Answer(body=body + b'<p class="mgErrorTxt">An error has occurred.</p></div></body></html>'))


@fault("empty")
def _empty(exchange: Exchange, value: str) -> None:
    """200 and nothing."""
    exchange.send(Answer())


@fault("retry-after")
def _retry_after(exchange: Exchange, value: str) -> None:
    """503 with `Retry-After` as given (value; "120")."""
    exchange.send(Answer(status=503, headers=(("Retry-After", value or "120"),)))


@fault("retry-after-date")
def _retry_after_date(exchange: Exchange, value: str) -> None:
    """503 with `Retry-After` as a date so many seconds ahead (value; 120)."""
    when = formatdate(time.time() + float(value or 120), usegmt=True)
    exchange.send(Answer(status=503, headers=(("Retry-After", when),)))


@fault("too-many")
def _too_many(exchange: Exchange, value: str) -> None:
    """429, with `Retry-After` when one is given (value)."""
    exchange.send(Answer(status=429, headers=(("Retry-After", value),) if value else ()))


@fault("wrong-charset")
def _wrong_charset(exchange: Exchange, value: str) -> None:
    """UTF-8 in page and truth, ISO-8859-1 (or the value) in the header; real characters instead of entities."""
    answer = exchange.honest()
    body = _spelled_out(answer.body).encode()
    exchange.send(replace(answer, media_type=f"text/html; charset={value or 'iso-8859-1'}", body=body))


@fault("windows-1252")
def _windows_1252(exchange: Exchange, value: str) -> None:
    """Windows-1252 bytes that header and page call ISO-8859-1."""
    answer = exchange.honest()
    text = _spelled_out(answer.body).replace('charset="utf-8"', 'charset="iso-8859-1"')
    exchange.send(replace(answer, media_type="text/html; charset=iso-8859-1", body=text.encode("cp1252", "replace")))


@fault("media-type")
def _media_type(exchange: Exchange, value: str) -> None:
    """The honest body under another media type (value; none at all)."""
    exchange.send(replace(exchange.honest(), media_type=value))


@fault("body")
def _body(exchange: Exchange, value: str) -> None:
    """A page of the test's own (value)."""
    exchange.send(Answer(body=value.encode()))


def _half(answer: Answer) -> Answer:
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def _gzipped(answer: Answer) -> Answer:
    headers = (*answer.headers, ("Content-Encoding", "gzip"))
    return replace(answer, body=gzip.compress(answer.body, mtime=0), headers=headers)


def _moved(place: str) -> Answer:
    return Answer(status=302, headers=(("Location", place),))


def _spelled_out(body: bytes) -> str:
    text = body.decode()
    for entity, character in (("&rsquo;", "’"), ("&ldquo;", "“"), ("&rdquo;", "”"), ("&pound;", "£"), ("&ndash;", "–")):
        text = text.replace(entity, character)
    return text


@cache
def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(_packed(packer.compress, megabytes)) + packer.flush()


def _packed(compress: Callable[[bytes], bytes], megabytes: int) -> Iterator[bytes]:
    return (compress(b" " * 1_000_000) for _ in range(megabytes))
