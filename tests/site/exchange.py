"""What can be done with one request? The tools that an honest answer and every fault are made of."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler

from tests.site.routes import Answer


class Exchange:
    """One request and the connection it came on. After `cut` or `reset` nothing more can be sent.

    `sent` counts the bytes of its answer, head and body.
    """

    def __init__(self, handler: BaseHTTPRequestHandler, honest: Callable[[], Answer], closing: threading.Event) -> None:
        self._handler = handler
        self._honest = honest
        self._closing = closing
        self.target = handler.path
        self.status: int | None = None
        self.sent = 0

    def honest(self) -> Answer:
        """What the site would answer were there no fault."""
        return self._honest()

    def asked(self, name: str) -> str | None:
        """A header of the request, or None."""
        return self._handler.headers.get(name)

    def send(self, answer: Answer, *, length: int | None = None, keep: bool = True) -> None:
        """An answer with its head; `length` lies about the body's, and -1 says nothing about it."""
        self.head(answer, length=len(answer.body) if length is None else length, keep=keep)
        if self._handler.command != "HEAD":
            self.write(answer.body)

    def head(self, answer: Answer, *, length: int, keep: bool = True) -> None:
        """The head of an answer alone. Without a length the connection must end to end the body."""
        self.status = answer.status
        lines = [f"HTTP/1.1 {answer.status} {_reason(answer.status)}", "Server: Microsoft-IIS/10.0"]
        lines += [f"Content-Type: {answer.media_type}"] if answer.media_type else []
        lines += [f"Content-Length: {length}"] if length >= 0 else []
        lines += [f"{name}: {value}" for name, value in answer.headers]
        if length < 0 or not keep:
            self._handler.close_connection = True
            lines.append("Connection: close")
        self.write("\r\n".join([*lines, "", ""]).encode("latin-1"))

    def write(self, data: bytes) -> None:
        """Bytes as they are."""
        self.sent += len(data)
        self._handler.wfile.write(data)

    def write_slowly(self, pieces: Iterable[bytes], pause: float) -> None:
        """Pieces with a pause (seconds) after each, until the site closes."""
        for piece in pieces:
            self.write(piece)
            if self.wait(pause):
                return

    def wait(self, seconds: float | None = None) -> bool:
        """Wait, at most until the site closes, and say whether it does."""
        return self._closing.wait(seconds)

    def cut(self) -> None:
        """End the connection where it stands."""
        self._handler.close_connection = True

    def reset(self) -> None:
        """End the connection with a reset instead of an orderly end."""
        linger = struct.pack("ii", 1, 0)
        self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._handler.connection.close()
        self.cut()


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unheard Of"
