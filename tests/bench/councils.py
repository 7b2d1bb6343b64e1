"""Whose meetings are they? Those of five committees of each of 33 invented boroughs, as many as London has sites."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from archive.ids import committee_id
from archive.records import Borough, Committee
from tests.site.names import Cast, cast_of
from tests.site.subjects import FIELDS, Subject, subjects

_FIRST = ("Alder", "Bramble", "Cinder", "Drover", "Ember", "Fallow", "Garnet", "Hazel", "Ivel", "Jasper", "Kestrel")
_SECOND = ("mere", "wick Vale", "upon Ree")
_BODIES = (
    ("Overview and Scrutiny Committee", FIELDS),
    ("Children and Young People Scrutiny Panel", ("children", "care")),
    ("Housing and Community Safety Select Committee", ("safety", "housing")),
    ("Health and Adult Care Scrutiny Panel", ("care",)),
    ("Streets and Finance Scrutiny Commission", ("streets", "money")),
)


@dataclass(frozen=True, slots=True)
class Council:
    """A borough with its people and committees, and what each committee talks about."""

    borough: Borough
    cast: Cast
    committees: tuple[tuple[Committee, tuple[Subject, ...]], ...]


@cache
def councils() -> tuple[Council, ...]:
    """All of them, always the same."""
    return tuple(_council(first + second) for first in _FIRST for second in _SECOND)


def _council(name: str) -> Council:
    slug = name.lower().replace(" ", "-")
    committees = (
        Committee(
            id=committee_id(slug, number), borough=slug, name=body, number=number, category="Scrutiny", scrutiny=True
        )
        for number, (body, _) in enumerate(_BODIES, start=300)
    )
    spoken_of = (tuple(one for one in subjects() if one.group in fields) for _, fields in _BODIES)
    return Council(
        borough=Borough(slug=slug, name=name, base_url=f"https://{slug}.example"),
        cast=cast_of(name, Random(slug)),
        committees=tuple(zip(committees, spoken_of, strict=True)),
    )
