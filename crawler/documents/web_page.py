"""The text of a document that is a web page or plain text: one page of it. Runs in the confined child alone.

An error page that a site answers in place of the document is told as one, never as the document's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from archive.records import plain
from crawler.documents.kinds import FileKind
from crawler.documents.lines import cleaned
from crawler.documents.messages import Message
from crawler.moderngov import signs
from crawler.moderngov.decoding import decode
from crawler.moderngov.tree import Tree
from crawler.moderngov.wording import read_text

_LARGEST = 20_000_000
_MOST_TAGS = 400_000
_DEEPEST = 600
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_XML_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}>", re.IGNORECASE)
_BLANK = re.compile(r"\n\s*\n+")


def read_web_page(file: BinaryIO, kind: FileKind) -> Iterator[Message]:
    """The one page that an HTML or a text file is."""
    data = file.read(_LARGEST + 1)
    text = decode(data)
    reason, words = ("", _BLANK.sub("\n", cleaned(text)).strip()) if kind == "text" else _wording(text)
    if len(data) > _LARGEST:
        reason = "too-large"
    if reason:
        yield Message("refused", text=reason)
        return
    yield Message("total", 1)
    yield Message("page", 1, words)


def _wording(text: str) -> tuple[str, str]:
    """Why the page is not read, "" where it is, and what it says."""
    source = _XML_DECLARATION.sub("", _UNWANTED.sub("", text))
    if source.count("<") > _MOST_TAGS:
        return "too-costly", ""
    tree = Tree(source)
    if tree.depth > _DEEPEST:
        return "too-costly", ""
    if signs.is_challenge(tree, source):
        return "challenge", ""
    if signs.is_error(tree):
        return "error-page", ""
    return "", cleaned(plain(read_text(tree.contents)))
