"""Which texts of an item does a query meet, and where exactly? Exactly what `index.tree` says, over one item.

Used where items are few and exactness counts: which topics an item belongs to, what is marked, which passage is shown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias, assert_never

from archive.records import PLACES, Place
from index.tokens import WORD, fold, is_capitals, stem
from index.tree import And, Everything, InPlace, Leaf, Near, Node, Not, Or, Phrase, Prefix, Widened, Word

Span = tuple[int, int]
Mark: TypeAlias = "Leaf | Near"
Holds = Callable[[Mark, frozenset[Place]], bool]
EVERYWHERE = frozenset(PLACES)


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that phrases and NEAR hold within: a place's, a document's title (no page) or one of its pages.

    Of a page, `hit` may say at which character the best of it begins, and `within` from and to which it is looked at;
    neither end may fall into a word.
    """

    place: Place
    text: str
    document: str | None = None
    page: int | None = None
    hit: int = 0
    within: Span | None = None

    @property
    def part(self) -> Span:
        """From and to which character it is looked at."""
        return self.within or (0, len(self.text))


class Words:
    """The words of one text, as they are printed, numbered from 0; a hit is the numbers of its first and last word.

    Few of them are ever asked for, so where one stands is looked up when it is.
    """

    def __init__(self, printed: Sequence[str]) -> None:
        self._printed = printed
        self._folded = list(map(fold, printed))

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of a text."""
        return cls(WORD.findall(text))

    @cached_property
    def different(self) -> tuple[str, ...]:
        """Its words, folded, each once."""
        return tuple(dict.fromkeys(self._folded))

    @cached_property
    def by_stem(self) -> dict[str, list[str]]:
        """The different words by what their forms share."""
        found: dict[str, list[str]] = {}
        for word in self.different:
            found.setdefault(stem(word), []).append(word)
        return found

    def holds(self, mark: Mark) -> bool:
        """Whether it stands there at all."""
        return bool(self.near_hits(mark)[0]) if isinstance(mark, Near) else any(True for _ in self.hits(mark))

    def hits(self, leaf: Leaf) -> Iterator[Span]:
        """All hits of a leaf, in no particular order."""
        if isinstance(leaf, Phrase):
            return self._phrases(leaf.words)
        capitals = isinstance(leaf, Word) and leaf.capitals
        found = (n for word in self._names(leaf) for n in self._numbers(word))
        return ((n, n) for n in found if not capitals or is_capitals(self._printed[n]))

    def near_hits(self, near: Near) -> tuple[list[Span], list[Span]]:
        """The hits of either side that have one of the other side within the distance (a shared word has 0)."""
        left = sorted(hit for leaf in side_leaves(near.left) for hit in self.hits(leaf))
        right = sorted(hit for leaf in side_leaves(near.right) for hit in self.hits(leaf))
        return _close(left, right, near.distance), _close(right, left, near.distance)

    def _names(self, leaf: Word | Prefix) -> Iterable[str]:
        """What a word or a beginning is called here."""
        if isinstance(leaf, Prefix):
            return (word for word in self.different if word.startswith(leaf.text))
        return self.by_stem.get(stem(leaf.text), ()) if leaf.forms else (leaf.text,)

    def _numbers(self, word: str) -> list[int]:
        """Where a folded word stands."""
        found: list[int] = []
        with suppress(ValueError):
            while True:
                found.append(self._folded.index(word, found[-1] + 1 if found else 0))
        return found

    def _phrases(self, words: Sequence[str]) -> Iterator[Span]:
        length = len(words)
        at = [self._numbers(word) for word in words]
        rarest = min(range(length), key=lambda place: len(at[place]))
        starts = (number - rarest for number in at[rarest])
        return (
            (first, first + length - 1)
            for first in starts
            if all(_is_among(numbers, first + place) for place, numbers in enumerate(at))
        )


class ReadPassage:
    """A passage's words and their places in its text."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        found = list(WORD.finditer(passage.text, *passage.part))
        self.words = Words([match[0] for match in found])
        self._found = found

    def characters(self, hit: Span) -> Span:
        """From and to which character of the text a hit stands."""
        return self._found[hit[0]].start(), self._found[hit[1]].end()


