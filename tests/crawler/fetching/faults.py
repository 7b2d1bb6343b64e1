"""The faults of the matrix (hazards, F1): what each sends, and the outcome it must have.

`Fault.end` is a word that the note must hold, so that a reader of the log knows which of its causes it was.
"""

from __future__ import annotations

import gzip
import socket
import struct
import zlib
from dataclasses import dataclass

from crawler.fetching.answers import OutcomeName
from tests.crawler.fetching.server import PATIENCE_S, Asked, Handler, Wire, answer, head, raw, redirect

PAGE = b"<html><body><p>Invented minutes, all of them.</p></body></html>" * 40
CAP = 1_000_000


@dataclass(frozen=True)
class Fault:
    """A fault: how the server behaves, and what must come of it."""

    handler: Handler
    outcome: OutcomeName
    status: int | None
    end: str = ""


def _reset(wire: Wire, asked: Asked) -> bool:
    wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def _reset_in_the_body(wire: Wire, asked: Asked) -> bool:
    wire.send(head(200, {"Content-Length": str(len(PAGE))}) + PAGE[:100])
    wire.wait(0.1)
    return _reset(wire, asked)


def _silent(wire: Wire, asked: Asked) -> bool:
    wire.wait(PATIENCE_S)
    return False


def _drip_body(wire: Wire, asked: Asked) -> bool:
    wire.send(head(200, {"Content-Length": str(len(PAGE))}))
    wire.drip(PAGE)
    return True


def _drip_headers(wire: Wire, asked: Asked) -> bool:
    wire.drip(head(200, {"X-Slow": "s" * 2_000, "Content-Length": "0"}))
    return True


def _endless_continue(wire: Wire, asked: Asked) -> bool:
    while True:
        wire.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        wire.wait(0.01)


def _endless_trailer(wire: Wire, asked: Asked) -> bool:
    wire.send(head(200, {"Transfer-Encoding": "chunked"}) + b"2\r\nhi\r\n0\r\n")
    while True:
        wire.send(b"X-More: and more\r\n")
        wire.wait(0.01)


def _endless_body(wire: Wire, asked: Asked) -> bool:
    wire.send(head(200, {"Connection": "close"}))
    while True:
        wire.send(b"x" * 65_536)
        wire.wait(0)


