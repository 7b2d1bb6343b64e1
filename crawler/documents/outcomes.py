"""What is to be said of a document that was read, in part or not at all? Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from archive.page_texts import READING_REASONS, DocumentText, PageText
from crawler.documents.hyphens import settled_words
from crawler.documents.messages import Message

_MEANINGS = dict(READING_REASONS)
_MOST_SPANS = 8
_COST_OF_A_PAGE = 300  # what a page takes besides its text, so that a million blank ones are too much as well


@dataclass(slots=True)
class Gathered:
    """What the readers told so far: pages, and the pages that could not be read with their reasons, in order.

    `cut` are pages of which only the beginning is here. `stopped` is the reason why nothing after the last page was
    read, "" where the reader came to the end.
    """

    pages: list[PageText] = field(default_factory=list)
    unread: dict[int, str] = field(default_factory=dict)
    scanned: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    total: int | None = None
    stopped: str = ""
    characters: int = 0

    @property
    def last(self) -> int:
        """The last page that something was told of; 0 before the first."""
        return max(self.pages[-1].number if self.pages else 0, next(reversed(self.unread), 0))

    @property
    def is_complete(self) -> bool:
        """Whether something was told of every page."""
        return self.total is not None and self.last >= self.total

    def take(self, message: Message) -> None:
        """What the reader told of a page: its text, or why there is none."""
        if message.kind == "page":
            self.pages.append(PageText(message.number, message.text, message.scanned))
        else:
            self.unread[message.number] = message.text if message.text in _MEANINGS else "unreadable"
        self.characters += len(message.text) + _COST_OF_A_PAGE
        if message.scanned:
            self.scanned.append(message.number)
        if message.cut:
            self.cut.append(message.number)


def unread_document(reason: str) -> DocumentText:
    """A document of which nothing was read."""
    return DocumentText(pages=(), outcome="unread", reason=reason, note=f"not read: {_MEANINGS[reason]}")


def document_text(got: Gathered) -> DocumentText:
    """The document as it is kept."""
    unread = _unread(got)
    texts = settled_words([page.text for page in got.pages])
    pages = tuple(replace(page, text=text) for page, text in zip(got.pages, texts, strict=True))
    reason = _reason(got, unread, pages)
    silent = not any(page.text for page in pages)
    return DocumentText(
        pages=() if silent else pages,
        outcome="unread" if silent else "partial" if reason else "read",
        reason=reason,
        note=_note(got, unread, pages, reason, silent),
        pages_total=got.total,
        scanned_pages=tuple(got.scanned),
    )


def _unread(got: Gathered) -> Mapping[int, str]:
    """Every page that was not read, with its reason; pages after the last one told of, where their number is known."""
    rest = dict.fromkeys(range(got.last + 1, (got.total or 0) + 1), got.stopped) if got.stopped else {}
    return got.unread | rest


def _reason(got: Gathered, unread: Mapping[int, str], pages: tuple[PageText, ...]) -> str:
    """The reason why most of what was not read was not."""
    if unread:
        return Counter(unread.values()).most_common(1)[0][0]
    if got.stopped or got.cut:
        return got.stopped or "too-large"
    return "" if any(page.text for page in pages) else "no-text"


def _note(got: Gathered, unread: Mapping[int, str], pages: tuple[PageText, ...], reason: str, silent: bool) -> str:
    if silent:
        return f"not read: {_MEANINGS[reason]}"
    if not reason:
        return ""
    of = f" of {got.total}" if got.total else ""
    said = [f"pages {_spans(page.number for page in pages)}{of} read"]
    by_reason: dict[str, list[int]] = {}
    for number, why in sorted(unread.items()):
        by_reason.setdefault(why, []).append(number)
    said += [f"{_spans(numbers)} not read: {_MEANINGS[why]}" for why, numbers in by_reason.items()]
    if got.cut:
        said.append(f"of {_spans(got.cut)} only the beginning read: {_MEANINGS['too-large']}")
    if got.stopped and got.stopped not in unread.values():
        said.append(f"what follows, if anything, not read: {_MEANINGS[got.stopped]}")
    return "; ".join(said)


def _spans(numbers: Iterable[int]) -> str:
    """Page numbers as a person writes them: "1-3, 5"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    written = [str(first) if first == last else f"{first}-{last}" for first, last in spans]
    more = f" and {len(written) - _MOST_SPANS} more spans" if len(written) > _MOST_SPANS else ""
    return ", ".join(written[:_MOST_SPANS]) + more
