"""Which text may reach a page as markup? None but `<mark>`, and this module is where that is made sure.

Templates escape everything else by themselves; no template may mark anything as safe (a test holds them to it).
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_MARK = re.compile(r"(</?mark>)")
_OPENED = Markup("<mark>")


def marked(text: str) -> Markup:
    """Escaped text with `<mark>`, as the index gives it, as markup for a template.

    Escaped once more from its plain text, so that not even a fault in the index lets an element through.
    """
    pieces, depth = [], 0
    for piece in _MARK.split(text):
        if piece == "<mark>" and depth == 0:
            depth = 1
        elif piece == "</mark>" and depth == 1:
            depth = 0
        else:
            pieces.append(escape(html.unescape(piece)))
            continue
        pieces.append(Markup(piece))  # noqa: S704  # one of two constants
    return Markup("").join(pieces) + Markup("</mark>" * depth)  # noqa: S704  # a constant


def has_marks(markup: Markup) -> bool:
    """Whether anything in it is marked."""
    return _OPENED in markup


def first_mark_named(cell: Markup, anchor: str) -> Markup | None:
    """The markup with its first mark under this anchor; None where nothing in it is marked."""
    if not has_marks(cell):
        return None
    return cell.replace(_OPENED, Markup('<mark id="{}">').format(anchor), 1)


def is_web_address(address: str) -> bool:
    """Whether a council's link may stand in `href`: http and https alone, nothing that runs (ASVS 1.2.2)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and address.isprintable()