def bomb(megabytes: int) -> bytes:
    """A gzip body that unpacks to so many megabytes of zeros: one packed block, over and over."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff" + block * megabytes


def packed(body: bytes, coding: str = "gzip") -> Handler:
    """A body under a Content-Encoding, right in length, whether or not it is what the header says."""
    return answer(200, body, {"Content-Encoding": coding})


_GZIP = gzip.compress(PAGE)
_LONG = {"Content-Length": str(200_000_000)}
_HERE = {"Content-Length": "2"}

FAULTS: dict[str, Fault] = {
    "/400": Fault(answer(400), "rejected", 400),
    "/401": Fault(answer(401), "forbidden", 401),
    "/403": Fault(answer(403), "forbidden", 403),
    "/404": Fault(answer(404, PAGE), "gone", 404),
    "/410": Fault(answer(410), "gone", 410),
    "/418": Fault(answer(418), "rejected", 418),
    "/429": Fault(answer(429), "rate-limited", 429),
    "/500": Fault(answer(500, PAGE), "server-error", 500),
    "/503": Fault(answer(503), "server-error", 503),
    "/599": Fault(answer(599), "server-error", 599),
    "/304-unasked": Fault(answer(304), "bad-answer", 304),
    "/206-unasked": Fault(answer(206, PAGE), "cut", 206),
    "/999": Fault(answer(999), "bad-answer", 999),
    "/101": Fault(raw(head(101, {"Connection": "close"})), "bad-answer", 101),
    "/empty": Fault(answer(200), "ok", 200),
    "/mgError.aspx": Fault(answer(200, PAGE), "error-page", 200),
    "/to-error": Fault(redirect("/council/mgError.aspx?E=1"), "error-page", 302),
    "/reset": Fault(_reset, "unreachable", None),
    "/nothing": Fault(raw(b""), "unreachable", None),
    "/reset-in-the-body": Fault(_reset_in_the_body, "cut", 200),
    "/silent": Fault(_silent, "timeout", None),
    "/drip-body": Fault(_drip_body, "timeout", 200),
    "/drip-headers": Fault(_drip_headers, "timeout", None),
    "/endless-100": Fault(_endless_continue, "timeout", None),
    "/endless-trailer": Fault(_endless_trailer, "timeout", 200),
    "/endless-body": Fault(_endless_body, "too-large", 200),
    "/announced-200-MB": Fault(raw(head(200, _LONG), b"x" * 1_000), "too-large", 200, "announces"),
    "/length-of-5000-digits": Fault(raw(head(200, {"Content-Length": "9" * 5_000})), "too-large", 200),
    "/short-length": Fault(raw(head(200, {"Content-Length": "5000"}), PAGE[:2_000]), "cut", 200),
    "/short-chunked": Fault(raw(head(200, {"Transfer-Encoding": "chunked"}), b"50\r\n<html>"), "cut", 200),
    "/chunks-without-end": Fault(raw(head(200, {"Transfer-Encoding": "chunked"}), b"2\r\nhi\r\n"), "cut", 200),
    "/garbage-chunk": Fault(raw(head(200, {"Transfer-Encoding": "chunked"}), b"zz\r\nhi\r\n"), "cut", 200),
    "/negative-length": Fault(raw(head(200, {"Content-Length": "-5"}), PAGE), "bad-answer", 200, "Content-Length"),
    "/worded-length": Fault(raw(head(200, {"Content-Length": "some"}), PAGE), "bad-answer", 200, "Content-Length"),
    "/two-lengths": Fault(raw(head(200, {**_HERE, "content-length": "3"}), b"abc"), "bad-answer", None),
    "/cut-gzip": Fault(packed(_GZIP[:-20]), "cut", 200, "compressed"),
    "/gzip-without-checksum": Fault(packed(_GZIP[:-8]), "cut", 200, "compressed"),
    "/wrong-gzip-checksum": Fault(packed(_GZIP[:-8] + bytes(8)), "bad-answer", 200, "gzip"),
    "/fake-gzip": Fault(packed(PAGE), "bad-answer", 200, "not gzip"),
    "/gzip-bomb": Fault(packed(bomb(300)), "too-large", 200, "larger"),
    "/gzip-of-many-streams": Fault(packed(gzip.compress(b"") * 1_000), "bad-answer", 200, "streams"),
    "/cut-deflate": Fault(packed(zlib.compress(PAGE)[:-10], "deflate"), "cut", 200, "compressed"),
    "/brotli": Fault(packed(b"\x0b\x02\x80hello\x03", "br"), "bad-answer", 200, "did not offer"),
    "/gzip-twice": Fault(packed(gzip.compress(_GZIP), "gzip, gzip"), "bad-answer", 200, "did not offer"),
    "/70-kB-header": Fault(answer(200, PAGE, {"X-Long": "x" * 70_000}), "bad-answer", None),
    "/200-headers": Fault(answer(200, PAGE, {f"X-{n}": "x" for n in range(200)}), "bad-answer", None),
    "/garbage-status": Fault(raw(b"\x00\x01\x1b[31mSSH-2.0-OpenSSH\r\n\r\n"), "bad-answer", None),
    "/no-status": Fault(raw(PAGE), "bad-answer", None),
    "/300": Fault(answer(300), "redirect-refused", 300),
    "/302-to-nowhere": Fault(answer(302), "redirect-refused", 302),
    "/loop": Fault(redirect("/loop"), "redirect-loop", 302),
    "/growing": Fault(redirect("/growing?n={n}"), "redirect-loop", 302),
    "/to-file": Fault(redirect("file:///etc/passwd"), "redirect-refused", 302, "file"),
    "/to-data": Fault(redirect("data:text/html,hello"), "redirect-refused", 302, "data"),
    "/to-another-host": Fault(redirect("http://elsewhere.example/"), "redirect-refused", 302, "elsewhere"),
    "/to-another-port": Fault(redirect("http://127.0.0.1:22/"), "redirect-refused", 302, "127.0.0.1:22"),
    "/to-ipv6-loopback": Fault(redirect("http://[::1]/"), "redirect-refused", 302, "::1"),
    "/to-metadata": Fault(redirect("http://169.254.169.254/latest/"), "redirect-refused", 302, "169.254"),
    "/to-hexadecimal": Fault(redirect("http://0x7f000001/"), "redirect-refused", 302, "0x7f000001"),
    "/to-a-user": Fault(redirect("//user:word@127.0.0.1/"), "redirect-refused", 302, "user name"),
    "/to-nonsense": Fault(redirect("http://[::1/"), "redirect-refused", 302),
    "/to-a-long-address": Fault(redirect("/" + "a/" * 3_000), "redirect-refused", 302, "longer"),
}
