"""What a broken or hostile server does to one answer: further rows of the table of `tests.site.faults`.

They stand apart because they write to the connection by themselves, or answer with what no council ever meant to send.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat
from random import Random

from tests.site.exchange import Exchange
from tests.site.faults import fault
from tests.site.pdf import pdf
from tests.site.routes import Answer

_BLOCK = b"<p>" + b"x" * 65_529 + b"</p>"


@fault("garbage")
def _garbage(exchange: Exchange, value: str) -> None:
    """No HTTP: the greeting of another protocol, with control characters."""
    exchange.write(b"\x00\x01\x1b[31mSSH-2.0-OpenSSH_9.2\r\n\r\n")
    exchange.cut()


@fault("long-header")
def _long_header(exchange: Exchange, value: str) -> None:
    """The honest answer under a header of 70 kB."""
    answer = exchange.honest()
    exchange.send(replace(answer, headers=(*answer.headers, ("X-Long", "x" * 70_000))))


@fault("many-headers")
def _many_headers(exchange: Exchange, value: str) -> None:
    """The honest answer under 200 headers."""
    answer = exchange.honest()
    exchange.send(replace(answer, headers=(*answer.headers, *((f"X-{n}", "x") for n in range(200)))))


@fault("drip-head")
def _drip_head(exchange: Exchange, value: str) -> None:
    """A head that never ends, one byte at a time with a pause (value, seconds; 0.05) after each."""
    exchange.write_slowly(_bytes_for_ever(b"HTTP/1.1 200 OK\r\nX-Slow: "), float(value or 0.05))


@fault("length")
def _length(exchange: Exchange, value: str) -> None:
    """The honest body under a length that is none (value; "-5")."""
    answer = exchange.honest()
    exchange.head(replace(answer, headers=(*answer.headers, ("Content-Length", value or "-5"))), length=-1)
    exchange.write(answer.body)


@fault("announced")
def _announced(exchange: Exchange, value: str) -> None:
    """The head of a body of so many megabytes (value; 200), of which nothing comes."""
    exchange.head(Answer(), length=int(value or 200) * 1_000_000, keep=False)


@fault("endless")
def _endless(exchange: Exchange, value: str) -> None:
    """A body without end, as fast as it is taken."""
    exchange.head(Answer(), length=-1)
    exchange.write_slowly(repeat(_BLOCK), 0)


@fault("reset-midway")
def _reset_midway(exchange: Exchange, value: str) -> None:
    """Half of the body, and a reset."""
    answer = exchange.honest()
    exchange.head(answer, length=len(answer.body))
    exchange.write(answer.body[: len(answer.body) // 2])
    exchange.wait(0.1)
    exchange.reset()


@fault("garbage-chunk")
def _garbage_chunk(exchange: Exchange, value: str) -> None:
    """A chunked body whose chunk has no size."""
    exchange.head(Answer(headers=(("Transfer-Encoding", "chunked"),)), length=-1)
    exchange.write(b"zz\r\n<html>\r\n")


@fault("coding")
def _coding(exchange: Exchange, value: str) -> None:
    """The honest body, plain, said to be in a coding (value; "br") that was not asked for."""
    answer = exchange.honest()
    exchange.send(replace(answer, headers=(*answer.headers, ("Content-Encoding", value or "br"))))


@fault("pdf")
def _pdf(exchange: Exchange, value: str) -> None:
    """A PDF under the media type of a page."""
    exchange.send(replace(exchange.honest(), body=pdf(("An invented paper.",))))


@fault("encoded")
def _encoded(exchange: Exchange, value: str) -> None:
    """The honest page in another encoding (value; "utf-16"), which neither header nor page names."""
    answer = exchange.honest()
    exchange.send(replace(answer, media_type="text/html", body=answer.body.decode().encode(value or "utf-16")))


@fault("strewn")
def _strewn(exchange: Exchange, value: str) -> None:
    """The honest page with bytes (value, in hex; "00") strewn over its texts."""
    answer = exchange.honest()
    exchange.send(replace(answer, body=answer.body.replace(b". ", b"." + bytes.fromhex(value or "00") + b" ")))


@fault("nested")
def _nested(exchange: Exchange, value: str) -> None:
    """The honest page within so many boxes (value; 20000)."""
    answer = exchange.honest()
    exchange.send(replace(answer, body=answer.body.replace(b"<body", b"<div>" * int(value or 20_000) + b"<body", 1)))


@fault("tags")
def _tags(exchange: Exchange, value: str) -> None:
    """The honest page with so many empty elements (value; 500000) before its end."""
    answer = exchange.honest()
    exchange.send(replace(answer, body=answer.body.replace(b"</body>", b"<i></i>" * int(value or 500_000), 1)))


@fault("cut-at")
def _cut_at(exchange: Exchange, value: str) -> None:
    """The beginning of the page (value, of a hundred parts), with a length that is true."""
    answer = exchange.honest()
    exchange.send(replace(answer, body=answer.body[: len(answer.body) * int(value) // 100]))


@fault("mutated")
def _mutated(exchange: Exchange, value: str) -> None:
    """The honest page after an accident that the value, a number, decides: bytes changed, a part lost or doubled."""
    answer, chance = exchange.honest(), Random(int(value))
    body = bytearray(answer.body)
    start = chance.randrange(len(body))
    end = min(len(body), start + chance.randrange(1, 2_000))
    accident = chance.choice(("bytes", "lost", "doubled", "moved"))
    if accident == "bytes":
        for _ in range(chance.randrange(1, 40)):
            body[chance.randrange(len(body))] = chance.randrange(256)
    part = body[start:end] if accident in ("doubled", "moved") else b""
    if accident in ("lost", "moved"):
        del body[start:end]
    place = chance.randrange(len(body))
    body[place:place] = part
    exchange.send(replace(answer, body=bytes(body)))


def _bytes_for_ever(beginning: bytes) -> Iterator[bytes]:
    yield from (bytes([byte]) for byte in beginning)
    yield from repeat(b"s")
