"""An answer of the web service as plain values: whole, well-formed, and really the answer that was asked for.

Well-formed XML proves nothing: error pages and redirects by script are well-formed too (`moderngov.md` 5). The root
element is checked, and each kind of bad answer is refused for its own reason. Nothing outside the answer is read: a
document type, which alone could lead there or blow the answer up, is refused unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from crawler.moderngov.characters import one_line
from crawler.moderngov.decoding import decode
from crawler.moderngov.readings import PageError
from crawler.moderngov.recognise import LARGEST_PAGE, MOST_TAGS, parsed
from crawler.moderngov.signs import is_challenge, is_error

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,500}\?>")
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:x(?P<hex>[0-9a-f]{1,8})|(?P<decimal>[0-9]{1,8}));", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_][\w.:-]*")
_PASSED_OVER = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))
_HTML_NAMES = """
    a b body br center div font form h1 h2 h3 head hr html iframe img link meta noscript p pre script span style table
    title
"""
_HTML = frozenset(_HTML_NAMES.split())
_LEADS_ELSEWHERE = re.compile(
    r"\blocation(?:\.href)?\s*=[^=]|\blocation\s*\.\s*(?:replace|assign)\s*\(|http-equiv\s*=\s*[\"']?refresh",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"0*(\d{1,12})")
_ROOTS = ("committees", "getmeetings", "getmeetingsbydate", "meeting")
_HEAD = 2_000


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its name in small letters, its own text as it stands, its attributes and its elements in order."""

    name: str
    text: str
    attributes: Mapping[str, str]
    children: tuple[Node, ...]

    def each(self, name: str) -> Iterator[Node]:
        """Every element of this name that stands directly in this one."""
        return (child for child in self.children if child.name == name)

    def within(self, *names: str) -> list[Node]:
        """Every element at the end of this path of names."""
        found = [self]
        for name in names:
            found = [child for node in found for child in node.each(name)]
        return found

    def raw(self, name: str) -> str:
        """The text of the first element of this name, as it stands; "" where there is none."""
        return next((child.text for child in self.each(name)), "")

    def line(self, name: str) -> str:
        """The same as one line: empty elements hold a newline and spaces."""
        return one_line(self.raw(name))

    def number(self, name: str) -> int | None:
        """A number other than 0; None where there is none. Counts have a leading space."""
        match = _NUMBER.fullmatch(self.line(name))
        return int(match[1]) or None if match else None

    def flag(self, name: str, otherwise: bool) -> bool:
        """True or False as the service prints them; `otherwise` where it says neither."""
        return {"true": True, "false": False}.get(self.line(name).lower(), otherwise)

    def everything(self) -> Iterator[Node]:
        """This element and all below it, in any order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(node.children)

    def words(self) -> Iterator[str]:
        """The texts and attributes of this element that are not blank."""
        return (words for words in (self.text, *self.attributes.values()) if words.strip())


def is_service_answer(data: bytes) -> bool:
    """Whether a file begins as an answer of the web service does."""
    return _first_name(_UNWANTED.sub("", decode(data[:_HEAD]))) in _ROOTS


def read_answer(data: bytes, root: str, largest: int = LARGEST_PAGE) -> Node:
    """The answer whose root element has this name.

    Raises PageError: cut (empty, broken off or damaged), error-page, challenge, script-redirect, not-moderngov (some
    other page), empty-answer (valid, without one word), wrong-answer (to another question), too-large.
    """
    if len(data) > largest:
        raise PageError("too-large", f"the answer has {len(data):,} bytes; no more than {largest:,} are read")
    text = _REFERENCE.sub(_allowed, _UNWANTED.sub("", decode(data)))
    if not text.strip():
        raise PageError("cut", "the web service's answer is empty")
    if text.count("<") > MOST_TAGS:
        raise PageError("too-large", f"the answer has more than {MOST_TAGS:,} tags")
    name = _first_name(text)
    if name in _HTML:
        raise _page_instead(text)
    if "<!DOCTYPE" in text:
        raise PageError("wrong-answer", "the answer has a document type, which the web service's answers have not")
    node = _parsed(text, root)
    words = [words for part in node.everything() for words in part.words()]
    if sum(each.count("<") + each.count("&lt;") for each in words) > MOST_TAGS:
        raise PageError("too-large", f"the answer's texts have more than {MOST_TAGS:,} tags")
    if not words:
        raise PageError("empty-answer", f"the web service gave a valid answer with nothing in it ({node.name})")
    if node.name != root:
        raise PageError("wrong-answer", f"the web service answered with {node.name[:40]} instead of {root}")
    return node


def _allowed(match: re.Match[str]) -> str:
    """A reference to a character that XML allows; .NET also writes others so (Word's vertical tab, `&#xB;`)."""
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    allowed = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return match[0] if allowed else ""


def _first_name(text: str) -> str:
    """The name of the first element, in small letters; "" where there is none."""
    at = text.find("<")
    while at != -1:
        ending = next((end for opening, end in _PASSED_OVER if text.startswith(opening, at)), None)
        if ending is None:
            match = _NAME.match(text, at + 1)
            return match[0].lower() if match else ""
        end = text.find(ending, at + 2)
        at = text.find("<", end) if end != -1 else -1
    return ""


def _page_instead(text: str) -> PageError:
    """Why an HTML page has come where an answer should be."""
    tree = parsed(text)
    if is_challenge(tree, text):
        return PageError("challenge", "the site answered with a test for robots instead of the web service's answer")
    if is_error(tree):
        return PageError("error-page", "the site answered with an error page instead of the web service's answer")
    if _LEADS_ELSEWHERE.search(text):
        return PageError("script-redirect", "the site answered with a script that leads elsewhere")
    return PageError("not-moderngov", "the site answered with some page instead of the web service's answer")


@dataclass(slots=True)
class _Open:
    """An element that is still being read."""

    name: str
    attributes: Mapping[str, str]
    words: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def closed(self) -> Node:
        return Node(self.name, "".join(self.words), self.attributes, tuple(self.children))


class _Builder:
    """What the parser tells of an answer, made into nodes. The names of these methods are the parser's."""

    def __init__(self) -> None:
        self._open = [_Open("", {})]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._open.append(_Open(_local(tag), {_local(name): value for name, value in attributes.items()}))

    def data(self, words: str) -> None:
        self._open[-1].words.append(words)

    def end(self, _tag: str) -> None:
        closed = self._open.pop().closed()
        self._open[-1].children.append(closed)

    def close(self) -> Node:
        return self._open[0].closed()


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _parsed(text: str, root: str) -> Node:
    body = _DECLARATION.sub("", text, count=1).strip()
    parser = etree.XMLParser(
        target=_Builder(), encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        document = etree.fromstring(body.encode(), parser)
    except etree.XMLSyntaxError as problem:
        if _is_begun(text.strip(), root):
            raise PageError("cut", "the web service's answer did not arrive whole, or is damaged") from problem
        raise PageError("not-moderngov", "the answer is no XML of the web service") from problem
    top: Node = document.children[0]
    return top


def _is_begun(text: str, root: str) -> bool:
    """Whether a text begins as an answer does, be it broken off within its first words."""
    return any(text.startswith(opening[: len(text)]) for opening in ("<?xml", f"<{root}"))
