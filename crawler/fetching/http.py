"""The one module that touches the network: fetch an address within a deadline and a size, or say what became of it.

Built on requests' adapter rather than its session: a session would follow redirects, read their bodies whole, keep
cookies and take proxies and certificates from the environment. Three things are ours because requests has none:

- the deadline holds for the whole answer: every single read of a socket gets what is left of it, so neither slow
  headers nor a slow handshake nor a byte a second outlives it (hazards, M10);
- a name is resolved once for a connection, every address it gives is checked, and the connection goes to the address
  that was checked, so a name that changes its mind cannot lead inside (DNS rebinding);
- bodies are counted after decompression and checked to be whole (`crawler.fetching.bodies`).

A `Fetcher` is for one thread and keeps one connection a host.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from archive.errors import SettingsError
from crawler.fetching.addresses import address_problem, authority, url_problem
from crawler.fetching.answers import Fetched, OutcomeName, Validators, concluded, outcome_of_status
from crawler.fetching.bodies import ACCEPT_ENCODING, BrokenError, Limit, receive
from crawler.fetching.certificates import context
from crawler.fetching.deadlines import Deadline, within
from crawler.fetching.failures import failure, line
from crawler.fetching.redirects import next_hop

AGENT = "scrutiny-archive"
AGENT_VERSION = "0.1"

_CHUNK = 65_536
_MOST_ADDRESSES = 8  # tried of one name
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml,application/pdf,*/*;q=0.8",
    "Accept-Encoding": ACCEPT_ENCODING,
    "Accept-Language": "en-GB,en;q=0.8",
}

Resolve = Callable[[str], Sequence[str]]
Between = Callable[[Fetched], bool]
_FAILURES = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError)


class _RefusedError(Exception):
    """The name leads to an address that we do not ask."""


class _PlainSocket(socket.socket):
    """A socket whose every read gets what is left of the deadline, not a time of its own."""

    deadline: Deadline

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(*args, **kwargs)


class _TLSSocket(ssl.SSLSocket):
    """The same over TLS. A handshake is one call with one timeout, so it needs nothing of its own."""

    deadline: Deadline

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(*args, **kwargs)


class _Dialler:
    """Connects to the checked addresses of a name."""

    def __init__(self, resolve: Resolve, *, allow_loopback: bool) -> None:
        self.deadline = Deadline()
        self._resolve = resolve
        self._allow_loopback = allow_loopback

    def dial(self, host: str, port: int) -> _PlainSocket:
        """A connection to the first address of the host that takes one. Raises OSError, or _RefusedError."""
        addresses = self._addresses(host)
        for place, address in enumerate(addresses, start=1):
            # a dead address may not use up the time of those after it
            seconds = self.deadline.left() / (len(addresses) - place + 1)
            try:
                return self._connect(address, port, seconds)
            except OSError:
                if place == len(addresses):
                    raise
        raise OSError(f"{host} has no address")

    def _addresses(self, host: str) -> Sequence[str]:
        addresses = within(self.deadline.left(), lambda: self._resolve(host.strip("[]")))
        for address in addresses:
            problem = address_problem(address, allow_loopback=self._allow_loopback)
            if problem:
                raise _RefusedError(f"{host}: {problem}")
        return addresses[:_MOST_ADDRESSES]

    def _connect(self, address: str, port: int, seconds: float) -> _PlainSocket:
        made = _PlainSocket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        try:
            made.deadline = self.deadline
            made.settimeout(seconds)
            made.connect((address, port))
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            made.settimeout(self.deadline.left())  # for the handshake
        except BaseException:
            made.close()
            raise
        return made


class _Adapter(HTTPAdapter):
    """requests' adapter over connections that are dialled by us, one a host."""

    def __init__(self, dialler: _Dialler, ca_file: Path | None) -> None:
        self._dialler = dialler
        self._context = context(ca_file, _TLSSocket)
        super().__init__(pool_connections=4, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, ssl_context=self._context, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._dialler)

    def close(self) -> None:
        """Close the connections now; urllib3 leaves that to the garbage collector."""
        for key in self.poolmanager.pools.keys():  # noqa: SIM118  # it iterates by this method alone
            self.poolmanager.pools[key].close()
        super().close()


def _pools(dialler: _Dialler) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's pools with connections that go where the dialler leads; its own way in is `_new_conn`."""

    class _Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return dialler.dial(self.host, self.port)

    class _Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return dialler.dial(self.host, self.port)

        def connect(self) -> None:
            super().connect()
            if isinstance(self.sock, _TLSSocket):
                self.sock.deadline = dialler.deadline

    class _PlainPool(HTTPConnectionPool):
        ConnectionCls = _Plain

    class _SecurePool(HTTPSConnectionPool):
        ConnectionCls = _Secure

    return {"http": _PlainPool, "https": _SecurePool}


