"""What was planted where? A phrase in the minutes of every thousandth item, and others on single pages."""

from __future__ import annotations

from collections.abc import Iterator

IN_MINUTES = "kelmarsh ledger compact"
_EACH, _AT = 1_000, 7
_PAGE_EACH, _PAGE_AT = 2_000, 8


def in_minutes(item: int) -> Iterator[str]:
    """What is planted in the minutes of the item with this number."""
    if item % _EACH == _AT:
        yield IN_MINUTES


def held_in_minutes(items: int) -> int:
    """How many of the first so many items hold it."""
    return -((_AT - items) // _EACH)


def on_a_page(item: int) -> str | None:
    """What is planted on a page in the middle of the first paper of this item, and nowhere else."""
    return f"quillmark {item} entered" if item % _PAGE_EACH == _PAGE_AT else None


def planted_pages(items: int) -> tuple[int, ...]:
    """The items among the first so many that have such a page."""
    return tuple(range(_PAGE_AT, items, _PAGE_EACH))
