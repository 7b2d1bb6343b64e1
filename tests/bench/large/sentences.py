"""What is said of a subject? Sentences of the pretend site's minutes, filled in once and then used again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.site.phrases import filled, sentences
from tests.site.subjects import Subject, common, subjects

_READINGS = 4  # of each pattern
_NAMES = ("Ashdown", "Birkett", "Cardew", "Dunmore", "Ellery", "Fanshawe", "Garrick", "Holt", "Ibbotson", "Jessop")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A subject, ready to be used: its titles, and what is said of it with how many words that has."""

    titles: tuple[str, ...]
    agenda: tuple[str, ...]
    said: tuple[tuple[str, int], ...]


@cache
def spoken() -> dict[str, Spoken]:
    """Every subject, by its slug."""
    return {one.slug: _spoken(one) for one in subjects()}


@cache
def standing() -> tuple[Spoken, ...]:
    """The items that come back at every meeting."""
    random = Random("standing items")
    return tuple(
        Spoken((one.title,), _read(one.agenda, random), _counted(_read(one.minutes, random)))
        for one in common().standing[:3]
    )


def _spoken(subject: Subject) -> Spoken:
    random = Random(subject.slug)
    patterns = (*subject.openings, *subject.exchanges, *subject.points, *subject.decisions)
    return Spoken(_read(subject.titles, random), _read(subject.agenda, random), _counted(_read(patterns, random)))


def _read(patterns: tuple[str, ...], random: Random) -> tuple[str, ...]:
    return tuple(sentences(filled(one, _names(), random)) for one in patterns for _ in range(_READINGS))


def _counted(said: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((one.rstrip("."), len(one.split())) for one in said)


def _names() -> defaultdict[str, Callable[[Random], str]]:
    return defaultdict(lambda: lambda random: random.choice(_NAMES))
