"""The hostile files of `hazards.md` F5, each with what may be said of it. All are small and made when asked for."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.crawler.documents.sheets import (
    CATALOG,
    FONT,
    NOTHING_READABLE,
    file_of,
    locked,
    one_page,
    packed,
    page,
    pages,
    scanned,
    stream,
    written,
)
from tests.site.pdf import pdf

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file, and the reasons of which one must be given; "" where its text may be read."""

    name: str
    make: Callable[[], bytes]
    reasons: frozenset[str]
    is_slow: bool = False


def _zeros(count: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(bytes(MEGABYTE)) for _ in range(count // MEGABYTE)), packer.flush()])


def _page_cycle() -> bytes:
    node = b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 2 >>"
    return file_of([CATALOG, pages(b"3 0 R", 1), node])


def _many_kids() -> bytes:
    return file_of([CATALOG, pages(b"4 0 R " * 200_000, 200_000), FONT, page(5), stream(written("Damp"))])


def _form_in_itself() -> bytes:
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F 6 0 R >> >>"
    resources = b"<< /XObject << /F 6 0 R >> >>"
    return one_page(stream(b"/F Do"), resources, stream(b"/F Do /F Do", entries))


def _deep_arrays() -> bytes:
    return one_page(stream(b"[" * 200_000 + b"]" * 200_000 + b" TJ"))


def _flate_bomb() -> bytes:
    return one_page(stream(_zeros(500 * MEGABYTE), b"/Filter /FlateDecode"))


def _double_flate() -> bytes:
    return one_page(
        packed(_zeros(500 * MEGABYTE), b"/Filter [/FlateDecode /FlateDecode]").replace(
            b"/Filter /FlateDecode /Filter", b"/Filter"
        )
    )


def _many_operators() -> bytes:
    return one_page(packed(b"BT /F1 1 Tf " + b"(a) Tj " * 4_000_000 + b"ET"))


def _truncated() -> bytes:
    whole = pdf(["Damp and mould"] * 5)
    return whole[: len(whole) // 2]


def _html() -> bytes:
    return b"<html><head><title>404 - page not found</title></head><body><h1>Not found</h1></body></html>"


HEAVY = "(a) Tj " * 900_000
"""What a page draws that takes more memory than its bytes promise."""

ATTRITION = ""
"""Stands for a page that goes on for ever, as far as anyone would wait."""


def attrition(texts: Sequence[str]) -> bytes:
    """A PDF whose pages say these texts; where ATTRITION stands, a form of many operations is drawn thousands of times.

    No single stream of it is beyond what a PDF library takes for normal.
    """
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
    form = packed(b"BT /F1 1 Tf " + b"(a) Tj " * 50_000 + b"ET", entries)
    resources = b"<< /Font << /F1 3 0 R >> /XObject << /F 4 0 R >> >>"
    objects, kids = [CATALOG, b"", FONT, form], []
    for text in texts:
        kids.append(b"%d 0 R" % (len(objects) + 1))
        drawn = b"/F Do " * 4_000 if text == ATTRITION else HEAVY.encode() if text == HEAVY else written(text)
        objects += [page(len(objects) + 2, resources), packed(drawn)]
    objects[1] = pages(b" ".join(kids), len(kids))
    return file_of(objects)


def _said(*reasons: str) -> frozenset[str]:
    return frozenset(reasons)


HOSTILE = (
    Hostile("empty", lambda: b"", _said("empty")),
    Hostile("HTML under the name of a PDF", _html, _said("error-page")),
    Hostile("truncated", _truncated, _said("cut")),
    Hostile("page cycle", _page_cycle, _said("damaged")),
    Hostile("200,000 pages that are one", _many_kids, _said("damaged", "too-costly", "out-of-memory")),
    Hostile("a form that holds itself", _form_in_itself, _said("no-text", "too-costly")),
    Hostile("200,000 nested arrays", _deep_arrays, _said("damaged")),
    Hostile("500 MB in Flate", _flate_bomb, _said("too-costly", "out-of-memory"), is_slow=True),
    Hostile("Flate in Flate", _double_flate, _said("too-costly", "out-of-memory"), is_slow=True),
    Hostile("four million operators", _many_operators, _said("too-costly"), is_slow=True),
    Hostile("locked", lambda: locked(["Damp"], "secret"), _said("encrypted")),
    Hostile("a picture", lambda: scanned([NOTHING_READABLE]), _said("scanned")),
)
