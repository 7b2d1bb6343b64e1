"""How small can a real PDF be? A valid one of a few pages in Helvetica, with the words in it and nothing else.

Source: ISO 32000-1, sections 7.5 (file structure) and 9 (text). Text outside Windows-1252 becomes "?".
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

_COLUMNS, _LINES = 95, 58


def pdf(pages: Sequence[str]) -> bytes:
    """A PDF with one sheet for each text; what does not fit on the sheet is left off."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, text in enumerate(pages):
        objects.append(_sheet(5 + 2 * number))
        objects.append(_stream(text))
    return _file(objects)


def _sheet(contents: int) -> bytes:
    font = "/Resources << /Font << /F1 3 0 R >> >>"
    return f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {font} /Contents {contents} 0 R >>".encode()


def _stream(text: str) -> bytes:
    lines = [line for part in text.split("\n") for line in textwrap.wrap(part, _COLUMNS) or [""]]
    shown = b"\n".join(b"(" + _escaped(line) + b") Tj T*" for line in lines[:_LINES])
    body = b"BT /F1 10 Tf 13 TL 50 790 Td\n" + shown + b"\nET"
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(body), body)


def _escaped(line: str) -> bytes:
    data = line.encode("cp1252", "replace")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
