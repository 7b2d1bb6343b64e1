"""How much of something is there, and what of it is not? Numbers that add up; pure.

Of meetings, `listed` is `held` and those of `not_held` together; of documents, `documents` is `read` and those of
`not_read` together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from archive.reasons import Counts, Reason, counts_of
from archive.statuses import CALLED_OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What is known of the meetings of some committees and months, and what is held of them.

    - `listed`: meetings that the council's own lists name, or once named; `held`: those of them whose page was read
      and has something published on it, also "cancelled"; `not_held`: the others, by reason.
    - `unlisted`: of those listed, the ones that the lists name no more.
    - `held_from_before`: of those held, those that could not be had again, by reason; what is shown was read earlier.
    - `beside`: meetings held that no list named, as from an import.
    - `with_minutes`, `called_off`: of those held, listed or not.
    - `items`: agenda items held; `items_from_before`: those of them that could not be had again, or not in full.
    - `documents`: documents that items list, each once however often it is listed; `fetched`: those whose file is kept;
      `read`: those whose text could be read, wholly or in part; `not_read`: the others, by reason;
      `documents_from_before`: of those fetched, the ones that could not be had again.
    """

    listed: int = 0
    unlisted: int = 0
    held: int = 0
    not_held: Counts = ()
    held_from_before: Counts = ()
    beside: int = 0
    with_minutes: int = 0
    called_off: int = 0
    items: int = 0
    items_from_before: Counts = ()
    documents: int = 0
    fetched: int = 0
    read: int = 0
    not_read: Counts = ()
    documents_from_before: Counts = ()

    @property
    def missing(self) -> int:
        """Listed and not held."""
        return self.listed - self.held

    @property
    def lacking(self) -> int:
        """Missing though the council may have published something: what is not yet published is nobody's fault."""
        return self.missing - dict(self.not_held).get("not yet published", 0)

    @property
    def meetings(self) -> int:
        """Every meeting held, listed or not."""
        return self.held + self.beside


@dataclass(slots=True)
class Adding:
    """A tally while it is added up; each method takes one row of the ledger's queries."""

    plain: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, Counter[Reason]] = field(default_factory=dict)

    def meetings(self, number: int, *, state: str, trouble: Reason | None, published: str, unlisted: bool) -> None:
        """So many meetings; `state` is "held", "beside" or why they are not held."""
        if state != "beside":
            self.plain["listed"] += number
            self.plain["unlisted"] += number * unlisted
        if state in ("held", "beside"):
            self.plain[state] += number
            self.plain["with_minutes"] += number * published.endswith("minutes")
            self.plain["called_off"] += number * (published in CALLED_OFF)
            self._because("held_from_before", trouble, number)
        else:
            self._because("not_held", state, number)

    def items(self, number: int, *, trouble: Reason | None) -> None:
        """So many agenda items."""
        self.plain["items"] += number
        self._because("items_from_before", trouble, number)

    def documents(self, number: int, *, state: str, trouble: Reason | None, fetched: bool) -> None:
        """So many documents; `state` is "read" or why they are not."""
        self.plain["documents"] += number
        self.plain["fetched"] += number * fetched
        if state == "read":
            self.plain["read"] += number
        else:
            self._because("not_read", state, number)
        if fetched:
            self._because("documents_from_before", trouble, number)

    def tally(self) -> Tally:
        """What it came to."""
        told: dict[str, Any] = {**self.plain, **{name: counts_of(numbers) for name, numbers in self.reasons.items()}}
        return Tally(**told)

    def _because(self, name: str, reason: str | None, number: int) -> None:
        if reason is not None:
            self.reasons.setdefault(name, Counter())[reason] += number  # type: ignore[index]  # the queries give no other


def total(tallies: Iterable[Tally]) -> Tally:
    """Several tallies as one. They must not share documents, which each of them counts once."""
    adding = Adding()
    for tally in tallies:
        for name in Tally.__dataclass_fields__:
            value = getattr(tally, name)
            if isinstance(value, int):
                adding.plain[name] += value
            else:
                adding.reasons.setdefault(name, Counter()).update(dict(value))
    return adding.tally()
