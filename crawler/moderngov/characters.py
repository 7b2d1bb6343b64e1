"""What a printed line really says: its characters without what editors, encodings and Word left between them."""

from __future__ import annotations

import re

_INVISIBLE = (0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = (*range(0x09), *range(0x0E, 0x20), 0x7F)
_UNSEEN: dict[int, str | None] = dict.fromkeys((*_INVISIBLE, *_CONTROLS))
# A page declared iso-8859-1 means Windows-1252: curly quotes and dashes stand at U+0080 to U+009F.
_WINDOWS: dict[int, str | None] = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_TABLE = _UNSEEN | _WINDOWS
# Two signs that stand in no English text: what UTF-8 becomes where a council's own data was once read as Windows-1252.
_DAMAGE = re.compile(r"Â([\xa0-\xbf])|â€([\x80-\u2122])")
_LOST_SPACE = re.compile(r"(?<![^\W\d_])Â(?=\s|$)|(?<=[a-z.,;:)])Â(?=\s|$)")
_FURNITURE = re.compile(
    r"share this item|back to top|top of page|view directions|(?:pdf|word|excel|document) e?icon|skip to main content"
    r"|print (?:this )?page|printer[- ]friendly(?: version| page)?"
    r"|view (?:the )?(?:background|decisions?|recorded votes?|reasons?\b.{0,80}|declarations?(?: of interests?)?)"
    r" (?:to|for) (?:this item|item\b.{0,16})\.?"
    r"|view (?:the )?reasons?\b.{0,160}\brestricted\b.{0,40}"
    r"|webcast for (?:item )?\d[\w./]{0,12}",
    re.IGNORECASE,
)
_FILM = re.compile(r"(?:(?:view|watch) (?:the )?)?(?:webcast|recording)(?: (?:for|of) .{1,300})?", re.IGNORECASE)
_AFTER_TITLE = re.compile(
    r"[\s,]*\bview (?:as (?:html?|docx?|rtf|text|txt|xlsx?|pptx?|word|excel)\b.{0,40}"
    r"|(?:the )?reasons?\b.{0,160}\brestricted\b.{0,40})$",
    re.IGNORECASE,
)
_SIZED = re.compile(
    r"[\s,(\[–-]*(?:(?:pdf|word|excel|document|file) e?icon\s*)?[(\[]?\s*"
    r"\b(?P<kind>pdf|docx?|dotx?|docm|xlsx?|xlsm|pptx?|rtf|html?|txt|csv|zip|odt|jpe?g|png|tiff?"
    r"|word|excel|powerpoint)[,\s(]+"
    r"(?P<size>\d[\d.,]*\s*(?:[kmg]b?|bytes?))[)\]]?\s*$",
    re.IGNORECASE,
)
# An item without a number prints its place all the same: "Report, item".
_OF_ITEM = re.compile(r"\s*,\s*e?item(?:\s+(?P<number>\S{1,12}(?: \(\w{1,4}\)\.?)?))?\s*$", re.IGNORECASE)


def without_unseen(text: str) -> str:
    """The text without soft hyphens, zero-width and control characters, Windows' quotes mapped; spaces untouched.

    Characters that were damaged in the council's data (`moderngov.md` 3.3) are mended where no other reading is left.
    """
    if "Â" in text or "â€" in text:
        text = _LOST_SPACE.sub("", _DAMAGE.sub(_mended, text))
    return text.translate(_TABLE)


def _mended(damage: re.Match[str]) -> str:
    if damage[1]:
        return damage[1]
    try:
        return damage[0].encode("cp1252").decode()
    except UnicodeError:
        return "”" if damage[2] == "\x9d" else damage[0]


def one_line(text: str) -> str:
    """The text as one line: unseen characters gone, every run of white space (no-break spaces too) one space."""
    return " ".join(without_unseen(text).split())


def is_furniture(line: str) -> bool:
    """Whether a line is the site's furniture: "Share this item", "Back to top", "View the background to item 1."."""
    return _FURNITURE.fullmatch(line) is not None


def is_furniture_link(words: str) -> bool:
    """Whether a link's words are the site's furniture: a film of the meeting ("Webcast") is no document either."""
    return is_furniture(words) or _FILM.fullmatch(words) is not None


def split_size(line: str) -> tuple[str, str, str]:
    """A printed title without "PDF 161 KB" at its end, then the kind ("pdf") and the size ("161 KB").

    Some pages print after it that it can be read in another form too ("View as HTML (6/1) 67 KB"), or why it cannot.
    """
    line = _AFTER_TITLE.sub("", line)
    match = _SIZED.search(line)
    if match is None:
        return line, "", ""
    return line[: match.start()].strip(), match["kind"].lower(), match["size"]


def split_item(line: str) -> tuple[str, str]:
    """A document's title without ", item 6.1" at its end, and that number as printed."""
    match = _OF_ITEM.search(line)
    return (line[: match.start()].strip(), match["number"] or "") if match else (line, "")
