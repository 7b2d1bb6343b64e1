"""What differs between two wordings of a text? Paragraph by paragraph, then word by word within changed ones; pure.

For readers, so words that are the same between two changes only by accident ("the", "of") count as changed with them,
and a paragraph that keeps less than half of its words is another paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from archive.records import Block, BlockKind, Text
from webui.alignment import Effort, Pair, TooDifferentError, common

PieceKind = Literal["same", "added", "removed"]
ChangeKind = Literal["same", "added", "removed", "changed"]

STEPS = 250_000
"""The effort for one text, its paragraphs and their words together: about a quarter of a second."""

_TOKEN = re.compile(r"\w+(?:['’.,]\w+)*\s*|\s+|[^\w\s]\s*")
_ALIKE = 0.5
_LOOKED_AT = 6  # paragraphs that may be the earlier wording of one; what is reworded stays about where it was


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that both wordings have, or one of them."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph, list item or table row, and what became of it. A changed one shows both wordings in its pieces."""

    kind: ChangeKind
    block: BlockKind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring paragraphs; `aside` where they are the same in both wordings and far from what is not."""

    aside: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two wordings side by side, in reading order.

    `whole` is False where they differ too much to be compared so closely: then paragraphs that were reworded are shown
    whole in both wordings, or, with `aligned` False too, all the old text before all the new.
    """

    changes: tuple[Change, ...]
    whole: bool = True
    aligned: bool = True

    def count(self, kind: ChangeKind) -> int:
        """How many paragraphs were added, removed, changed or stayed."""
        return sum(change.kind == kind for change in self.changes)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """All paragraphs in order, with those apart that a reader may pass over."""
        kept = {near for place, one in enumerate(self.changes) if one.kind != "same" for near in _around(place)}
        runs = groupby(enumerate(self.changes), key=lambda one: one[0] not in kept)
        found = [(aside, tuple(change for _place, change in run)) for aside, run in runs]
        return tuple(Stretch(aside and len(run) > 1, run) for aside, run in found)


def differ(old: Text, new: Text, steps: int = STEPS) -> Difference:
    """The difference between two texts, for so much effort."""
    effort = Effort(steps)
    before, after = ([" ".join(block.text.split()) for block in text] for text in (old, new))
    try:
        pairs = common(before, after, effort)
    except TooDifferentError:
        return Difference((*_whole(old, "removed"), *_whole(new, "added")), whole=False, aligned=False)
    return _Comparison(old, new, effort).told(pairs)


