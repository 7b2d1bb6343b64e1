"""What is asked: classes of queries as visitors type them, their words chosen by how many of the first items hold them.

Words are exact, so that a class stays what it is; the last classes are widened by word forms and other names, as the
site does unless it is told not to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from math import log

from archive.records import plain
from index import SearchRequest
from tests.bench.councils import councils
from tests.bench.large.corpus import ITEMS, Corpus, LargeMeeting
from tests.bench.large.planting import IN_MINUTES

INSTANCES = 5
RARE, MIDDLING, COMMON = 0.02, 0.25, 0.46
_SAMPLED = 100  # meetings
_WORD = re.compile(r"(?<![^\W_])[a-z]{3,}(?![^\W_])")
_PHRASES = ("in reply to", "damp and mould", "temporary accommodation", "the council", IN_MINUTES)
_PREFIXES = ("hous", "polic", "recom", "counc", "repor")
_TYPED = ("housing repairs", "knife crime", "school streets", "ASB", "temporary accommodation costs")

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class QueryClass:
    """Queries that cost alike."""

    name: str
    requests: tuple[SearchRequest, ...]


def query_classes(corpus: Corpus, items: int) -> tuple[QueryClass, ...]:
    """Every class with its instances, for the first so many items."""
    shares = word_shares(corpus, min(_SAMPLED, -(-items // ITEMS)))
    common = _worded("{} {}", shares, COMMON)
    exact = {
        "rare AND (two words)": _worded("{} {}", shares, RARE),
        "middling AND (two words)": _worded("{} {}", shares, MIDDLING),
        "common AND (two words)": common,
        "OR of three common words": _worded("{} OR {} OR {}", shares, COMMON),
        "one common word": _worded("{}", shares, COMMON),
        "phrase": [f'"{phrase}"' for phrase in _PHRASES],
        "prefix": [f"{prefix}*" for prefix in _PREFIXES],
        "NEAR of rare words": _worded("{} NEAR/10 {}", shares, RARE),
        "NEAR of common words": _worded("{} NEAR/5 {}", shares, COMMON),
    }
    classes = [
        QueryClass(name, tuple(SearchRequest(text=text, widen=False) for text in texts))
        for name, texts in exact.items()
    ]
    return (
        *classes,
        QueryClass("common AND, borough and year filters", tuple(_filtered(common))),
        QueryClass("as typed, with word forms and other names", tuple(SearchRequest(text=text) for text in _TYPED)),
        QueryClass("no words: everything, newest first", (SearchRequest(),)),
    )


def word_shares(corpus: Corpus, meetings: int) -> Shares:
    """Which share of the items of the first meetings holds each word, their papers included."""
    holding = Counter(chain.from_iterable(_words_of(corpus.meeting(number)) for number in range(meetings)))
    return {word: many / (meetings * ITEMS) for word, many in holding.items()}


def _words_of(meeting: LargeMeeting) -> Iterator[str]:
    """The different words of each of its items."""
    texts = {paper.document.id: [page.text for page in paper.text.pages] for paper in meeting.papers}
    for item in meeting.items:
        own = [item.title, plain(item.agenda), plain(item.minutes), *(link.title for link in item.documents)]
        papers = chain.from_iterable(texts[link.document] for link in item.documents)
        yield from set(_WORD.findall("\n".join((*own, *papers)).lower()))


def _worded(pattern: str, shares: Shares, share: float) -> list[str]:
    """Instances with words that are each held by about this share of the items."""
    nearest = sorted(shares, key=lambda word: (abs(log(shares[word] / share)), word))
    many = pattern.count("{}")
    return [pattern.format(*nearest[start : many * INSTANCES : INSTANCES]) for start in range(INSTANCES)]


def _filtered(texts: list[str]) -> Iterator[SearchRequest]:
    slugs = [council.borough.slug for council in councils()]
    for number, text in enumerate(texts):
        years = tuple(str(year) for year in range(2008 + number, 2018 + number))
        request = SearchRequest(text=text, widen=False)
        yield replace(request, boroughs=tuple(slugs[number::INSTANCES]), years=years)