def _is_among(numbers: Sequence[int], wanted: int) -> bool:
    at = bisect_left(numbers, wanted)
    return at < len(numbers) and numbers[at] == wanted


def side_leaves(side: Node) -> Iterator[Leaf]:
    """The leaves of one side of NEAR. Raises ValueError for a tree that `index.tree` does not allow."""
    match side:
        case Word() | Prefix() | Phrase():
            yield side
        case Or():
            for inner in side.nodes:
                yield from side_leaves(inner)
        case Widened():
            for inner in (side.typed, *side.also):
                yield from side_leaves(inner)
        case _:
            raise ValueError(f"NEAR cannot stand beside {type(side).__name__}")


def _close(hits: Sequence[Span], others: Sequence[Span], distance: int) -> list[Span]:
    """The hits that have one of `others` (sorted) close by: of those beginning in time, one that ends late enough."""
    starts = [first for first, _ in others]
    ends = list(accumulate((last for _, last in others), max))
    close = []
    for first, last in hits:
        begun = bisect_right(starts, last + distance)
        if begun and ends[begun - 1] >= first - distance:
            close.append((first, last))
    return close


class Texts:
    """The texts of one item, read once. Places can be left out of what is asked."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._texts = [(passage.place, Words.of(passage.text)) for passage in passages]

    def holds(self, mark: Mark, places: frozenset[Place]) -> bool:
        """Whether a text of one of these places holds it."""
        return any(words.holds(mark) for place, words in self._texts if place in places)


class Matcher:
    """A query, ready to be asked of many items."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.marks = tuple(_marks(node, EVERYWHERE))

    def matches(self, texts: Texts, places: frozenset[Place] = EVERYWHERE) -> bool:
        """Whether an item answers the query, by the texts of these places alone."""
        return answers(self.node, texts.holds, places)

    def spans(self, passage: Passage) -> tuple[Span, ...]:
        """What to mark in a passage: from and to which character, in order. Nothing under NOT; of NEAR what is near."""
        read = ReadPassage(passage)
        return tuple(sorted({span for spans in self.spans_by_mark(read) for span in spans}))

    def spans_by_mark(self, read: ReadPassage) -> tuple[tuple[Span, ...], ...]:
        """The same for each of the query's leaves and NEARs that may be marked, in their order."""
        return tuple(
            tuple(read.characters(hit) for hit in _hits(mark, read.words)) if read.passage.place in places else ()
            for places, mark in self.marks
        )


def answers(node: Node, holds: Holds, places: frozenset[Place] = EVERYWHERE) -> bool:
    """Whether an item answers a query, by what its texts in these places hold."""
    match node:
        case Word() | Prefix() | Phrase() | Near():
            return holds(node, places)
        case And():
            return all(answers(inner, holds, places) for inner in node.nodes)
        case Or():
            return any(answers(inner, holds, places) for inner in node.nodes)
        case Not():
            return not answers(node.node, holds, places)
        case Widened():
            return any(answers(inner, holds, places) for inner in (node.typed, *node.also))
        case InPlace():
            return answers(node.node, holds, places & {node.place})
        case Everything():
            return True
    assert_never(node)


def _marks(node: Node, places: frozenset[Place]) -> Iterator[tuple[frozenset[Place], Mark]]:
    """The leaves and NEARs that a reader asked to see, with the places in which they count."""
    match node:
        case Word() | Prefix() | Phrase() | Near():
            yield places, node
        case And() | Or():
            for inner in node.nodes:
                yield from _marks(inner, places)
        case Widened():
            for inner in (node.typed, *node.also):
                yield from _marks(inner, places)
        case InPlace():
            yield from _marks(node.node, places & {node.place})


def _hits(mark: Mark, words: Words) -> list[Span]:
    if not isinstance(mark, Near):
        return sorted(words.hits(mark))
    left, right = words.near_hits(mark)
    return sorted({*left, *right})
