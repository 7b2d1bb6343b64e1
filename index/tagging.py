"""Which topics does an item belong to? Those whose defining query it answers; decided when it is indexed.

Few topics can concern an item, and its vocabulary tells which: every topic has words of which it needs one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.entries import Row, passages_in
from index.leaves import alternatives
from index.matching import EVERYWHERE, Matcher, Texts
from index.thesaurus import load_thesaurus
from index.tokens import stem
from index.topics import Topic, load_topics
from index.tree import And, Everything, InPlace, Near, Node, Not, Or, Phrase, Prefix, Widened, Word

_START = 3  # letters of a prefix, at least


@dataclass(frozen=True, slots=True)
class Tagging:
    """The topics there are; `digest` changes with what defines them. `by_sign` leads to the topics it can concern."""

    topics: tuple[Topic, ...]
    matchers: tuple[Matcher, ...]
    by_sign: dict[str, tuple[int, ...]]
    always: tuple[int, ...]
    digest: str

    def topics_of(self, rows: tuple[Row, ...]) -> tuple[str, ...]:
        """The slugs of the topics of an item, by its rows, in the order of the topics."""
        texts = Texts(passages_in(rows))
        view = texts.view(EVERYWHERE)
        signs = self.by_sign.keys() & (view.stems | {word[:_START] + "*" for word in view.words})
        possible = sorted({*self.always, *(topic for sign in signs for topic in self.by_sign[sign])})
        return tuple(self.topics[topic].slug for topic in possible if self.matchers[topic].matches(texts))


@cache
def load_tagging() -> Tagging:
    """The topics that come with the package."""
    return tagging_of(load_topics(load_thesaurus()))


def tagging_of(topics: tuple[Topic, ...]) -> Tagging:
    """These topics, ready to be asked for."""
    needed = [signs_of(topic.node) for topic in topics]
    by_sign: dict[str, tuple[int, ...]] = {}
    for topic, signs in enumerate(needed):
        for sign in signs or ():
            by_sign[sign] = (*by_sign.get(sign, ()), topic)
    # What a query is read as hangs on the language and the thesaurus too, so the trees are digested, not the file.
    read = repr([(topic.slug, topic.node) for topic in topics])
    return Tagging(
        topics=topics,
        matchers=tuple(Matcher(topic.node) for topic in topics),
        by_sign=by_sign,
        always=tuple(topic for topic, signs in enumerate(needed) if signs is None),
        digest=hashlib.sha256(read.encode()).hexdigest(),
    )


def signs_of(node: Node) -> frozenset[str] | None:
    """Stems, and beginnings as `abc*`, one of which must be in what answers this; None where nothing need be."""
    match node:
        case Word(text):
            return frozenset((stem(text),))
        case Prefix(text):
            return frozenset((text[:_START] + "*",))
        case Phrase(words):
            return frozenset((stem(max(words, key=len)),))
        case InPlace(_, below):
            return signs_of(below)
        case And(nodes):
            return min(_known(nodes), key=len, default=None)
        case Near(left, right, _):
            return min(_known((left, right)), key=len, default=None)
        case Or() | Widened():
            parts = tuple(signs_of(one) for one in alternatives(node))
            return None if None in parts else frozenset().union(*(part for part in parts if part is not None))
        case Not() | Everything():
            return None


def _known(nodes: tuple[Node, ...]) -> Iterator[frozenset[str]]:
    return (signs for signs in map(signs_of, nodes) if signs is not None)
