"""What stands on a page of changes? Two versions of a record, side by side; pure.

The record is an item, whose facts and texts are compared, or a document, whose pages are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.page_texts import DocumentText
from webui.differences import differ
from webui.item_changes import ItemChanges, TextChange
from webui.passages import lines_of

LONGEST_COMPARED = 3_000_000  # characters of two documents together; more would take seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A version as it is named where two can be chosen: its number, and when and as what it was seen."""

    number: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """What the template shows: the versions there are, newest first, the two compared, and what differs.

    `pair` is None where there is but one version, `changes` where they were not compared; `note` then says why.
    """

    title: str
    url: str
    wordings: tuple[Wording, ...]
    pair: tuple[int, int] | None
    changes: ItemChanges | None
    note: str = ""


def chosen(numbers: Sequence[int], first: int | None, second: int | None) -> tuple[int, int] | None:
    """The two versions to compare, the earlier first: those asked for, else the last two; None where there is but one.

    One asked for alone is compared with the one before it. Raises ValueError for a number that is not among them.
    """
    asked = [number for number in (first, second) if number is not None]
    places = sorted(numbers.index(number) for number in asked)
    if len(numbers) < 2:
        return None
    last = places[-1] if places else len(numbers) - 1
    if len(places) < 2:
        places = [last - 1, last] if last else [0, 1]
    return numbers[places[0]], numbers[places[1]]


def document_changes(old: DocumentText, new: DocumentText) -> ItemChanges | None:
    """What differs between the texts of two files, whichever pages the words stand on; None where they are too long."""
    before, after = ("\n".join(page.text for page in text.pages if page.text) for text in (old, new))
    if len(before) + len(after) > LONGEST_COMPARED:
        return None
    text = TextChange("Text", differ(lines_of(before), lines_of(after)), ())
    return ItemChanges((), (text,) if before != after else ())
