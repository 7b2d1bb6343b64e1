"""Did a page arrive whole? Its last `</html>` must be a real tag, at the end, with nothing of the page left open.

A page that was cut anywhere must never pass as complete (`hazards.md` F4). `</html>` may also stand in a script, a
comment, or inside text that somebody pasted: there, the page's own `div#modgov` or its table of items is still open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>")
_TAG_START = re.compile(r"</?[a-zA-Z]|<[!?]")
_RAW_ENDS = {name: re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
_MODGOV = re.compile(r"""\bid\s*=\s*["']?modgov\b""", re.IGNORECASE)
_ITEM_TABLE = re.compile(r"""\b(?:id|class)\s*=\s*(?:["'][^"']*)?\bmgItemTable\b""", re.IGNORECASE)
_FOOTER = re.compile(r"\bmgFooter\b", re.IGNORECASE)


@dataclass(slots=True)
class _Depth:
    """How many elements of one name are open, counted from the one that matters; None before it is met."""

    name: str
    start: re.Pattern[str]
    open: int | None = None

    def see(self, closing: bool, name: str, attributes: str) -> None:
        if name != self.name or attributes.rstrip().endswith("/"):
            return  # skins write `<div class="clear" />` and mean it as closed
        if self.open is not None:
            self.open += -1 if closing else 1
        elif not closing and self.start.search(attributes):
            self.open = 1

    @property
    def is_open(self) -> bool:
        return self.open is not None and self.open > 0


class _Scan:
    """One pass over the source: linear, whatever the source holds."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last_bracket = text.rfind(">")
        self.ended = False
        self.dangling = False
        self.footer = False
        self.content = _Depth("div", _MODGOV)
        self.items = _Depth("table", _ITEM_TABLE)

    def run(self) -> bool:
        position = 0
        while (bracket := self.text.find("<", position)) != -1:
            self._text(position, bracket)
            position = self._token(bracket)
            if self.dangling:
                return False
        self._text(position, len(self.text))
        open_items = self.items.is_open and not self.footer
        return self.ended and not self.content.is_open and not open_items

    def _text(self, start: int, end: int) -> None:
        if self.ended and not self.text[start:end].isspace() and start < end:
            self.ended = False

    def _token(self, at: int) -> int:
        """Where the token that begins at a `<` ends; one without an end is what a cut leaves behind."""
        if self.text.startswith("<!--", at):
            end = self.text.find("-->", at + 2)
            self.dangling = end == -1
            return end + 3
        if not _TAG_START.match(self.text, at):
            self._text(at, at + 1)
            return at + 1
        if at > self.last_bracket:
            self.dangling = True
            return at + 1
        match = _TAG.match(self.text, at)
        return self._tag(match) if match else self.text.index(">", at) + 1

    def _tag(self, match: re.Match[str]) -> int:
        closing, name, attributes = bool(match[1]), match[2].lower(), match[3]
        self.content.see(closing, name, attributes)
        self.items.see(closing, name, attributes)
        if name == "html" and closing:
            self.ended = True
        if name == "div" and self.items.open is not None and _FOOTER.search(attributes):
            self.footer = True
        if name not in _RAW_ENDS or closing:
            return match.end()
        end = _RAW_ENDS[name].search(self.text, match.end())
        self.dangling = end is None
        return end.end() if end else match.end()


def is_whole(text: str) -> bool:
    """Whether the source of a page runs to its own end."""
    return _Scan(text).run()
