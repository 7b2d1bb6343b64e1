"""Did a page arrive whole? Its last `</html>` must be a real tag, at the end, with nothing of the page left open.

A page that was cut anywhere must never pass as complete (`hazards.md` F4). `</html>` may also stand in a script, a
comment, or inside text that somebody pasted: there, the page's own `div#modgov` or its table of items is still open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMES = r"(?i:div|table|html|script|style|textarea|title)(?![a-zA-Z0-9])"
# Text, brackets that begin nothing, and whole tags that do not matter, as far as they go: a pass of the machine's, not
# of Python's. Nothing in it is tried twice, so that it is linear, whatever the source holds.
_PASSED_OVER = rf"(?:[^<]++|<(?!/?[a-zA-Z]|[!?])|</?(?!{_NAMES})[a-zA-Z][^>]*+>|<(?:!(?!--)|\?)[^>]*+>)*+"
_NEXT = re.compile(rf"{_PASSED_OVER}(?:(?P<comment><!--)|(?P<tag><(/?)({_NAMES})([^>]*+)>)|\Z)", re.ASCII)
_ANY_TAG = re.compile(r"<(?:/?[a-zA-Z]|[!?])[^>]*+>")
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
        self.ended = False
        self.footer = False
        self.content = _Depth("div", _MODGOV)
        self.items = _Depth("table", _ITEM_TABLE)

    def run(self) -> bool:
        position = 0
        while position != -1:
            match = _NEXT.match(self.text, position)
            if match is None:
                return False  # a tag without an end, as a cut leaves behind
            passed = match.start(match.lastgroup) if match.lastgroup else match.end()
            if self.ended and _ANY_TAG.sub("", self.text[position:passed]).strip():
                self.ended = False
            if match.lastgroup is None:
                break
            position = self._token(match)
        open_items = self.items.is_open and not self.footer
        return position != -1 and self.ended and not self.content.is_open and not open_items

    def _token(self, match: re.Match[str]) -> int:
        """Where what has begun ends; -1 where it does not."""
        if match["comment"]:
            end = self.text.find("-->", match.end() - 2)  # `<!-->` is a comment, and whole
            return end + 3 if end != -1 else -1
        closing, name, attributes = match[3] == "/", match[4].lower(), match[5]
        self.content.see(closing, name, attributes)
        self.items.see(closing, name, attributes)
        if name == "html" and closing:
            self.ended = True
        if name == "div" and self.items.open is not None and _FOOTER.search(attributes):
            self.footer = True
        if name not in _RAW_ENDS or closing:
            return match.end()
        raw_end = _RAW_ENDS[name].search(self.text, match.end())
        return raw_end.end() if raw_end else -1


def is_whole(text: str) -> bool:
    """Whether the source of a page runs to its own end."""
    return _Scan(text).run()