def differing_words(old: str, new: str, effort: Effort) -> tuple[Piece, ...]:
    """The words of one paragraph, with what was added and removed.

    Raises TooDifferentError where that would cost more than the effort left.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pairs = common([token.strip() for token in before], [token.strip() for token in after], effort)
    return tuple(_pieces(before, after, _readable(before, after, _gaps(pairs, len(before), len(after)))))


Gap = tuple[int, int, int, int]
"""From where to where the old, and from where to where the new, has what the other has not."""


class _Comparison:
    """Two texts whose same paragraphs are known."""

    def __init__(self, old: Text, new: Text, effort: Effort) -> None:
        self._old, self._new, self._effort = old, new, effort
        self._whole = True

    def told(self, pairs: Sequence[Pair]) -> Difference:
        """The difference, with paragraphs that were reworded found between those that are the same."""
        changes, at = list[Change](), 0
        for first, last, from_, to in _gaps(pairs, len(self._old), len(self._new)):
            changes += _whole(self._new[at:from_], "same")
            changes += self._gap(self._old[first:last], self._new[from_:to])
            at = to
        changes += _whole(self._new[at:], "same")
        return Difference(tuple(changes), self._whole)

    def _gap(self, old: Text, new: Text) -> Iterator[Change]:
        at = begun = 0
        for place, match in self._reworded(old, new):
            if match is not None:
                yield from _replaced(old[at:match], new[begun:place])
                yield self._rewording(old[match], new[place])
                at, begun = match + 1, place + 1
        yield from _replaced(old[at:], new[begun:])

    def _reworded(self, old: Text, new: Text) -> Iterator[tuple[int, int | None]]:
        """Each new paragraph's place, with that of the old one that it is a rewording of; in the order of both."""
        bags, at = [Counter(_words(block)) for block in old], 0
        for place, block in enumerate(new):
            bag = Counter(_words(block))
            near = [(self._likeness(bags[other], bag), -other) for other in range(at, min(at + _LOOKED_AT, len(old)))]
            likeness, best = max(near, default=(0.0, 0))
            yield place, (-best if likeness >= _ALIKE else None)
            at = 1 - best if likeness >= _ALIKE else at

    def _likeness(self, one: Counter[str], other: Counter[str]) -> float:
        """The share of words that two paragraphs have in common, whatever their order: from 0 to 1."""
        both = one.total() + other.total()
        try:
            self._effort.spend(both // 2)
        except TooDifferentError:
            self._whole = False
            return 0.0
        return 2 * (one & other).total() / (both or 1)

    def _rewording(self, old: Block, new: Block) -> Change:
        try:
            pieces = differing_words(old.text, new.text, self._effort)
        except TooDifferentError:
            self._whole = False
            pieces = Piece("removed", old.text), Piece("same", " "), Piece("added", new.text)
        # Two wordings that differ in blanks alone are one.
        return Change("changed" if any(piece.kind != "same" for piece in pieces) else "same", new.kind, pieces)


def _around(place: int) -> range:
    """A changed paragraph with its neighbours."""
    return range(place - 1, place + 2)


def _replaced(old: Text, new: Text) -> Iterator[Change]:
    """What went, then what came in its place."""
    yield from _whole(old, "removed")
    yield from _whole(new, "added")


def _whole(text: Text, kind: PieceKind) -> Iterator[Change]:
    return (Change(kind, block.kind, (Piece(kind, block.text),)) for block in text)


def _words(block: Block) -> list[str]:
    return [token.strip() for token in _TOKEN.findall(block.text)]


def _gaps(pairs: Sequence[Pair], old_length: int, new_length: int) -> Iterator[Gap]:
    """What lies between the pairs."""
    old_at = new_at = 0
    for i, j in (*pairs, (old_length, new_length)):
        if i > old_at or j > new_at:
            yield old_at, i, new_at, j
        old_at, new_at = i + 1, j + 1


def _readable(old: Sequence[str], new: Sequence[str], gaps: Iterator[Gap]) -> list[Gap]:
    """The gaps, joined where what is the same between two is shorter than either: nobody reads such confetti."""
    joined = list[Gap]()
    for gap in gaps:
        while joined and _by_accident(old, new, joined[-1], gap):
            before = joined.pop()
            gap = (before[0], gap[1], before[2], gap[3])
        joined.append(gap)
    return joined


def _by_accident(old: Sequence[str], new: Sequence[str], left: Gap, right: Gap) -> bool:
    between = _length(old[left[1] : right[0]])
    return all(between < max(_length(old[a:b]), _length(new[c:d])) for a, b, c, d in (left, right))


def _length(tokens: Sequence[str]) -> int:
    return sum(map(len, tokens))


def _pieces(old: Sequence[str], new: Sequence[str], gaps: Sequence[Gap]) -> Iterator[Piece]:
    """The pieces in reading order; blanks at their ends stand outside of what is marked."""
    at = 0
    for first, last, from_, to in gaps:
        yield from _piece("same", new[at:from_])
        if last > first and first and old[first - 1] != old[first - 1].rstrip() and not _ends_in_blank(new[:from_]):
            yield Piece("same", " ")
        yield from _piece("removed", old[first:last])
        if last > first and to > from_ and not _ends_in_blank(old[:last]):
            yield Piece("same", " ")
        yield from _piece("added", new[from_:to])
        at = to
    yield from _piece("same", new[at:])


def _piece(kind: PieceKind, tokens: Sequence[str]) -> Iterator[Piece]:
    text = "".join(tokens)
    words = text.rstrip() if kind != "same" else text
    if words:
        yield Piece(kind, words)
    if text != words:
        yield Piece("same", text[len(words) :])


def _ends_in_blank(tokens: Sequence[str]) -> bool:
    return bool(tokens) and tokens[-1] != tokens[-1].rstrip()
