"""The topics that come with the package, and what tells them from any others."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from index.thesaurus import load_thesaurus
from index.topics import Topic, load_topics


@dataclass(frozen=True, slots=True)
class Tagging:
    """The topics there are; `digest` changes with what defines them."""

    topics: tuple[Topic, ...]
    digest: str


@cache
def load_tagging() -> Tagging:
    """The topics that come with the package."""
    topics = load_topics(load_thesaurus())
    # What a query is read as hangs on the language and the thesaurus too, so the trees are digested, not the file.
    read = repr([(topic.slug, topic.node) for topic in topics])
    return Tagging(topics, hashlib.sha256(read.encode()).hexdigest())
