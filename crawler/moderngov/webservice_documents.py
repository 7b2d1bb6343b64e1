"""The documents that the web service lists with an item, under the addresses that the pages have for them.

Addresses in an answer name other hosts, old ones and internal ones (`moderngov.md` 5), so none is taken over: an
attachment's number is its name, and its address is made anew on the council's own base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.moderngov.characters import split_item
from crawler.moderngov.documents import MEDIA_TYPES, each_once
from crawler.moderngov.readings import PageDocument
from crawler.moderngov.urls import absolute
from crawler.moderngov.webservice_texts import read_title
from crawler.moderngov.webservice_xml import Node

_LEFT_OUT = re.compile(r"[&():*?\"<>|#%+'‘’“”\\]")
_LONGEST_NAME = 100


def attachment_url(base_url: str, number: int, title: str) -> str:
    """`{base}/documents/s60860/Title.pdf`: the address that the pages print for an attachment.

    The number alone counts, but the name is made as the vendor makes it (seen in Kingston's pages: `&` and brackets
    left out, no more than 100 characters), so that a page and the service give one address for one document.
    """
    name = _LEFT_OUT.sub("", title.replace("/", "_"))[:_LONGEST_NAME].strip() or f"s{number}"
    return absolute(f"{base_url.rstrip('/')}/", f"documents/s{number}/{name}.pdf")


def linked_documents(listed: Iterable[Node], base_url: str, *, restricted: bool) -> tuple[PageDocument, ...]:
    """The documents of an item, each once. One that is exempt from publication, or anywhere else, is named only."""
    documents = (_document(node, base_url, restricted=restricted) for node in listed)
    return each_once(document for document in documents if document.title)


def _document(node: Node, base_url: str, *, restricted: bool) -> PageDocument:
    title = split_item(read_title(node.raw("title")))[0]
    number = node.number("attachmentid")
    # A link to another site (`isurl`) has an address of the answer's alone, which is not followed.
    exempt = restricted or node.flag("isrestricted", False)
    if number is None or exempt or node.flag("isurl", False):
        return PageDocument(key=None, title=title, url="", media_type="", size="")
    return PageDocument(
        key=f"s{number}",
        title=title,
        url=attachment_url(base_url, number, title),
        media_type=MEDIA_TYPES["pdf"],
        size="",
    )
