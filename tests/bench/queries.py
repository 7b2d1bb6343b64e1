"""What is asked? Classes of queries with a few instances each, their words chosen by how many items hold them.

A query is said here without any engine's language; each engine puts it into its own. Words are exact: no word forms
and no other names, which not every engine has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from math import log
from typing import Literal

from index import Sort
from tests.bench.corpus import PLANTED
from tests.bench.councils import councils
from tests.bench.saving import Tally

INSTANCES = 5
NATURAL_PHRASES = ("in reply to", "damp and mould")
PREFIXES = ("hous", "polic", "recom", "counc", "repor")
PLANTED_PAIRS = (("yarrowgate", "review"), ("ostrel", "members"))
WITHIN = 5
"""How near two words stand for NEAR: the difference of their places in a text, in either order."""

Manner = Literal["all", "any", "phrase", "prefix", "near"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One query: how its words are to be held, and the filters. `expected` items hold it where that is known."""

    manner: Manner
    words: tuple[str, ...]
    boroughs: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    sort: Sort = "relevance"
    expected: int | None = None

    @property
    def line(self) -> str:
        """The same for a person."""
        filters = " ".join((*self.boroughs, *self.years))
        return f"{self.manner} of {' '.join(self.words)!r}" + (f" within {filters}" if filters else "")


@dataclass(frozen=True, slots=True)
class QueryClass:
    """Queries that cost alike."""

    name: str
    queries: tuple[Query, ...]


def query_classes(tally: Tally) -> tuple[QueryClass, ...]:
    """Every class with its instances, for a corpus of which this was counted."""
    return tuple(QueryClass(name, tuple(make(tally))) for name, make in CLASSES)


def _worded(manner: Manner, words: int, share: float) -> Callable[[Tally], Iterator[Query]]:
    """Instances of so many words each, every one held by about this share of the items."""

    def make(tally: Tally) -> Iterator[Query]:
        plain = (word for word in tally.holding if word.isascii() and word.isalpha() and len(word) > 1)
        nearest = sorted(plain, key=lambda word: (abs(log(tally.share(word) / share)), word))
        for start in range(INSTANCES):
            yield Query(manner=manner, words=tuple(nearest[start : words * INSTANCES : INSTANCES]))

    return make


def _phrases(tally: Tally) -> Iterator[Query]:
    for phrase in NATURAL_PHRASES:
        yield Query(manner="phrase", words=tuple(phrase.split()))
    for phrase, _ in PLANTED:
        yield Query(manner="phrase", words=tuple(phrase.split()), expected=tally.planted[phrase])


def _near(tally: Tally) -> Iterator[Query]:
    """Pairs of rather common words, and two that stand together wherever the first of them was planted."""
    yield from islice(_worded("near", 2, RARE)(tally), INSTANCES - len(PLANTED_PAIRS))
    for pair in PLANTED_PAIRS:
        (phrase,) = (phrase for phrase, _ in PLANTED if set(pair) <= set(phrase.split()))
        yield Query(manner="near", words=pair, expected=tally.planted[phrase])


def _prefixes(_: Tally) -> Iterator[Query]:
    return (Query(manner="prefix", words=(prefix,)) for prefix in PREFIXES)


def _filtered(tally: Tally) -> Iterator[Query]:
    slugs = [council.borough.slug for council in councils()]
    for number, query in enumerate(_worded("all", 2, COMMON)(tally)):
        years = tuple(str(year) for year in range(2008 + number, 2018 + number))
        yield replace(query, boroughs=tuple(slugs[number::INSTANCES]), years=years)


RARE, COMMON, IN_ANY = 0.25, 0.46, 0.40

CLASSES: tuple[tuple[str, Callable[[Tally], Iterator[Query]]], ...] = (
    ("rare AND (two words)", _worded("all", 2, RARE)),
    ("common AND (two words)", _worded("all", 2, COMMON)),
    ("OR of three common words", _worded("any", 3, IN_ANY)),
    ("one common word", _worded("all", 1, COMMON)),
    ("phrase", _phrases),
    ("prefix", _prefixes),
    (f"NEAR/{WITHIN} (two words)", _near),
    ("common AND, borough and year filters", _filtered),
)
