"""Can a file that a person saved be taken in? Only whole ones, of a kind we know by their bytes."""

from __future__ import annotations

from crawler.documents.kinds import FileKind, is_whole, kind_of
from crawler.moderngov.readings import PageError


def kind_of_bytes(body: bytes) -> FileKind:
    """The kind of a file. Raises PageError for an empty one, one that is cut, or a kind that is not taken in."""
    kind = kind_of(body)
    if kind == "empty":
        raise PageError("cut", "the file is empty")
    if not is_whole(body):
        if kind == "pdf":
            raise PageError("cut", "the PDF has no end: it was not saved whole")
        raise PageError("cut", "the file is a damaged archive: a Word document that was not saved whole?")
    if kind == "other":
        raise PageError("not-moderngov", "the file is no Word document, PDF or page")
    return kind
