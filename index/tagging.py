"""Which topics does an item belong to? Those whose defining query it answers; decided when it is indexed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from index.entries import Row, passages_in
from index.matching import Matcher, Texts
from index.thesaurus import load_thesaurus
from index.topics import Topic, load_topics


@dataclass(frozen=True, slots=True)
class Tagging:
    """The topics there are; `digest` changes with what defines them."""

    topics: tuple[Topic, ...]
    matchers: tuple[Matcher, ...]
    digest: str

    def topics_of(self, rows: tuple[Row, ...]) -> tuple[str, ...]:
        """The slugs of the topics of an item, by its rows."""
        texts = Texts(passages_in(rows))
        pairs = zip(self.topics, self.matchers, strict=True)
        return tuple(topic.slug for topic, matcher in pairs if matcher.matches(texts))


@cache
def load_tagging() -> Tagging:
    """The topics that come with the package."""
    topics = load_topics(load_thesaurus())
    # What a query is read as hangs on the language and the thesaurus too, so the trees are digested, not the file.
    read = repr([(topic.slug, topic.node) for topic in topics])
    digest = hashlib.sha256(read.encode()).hexdigest()
    return Tagging(topics, tuple(Matcher(topic.node) for topic in topics), digest)
