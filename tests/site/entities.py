"""How does the vendor write characters? Almost all in ASCII, with many an entity that nobody needs."""

from __future__ import annotations

WORD = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "’": "&rsquo;", "‘": "&lsquo;", "“": "&ldquo;", "”": "&rdquo;",
    "£": "&pound;", "–": "&ndash;", "—": "&mdash;", "é": "&eacute;", "·": "&middot;", "§": "&sect;", "\xa0": "&nbsp;",
}  # fmt: skip
VENDOR = WORD | {":": "&#58;", "/": "&#47;", "(": "&#40;", ")": "&#41;", "&": "&#38;", "'": "&#39;", '"': "&quot;"}


def word(text: str) -> str:
    """Text as the cleaner of Word's markup leaves it."""
    return "".join(WORD.get(character, character) for character in text)


def vendor(text: str) -> str:
    """Text as the vendor prints titles and names."""
    return "".join(VENDOR.get(character, character) for character in text)


def tip(text: str) -> str:
    """Text of a `title` attribute, in which every space is an entity."""
    return vendor(text).replace(" ", "&#32;")


def href(address: str) -> str:
    """An address in an attribute: the ampersands escaped, the spaces left raw."""
    return address.replace("&", "&amp;").replace('"', "&quot;")
