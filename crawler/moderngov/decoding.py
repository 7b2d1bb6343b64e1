"""In which encoding is a page written? By its byte order mark, then its declaration, then UTF-8, then Windows-1252.

Nothing here can fail: a byte that fits nothing is read as Windows wrote it. Sources: `moderngov.md` 3.3,
`hazards.md` M14.
"""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_SINGLE_BYTE = re.compile(r"iso-8859-\d{1,2}|windows-125\d|cp125\d")
_LATIN = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "cp1252", "windows-1252"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4096
_SAMPLE = 128


def decode(data: bytes) -> str:
    """The text of a page or of a copied text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    return _decoded(data, _unmarked_utf16(data) or _declared(data))


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    name = match[1].decode("ascii").lower() if match else "utf-8"
    if name in _LATIN:
        name = "windows-1252"
    # A page that declares a one-byte charset and yet is valid UTF-8 beyond ASCII was converted when it was saved.
    return name if _SINGLE_BYTE.fullmatch(name) and not _is_utf8_beyond_ascii(data) else "utf-8"


def _is_utf8_beyond_ascii(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unmarked_utf16(data: bytes) -> str | None:
    """English text in UTF-16 has a zero in nearly every second byte."""
    sample = data[:_SAMPLE]
    enough = len(sample) // 2 * 3 // 4
    if len(sample) < 8:
        return None
    if sample[1::2].count(0) >= enough:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) >= enough else None


def _decoded(data: bytes, encoding: str) -> str:
    if encoding.startswith("utf-16"):
        return data.decode(encoding, "replace")
    try:
        return data.decode(encoding, _AS_WINDOWS)
    except (LookupError, UnicodeDecodeError):
        return data.decode("utf-8", _AS_WINDOWS)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Reads the bytes that are no UTF-8 as Windows-1252, and its five unused codes as nothing."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "ignore"), error.end


_AS_WINDOWS = "scrutiny-as-windows-1252"
codecs.register_error(_AS_WINDOWS, _as_windows)
