"""The text of a document, page by page, and how far it could be read: what is kept for each file and reader version.

A text's paragraphs and table rows stand one a line, cells joined by " | ". Pages count from 1, as a reader counts them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

ReadingOutcome = Literal["read", "partial", "unread"]


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on one page; "" for a blank one. `scanned`: read from a picture of it, so letters may be wrong."""

    number: int
    text: str
    scanned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """A document as read: every page that could be, in order.

    `reason` is one of `READING_REASONS`, "" where all was read; `note` says in one line what was not read and why.
    `pages_total` is None where not even the number of pages could be had. `scanned_pages` are those that are pictures
    of a page, whether they could be read or not.
    """

    pages: tuple[PageText, ...]
    outcome: ReadingOutcome
    reason: str = ""
    note: str = ""
    pages_total: int | None = None
    scanned_pages: tuple[int, ...] = ()


def digest_of(text: DocumentText) -> str:
    """What tells one wording from another: 32 hex digits over the pages, whatever else is known of their reading."""
    pages = repr([(page.number, page.text) for page in text.pages])
    return hashlib.blake2b(pages.encode(errors="surrogatepass"), digest_size=16).hexdigest()


READING_REASONS: tuple[tuple[str, str], ...] = (
    ("empty", "the file holds nothing"),
    ("cut", "the file did not arrive whole"),
    ("damaged", "the file is broken"),
    ("encrypted", "the file is locked with a password"),
    ("old-word", "the file is an old binary Office file, which we do not read"),
    ("other-kind", "the file is no PDF, Word document or page"),
    ("error-page", "the site answered with an error page in place of the document"),
    ("challenge", "the site answered with a test for robots in place of the document"),
    ("scanned", "the pages are pictures, which we do not read"),
    ("garbled", "the file does not say which letters its signs stand for"),
    ("no-text", "there are no words on its pages"),
    ("too-large", "there is more in it than we read"),
    ("too-costly", "reading it takes more time than we allow"),
    ("out-of-memory", "reading it takes more memory than we allow"),
    ("unreadable", "our reader failed on the file: a fault of ours"),
)
