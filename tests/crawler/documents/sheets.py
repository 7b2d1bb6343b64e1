"""PDFs made by hand: of text, of scanned pages, and of every trick that F5 names. Source: ISO 32000-1, section 7.5."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter

from tests.site.pdf import pdf

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
A4 = (595, 842)
LETTERS = b"<< /Font << /F1 3 0 R >> >>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object, its data as they are."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def packed(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object with its data compressed."""
    return stream(zlib.compress(data, 9), b"/Filter /FlateDecode " + entries)


def page(contents: int, resources: bytes = LETTERS, size: tuple[int, int] = A4) -> bytes:
    """A page object whose words stand in another object; its size is in points."""
    start = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources " % size
    return start + resources + b" /Contents %d 0 R >>" % contents


def pages(kids: bytes, count: int) -> bytes:
    """The page tree's root."""
    return b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count)


def file_of(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1, with a right table of their places."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.5\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def one_page(contents: bytes, resources: bytes = LETTERS, *others: bytes) -> bytes:
    """A PDF of one page; `contents` is its stream object, the fifth; `others` follow."""
    return file_of([CATALOG, pages(b"4 0 R", 1), FONT, page(5, resources), contents, *others])


def written(text: str) -> bytes:
    """The content of a page that says one line."""
    return b"BT /F1 12 Tf 50 700 Td (" + text.encode("cp1252") + b") Tj ET"


@dataclass(frozen=True, slots=True)
class Picture:
    """A grey picture: its dots, line by line, a byte each."""

    width: int
    height: int
    dots: bytes


NOTHING_READABLE = Picture(64, 90, bytes(range(64)) * 90)


def scanned(pictures: Sequence[Picture | None], stamp: str = "", size: tuple[int, int] = A4) -> bytes:
    """A PDF of pictures of pages, or of blank ones; `stamp` is written over each as packs do ("Page 41")."""
    objects, kids = [CATALOG, b"", FONT], []
    for picture in pictures:
        at = len(objects) + 1
        kids.append(b"%d 0 R" % at)
        if picture is None:
            objects += [page(at + 1, size=size), stream(b"")]
            continue
        drawn = b"q %d 0 0 %d 0 0 cm /Im1 Do Q " % size + (written(stamp) if stamp else b"")
        resources = b"<< /Font << /F1 3 0 R >> /XObject << /Im1 %d 0 R >> >>" % (at + 2)
        dots = b"/Width %d /Height %d " % (picture.width, picture.height)
        entries = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 " + dots
        objects += [page(at + 1, resources, size), stream(drawn), packed(picture.dots, entries)]
    objects[1] = pages(b" ".join(kids), len(kids))
    return file_of(objects)


def locked(texts: Sequence[str], user: str, method: str = "RC4-128") -> bytes:
    """A PDF that asks for a password ("" opens for anyone, and forbids only changes)."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(texts))))
    writer.encrypt(user, "owner", algorithm=method)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
