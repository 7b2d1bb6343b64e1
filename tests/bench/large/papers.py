"""The texts of one meeting: so many pieces of so many words, each about its subject, made all at once.

To be quick, the words of all pieces are drawn together, ends of sentences are
put on the words where they fall, and sentences about a piece's subject are hung on some of these.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tests.bench.large.sentences import Spoken
from tests.bench.large.words import Numbers, Objects, words

_SHORTEST, _LONGEST = 8, 25  # words of a sentence
_OWN, _OTHER = 1 / 6, 1 / 400  # of its sentences are about a piece's own subject, and about any other
_PARAGRAPH = 1 / 5  # of the sentences end one


class Papers:
    """Makes pieces of text, in which any of these subjects may be mentioned."""

    def __init__(self, others: Sequence[Spoken]) -> None:
        self._others = [said for one in others for said in one.said]

    def pieces(
        self, lengths: Numbers, subjects: Sequence[Spoken], random: np.random.Generator
    ) -> tuple[list[str], int]:
        """Texts with so many drawn words each, and how many words they have with the sentences in them."""
        ends = np.cumsum(lengths)
        begins, total = ends - lengths, int(ends[-1])
        last = _ends_of_sentences(ends, random)
        drawn = words(total, np.append(0, last[:-1] + 1), random)
        drawn[last] += np.where(random.random(len(last)) < _PARAGRAPH, ".\n", ".").astype(object)
        of = np.searchsorted(ends, last, side="right")
        added = self._mention(drawn, last, of, subjects, random)
        said = drawn.tolist()
        return [
            " ".join(said[first:end]) for first, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ], total + added

    def _mention(
        self, drawn: Objects, last: Numbers, of: Numbers, subjects: Sequence[Spoken], random: np.random.Generator
    ) -> int:
        """Hang sentences on some of the last words of others, each in one of the pieces; how many words that adds."""
        chance, which, added = random.random(len(last)), random.random(len(last)), 0
        for kind, some in ((_OWN, chance < _OWN), (_OTHER, chance > 1 - _OTHER)):
            for place, piece, share in zip(last[some].tolist(), of[some].tolist(), which[some].tolist(), strict=True):
                choice = subjects[piece].said if kind == _OWN else self._others
                said, length = choice[int(share * len(choice))]
                drawn[place] += f" {said}."
                added += length
        return added


def _ends_of_sentences(ends: Numbers, random: np.random.Generator) -> Numbers:
    """Where the last words of sentences stand, those of the pieces among them, ascending."""
    total = int(ends[-1])
    some = np.cumsum(random.integers(_SHORTEST, _LONGEST, total // _SHORTEST + 1))
    both = np.sort(np.concatenate((some[some < total], ends))) - 1
    return both[np.diff(both, prepend=-1) > 0]
