"""Which texts of an item does a query meet, and where exactly? Exactly what `index.tree` says, over one item.

Used where items are few and exactness counts: which topics an item belongs to, what is marked, which passage is shown.
Texts are read once, as `Texts`, however many queries are then asked of them; most are answered by looking up a word.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import assert_never

from archive.records import PLACES, Place
from index.tokens import WORD, fold, is_capitals, stem
from index.tree import And, Everything, InPlace, Leaf, Near, Node, Not, Or, Phrase, Prefix, Widened, Word

Span = tuple[int, int]
EVERYWHERE = frozenset(PLACES)


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that phrases and NEAR hold within: a place's, a document's title (no page) or one of its pages."""

    place: Place
    text: str
    document: str | None = None
    page: int | None = None


class ReadPassage:
    """A passage's words; they are numbered from 0, and a hit is the numbers of its first and last word."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.printed = WORD.findall(passage.text)
        self.words = [fold(word) for word in self.printed]

    @cached_property
    def numbers(self) -> dict[str, list[int]]:
        """Where each word stands."""
        numbers: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            numbers.setdefault(word, []).append(number)
        return numbers

    @cached_property
    def offsets(self) -> list[Span]:
        """Where each word begins and ends in the text."""
        return [match.span() for match in WORD.finditer(self.passage.text)]

    def numbers_of(self, leaf: Word | Prefix) -> Iterator[int]:
        """Where a word or a beginning stands, in no particular order."""
        if isinstance(leaf, Prefix):
            return (n for word, numbers in self.numbers.items() if word.startswith(leaf.text) for n in numbers)
        found: Iterator[int] = iter(self.numbers.get(leaf.text, ()))
        if leaf.forms:
            root = stem(leaf.text)
            found = (n for word, numbers in self.numbers.items() if stem(word) == root for n in numbers)
        return (n for n in found if is_capitals(self.printed[n])) if leaf.capitals else found

    def hits(self, leaf: Leaf) -> Iterator[Span]:
        """All hits of a leaf, in no particular order."""
        if not isinstance(leaf, Phrase):
            return ((number, number) for number in self.numbers_of(leaf))
        length = len(leaf.words)
        rarest = min(range(length), key=lambda at: len(self.numbers.get(leaf.words[at], ())))
        starts = (number - rarest for number in self.numbers.get(leaf.words[rarest], ()))
        phrase = list(leaf.words)
        return ((n, n + length - 1) for n in starts if n >= 0 and self.words[n : n + length] == phrase)

    def near_hits(self, near: Near) -> tuple[list[Span], list[Span]]:
        """The hits of either side that have one of the other side within the distance (a shared word has 0)."""
        left = sorted(hit for leaf in side_leaves(near.left) for hit in self.hits(leaf))
        right = sorted(hit for leaf in side_leaves(near.right) for hit in self.hits(leaf))
        return _close(left, right, near.distance), _close(right, left, near.distance)


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
        self.read = [ReadPassage(passage) for passage in passages]
        self._views: dict[frozenset[Place], _View] = {}

    def view(self, places: frozenset[Place]) -> _View:
        """The texts of these places."""
        if places not in self._views:
            self._views[places] = _View([read for read in self.read if read.passage.place in places])
        return self._views[places]


class _View:
    """The vocabulary of some passages, to answer most leaves without looking further."""

    def __init__(self, read: Sequence[ReadPassage]) -> None:
        self.read = read
        self.words = frozenset(word for passage in read for word in passage.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.words))

    @cached_property
    def capitals(self) -> frozenset[str]:
        pairs = (pair for passage in self.read for pair in zip(passage.printed, passage.words, strict=True))
        return frozenset(word for printed, word in pairs if is_capitals(printed))

    @cached_property
    def capital_stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.capitals))

    @cached_property
    def ordered(self) -> list[str]:
        return sorted(self.words)

    def holds(self, leaf: Leaf | Near) -> bool:
        """Whether one of the passages holds it."""
        match leaf:
            case Word():
                return self._holds_word(leaf)
            case Prefix():
                at = bisect_left(self.ordered, leaf.text)
                return at < len(self.ordered) and self.ordered[at].startswith(leaf.text)
            case Phrase():
                return self.words.issuperset(leaf.words) and any(any(read.hits(leaf)) for read in self.read)
            case Near():
                return self._holds_near(leaf)
        assert_never(leaf)

    def _holds_word(self, word: Word) -> bool:
        if word.forms:
            return stem(word.text) in (self.capital_stems if word.capitals else self.stems)
        return word.text in (self.capitals if word.capitals else self.words)

    def _holds_near(self, near: Near) -> bool:
        sides = (any(self.holds(leaf) for leaf in side_leaves(side)) for side in (near.left, near.right))
        return all(sides) and any(read.near_hits(near)[0] for read in self.read)


class Matcher:
    """A query, ready to be asked of many items."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.marks = tuple(_marks(node, EVERYWHERE))

    def matches(self, texts: Texts, places: frozenset[Place] = EVERYWHERE) -> bool:
        """Whether an item answers the query, by the texts of these places alone."""
        return _matches(self.node, texts, places)

    def spans(self, passage: Passage) -> tuple[Span, ...]:
        """What to mark in a passage: from and to which character, in order. Nothing under NOT; of NEAR what is near."""
        read = ReadPassage(passage)
        return tuple(sorted({span for spans in self.spans_by_mark(read) for span in spans}))

    def spans_by_mark(self, read: ReadPassage) -> tuple[tuple[Span, ...], ...]:
        """The same for each of the query's leaves and NEARs that may be marked, in their order."""
        return tuple(
            tuple(_span(read, hit) for hit in _hits(mark, read)) if read.passage.place in places else ()
            for places, mark in self.marks
        )


def _matches(node: Node, texts: Texts, places: frozenset[Place]) -> bool:
    match node:
        case Word() | Prefix() | Phrase() | Near():
            return texts.view(places).holds(node)
        case And():
            return all(_matches(inner, texts, places) for inner in node.nodes)
        case Or():
            return any(_matches(inner, texts, places) for inner in node.nodes)
        case Not():
            return not _matches(node.node, texts, places)
        case Widened():
            return any(_matches(inner, texts, places) for inner in (node.typed, *node.also))
        case InPlace():
            return _matches(node.node, texts, places & {node.place})
        case Everything():
            return True
    assert_never(node)


def _marks(node: Node, places: frozenset[Place]) -> Iterator[tuple[frozenset[Place], Leaf | Near]]:
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


def _hits(mark: Leaf | Near, read: ReadPassage) -> list[Span]:
    if not isinstance(mark, Near):
        return sorted(read.hits(mark))
    left, right = read.near_hits(mark)
    return sorted({*left, *right})


def _span(read: ReadPassage, hit: Span) -> Span:
    return read.offsets[hit[0]][0], read.offsets[hit[1]][1]
