"""Where may a redirect lead? To a checked address on the borough's own hosts, over no weaker a connection.

Redirects are followed by hand, five at most (RFC 9309 asks for five; hazards, M13).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from crawler.fetching.addresses import authority, url_problem
from crawler.fetching.answers import OutcomeName, is_error_page

MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Hop:
    """Where a redirect leads. `refused` is the outcome where it is not followed, and `note` says why."""

    url: str
    refused: OutcomeName | None = None
    note: str = ""


def next_hop(trail: Sequence[str], location: str, allowed_hosts: Collection[str], *, allow_loopback: bool) -> Hop:
    """Judge a redirect. `trail`: every address asked so far; `location`: the header as received, read as Latin-1."""
    url = target_of(trail[-1], location)
    problem = url_problem(url, allow_loopback=allow_loopback)
    if problem:
        return Hop(trail[-1], "redirect-refused", f"a redirect was not followed: {problem}")
    if authority(url) not in allowed_hosts:
        return Hop(trail[-1], "redirect-refused", f"a redirect leads away, to {authority(url)}")
    if _scheme(trail[0]) == "https" and _scheme(url) == "http":
        return Hop(trail[-1], "redirect-refused", "a redirect leads from https to http")
    if is_error_page(url):
        # its address says all; asking for it would be one more request to the council
        return Hop(url, "error-page", "the council's site sent us to its error page")
    if url in trail or len(trail) > MOST_REDIRECTS:
        return Hop(trail[-1], "redirect-loop", f"redirected {len(trail)} times without an answer")
    return Hop(url)


def target_of(base: str, location: str) -> str:
    """The absolute address a `Location` means, percent-encoded, without its fragment; "" where it cannot be read."""
    text = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    try:
        joined = urljoin(base, quote(text, safe="!#$%&'()*+,/:;=?@[]~"))
        return urlsplit(joined)._replace(fragment="").geturl()
    except ValueError:
        return ""


def _scheme(url: str) -> str:
    return urlsplit(url).scheme
