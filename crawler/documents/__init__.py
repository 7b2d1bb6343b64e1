"""The text of documents, page by page, read safely whatever the files hold. Reads bytes; fetches and keeps nothing."""

from crawler.documents.kinds import FileKind, is_whole, kind_of, media_type_of
from crawler.documents.limits import LIMITS, Limits
from crawler.documents.reading import READER_VERSION, can_read_scans, read_document
from crawler.documents.sandbox import Nursery, ReadingStoppedError

__all__ = [
    "LIMITS",
    "READER_VERSION",
    "FileKind",
    "Limits",
    "Nursery",
    "ReadingStoppedError",
    "can_read_scans",
    "is_whole",
    "kind_of",
    "media_type_of",
    "read_document",
]
