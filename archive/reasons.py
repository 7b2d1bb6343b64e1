"""Why is something that a council lists not held, or not read? The few reasons that the ledger names; pure.

What a crawl or a reader says of one page or file (`crawler.fetching.answers`, `crawler.moderngov.readings`,
`archive.page_texts`) is finer than what a visitor needs; here each finer reason is put under one of these.
"""

from __future__ import annotations

from typing import Literal, get_args

Reason = Literal[
    "not yet published", "closed to robots", "blocked", "gone", "too large", "unreadable", "failed", "waiting"
]

REASONS: tuple[tuple[Reason, str], ...] = (
    ("not yet published", "the council has published nothing of it so far"),
    ("closed to robots", "the council’s site asks programs like ours to stay away, and we do"),
    ("blocked", "the council’s site refuses us, or tests whether we are a person"),
    ("gone", "the council’s site no longer has it"),
    ("too large", "it is larger than we take or read"),
    ("unreadable", "it arrived, but there is no text in it that we can read"),
    ("failed", "it could not be had: the site was in trouble, or sent something else"),
    ("waiting", "it is on our list, and its turn has not come yet"),
)
"""Every reason and what it means, in the order in which they are told."""

OF_A_PAGE: dict[str, Reason] = {
    "": "waiting",
    "rate-limited": "waiting",
    "redirected": "waiting",
    "closed to robots": "closed to robots",
    "forbidden": "blocked",
    "challenge": "blocked",
    "gone": "gone",
    "too-large": "too large",
    "unreadable": "unreadable",
    "not-public": "not yet published",
}
"""What a crawl says of a page, under the reason that the ledger names; all else "failed"."""

OF_A_FILE: dict[str, Reason] = {
    "too-large": "too large",
    "too-costly": "too large",
    "out-of-memory": "too large",
    "challenge": "blocked",
    "error-page": "failed",
    "cut": "failed",
    "empty": "failed",
}
"""What a reader says of a file (`archive.page_texts.READING_REASONS`) likewise; all else "unreadable"."""

_ORDER = {reason: place for place, reason in enumerate(get_args(Reason))}

Counts = tuple[tuple[Reason, int], ...]
"""How many for each reason, in the order of `REASONS`, none of them 0."""


def counts_of(numbers: dict[Reason, int]) -> Counts:
    """These numbers in the order in which they are told."""
    return tuple(sorted(((reason, n) for reason, n in numbers.items() if n), key=lambda pair: _ORDER[pair[0]]))


def told(counts: Counts) -> str:
    """`12 not yet published, 5 failed`."""
    return ", ".join(f"{number:,} {reason}" for reason, number in counts)
