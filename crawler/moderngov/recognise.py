"""What has come: a ModernGov page, or something else that a site answers? Pages are recognised by what they hold.

Never by the status they came with (`moderngov.md` 4 and 6): error pages and robot tests are answered with 200.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Literal

from bs4 import BeautifulSoup, Tag

from crawler.moderngov import signs
from crawler.moderngov.completeness import is_whole
from crawler.moderngov.decoding import decode
from crawler.moderngov.markup import attribute, first, first_with_class, first_words, tags, with_id
from crawler.moderngov.readings import PageError
from crawler.moderngov.tree import Tree
from crawler.moderngov.urls import absolute, is_error_page

PageKind = Literal["committees", "meetings", "meeting", "item", "other"]

LARGEST_PAGE = 20_000_000
MOST_TAGS = 400_000
DEEPEST = 600

_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_XML_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}>", re.IGNORECASE)
_BODY_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
# Browsers, the extension SingleFile and the copier HTTrack each note in a comment of their own where a page was saved.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|page saved with singlefile\s+url:)\s*(?P<whole>https?://\S+?)(?:\s*-->|\s)"
    r"|<!--\s*mirrored from (?P<bare>[\w.-]+(?::\d+)?/\S+) by httrack\b",
    re.IGNORECASE,
)
_BOX = re.compile(r"<(/?)(?:div|table|ul|ol|blockquote)\b", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|table)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page of ModernGov: its tree, the element that holds what matters, and the address it came from ("" unknown)."""

    tree: BeautifulSoup
    content: Tag
    address: str


def read_page(data: bytes, largest: int = LARGEST_PAGE, address: str = "") -> Page:
    """The parsed page. `address` is where it came from after redirects; else what the page itself says of it.

    Raises PageError with one of the reasons of `readings.REASONS` for anything that is not a whole ModernGov page.
    """
    if len(data) > largest:
        raise PageError("too-large", f"the page has {len(data):,} bytes; no more than {largest:,} are read")
    text = _UNWANTED.sub("", decode(data))
    if text.count("<") > MOST_TAGS:
        raise PageError("too-large", f"the page has more than {MOST_TAGS:,} tags")
    if not _HTML.search(text):
        raise PageError("cut" if not text.strip() else "not-moderngov", "the page is empty or is no HTML page")
    tree = parsed(text)
    stated = address or _stated_address(text, tree)
    root = with_id(tree, "modgov") or tree
    _refuse(tree, root, text, stated)
    return Page(tree, root, stated)


def kind_of(page: Page) -> PageKind:
    """Which page this is, from its content: no address is asked."""
    heading = signs.main_heading(page.content)
    if re.match(r"(?:agenda item|eitem agenda)\b", heading, re.IGNORECASE):
        return "item"
    if signs.has_items(page.tree):
        return "meeting"
    if signs.lists_meetings(page.content):
        return "meetings"
    if signs.is_meeting_without_items(page.content, heading):
        return "meeting"
    if signs.lists_committees(page.content):
        return "committees"
    return "item" if signs.has_labelled_text(page.content) else "other"


def parsed(text: str) -> BeautifulSoup:
    """The tree of a page's source. Raises PageError (too-large) where it nests without bound."""
    # Ends of body and html pasted inside content would make the parser drop the rows after them; it ends both itself.
    source = _BODY_ENDS.sub("", _XML_DECLARATION.sub("", text))
    too_deep = PageError("too-large", f"the page nests its elements more than {DEEPEST} deep")
    if _deepest_boxes(source) > DEEPEST:  # told before the parser spends its time on them
        raise too_deep
    tree = Tree(source)
    if tree.depth > DEEPEST:
        raise too_deep
    return tree


def _deepest_boxes(source: str) -> int:
    depth = most = 0
    for match in _BOX.finditer(source):
        depth = max(0, depth + (-1 if match[1] else 1))
        most = max(most, depth)
    return most


def _stated_address(text: str, tree: BeautifulSoup) -> str:
    saved = _SAVED_FROM.search(text[:5000])
    if saved:
        return absolute("", saved["whole"] or f"https://{unescape(saved['bare'])}")
    for name, key, value in (("link", "rel", "canonical"), ("meta", "property", "og:url")):
        for tag in tags(tree, name):
            if attribute(tag, key).strip().lower() == value:
                return absolute("", attribute(tag, "href") or attribute(tag, "content"))
    return ""


def _refuse(tree: BeautifulSoup, root: Tag, text: str, address: str) -> None:
    """Raises for everything that is no whole page of ModernGov. What holds ModernGov's content is no robot test."""
    holds_content = signs.holds_content(root)
    if is_error_page(address) or signs.is_error_heading(root):
        raise PageError("error-page", f"the site answered with an error page: {_title(tree)}")
    if not holds_content:
        if signs.is_challenge(tree, text):
            raise PageError("challenge", "the site answered with a test for robots instead of the page")
        if signs.is_error(tree):
            raise PageError("error-page", f"the site answered with an error page: {_title(tree)}")
    if not is_whole(text):
        raise PageError("cut", "the page did not arrive whole: its end is missing")
    if root is tree and not holds_content:
        raise PageError("not-moderngov", f"the page is not a ModernGov page: {_title(tree)}")


def _title(tree: BeautifulSoup) -> str:
    heading = first_with_class(tree, "mgMainTitleTxt") or first(tree, "h1")
    words = [first_words(tag, 80)[:80] for tag in (heading, first(tree, "title")) if tag is not None]
    return next((word for word in words if word), "it has no title")
