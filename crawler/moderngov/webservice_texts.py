"""The web service's texts, through the same cleaning as the pages: what both say of an item must be equal.

Titles are plain text, now and then escaped once too often; agenda texts, decisions and minutes are HTML as it stands
in the pages within `div.mgWordPara`, escaped to fit into XML, now and then twice. Source: `moderngov.md` 5.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from bs4.element import NavigableString

from crawler.moderngov.characters import split_size
from crawler.moderngov.completeness import is_whole
from crawler.moderngov.readings import PageError
from crawler.moderngov.recognise import parsed
from crawler.moderngov.wording import Wording, read_line, read_wording

_ESCAPED = re.compile(r"&#?\w{1,31};")
_TAG = re.compile(r"<[a-z/!]", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&lt;(?:div|p|span|table|ul|ol|br|b|strong|em|i|h\d)\b", re.IGNORECASE)
_MOST_ESCAPES = 3


def read_title(text: str) -> str:
    """A title as the pages print it: one line, escapes undone however often they were made, no "PDF 99 KB"."""
    for _ in range(_MOST_ESCAPES):
        plain = _ESCAPED.sub(_character, text)
        if plain == text:
            break
        text = plain
    return split_size(read_line([NavigableString(text)]))[0]


def _character(match: re.Match[str]) -> str:
    """The character of a reference, which must be one whole: `&notices;` is not `¬ices;`."""
    name = match[0][1:]
    return unescape(match[0]) if name.startswith("#") else html5.get(name, match[0])


def read_markup(text: str) -> Wording:
    """An agenda text, a decision or minutes. Raises PageError: cut (it ends within a tag, a comment or a script) or
    too-large (it nests too deeply)."""
    if not _TAG.search(text) and _ESCAPED_TAG.search(text):
        text = unescape(text)
    if not text.strip():
        return Wording(())
    if not is_whole(f"{text}</html>"):
        raise PageError("cut", "a text in the web service's answer is broken off")
    tree = parsed(f"<html><body>{text}")
    return read_wording(tree.body.contents if tree.body is not None else ())
