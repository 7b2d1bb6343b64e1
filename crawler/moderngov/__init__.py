"""What ModernGov's pages say: bytes in, values out. This package does no I/O at all."""

from crawler.moderngov.copied import is_copied_item, read_copied_item
from crawler.moderngov.pages import read_committees, read_item_page, read_meeting, read_meetings
from crawler.moderngov.recognise import Page, PageKind, kind_of, read_page
from crawler.moderngov.scrutiny import is_scrutiny
from crawler.moderngov.urls import AddressKind, Direction, PageAddress, document_key, named_page, page_address

__all__ = [
    "AddressKind",
    "Direction",
    "Page",
    "PageAddress",
    "PageKind",
    "document_key",
    "is_copied_item",
    "is_scrutiny",
    "kind_of",
    "named_page",
    "page_address",
    "read_committees",
    "read_copied_item",
    "read_item_page",
    "read_meeting",
    "read_meetings",
    "read_page",
]
