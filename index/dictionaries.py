"""The words of all segments of one state of the index: where each is, which begin alike, which are forms of one."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from archive.records import PLACES, Place
from index.likeness import Alike, alike
from index.tokens import stem
from index.words import Extent, PlaceWords

_ANY = sys.maxsize


class Dictionaries:
    """The words of segments, in their order."""

    def __init__(self, segments: Sequence[Mapping[Place, PlaceWords]]) -> None:
        self._segments = tuple(segments)

    def extents(self, place: Place, term: str) -> tuple[Extent | None, ...]:
        """Where the term is in this place of each segment; None where it is not."""
        encoded = term.encode()
        return tuple(words[place].find(encoded) for words in self._segments)

    def extents_starting(self, place: Place, prefix: str) -> tuple[Extent | None, ...]:
        """The same of all words with this beginning together."""
        encoded = prefix.encode()
        return tuple(words[place].starting(encoded) for words in self._segments)

    def forms(self, word: str) -> tuple[str, ...]:
        """Every word with the same stem, in any place, the word itself always among them."""
        wanted = stem(word)
        terms = (term.decode() for term in frozenset(chain.from_iterable(self._starting(shared_start(wanted)))))
        return tuple(sorted({word, *(term for term in terms if stem(term) == wanted)}))

    def starting(self, prefix: str, most: int) -> tuple[str, ...]:
        """The words that begin with this; the walk ends when there are more than `most`."""
        found: set[bytes] = set()
        for some in self._starting(prefix, most + 1):
            found.update(some)
            if len(found) > most:
                break
        return tuple(sorted(term.decode() for term in found))

    def alike(self, typed: tuple[str, ...]) -> tuple[tuple[Alike, ...], ...]:
        """For each of these words those that are spelt nearly so, in any place (`index.likeness`)."""
        found: list[dict[str, Alike]] = [{} for _ in typed]
        for words in (segment[place] for segment in self._segments for place in PLACES):
            for first, packed in words.dictionary.packed():
                for known, near in zip(found, alike(packed, typed), strict=True):
                    for number, term, slips in near:
                        often = words.extent(first + number).occurrences + (known[term].often if term in known else 0)
                        known[term] = Alike(term, slips, often)
        return tuple(tuple(known.values()) for known in found)

    def _starting(self, prefix: str, most: int = _ANY) -> Iterator[list[bytes]]:
        """Those that begin with this, of each place of each segment; at most so many of each."""
        start = prefix.encode()
        for words in self._segments:
            for place in PLACES:
                dictionary = words[place].dictionary
                found = dictionary.starting(start)
                yield dictionary.between(found.start, min(found.stop, found.start + most))


def shared_start(stemmed: str) -> str:
    """The letters with which every form of this stem begins.

    The English stemmer (Snowball) changes at most the last letter of what it leaves, and two after "dying",
    "lying" and "tying"; a stem of two letters or fewer is the word itself.
    """
    if len(stemmed) == 3 and stemmed.endswith("ie"):
        return stemmed[:1]
    return stemmed[:-1] if len(stemmed) > 2 else stemmed
