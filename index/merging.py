"""The words of several segments as those of one: stretches of their arrays put one after the other.

All dictionaries are ascending, so a stretch of the new one is a stretch of each old one; so much is read, put in order
and written at a time, whatever the size of the index and the number of its words. No posting is ever an object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.records import PLACES, Place
from index.arrays import Array
from index.dictionary import ranked
from index.facts import Mask
from index.words import Kind, PlaceWords, Run, Runs, cut_by, expanded

Codes = npt.NDArray[np.int64]

_AT_ONCE = 4_000_000  # postings and positions; those of a single word may be more


@dataclass(frozen=True, slots=True)
class Part:
    """The words of one segment; of each of its rows whether it is kept, and which it becomes."""

    words: Mapping[Place, PlaceWords]
    alive: Mask
    becomes: Codes


def parts_of(words: Sequence[Mapping[Place, PlaceWords]], alive: Sequence[Mask]) -> list[Part]:
    """Parts whose kept rows follow one another."""
    begun, parts = 0, []
    for some, stays in zip(words, alive, strict=True):
        parts.append(Part(some, stays, np.cumsum(stays) - 1 + begun))
        begun += int(np.count_nonzero(stays))
    return parts


def merged_places(parts: Sequence[Part], at_once: int = _AT_ONCE) -> Iterator[Runs]:
    """The words of each place; so many postings and positions are held in memory at a time."""
    return (_runs(parts, place, at_once) for place in PLACES)


def _runs(parts: Sequence[Part], place: Place, at_once: int) -> Runs:
    words = [part.words[place] for part in parts]
    largest = [words.extent_of_all() for words in words]
    return Runs(
        place=place,
        rows=sum(one.rows for one in largest),
        positions=sum(one.occurrences for one in largest),
        kinds=(
            np.min_scalar_type(sum(len(part.alive) for part in parts)),
            _widest([one.kinds()[1] for one in words]),
            _widest([one.kinds()[2] for one in words]),
        ),
        runs=_merged(parts, place, at_once),
    )


def _merged(parts: Sequence[Part], place: Place, at_once: int) -> Iterator[Run]:
    bounds = max((part.words[place].dictionary.bounds() for part in parts), key=len)
    starts = [[part.words[place].dictionary.at_or_after(bound) for bound in bounds] for part in parts]
    ends = [[*some[1:], len(part.words[place].dictionary)] for some, part in zip(starts, parts, strict=True)]
    for ranges in zip(*(zip(*both, strict=True) for both in zip(starts, ends, strict=True)), strict=True):
        yield from _merged_between(parts, place, at_once, ranges)


def _merged_between(
    parts: Sequence[Part], place: Place, at_once: int, ranges: Sequence[tuple[int, int]]
) -> Iterator[Run]:
    """The same of some words alone: from one number to another of each dictionary."""
    dictionaries = (part.words[place].dictionary for part in parts)
    terms, numbers = ranked([one.between(*range_) for one, range_ in zip(dictionaries, ranges, strict=True)])
    sizes = np.zeros(len(terms), np.int64)
    for part, range_, where in zip(parts, ranges, numbers, strict=True):
        held, often = part.words[place].sizes(*range_)
        sizes[where] += held + often
    for first, last in cut_by(sizes, at_once):
        pieces = []
        for part, (begun, _), where in zip(parts, ranges, numbers, strict=True):
            start, stop = np.searchsorted(where, (first, last)).tolist()
            pieces.append(_piece(part, place, begun + start, begun + stop, where[start:stop] - first))
        run = _joined(terms[first:last], pieces)
        if run.terms:
            yield run


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words of one segment; `terms` says which of a run each is, `held` and `often` how much there is of it."""

    terms: Codes
    held: Codes
    often: Codes
    rows: Array
    counts: Array
    positions: Array


def _piece(part: Part, place: Place, start: int, stop: int, terms: Codes) -> _Piece:
    """The words from one number to another, without what is not kept, its rows renumbered."""
    words = part.words[place]
    held, often = words.sizes(start, stop)
    extent = words.extent_between(start, stop)
    rows, counts, positions = words.rows(extent), words.counts(extent), words.positions(extent)
    if not part.alive.all():
        kept = part.alive[rows]
        of_term = np.repeat(np.arange(len(held)), held)
        positions = positions[np.repeat(kept, counts)]
        rows, counts, of_term = rows[kept], counts[kept], of_term[kept]
        held = np.bincount(of_term, minlength=len(held))
        often = np.bincount(of_term, weights=counts, minlength=len(held)).astype(np.int64)
    return _Piece(terms, held, often, part.becomes[rows], counts, positions)


def _joined(terms: Sequence[bytes], pieces: Sequence[_Piece]) -> Run:
    """The pieces word by word, each word's in the order of the segments."""
    which = np.concatenate([piece.terms for piece in pieces])
    held, often = (np.concatenate(some) for some in zip(*((p.held, p.often) for p in pieces), strict=True))
    by_posting, by_position = _order(which, held), _order(which, often)
    rows_held = np.bincount(which, weights=held, minlength=len(terms)).astype(np.int64)
    there = rows_held > 0
    return Run(
        terms=[term for term, stays in zip(terms, there.tolist(), strict=True) if stays],
        held=rows_held[there],
        often=np.bincount(which, weights=often, minlength=len(terms)).astype(np.int64)[there],
        rows=np.concatenate([piece.rows for piece in pieces])[by_posting],
        counts=np.concatenate([piece.counts for piece in pieces])[by_posting],
        positions=np.concatenate([piece.positions for piece in pieces])[by_position],
    )


def _order(which: Codes, lengths: Codes) -> Codes | slice:
    """The order that puts stretches of these lengths, each of which is of one term, term by term."""
    if (np.diff(which) >= 0).all():  # so it is where a run is one word, which may be very long
        return slice(None)
    order = np.argsort(which, kind="stable")
    return expanded((np.cumsum(lengths) - lengths)[order], lengths[order])


def _widest(kinds: Sequence[Kind]) -> Kind:
    return max(kinds, key=lambda kind: kind.itemsize)
