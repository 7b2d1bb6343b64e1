"""The words in a picture of a page, by Tesseract, where both it and a renderer (the `ocr` extra) are installed.

PDFium draws the page in grey; Tesseract, a process that inherits all limits, reads the drawing from its standard input.
"""

from __future__ import annotations

import importlib.util
import math
import os
import shutil
import subprocess
from typing import Any, BinaryIO

from crawler.documents.lines import paragraphs

_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_MOST_PIXELS = 20_000_000  # A4 at 300 dots an inch has 8.7 million; A3 twice as many
_LONGEST_S = 25.0


def find_tesseract() -> str | None:
    """Where the program is, or None if it or the renderer is missing: pictures are then told, and not read."""
    return shutil.which("tesseract") if importlib.util.find_spec("pypdfium2") else None


class Scans:
    """The pictures of a PDF's pages. Opened only when the first one is asked for."""

    def __init__(self, file: BinaryIO, tesseract: str) -> None:
        self._number = file.fileno()
        self._tesseract = tesseract
        self._document: Any = None

    def text(self, number: int) -> str | None:
        """What Tesseract reads on page `number`; None if the page cannot be drawn or takes too long."""
        import pypdfium2

        try:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._bytes())
            drawn = _drawn(self._document[number - 1])
        except pypdfium2.PdfiumError:
            return None
        return self._read(drawn)

    def _bytes(self) -> bytes:
        # The other reader goes on from where the file stands.
        return os.pread(self._number, os.fstat(self._number).st_size, 0)

    def _read(self, drawn: bytes) -> str | None:
        command = [self._tesseract, "stdin", "stdout", "-l", "eng", "--dpi", str(_DOTS_PER_INCH)]
        try:
            ran = subprocess.run(  # noqa: S603  # the program is found by its own name, the options are ours
                command, input=drawn, stdout=subprocess.PIPE, timeout=_LONGEST_S, check=True
            )
        except (subprocess.SubprocessError, OSError):
            return None
        return paragraphs(ran.stdout.decode("utf-8", "replace"))


def _drawn(page: Any) -> bytes:
    """A page as a grey picture in the plainest format there is (PGM)."""
    width, height = page.get_size()
    dots = width * height / _POINTS_PER_INCH**2
    scale = min(_DOTS_PER_INCH, math.sqrt(_MOST_PIXELS / dots)) / _POINTS_PER_INCH
    bitmap = page.render(scale=scale, grayscale=True)
    lines = memoryview(bitmap.buffer).cast("B")
    grey = b"".join(bytes(lines[y * bitmap.stride : y * bitmap.stride + bitmap.width]) for y in range(bitmap.height))
    drawn = b"P5\n%d %d\n255\n%b" % (bitmap.width, bitmap.height, grey)
    bitmap.close()
    page.close()
    return drawn