def system_resolve(host: str) -> Sequence[str]:
    """The addresses the system knows for a name, each once, in its order. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def go_on(_answer: Fetched) -> bool:
    """Follow every redirect at once: for callers that have no host to spare."""
    return True


class Fetcher:
    """Fetches for one thread. Close it, or use it as a context.

    `contact` is sent in the User-Agent; `resolve` gives the IP addresses of a name; `ca_file` holds certificates to
    trust beside the usual ones (PEM), for hosts that send an incomplete chain. Raises SettingsError.
    """

    def __init__(
        self,
        *,
        contact: str,
        allow_loopback: bool = False,
        resolve: Resolve = system_resolve,
        ca_file: Path | None = None,
    ) -> None:
        if not (contact.isascii() and contact.isprintable()):
            raise SettingsError("SCRUTINY_CONTACT must be one line of plain ASCII: it is sent in a header")
        self._headers = _HEADERS | {"User-Agent": f"{AGENT}/{AGENT_VERSION} (+{contact})"}
        self._allow_loopback = allow_loopback
        self._dialler = _Dialler(resolve, allow_loopback=allow_loopback)
        self._adapter = _Adapter(self._dialler, ca_file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._adapter.close()

    def fetch(
        self,
        url: str,
        *,
        allowed_hosts: Collection[str],
        deadline_s: float,
        max_bytes: int,
        validators: Validators | None = None,
        keep_beginning: bool = False,
        between: Between = go_on,
        head_only: bool = False,
    ) -> Fetched:
        """Fetch an address; every failure is an outcome, none an exception.

        `allowed_hosts` are authorities (`addresses.authority`). `deadline_s` is for everything but the time spent in
        `between`, which is called with each redirect before it is followed: there the caller waits as politeness
        asks, or answers False to leave it ("redirected"). A body that announces more than `max_bytes` is refused
        unread unless `keep_beginning`. With `head_only` no body is asked for (RFC 9110, 9.3.2).
        """
        problem = url_problem(url, allow_loopback=self._allow_loopback)
        if not problem and authority(url) not in allowed_hosts:
            problem = f"{authority(url)} is none of the council's own hosts"
        if problem:
            return Fetched(url=url, final_url=url, outcome="refused-address", note=problem, ended_at=time.time())
        self._dialler.deadline.start(deadline_s)
        limit = Limit(max_bytes, keep_beginning)
        method = "HEAD" if head_only else "GET"
        trail, answer = [url], self._ask(method, url, validators.conditions() if validators else {}, limit)
        while answer.outcome == "redirected":
            hop = next_hop(trail, answer.header("Location"), allowed_hosts, allow_loopback=self._allow_loopback)
            if hop.refused:
                answer = replace(answer, final_url=hop.url, outcome=hop.refused, note=hop.note)
            elif not self._pause(replace(answer, url=url, requests=len(trail)), between):
                break
            else:
                trail.append(hop.url)
                answer = self._ask(method, hop.url, {}, limit)
        return replace(answer, url=url, requests=len(trail))

    def _pause(self, answer: Fetched, between: Between) -> bool:
        began = time.monotonic()
        follow = between(answer)
        self._dialler.deadline.extend(time.monotonic() - began)
        return follow

    def _ask(self, method: str, url: str, conditions: dict[str, str], limit: Limit) -> Fetched:
        """One request and its answer."""
        began = time.monotonic()
        answer = Fetched(url=url, final_url=url, outcome="unreachable", note="", requests=1)
        try:
            request = requests.Request(method, url, headers=self._headers | conditions).prepare()
            left = self._dialler.deadline.left()
            response = self._adapter.send(request, stream=True, timeout=left)
        except _RefusedError as error:
            answer = replace(answer, outcome="refused-address", note=str(error))
        except _FAILURES as error:
            name = "timeout" if self._dialler.deadline.passed else failure(error)
            answer = replace(answer, outcome=name, note=line(name, error))
        else:
            answer = self._take(answer, response, limit, conditional=bool(conditions))
        return replace(answer, duration=time.monotonic() - began, ended_at=time.time())

    def _take(self, answer: Fetched, response: requests.Response, limit: Limit, *, conditional: bool) -> Fetched:
        """The answer with its headers and body; the connection is given back, or closed where bytes are left in it."""
        try:
            sent = response.raw.headers
            headers = tuple((name, " ".join(value.split())) for name, value in sent.items())
            coding, lengths = ", ".join(sent.getlist("Content-Encoding")), sent.getlist("Content-Length")
            received = receive(self._chunks(response.raw), coding, lengths, limit)
        finally:
            response.close()
        answer = replace(answer, status=response.status_code, headers=headers, body=received.content)
        redirects = bool(answer.header("Location"))
        status_says = outcome_of_status(response.status_code, conditional=conditional, redirects=redirects)
        return concluded(answer, status_says, received.fault, received.note)

    def _chunks(self, raw: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        """The body as it arrives, still compressed. Raises BrokenError."""
        try:
            while chunk := raw.read1(_CHUNK, decode_content=False):
                yield chunk
        except _FAILURES as error:
            late = self._dialler.deadline.passed or failure(error) == "timeout"
            name: OutcomeName = "timeout" if late else "cut"
            raise BrokenError(name, line(name, error)) from None
