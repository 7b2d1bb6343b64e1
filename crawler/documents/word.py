"""The text of a Word document (.docx), page by page. Runs in the confined child alone: what is read here is hostile.

Only the parts that hold text are unpacked, each within a limit, and read as a stream: no tree is built, no entity is
expanded, no reference followed. Source: ECMA-376, parts 1 and 2.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from crawler.documents.messages import Message
from crawler.documents.word_pages import Pages
from crawler.documents.word_text import BodyReader, ForbiddenMarkupError, NotesReader, StoryReader

_LARGEST_PART = 200_000_000
_PIECE = 65_536
_MAIN = re.compile(r"word/document\d*\.xml")
_NOTES = re.compile(r"word/(?:footnotes|endnotes)\d*\.xml")
_HEADERS = re.compile(r"word/header\d*\.xml")
_FOOTERS = re.compile(r"word/footer\d*\.xml")

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    ForbiddenMarkupError,
    NotImplementedError,
    EOFError,
    KeyError,
    OSError,
    ValueError,
)


class _TooLargeError(Exception):
    """A part unpacks to more than is read."""


def read_word(file: BinaryIO) -> Iterator[Message]:
    """Every page, by the breaks that the document holds; then how many there were. One without any is one page."""
    count = 0
    try:
        with zipfile.ZipFile(file) as archive:
            for count, text in enumerate(_pages(archive), start=1):
                yield Message("page", count, text)
    except _TooLargeError:
        yield Message("refused", text="too-large")
    except _BROKEN:
        yield Message("refused", text="damaged")
    except RuntimeError:  # how zipfile says that a part is locked
        yield Message("refused", text="encrypted")
    else:
        yield Message("total", count)


def _pages(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    main = min(name for name in names if _MAIN.fullmatch(name))
    notes = NotesReader()
    for name in _parts(names, _NOTES):
        deque(_fed(archive, name, notes), maxlen=0)
    top, foot = (_lines_beside(archive, _parts(names, kind)) for kind in (_HEADERS, _FOOTERS))
    pages = Pages()
    first = True
    for _ in _fed(archive, main, BodyReader(pages, notes.texts)):
        for text in pages.taken():
            yield "\n".join(part for part in (top, text, foot) if part) if first else text
            first = False


def _parts(names: list[str], kind: re.Pattern[str]) -> list[str]:
    return sorted({name for name in names if kind.fullmatch(name)})


def _lines_beside(archive: zipfile.ZipFile, names: list[str]) -> str:
    """What headers or footers say, each line once: they stand on many pages and are told on the first."""
    lines: dict[str, None] = {}
    for name in names:
        pages = Pages()
        deque(_fed(archive, name, BodyReader(pages, {})), maxlen=0)
        lines.update(dict.fromkeys("\n".join(pages.taken()).split("\n")))
    return "\n".join(line for line in lines if any(letter.isalpha() for letter in line))


def _fed(archive: zipfile.ZipFile, name: str, reader: StoryReader) -> Iterator[None]:
    """Feeds a part to a reader, and stops after each piece so that what was read can be taken."""
    parser = etree.XMLParser(target=reader, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with archive.open(name) as part:
        unpacked = 0
        while piece := part.read(_PIECE):
            unpacked += len(piece)
            if unpacked > _LARGEST_PART:
                raise _TooLargeError
            parser.feed(piece)
            yield
    parser.close()
    yield
