"""How much may reading one document cost? (`hazards.md` F5.) Limits of effort hold for each batch of pages, so that
long documents are read whole and a hostile file still costs little."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.documents.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one child process may take. A batch is `batch_pages` pages, or one that is read from its picture.

    `whole_s` bounds a document altogether, in processor time and by the clock. A real committee paper took 0.16 s a
    page, so 25 pages take a fifth of a batch's time.
    """

    memory_bytes: int = 512 * 1024 * 1024
    cpu_s: int = 20
    wall_s: float = 30.0
    batch_pages: int = 25
    whole_s: int = 3600
    page_characters: int = 4_000_000
    document_characters: int = 32_000_000
    costly_pages: int = 4
    """How many pages may each use up a whole batch's limits before the rest is given up."""


LIMITS = Limits()


@dataclass(slots=True)
class Batch:
    """Counts pages, on both sides of the pipe alike, to say when the time for the next batch begins."""

    size: int
    pages: int = 0

    def ends_with(self, message: Message) -> bool:
        """Whether this message is the last of a batch."""
        if message.kind not in ("page", "unread"):
            return False
        self.pages += 1
        return self.pages % self.size == 0 or (message.kind == "page" and message.scanned)
