"""What is said of a document that was read in part names its pages and its reasons."""

from __future__ import annotations

import pytest

from archive.page_texts import PageText
from crawler.documents.outcomes import Gathered, document_text, unread_document


def gathered(read: range, total: int | None, stopped: str = "", **unread: str) -> Gathered:
    got = Gathered(total=total, stopped=stopped)
    got.pages.extend(PageText(number, f"page {number}") for number in read)
    got.unread.update({int(name[1:]): reason for name, reason in unread.items()})
    return got


@pytest.mark.parametrize(
    ("got", "outcome", "reason", "note"),
    [
        (gathered(range(1, 4), 3), "read", "", ""),
        (
            gathered(range(1, 76), 120, "too-costly"),
            "partial",
            "too-costly",
            "pages 1-75 of 120 read; 76-120 not read: reading it takes more time than we allow",
        ),
        (
            gathered(range(3, 5), 4, p1="scanned", p2="damaged"),
            "partial",
            "scanned",
            "pages 3-4 of 4 read; 1 not read: the pages are pictures, which we do not read; "
            "2 not read: the file is broken",
        ),
        (
            gathered(range(1, 2), None, "damaged"),
            "partial",
            "damaged",
            "pages 1 read; what follows, if anything, not read: the file is broken",
        ),
        (gathered(range(0), 2, "too-costly"), "unread", "too-costly", "reading it takes more time than we allow"),
        (gathered(range(0), None, "encrypted"), "unread", "encrypted", "the file is locked with a password"),
        (gathered(range(0), 1), "unread", "no-text", "there are no words on its pages"),
    ],
)
def test_the_note_names_what_was_read_and_what_was_not(got: Gathered, outcome: str, reason: str, note: str) -> None:
    document = document_text(got)
    assert (document.outcome, document.reason) == (outcome, reason)
    assert document.note == (note if outcome != "unread" else f"not read: {note}")


def test_many_gaps_do_not_make_an_endless_note() -> None:
    got = gathered(range(1, 400, 2), 400, **{f"p{number}": "damaged" for number in range(2, 401, 2)})
    assert len(document_text(got).note) < 300
    assert "and 192 more" in document_text(got).note


def test_a_document_that_is_not_read_at_all_says_why() -> None:
    assert unread_document("old-word").note.startswith("not read: the file is an old binary Office file")
