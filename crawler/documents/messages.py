"""What the child that reads a document tells its parent: one JSON array a line. The parent trusts none of it."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from typing import Literal, cast, get_args

MessageKind = Literal["total", "page", "unread", "refused", "end"]
_KINDS = frozenset(get_args(MessageKind))
_FURTHEST = 10_000_000


class MalformedError(Exception):
    """A line is no message: the child is not what it should be."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing told.

    `total`: the document has `number` pages. `page`: the text of page `number`, `scanned` where it was read
    from a picture, `cut` where only its beginning is here. `unread`: page `number` cannot be read, for the reason in
    `text`, `scanned` where it is a picture. `refused`: the document, or what is left of it, cannot be read, for the
    reason in `text`. `end`: that was all.
    """

    kind: MessageKind
    number: int = 0
    text: str = ""
    scanned: bool = False
    cut: bool = False


def encode(message: Message) -> bytes:
    """A message as a line. Lone surrogates, which no encoding takes, become question marks."""
    return json.dumps(astuple(message), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def decode(line: bytes) -> Message:
    """The message of a line. Raises MalformedError for anything else."""
    try:
        told = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise MalformedError(str(problem)) from None
    if not isinstance(told, list) or [type(part) for part in told] != [str, int, str, bool, bool]:
        raise MalformedError("not the five parts of a message")
    kind, number, text, scanned, cut = told
    if kind not in _KINDS or not 0 <= number <= _FURTHEST:
        raise MalformedError("no such message")
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return Message(cast(MessageKind, kind), number, whole, scanned, cut)
