"""Which addresses may we ask? Public ones, by http or https, on the usual ports; nothing else.

Pages and redirects are written by strangers; without this a link to `http://169.254.169.254/` would be fetched for
them (OWASP, Server-Side Request Forgery Prevention). The check of a name is the check of every address it resolves
to; `crawler.fetching.http` connects to the very address that was checked.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

LONGEST_URL = 4_000
PORTS = {"http": 80, "https": 443}

_LABEL = r"[a-z0-9_][a-z0-9_-]{0,62}"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_GLOBAL_IPV6 = ip_network("2000::/3")  # all that IANA has given out; every mapped and translated form lies outside
_RESERVED = tuple(
    ip_network(block)
    for block in (
        "100.64.0.0/10",  # shared between a provider and its customers (RFC 6598)
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "2001::/23",  # Teredo and other protocols
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",
    )
)


def address_problem(address: str, *, allow_loopback: bool) -> str:
    """Why an IP address is not asked, in one line, or "". With `allow_loopback`, this machine's own are asked too."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return f"{address!r} is no IP address"
    if _is_own_loopback(parsed):
        return "" if allow_loopback else f"{address} is this machine (SCRUTINY_ALLOW_LOOPBACK is off)"
    return "" if _is_public(parsed) else f"{address} is not a public address"


def url_problem(url: str, *, allow_loopback: bool) -> str:
    """Why an address is not asked, from its text alone, in one line, or ""."""
    if len(url) > LONGEST_URL:
        return f"the address is longer than {LONGEST_URL} characters"
    if _UNSAFE.search(url) or not url.isascii():
        return "the address holds characters that must be escaped"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "the address cannot be read"
    return _part_problem(parts, port, allow_loopback)


def authority(url: str) -> str:
    """Whom an address belongs to: its host, with the port where that is not the scheme's own (`127.0.0.1:8001`).

    Raises ValueError where the address has no readable host.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if not host:
        raise ValueError(f"{url!r} has no host")
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, PORTS.get(parts.scheme)) else f"{host}:{parts.port}"


def names_loopback(url: str) -> bool:
    """Whether an address names this machine in so many words: `localhost`, `*.localhost` (RFC 6761) or its numbers."""
    host = (urlsplit(url).hostname or "").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return _is_own_loopback(ip_address(host))
    except ValueError:
        return False


def _part_problem(parts: SplitResult, port: int | None, allow_loopback: bool) -> str:
    if parts.scheme not in PORTS:
        return f"{parts.scheme or 'no scheme'} is neither http nor https"
    if "@" in parts.netloc:
        return "the address holds a user name"
    if not _is_host(parts.hostname or ""):
        return "the address names no host"
    if port not in (None, *PORTS.values()) and not allow_loopback:
        return f"port {port} is neither 80 nor 443"
    return ""


def _is_host(host: str) -> bool:
    if ":" not in host:
        return _HOST.fullmatch(host) is not None
    try:
        return isinstance(ip_address(host), IPv6Address) and "%" not in host
    except ValueError:
        return False


def _is_own_loopback(address: IPv4Address | IPv6Address) -> bool:
    # IPv6 has one loopback address; its mapped and compatible forms of 127.0.0.1 are disguises
    return address.is_loopback if isinstance(address, IPv4Address) else address == IPv6Address(1)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if any(address in block for block in _RESERVED if block.version == address.version):
        return False
    if isinstance(address, IPv6Address) and (address not in _GLOBAL_IPV6 or address.scope_id):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
