"""Word documents made by hand, part by part. Source: ECMA-376, parts 1 and 2."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
RENDERED = "<w:lastRenderedPageBreak/>"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def run(text: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; plain text is a run by itself."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def row(*cells: str) -> str:
    """A table row; each cell is a paragraph, or markup."""
    made = (cell if cell.startswith("<") else paragraph(cell) for cell in cells)
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in made) + "</w:tr>"


def part(name: str, inner: str) -> str:
    """A part's XML; `name` is its root."""
    return f"{_HEAD}<w:{name} {_NAMESPACES}>{inner}</w:{name}>"


def docx(body: str, others: Mapping[str, str] | None = None, *, main: str = "word/document.xml") -> bytes:
    """A document with this body; `others` are further parts by their names."""
    parts = {"[Content_Types].xml": f"{_HEAD}<Types/>", main: part("document", f"<w:body>{body}</w:body>")}
    return zipped({**parts, **(others or {})})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def paged_docx(pages: Sequence[str]) -> bytes:
    """A document with one text a page, parted by page breaks."""
    body = paragraph(PAGE_BREAK).join("".join(paragraph(line) for line in text.split("\n")) for text in pages)
    return docx(body)
