"""What became of a request: the one table of outcomes, and the answer as it was fetched.

Every answer has exactly one outcome. A status that is no success decides it whatever the body did; only what would be
a good answer must also have arrived whole. Whether a sound-looking page is a challenge or empty is for its reader.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

OutcomeName = Literal[
    "ok",
    "not-modified",
    "gone",
    "rejected",
    "error-page",
    "forbidden",
    "rate-limited",
    "server-error",
    "unreachable",
    "bad-certificate",
    "timeout",
    "cut",
    "too-large",
    "bad-answer",
    "redirected",
    "redirect-refused",
    "redirect-loop",
    "refused-address",
]
Sign = Literal["alive", "trouble", "barred", "none"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the table.

    `again`: worth another attempt in the same run. `sign`: what it says of the host, for the breaker (design, section
    4). `answered`: the host answered, so the time it took counts towards the wait.
    """

    name: OutcomeName
    line: str
    again: bool = False
    sign: Sign = "alive"
    answered: bool = True


OUTCOMES: tuple[Outcome, ...] = (
    Outcome("ok", "answered, and whole"),
    Outcome("not-modified", "unchanged since it was last fetched"),
    Outcome("gone", "the council's site no longer has it (404 or 410)"),
    Outcome("rejected", "the council's site does not accept the request"),
    Outcome("error-page", "the council's site sent its error page"),
    Outcome("forbidden", "the council's site refuses us (401 or 403)", sign="barred"),
    Outcome("rate-limited", "the council's site asks us to come back later (429)", again=True, sign="trouble"),
    Outcome("server-error", "the council's site is in trouble (5xx)", again=True, sign="trouble"),
    Outcome("unreachable", "no connection, or it broke before an answer", again=True, sign="trouble", answered=False),
    Outcome("bad-certificate", "the site's certificate cannot be verified", sign="trouble", answered=False),
    Outcome("timeout", "not finished within its deadline", again=True, sign="trouble", answered=False),
    Outcome("cut", "the answer did not arrive whole", again=True),
    Outcome("too-large", "larger than we take for its kind"),
    Outcome("bad-answer", "what was sent is not a valid HTTP answer"),
    Outcome("redirected", "a redirect not followed yet, as the host asked for a pause", again=True, sign="none"),
    Outcome("redirect-refused", "a redirect to where we do not go"),
    Outcome("redirect-loop", "redirects without end"),
    Outcome("refused-address", "an address we do not ask", sign="none", answered=False),
)

_ROWS = {row.name: row for row in OUTCOMES}
_STATUSES: dict[int, OutcomeName] = {
    206: "cut",  # we ask for no ranges, so a part is all we would ever have
    401: "forbidden",
    403: "forbidden",
    404: "gone",
    410: "gone",
    429: "rate-limited",
}
_BY_HUNDRED: dict[int, OutcomeName] = {2: "ok", 3: "redirect-refused", 4: "rejected", 5: "server-error"}
FOLLOWED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a host gave us to ask whether a page has changed; empty where it gave nothing."""

    etag: str = ""
    last_modified: str = ""

    def conditions(self) -> dict[str, str]:
        """The request's headers that ask for an answer only where something has changed (RFC 9110, 13.1)."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was asked and what came of it.

    `url` is what was asked for, `final_url` what answered last, after redirects. `note` says in one line what
    happened. `status` is None where no answer began. `headers` are in the order sent, their white space made single.
    `body` is decoded from its transfer and content coding; it may be a beginning unless `complete`. `duration`
    (seconds) and `ended_at` (UTC seconds) are those of the last answer; `requests` counts every one, redirects too.
    """

    url: str
    final_url: str
    outcome: OutcomeName
    note: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    complete: bool = False
    duration: float = 0.0
    ended_at: float = 0.0
    requests: int = 0

    def header(self, name: str) -> str:
        """The first header of this name, or ""."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def validators(self) -> Validators:
        """What to send next time to learn whether this has changed."""
        return Validators(etag=self.header("ETag"), last_modified=self.header("Last-Modified"))


def outcome(name: OutcomeName) -> Outcome:
    """The row of the table under this name."""
    return _ROWS[name]


def outcome_of_status(status: int, *, conditional: bool, redirects: bool) -> OutcomeName:
    """What a status means by itself. `conditional`: we sent validators; `redirects`: it came with a `Location`."""
    if status == 304:
        return "not-modified" if conditional else "bad-answer"
    if status in FOLLOWED and redirects:
        return "redirected"
    return _STATUSES.get(status) or _BY_HUNDRED.get(status // 100, "bad-answer")


def concluded(answer: Fetched, status_says: OutcomeName, fault: OutcomeName | None, fault_note: str) -> Fetched:
    """The answer with its outcome: its status decides, then its address, then whether its body arrived whole."""
    name, note = status_says, f"{_ROWS[status_says].line} (status {answer.status})"
    if is_error_page(answer.final_url):
        name, note = "error-page", _ROWS["error-page"].line
    elif name == "ok" and fault:
        name, note = fault, fault_note
    return replace(answer, outcome=name, note=note, complete=fault is None and name != "cut")


def is_error_page(url: str) -> bool:
    """Whether an address is ModernGov's error page, which is an error whatever its status (moderngov.md, section 4)."""
    return urlsplit(url).path.lower().endswith("/mgerror.aspx")
