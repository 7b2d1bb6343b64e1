"""Making a segment: its words are written, then asked for the topics of its items, then its facts are written.

A topic is a query, and which items answer it is asked of the segment's words by what answers visitors
(`index.evaluate`): so an item is found under a topic exactly when it is found by the topic's query.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from archive.errors import OUT_OF_SPACE, OutOfSpaceError
from archive.records import PLACES
from index.arrays import ArraysFile, writing
from index.codec import FACTS_EXT, WORDS_EXT
from index.columns import join_segments
from index.evaluate import Evaluation
from index.facts import Column, SegmentFacts, write_facts
from index.kept import Kept
from index.postings import Postings, SegmentWords
from index.rows import GatheredRows
from index.topics import Topic
from index.words import read_words, write_place

_CACHE_BYTES = 1 << 26


@dataclass(frozen=True, slots=True)
class NewSegment:
    """The files of a segment that is in no index yet, so many rows, which are of these items."""

    words: Path
    facts: Path
    rows: int
    items: tuple[str, ...]


def write_segment(folder: Path, name: str, rows: GatheredRows, topics: Sequence[Topic]) -> NewSegment:
    """Write what was gathered into two files of this folder. Raises OutOfSpaceError on a full disk."""
    words, facts = (folder / f"{name}{extension}" for extension in (WORDS_EXT, FACTS_EXT))
    with naming_a_full_disk(folder):
        places, gathered = rows.finished()
        with writing(words) as file:
            for place in places:
                write_place(file, place)
        whole = with_topics(gathered, words, topics)
        with writing(facts) as file:
            write_facts(file, whole)
    return NewSegment(words, facts, len(whole.kinds), whole.ids)


def with_topics(facts: SegmentFacts, words: Path, topics: Sequence[Topic]) -> SegmentFacts:
    """The facts with the topics of each item, whose rows have these words."""
    rows = len(facts.kinds)
    postings = Postings([SegmentWords(read_words(ArraysFile(words)), rows)])
    items = join_segments((facts,), np.ones(rows, np.bool_))
    evaluation = Evaluation(postings, items, sys.maxsize, Kept(_CACHE_BYTES))
    of_items = np.stack([evaluation.answers(topic.node, PLACES) for topic in topics], axis=1)
    tagged, codes = np.nonzero(of_items)
    return replace(facts, topics=Column(tuple(topic.slug for topic in topics), codes), topic_items=tagged)


@contextmanager
def naming_a_full_disk(folder: Path) -> Iterator[None]:
    """Raises OutOfSpaceError, which says what to do, where writing fails for want of room."""
    try:
        yield
    except OSError as error:
        if error.errno in OUT_OF_SPACE:
            raise OutOfSpaceError(
                f"The disk is full: {folder} could not be written. Make room and try again."
            ) from error
        raise
