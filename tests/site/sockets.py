"""How is a site closed without leaving a socket behind? A threading server that knows its open connections."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Respond = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """One port, on which every request goes to `respond` in a thread of its connection's own."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], respond: Respond) -> None:
        self.respond = respond
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember a connection until it is closed."""
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        """End the connections that visitors keep open, so that no thread waits for a request that never comes."""
        with self._guard:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the visitor was quicker

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a vanished visitor pass; anything else is a fault of this site and is shown as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        self.server.respond(self)

    def do_HEAD(self) -> None:
        self.server.respond(self)

    def do_POST(self) -> None:
        self.close_connection = True  # its body is not read
        self.server.respond(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the record of requests says it all."""
