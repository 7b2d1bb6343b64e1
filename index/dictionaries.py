"""The words of all segments of one state of the index: where each is, which begin alike, which are forms of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from archive.records import PLACES, Place
from index.storage import OpenSegment
from index.tokens import stem
from index.words import Extent, PlaceWords


class Dictionaries:
    """Rows count through the segments in their order."""

    def __init__(self, segments: Sequence[OpenSegment]) -> None:
        bases = accumulate((segment.rows for segment in segments), initial=0)
        self._segments = tuple(zip((segment.files.words for segment in segments), bases, strict=False))

    def extents(self, place: Place, term: str) -> tuple[tuple[PlaceWords, int, Extent], ...]:
        """Of each segment that has the term: the words of the place, the segment's first row, and where the term is."""
        encoded = term.encode()
        found = ((words[place], base, words[place].find(encoded)) for words, base in self._segments)
        return tuple((words, base, extent) for words, base, extent in found if extent is not None)

    def forms(self, word: str) -> tuple[str, ...]:
        """Every word with the same stem, in any place, the word itself always among them."""
        wanted = stem(word)
        terms = (term.decode() for term in set(self._starting(shared_start(wanted))))
        return tuple(sorted({word, *(term for term in terms if stem(term) == wanted)}))

    def starting(self, prefix: str, most: int) -> tuple[str, ...]:
        """The words that begin with this; the walk ends when there are more than `most`."""
        found: set[bytes] = set()
        for term in self._starting(prefix):
            found.add(term)
            if len(found) > most:
                break
        return tuple(sorted(term.decode() for term in found))

    def _starting(self, prefix: str) -> Iterator[bytes]:
        start = prefix.encode()
        for words, _ in self._segments:
            for place in PLACES:
                yield from words[place].dictionary.starting(start)


def shared_start(stemmed: str) -> str:
    """The letters with which every form of this stem begins.

    The English stemmer (Snowball) changes at most the last letter of what it leaves, and two after "dying",
    "lying" and "tying"; a stem of two letters or fewer is the word itself.
    """
    if len(stemmed) > 3:
        return stemmed[:3]
    if len(stemmed) == 3:
        return stemmed[:1] if stemmed.endswith("ie") else stemmed[:2]
    return stemmed
