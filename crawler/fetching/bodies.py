"""How much of a body do we take, and is it whole? Counted after decompression, chunk by chunk.

A body is unpacked as it arrives and refused at its cap: 306 kB of gzip can be 315 MB of page (hazards, M12). A gzip
body that stops short is noticed because its stream has not ended, which its length alone does not show (M11).
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.fetching.answers import OutcomeName

CODINGS = ("gzip", "deflate")
ACCEPT_ENCODING = ", ".join(CODINGS)
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_AT_ONCE = 262_144  # bytes unpacked in one piece: a whole bomb at its cap would be in memory three times
_MOST_MEMBERS = 64  # a gzip body may be several streams in a row; thousands of empty ones are an attack
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Limit:
    """The most bytes taken of a body, and whether its beginning is wanted where it is larger (robots files)."""

    most: int
    keep_beginning: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What arrived of a body; `fault` is the outcome of one that did not arrive whole, and `note` says why."""

    content: bytes
    fault: OutcomeName | None = None
    note: str = ""


class BrokenError(Exception):
    """The connection failed while the body arrived; `fault` is what to call it."""

    def __init__(self, fault: OutcomeName, message: str) -> None:
        super().__init__(message)
        self.fault: OutcomeName = fault


class TooLargeError(Exception):
    """The body is larger than its cap. What was taken so far is its beginning."""


class CodingError(Exception):
    """The body is not coded as its header says, or in a way we did not offer."""


def receive(chunks: Iterator[bytes], coding: str, lengths: Sequence[str], limit: Limit) -> Received:
    """Take a body in. `coding` and `lengths` are its Content-Encoding and its Content-Length headers as sent."""
    try:
        body = Body(coding, limit.most)
        _check_lengths(lengths, limit)
    except CodingError as error:
        return Received(b"", "bad-answer", str(error))
    except TooLargeError as error:
        return Received(b"", "too-large", str(error))
    try:
        for chunk in chunks:
            body.take(chunk)
    except BrokenError as error:
        return Received(body.content(), error.fault, str(error))
    except TooLargeError as error:
        return Received(body.content(), "too-large", str(error))
    except CodingError as error:
        return Received(body.content(), "bad-answer", str(error))
    if not body.whole:
        return Received(body.content(), "cut", "the compressed body ends before its end")
    return Received(body.content())


def _check_lengths(lengths: Sequence[str], limit: Limit) -> None:
    """Refuse at once what announces too much, or what announces nonsense and so cannot be known to be whole."""
    announced = {part.strip() for length in lengths for part in length.split(",")}
    if len(announced) > 1 or any(not (part.isascii() and part.isdigit()) for part in announced):
        raise CodingError("its Content-Length is not one number")
    # the digits are counted first: a number of thousands of digits cannot be read at all
    if not limit.keep_beginning and any(len(n) > 18 or int(n) > limit.most for n in announced):
        raise TooLargeError(f"the body announces more than {limit.most} bytes")


class Body:
    """A body as it arrives: at most `most` bytes, decoded from the `coding` its header names ("" for none)."""

    def __init__(self, coding: str, most: int) -> None:
        self._coding = coding.strip().lower().removeprefix("x-")
        if self._coding not in ("", "identity", *CODINGS):
            raise CodingError(f"the body is coded as {coding[:40]!r}, which we did not offer")
        self._most = most
        self._taken = io.BytesIO()
        self._members = 0
        self._stream: zlib._Decompress | None = None

    def take(self, chunk: bytes) -> None:
        """Decode and keep the next bytes. Raises TooLargeError or CodingError."""
        if self._coding in ("", "identity"):
            self._keep(chunk)
            return
        while chunk:
            chunk = self._unpack(chunk)

    def content(self) -> bytes:
        """What was taken."""
        return self._taken.getvalue()

    @property
    def whole(self) -> bool:
        """Whether the decoder has come to its end, so far as the coding can tell; an empty body is whole."""
        return self._stream is None or self._stream.eof

    def _unpack(self, chunk: bytes) -> bytes:
        """Unpack one stream's part of the chunk; what is left belongs to the next stream."""
        if self._stream is None or self._stream.eof:
            if self._stream is not None and not chunk.startswith(_GZIP_MAGIC[: len(chunk)]):
                return b""  # padding after the end, which gzip itself ignores too
            self._stream = self._next_stream(chunk)
        try:
            piece = self._stream.decompress(chunk, _AT_ONCE)
            self._keep(piece)
            while len(piece) == _AT_ONCE:
                piece = self._stream.decompress(self._stream.unconsumed_tail, _AT_ONCE)
                self._keep(piece)
        except zlib.error as error:
            raise CodingError(f"the body is not {self._coding} as its header says ({error})") from None
        return self._stream.unused_data

    def _next_stream(self, chunk: bytes) -> zlib._Decompress:
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise CodingError(f"the body holds more than {_MOST_MEMBERS} gzip streams")
        if self._coding == "gzip":
            return zlib.decompressobj(_GZIP)
        # "deflate" means a zlib stream, but some servers send the bare one (RFC 9110, 8.4.1.2)
        return zlib.decompressobj(_ZLIB if chunk[0] & 0x0F == 8 else _RAW)

    def _keep(self, data: bytes) -> None:
        room = self._most - self._taken.tell()
        self._taken.write(data[:room])
        if len(data) > room:
            raise TooLargeError(f"the body is larger than {self._most} bytes")
