"""May we ask for this address? Decided by the status of the robots file first, and only then by its rules (RFC 9309).

A parser fed with an error page allows everything (hazards, M15), so only a success is parsed. Where the standard leaves
a choice we take the cautious one: 401 and 403 close the host to us, and 429 for now, though 4xx need not.
"""

from __future__ import annotations

import codecs
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from protego import Protego

from crawler.fetching.answers import Fetched
from crawler.fetching.http import AGENT, Between, Fetcher, go_on

MOST_ROBOTS_BYTES = 524_288  # at least 500 KiB must be read (RFC 9309, 2.5)
LONGEST_CRAWL_DELAY_S = 300.0

Standing = Literal["rules", "none", "closed", "rate-limited", "unreachable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What a host's robots file means for us.

    `standing`: "rules" were read; there are "none", so all is allowed; the host is "closed" to us; or it is
    "rate-limited" or "unreachable", so nothing is asked for now and the file may be tried again. `reason` says why in
    one line. `permission` (who allowed it, when) lifts what the file forbids, but not its Crawl-delay, nor those two.
    """

    standing: Standing
    reason: str
    permission: str = ""
    text: str = ""
    _rules: Protego | None = field(default=None, repr=False, compare=False)

    def allows(self, url: str) -> bool:
        """Whether an address may be asked for."""
        if self.standing in ("rate-limited", "unreachable"):
            return False
        if self.permission or self.standing == "none":
            return True
        return self._rules is not None and bool(self._rules.can_fetch(url, AGENT))

    @property
    def crawl_delay(self) -> float:
        """The least time between two requests that the file asks for, in seconds; 0 where it asks for none."""
        asked = self._rules.crawl_delay(AGENT) if self._rules is not None else None
        return min(float(asked or 0.0), LONGEST_CRAWL_DELAY_S)


def robots_url(base_url: str) -> str:
    """Where a host's robots file is: at its root, whatever the path of the borough's base address."""
    return urlsplit(base_url)._replace(path="/robots.txt", query="", fragment="").geturl()


def fetch_robots(
    fetcher: Fetcher, base_url: str, *, allowed_hosts: Collection[str], deadline_s: float, between: Between = go_on
) -> Fetched:
    """Ask for the robots file; of one that is too large, the beginning."""
    return fetcher.fetch(
        robots_url(base_url),
        allowed_hosts=allowed_hosts,
        deadline_s=deadline_s,
        max_bytes=MOST_ROBOTS_BYTES,
        keep_beginning=True,
        between=between,
    )


def robots_of(fetched: Fetched, *, permission: str = "") -> Robots:
    """What the answer to the request for a robots file means."""
    if fetched.outcome in ("ok", "too-large"):
        return _read(fetched, permission)
    standing, reason = _standing(fetched)
    return Robots(standing=standing, reason=reason, permission=permission)


def _standing(fetched: Fetched) -> tuple[Standing, str]:
    match fetched.outcome:
        case "gone" | "rejected" | "error-page":
            return "none", f"there is no robots file (status {fetched.status})"
        case "redirect-loop":
            return "none", "the robots file is redirected without end, which counts as none (RFC 9309, 2.3.1.2)"
        case "forbidden":
            return "closed", f"the robots file is refused to us (status {fetched.status}), which we take as a no"
        case "rate-limited":
            return "rate-limited", f"the robots file is refused to us for now (status {fetched.status}): {fetched.note}"
        case _:
            return "unreachable", f"the robots file could not be read, so nothing is asked for now: {fetched.note}"


def _read(fetched: Fetched, permission: str) -> Robots:
    text = _decoded(fetched.body)
    if text.lstrip().startswith("<"):
        # a site that answers any unknown address with a page says by it what others say with a 404; should it be a
        # challenge, the council's pages are challenges too, and three of those stop the borough
        return Robots(standing="none", reason="a web page stands where the robots file would be", permission=permission)
    if fetched.outcome == "too-large":
        text = text[: text.rfind("\n") + 1]  # the last line may be half a rule
    return Robots(
        standing="rules",
        reason="the council's robots file says so",
        permission=permission,
        text=text,
        _rules=Protego.parse(text),
    )


def _decoded(body: bytes) -> str:
    """UTF-8 as the standard asks, but files saved as UTF-16 are met on Windows servers and would read as no rules."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8-sig", "replace")
