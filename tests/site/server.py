"""Where do the invented councils answer? On real sockets of this machine, each borough on a port of its own.

A port of its own makes each borough a host of its own. Every request is recorded; faults are asked for by pattern.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.site.boroughs_file import boroughs_toml
from tests.site.council import PretendBorough
from tests.site.exchange import Exchange
from tests.site.faults import FAULTS, Fault
from tests.site.routes import Catalogue
from tests.site.sockets import Server

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it came. Times are `time.monotonic()`; `ended` is None while it is being answered.

    `sent` is how many bytes its answer had, head and body.
    """

    borough: str
    began: float
    ended: float | None
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    status: int | None
    sent: int = 0

    def header(self, name: str) -> str | None:
        """A header by its name in any case, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(slots=True)
class _Entry:
    """A request in the record, which is completed when its answer has been sent."""

    request: Request


@dataclass(slots=True)
class _Planned:
    """A fault asked for; `left` is how many more times it strikes, None for always."""

    pattern: re.Pattern[str]
    borough: str | None
    fault: Fault
    value: str
    left: int | None


class PretendSite:
    """The boroughs given, served while the `with` block lasts.

    `port` 0 takes any free port for each; another number is the first of as many ports in a row.
    """

    def __init__(self, boroughs: Sequence[PretendBorough], *, port: int = 0) -> None:
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._requests: list[_Entry] = []
        self._faults: list[_Planned] = []
        self._catalogues = {borough.slug: Catalogue(borough) for borough in boroughs}
        self._ports = {slug: port + n if port else 0 for n, slug in enumerate(self._catalogues)}
        self._servers: dict[str, Server] = {}
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        try:
            for slug, port in self._ports.items():
                self._start(slug, port)
        except OSError:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self, slug: str, port: int) -> None:
        server = self._servers[slug] = Server((HOST, port), partial(self.respond, slug))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        self._threads.append(thread)

    def close(self) -> None:
        """Stop answering, end what hangs, and give every socket back."""
        self._closing.set()
        for server in self._servers.values():
            server.shutdown()
            server.end_connections()
            server.server_close()
        for thread in self._threads:
            thread.join()

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request so far, in the order of arrival, over all boroughs."""
        with self._lock:
            return tuple(entry.request for entry in self._requests)

    def requests_to(self, slug: str) -> tuple[Request, ...]:
        """The requests that one borough got."""
        return tuple(request for request in self.requests if request.borough == slug)

    def forget_requests(self) -> None:
        """Begin a new record, between one crawl and the next."""
        with self._lock:
            self._requests.clear()

    def borough(self, slug: str) -> PretendBorough:
        """A borough as it is served now."""
        return self._catalogues[slug].borough

    @property
    def boroughs(self) -> tuple[PretendBorough, ...]:
        """All boroughs as they are served now."""
        return tuple(catalogue.borough for catalogue in self._catalogues.values())

    def replace(self, borough: PretendBorough) -> None:
        """Serve this borough in the place of the one with the same slug. Raises KeyError when there is none."""
        if borough.slug not in self._catalogues:
            raise KeyError(borough.slug)
        self._catalogues[borough.slug] = Catalogue(borough)

    def base_url(self, slug: str) -> str:
        """The address of a borough's pages, prefix included, without a slash at the end; known once it is served."""
        port = self._servers[slug].server_address[1]
        return f"http://{HOST}:{port}{self.borough(slug).habits.prefix}"

    def boroughs_file(self, path: Path) -> Path:
        """Write the boroughs file of what is served here, and return its path."""
        path.write_text(boroughs_toml([(borough, self.base_url(borough.slug)) for borough in self.boroughs]), "utf-8")
        return path

    def fault(
        self, pattern: str, name: str, times: int | None = None, *, value: object = "", borough: str | None = None
    ) -> None:
        """Answer requests whose path and query match (a regular expression, any case) with a fault of the table.

        `times` is how often, None for always; the fault asked for last strikes first. Raises KeyError for a name
        that is not in `FAULTS`.
        """
        planned = _Planned(re.compile(pattern, re.IGNORECASE), borough, FAULTS[name], str(value), times)
        with self._lock:
            self._faults.insert(0, planned)

    def clear_faults(self) -> None:
        """Answer honestly again."""
        with self._lock:
            self._faults.clear()

    def respond(self, slug: str, handler: BaseHTTPRequestHandler) -> None:
        """Record and answer one request, honestly or with the fault that strikes."""
        entry = self._arrived(slug, handler)
        exchange = Exchange(handler, lambda: self._catalogues[slug].answer(handler.path), self._closing)
        planned = self._striking(slug, handler.path)
        try:
            if planned:
                planned.fault(exchange, planned.value)
            else:
                exchange.send(exchange.honest())
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True  # the visitor has had enough, as visitors of dripping pages should
        with self._lock:
            ended = replace(entry.request, ended=time.monotonic(), status=exchange.status, sent=exchange.sent)
            entry.request = ended

    def _arrived(self, slug: str, handler: BaseHTTPRequestHandler) -> _Entry:
        entry = _Entry(
            Request(
                borough=slug, began=time.monotonic(), ended=None, method=handler.command, target=handler.path,
                headers=tuple(handler.headers.items()), status=None,
            )
        )  # fmt: skip
        with self._lock:
            self._requests.append(entry)
        return entry

    def _striking(self, slug: str, target: str) -> _Planned | None:
        with self._lock:
            for planned in self._faults:
                if planned.borough in (None, slug) and planned.left != 0 and planned.pattern.search(target):
                    planned.left = None if planned.left is None else planned.left - 1
                    return planned
        return None
