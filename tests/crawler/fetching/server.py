"""A server that misbehaves on purpose: raw sockets on loopback, one small handler for each fault.

A handler is a function of the connection and the request; it returns whether the connection can serve another one.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

PATIENCE_S = 20.0  # how long a handler that never finishes would go on


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; `connection` numbers the connections from 1."""

    path: str
    headers: dict[str, str]
    connection: int


Handler = Callable[["Wire", Asked], bool]


class Wire:
    """The server's end of a connection."""

    def __init__(self, connection: socket.socket, closing: threading.Event) -> None:
        self.socket = connection
        self._closing = closing

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def wait(self, seconds: float) -> None:
        """Wait as a slow server does. Raises OSError where the server is being closed."""
        if self._closing.wait(seconds):
            raise OSError("the server is closing")

    def drip(self, data: bytes, pause: float = 0.05) -> None:
        """Send byte by byte."""
        for place in range(len(data)):
            self.send(data[place : place + 1])
            self.wait(pause)


class FaultServer:
    """Serves `handlers` by path on a port of its own, until it is left; `asked` is its record of arrivals."""

    def __init__(
        self, handlers: Mapping[str, Handler], certificate: str | None = None, host: str = "127.0.0.1"
    ) -> None:
        self._handlers = handlers
        self._tls = _tls(certificate) if certificate else None
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listening = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.port = self._listening.getsockname()[1]
        self.authority = f"{host}:{self.port}"
        self.url = f"http://{self.authority}"
        self.asked: list[Asked] = []
        self.connections = 0

    def __enter__(self) -> Self:
        self._spawn(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()
        self._listening.close()

    def _spawn(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                self.connections += 1
                number = self.connections
                self._spawn(lambda connection=connection, number=number: self._serve(connection, number))  # type: ignore[misc]

    def _serve(self, connection: socket.socket, number: int) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(PATIENCE_S)
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            connection.settimeout(0.1)
            with connection:
                wire = Wire(connection, self._closing)
                while (asked := self._read(wire, number)) is not None:
                    self.asked.append(asked)
                    connection.settimeout(PATIENCE_S)
                    if not self._handlers[asked.path.partition("?")[0]](wire, asked):
                        return
                    connection.settimeout(0.1)

    def _read(self, wire: Wire, number: int) -> Asked | None:
        text = b""
        while b"\r\n\r\n" not in text:
            try:
                chunk = wire.socket.recv(65_536)
            except TimeoutError:
                wire.wait(0)
                continue
            if not chunk:
                return None
            text += chunk
        first, *lines = text.decode("latin-1").strip().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        return Asked(first.split(" ")[1], headers, number)


def answer(status: int = 200, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Handler:
    """A sound answer with a length."""

    def handler(wire: Wire, asked: Asked) -> bool:
        wire.send(head(status, {"Content-Length": str(len(body)), **(headers or {})}) + body)
        return True

    return handler


def raw(*parts: bytes) -> Handler:
    """Exactly these bytes, and the end of the connection."""

    def handler(wire: Wire, asked: Asked) -> bool:
        for part in parts:
            wire.send(part)
        return False

    return handler


def redirect(location: str, status: int = 302, headers: Mapping[str, str] | None = None) -> Handler:
    """A redirect, with `{n}` in its location replaced by the query's number and one."""

    def handler(wire: Wire, asked: Asked) -> bool:
        number = int(asked.path.partition("?n=")[2] or 0) + 1
        wire.send(head(status, {"Location": location.format(n=number), "Content-Length": "0", **(headers or {})}))
        return True

    return handler


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """A status line and headers."""
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def _tls(certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
