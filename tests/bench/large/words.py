"""Words by the hundred thousand, as they would stand in papers: a few everywhere, most hardly ever, always new ones.

Two laws in one, as large corpora show them (R. Ferrer i Cancho, R. V. Solé, "Two regimes in the frequency of words",
2001): the common words come by Zipf and Mandelbrot; one in fifty comes from a far longer tail of names and numbers,
which falls off faster and has no end in sight, so that the vocabulary grows with the text. Both are drawn by their
inverse, without a table: a table of millions costs more to look into than all else here.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from index import load_thesaurus, load_topics
from tests.bench.vocabulary import vocabulary

Numbers = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]

TAIL_SHARE = 0.02
_FLATTENING = 2.7  # of Mandelbrot's law, as fitted to English
_TAIL_POWER = 1.8
_ONSETS = (*"bdfghjklmnprstvwz", "br", "cl", "dr", "gr", "kl", "pr", "st", "tr")
_NUCLEI = (*"aeiou", "ai", "ee", "oa", "ou")
_CODAS = ("", "b", "d", "g", "k", "l", "m", "n", "r", "s", "x")
_SYLLABLES: list[str] = [onset + nucleus + coda for onset in _ONSETS for nucleus in _NUCLEI for coda in _CODAS]
_NAMES = len(_SYLLABLES) * len(_SYLLABLES)
_SCATTER = 2_654_435_761  # so that names alike in letters are not alike in frequency (Knuth's multiplier)
_QUOTED, _BARE = re.compile(r'"[^"]*"|OR|NEAR'), re.compile(r"[a-z]+")


@cache
def head() -> tuple[str, ...]:
    """The common words by rank, without those that alone would put every long paper under a topic."""
    topics = load_topics(load_thesaurus())
    telling = {word for topic in topics for word in _BARE.findall(_QUOTED.sub("", topic.query).lower())}
    return tuple(word for word in vocabulary().words if word not in telling)


@cache
def _as_array(*, capital: bool) -> Objects:
    found = np.empty(len(head()), object)
    found[:] = [word.capitalize() if capital else word for word in head()]
    return found


def words(count: int, starts: Numbers, random: np.random.Generator) -> Objects:
    """So many words, as they would stand in a text whose sentences begin at these."""
    ranks, many = drawn(count, random), len(head())
    tail = np.flatnonzero(ranks >= many)
    names = [name(rank - many) for rank in ranks[tail].tolist()]
    ranks[tail] = 0
    found = _as_array(capital=False)[ranks]
    found[starts] = _as_array(capital=True)[ranks[starts]]
    found[tail] = names
    return found


def name(number: int) -> str:
    """A word of the tail, by its rank there: a name, or one time in four a number, as there are in tables."""
    if number % 4 == 3:
        return str(number)
    first, second = divmod(number * _SCATTER % _NAMES, len(_SYLLABLES))
    return _SYLLABLES[first] + _SYLLABLES[second]


def drawn(count: int, random: np.random.Generator) -> Numbers:
    """The ranks of so many words, from 0."""
    many = len(head())
    chance = random.random(count)
    found = _FLATTENING * ((many + _FLATTENING) / _FLATTENING) ** (chance / (1 - TAIL_SHARE)) - _FLATTENING
    numbers = np.minimum(found, many - 1).astype(np.int64)
    tail = np.flatnonzero(chance >= 1 - TAIL_SHARE)
    rest = (1 - chance[tail]) / TAIL_SHARE
    rank = many * (np.maximum(rest, 1e-12) ** (-1 / (_TAIL_POWER - 1)) - 1)
    numbers[tail] = many + rank.astype(np.int64) % _NAMES
    return numbers
