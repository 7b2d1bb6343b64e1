"""Which words fill the invented items? Sixty thousand: a few of them everywhere, most hardly ever, as in real texts.

The first ranks belong to the words of the invented minutes, the others to words that no language has. How often
each comes is the Zipf-Mandelbrot law: one over its rank and a little.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from tests.site.subjects import common, subjects

SIZE = 60_000

_WORD = re.compile(r"(?<![^\W_])[a-z]+(?![^\W_])")
_SLOT = re.compile(r"\{[^}]*\}")
_FLATTENING = 2.7  # of Mandelbrot's law, as fitted to English
_ONSETS = ("b", "d", "f", "g", "j", "k", "l", "m", "n", "qu", "r", "t", "v", "w", "z", "br", "dr", "gl", "kl", "tr")
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ou")
_CODAS = ("", "b", "g", "k", "l", "m", "n", "r", "st", "th", "x")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words by rank, and the running sum of their weights."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    def draw(self, count: int, random: Random) -> list[str]:
        """So many words, as they would stand in a text."""
        return random.choices(self.words, cum_weights=self.weights, k=count)


@cache
def vocabulary() -> Vocabulary:
    """The words, always the same."""
    words = {word: None for word, _ in Counter(_WORD.findall(_all_said())).most_common()}
    random = Random("words that no language has")
    while len(words) < SIZE:
        words.setdefault(_invented(random))
    weights = accumulate(1 / (rank + _FLATTENING) for rank in range(1, SIZE + 1))
    return Vocabulary(tuple(words), tuple(weights))


def _all_said() -> str:
    """Every sentence of the invented minutes, in small letters, without what is filled in."""
    said = [line for one in subjects() for line in (*one.agenda, *one.openings, *one.exchanges, *one.points)]
    said += (*common().follow_ups, *common().leads, *common().closings)
    return _SLOT.sub(" ", " ".join(said)).lower()


def _invented(random: Random) -> str:
    parts = (_ONSETS, _NUCLEI, _CODAS) * random.choice((2, 3, 3))
    return "".join(random.choice(part) for part in parts)
