"""Which topics does an item belong to? Those whose defining query it answers; decided when it is indexed.

Decided while its texts are read one after the other, for its papers may have thousands of pages: what is remembered of
a text is which words, phrases and NEARs of the topics it holds. Few of these can stand in one text, and its vocabulary
tells which: each has words of which it needs one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain

from archive.records import Place
from index.entries import Row
from index.leaves import alternatives
from index.matching import Mark, Words, answers, side_leaves
from index.thesaurus import load_thesaurus
from index.tokens import CAPITALS_MARK, WORD, fold, stem, terms_of_printed
from index.topics import Topic, load_topics
from index.tree import And, Everything, InPlace, Near, Node, Not, Or, Phrase, Prefix, Widened, Word

_START = 3  # letters of a prefix, at least


@dataclass(frozen=True, slots=True)
class Tagging:
    """The topics there are; `digest` changes with what defines them.

    `marks` are the words, phrases and NEARs they ask for, with their numbers, and `by_number` the other way round;
    `possible` says of a word of a text which of these can stand there; `concerned` leads from each to the topics that
    ask for it. `always` are the topics of an item that holds none of them.
    """

    topics: tuple[Topic, ...]
    marks: Mapping[Mark, int]
    by_number: tuple[Mark, ...]
    possible: Callable[[str], tuple[int, ...]]
    concerned: tuple[tuple[int, ...], ...]
    always: tuple[int, ...]
    digest: str

    def begun(self) -> ItemTopics:
        """The topics of an item of which nothing has been read yet."""
        return ItemTopics(self)

    def topics_of(self, rows: Iterable[Row]) -> tuple[str, ...]:
        """The slugs of the topics of an item, by its rows, in the order of the topics."""
        begun = self.begun()
        for place, text in (text for row in rows for text in row.texts):
            begun.read(place, WORD.findall(text))
        return begun.slugs()


class ItemTopics:
    """The topics of one item, by what of it has been read so far."""

    def __init__(self, tagging: Tagging) -> None:
        self._tagging = tagging
        self._held: set[tuple[int, Place]] = set()

    def read(self, place: Place, printed: Sequence[str]) -> None:
        """Read one more text, given by its words as they are printed."""
        text, possible = _Text(printed), self._tagging.possible
        for number in frozenset(chain.from_iterable(map(possible, text.different))):
            if (number, place) not in self._held and text.holds(self._tagging.by_number[number]):
                self._held.add((number, place))

    def slugs(self) -> tuple[str, ...]:
        """The slugs of its topics, in the order of the topics."""
        tagging = self._tagging
        asked = {*tagging.always, *(topic for number, _ in self._held for topic in tagging.concerned[number])}
        topics = (tagging.topics[topic] for topic in sorted(asked))
        return tuple(topic.slug for topic in topics if answers(topic.node, self._holds))

    def _holds(self, mark: Mark, places: frozenset[Place]) -> bool:
        number = self._tagging.marks[mark]
        return any((number, place) in self._held for place in places)


@cache
def load_tagging() -> Tagging:
    """The topics that come with the package."""
    return tagging_of(load_topics(load_thesaurus()))


def tagging_of(topics: tuple[Topic, ...]) -> Tagging:
    """These topics, ready to be asked for."""
    asked = [frozenset(_marks(topic.node)) for topic in topics]
    marks = {mark: number for number, mark in enumerate(dict.fromkeys(mark for some in asked for mark in some))}
    # What a query is read as hangs on the language and the thesaurus too, so the trees are digested, not the file.
    read = repr([(topic.slug, topic.node) for topic in topics])
    return Tagging(
        topics=topics,
        marks=marks,
        by_number=tuple(marks),
        possible=_finder(marks),
        concerned=tuple(tuple(number for number, some in enumerate(asked) if mark in some) for mark in marks),
        always=tuple(number for number, topic in enumerate(topics) if answers(topic.node, lambda *_: False)),
        digest=hashlib.sha256(read.encode()).hexdigest(),
    )


def _finder(marks: Mapping[Mark, int]) -> Callable[[str], tuple[int, ...]]:
    """What can stand where a word does, looked up once for every word."""
    by_sign: dict[str, list[int]] = {}
    for mark, number in marks.items():
        for sign in signs_of(mark):
            by_sign.setdefault(sign, []).append(number)

    @lru_cache(maxsize=200_000)
    def possible(printed: str) -> tuple[int, ...]:
        word = fold(printed)
        return (*by_sign.get(stem(word), ()), *by_sign.get(word[:_START] + "*", ()))

    return possible


class _Text:
    """One text, by its words as they are printed. What a mark needs of it is made when one asks."""

    def __init__(self, printed: Sequence[str]) -> None:
        self._printed = printed
        self.different = frozenset(printed)

    @cached_property
    def _terms(self) -> frozenset[str]:
        return frozenset(chain.from_iterable(map(terms_of_printed, self.different)))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem, self._terms))

    @cached_property
    def _joined(self) -> str:
        """Every word between two spaces: no word holds one, so a phrase stands there as it is printed."""
        return " ".join(("", *map(fold, self._printed), ""))

    @cached_property
    def _words(self) -> Words:
        return Words(self._printed)

    def holds(self, mark: Mark) -> bool:
        """Whether it stands there, as `Words.holds` says."""
        match mark:
            case Word(text, forms=True, capitals=False):
                return stem(text) in self._stems
            case Word(text, forms=False):
                return (CAPITALS_MARK + text if mark.capitals else text) in self._terms
            case Phrase(words):
                return self._terms.issuperset(words) and " ".join(("", *words, "")) in self._joined
            case Near(left, right, _):
                sides = (side_leaves(left), side_leaves(right))
                return all(any(map(self.holds, side)) for side in sides) and self._words.holds(mark)
            case _:
                return self._words.holds(mark)


def signs_of(mark: Mark) -> frozenset[str]:
    """Stems, and beginnings as `abc*`, one of which must be in a text that holds this."""
    match mark:
        case Near(left, right, _):
            sides = (frozenset[str]().union(*map(signs_of, side_leaves(side))) for side in (left, right))
            return min(sides, key=len)
        case Prefix(text):
            return frozenset((text[:_START] + "*",))
        case Phrase(words):
            return frozenset((stem(max(words, key=len)),))
        case _:
            return frozenset((stem(mark.text),))


def _marks(node: Node) -> Iterator[Mark]:
    """All that a query asks of a text, exclusions too."""
    match node:
        case And(nodes):
            for one in nodes:
                yield from _marks(one)
        case Or() | Widened():
            for one in alternatives(node):
                yield from _marks(one)
        case InPlace(_, below) | Not(below):
            yield from _marks(below)
        case Everything():
            return
        case _:
            yield node
