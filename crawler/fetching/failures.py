"""What is a broken exchange called? Judged by the standard library's errors under those of requests and urllib3."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from http.client import HTTPException, RemoteDisconnected

from crawler.fetching.answers import OutcomeName, outcome

_LONGEST_LINE = 120


def failure(error: BaseException) -> OutcomeName:
    """The outcome of a failure before an answer began."""
    causes = tuple(_causes(error))
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return "timeout"
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return "bad-certificate"
    if any(_is_nonsense(cause) for cause in causes):
        return "bad-answer"
    return "unreachable"


def line(name: OutcomeName, error: BaseException) -> str:
    """One line for the log; what a stranger's server sent may be in it, so it is short and printable."""
    cause = tuple(_causes(error))[-1]
    said = "".join(c if c.isprintable() else " " for c in str(cause))[:_LONGEST_LINE]
    return f"{outcome(name).line}: {said or type(cause).__name__}"


def _is_nonsense(cause: BaseException) -> bool:
    """Whether something was sent, but nothing that can be read as HTTP. Headers that clash are ValueErrors."""
    return isinstance(cause, HTTPException | ValueError) and not isinstance(cause, RemoteDisconnected | ssl.SSLError)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all it wraps, in its arguments, its `reason` (urllib3) or as its cause, outermost first."""
    seen: list[BaseException] = [error]
    for wrapping in seen:
        yield wrapping
        inside = (*wrapping.args, getattr(wrapping, "reason", None), wrapping.__cause__)
        seen.extend(inner for inner in inside if isinstance(inner, BaseException) and inner not in seen)
