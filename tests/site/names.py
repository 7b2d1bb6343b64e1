"""Who and what is there in an invented borough? Invented people, places and offices; none is meant for a real one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.site.dates import MONTHS

FORENAMES = (
    "Amara", "Bilal", "Catrin", "Dermot", "Efua", "Farida", "Gwen", "Hamish", "Imran", "Joyce", "Kwame",
    "Leila", "Maud", "Nadia", "Oluwaseun", "Priya", "Rosalind", "Sunil", "Tamsin", "Ursula", "Viktor",
    "Winifred", "Yasmin", "Zainab", "Aoife", "Benedikt", "Chidi", "Delphine",
)  # fmt: skip
SURNAMES = (
    "Larkfield", "Adebayo-Finch", "Brackenridge", "Castellane", "Dunmarsh", "Ekwueme-Lowe", "Fenwarden",
    "Gathercole", "Hollinshaw", "Ibbotsen", "Jesmondale", "Karimzad-Wray", "Lindqvister", "Mossbank",
    "Nettlefold", "Osei-Thorne", "Pellingham", "Quarrendon", "Ravenscar", "Sahotra", "Thistlewood",
    "Ullathorne", "Vantongeren", "Wetherlam", "Yarborne", "Zielenka",
)  # fmt: skip
WARDS = (
    "Thistledown", "Quarry Bank", "Millrace", "Saltgate", "Pinder’s Green", "Lantern Fields", "Old Ropewalk",
    "Cinderford Lane", "Hob Moor", "Tenter Hill", "Osier Wharf", "Candlemas", "Larkrise Park",
    "Brickfields East",
)  # fmt: skip
ESTATES = ("Marchbanks", "Larkspur", "Copperas", "Nine Elders", "Weavers’ Field", "Tollgate", "Gantry", "Whinfell")
STREETS = (
    "Tanyard Road", "Long Acre Lane", "Fuller’s Row", "Ember Street", "Sluice Road", "Beacon Hill",
    "Hurdle Lane", "Cooper’s Wharf", "Vinegar Alley", "Dovecote Avenue", "Station Parade", "Nightingale Rise",
)  # fmt: skip
SCHOOLS = ("Millrace Primary School", "St Wilfrida’s School", "Osier Academy", "Hob Moor School", "Lantern Infants")
OFFICES = {
    "safety": ("Head of Community Safety", "Director of Environment and Community Safety"),
    "housing": ("Director of Housing", "Head of Housing Management"),
    "children": ("Director of Education", "Assistant Director, Children’s Services"),
    "streets": ("Head of Highways", "Director of Environment"),
    "money": ("Director of Finance", "Head of Financial Planning"),
    "care": ("Director of Adult Social Care", "Head of Commissioning"),
    "places": ("Head of Culture", "Director of Communities"),
}
PORTFOLIOS = {
    "safety": "Community Safety",
    "housing": "Housing",
    "children": "Children and Schools",
    "streets": "Streets and Transport",
    "money": "Finance",
    "care": "Health and Adult Care",
    "places": "Culture and Climate",
}
ODD_WORDS = frozenset(
    word
    for name in (*SURNAMES, *WARDS, *ESTATES, "Oluwaseun", "Eastmere", "Brannock", "nitrous", "licence", "programme")
    for word in name.replace("’s", "").split()
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and places of one borough, the same through all its years."""

    borough: str
    members: tuple[str, ...]
    chair: str
    cabinet: dict[str, str]
    officers: dict[str, tuple[str, ...]]
    commander: str
    doctor: str
    wards: tuple[str, ...]
    estates: tuple[str, ...]
    streets: tuple[str, ...]


def cast_of(borough: str, random: Random) -> Cast:
    """The cast of a borough, drawn from the lists above."""
    people = [
        f"{fore} {sur}" for fore, sur in zip(_some(FORENAMES, 24, random), _some(SURNAMES, 24, random), strict=True)
    ]
    return Cast(
        borough=borough,
        members=tuple(person.split()[-1] for person in people[:9]),
        chair=people[9].split()[-1],
        cabinet={g: f"Councillor {people.pop()}, Cabinet Member for {p}," for g, p in PORTFOLIOS.items()},
        officers={g: tuple(f"the {office}" for office in offices) for g, offices in OFFICES.items()},
        commander=f"Superintendent {people.pop()}",
        doctor=f"Dr {people.pop()}",
        wards=_some(WARDS, 7, random),
        estates=_some(ESTATES, 4, random),
        streets=_some(STREETS, 6, random),
    )


def names_at(cast: Cast, group: str, body: str, day: date) -> dict[str, Callable[[Random], str]]:
    """What the names of a pattern stand for at one meeting of a body, in the words of its day."""
    year = day.year if day.month >= 4 else day.year - 1
    later = [MONTHS[(day + timedelta(days=n)).month - 1] for n in (60, 120, 180)]
    past = day - timedelta(days=200)
    ward, other = cast.wards[day.toordinal() % 7], cast.wards[(day.toordinal() + 3) % 7]
    street, crossing = cast.streets[day.toordinal() % 6], cast.streets[(day.toordinal() + 2) % 6]
    estate = cast.estates[day.toordinal() % 4]
    officer = cast.officers[group][day.toordinal() % 2]
    fixed = {
        "borough": cast.borough, "body": body, "ward": ward, "ward2": other, "estate": estate, "street": street,
        "street2": crossing, "officer": officer, "cabinet": cast.cabinet[group], "commander": cast.commander,
        "doctor": cast.doctor, "year": _year(year), "last": _year(year - 1),
        "past_month": f"{MONTHS[past.month - 1]} {past.year}",
    }  # fmt: skip
    drawn: dict[str, Callable[[Random], str]] = {
        "member": lambda random: random.choice(cast.members),
        "month": lambda random: random.choice(later),
        "month_name": lambda random: random.choice(MONTHS),
        "school": lambda random: random.choice(SCHOOLS),
    }
    return {name: _always(value) for name, value in fixed.items()} | drawn


def _always(value: str) -> Callable[[Random], str]:
    return lambda _: value


def _year(start: int) -> str:
    return f"{start}/{(start + 1) % 100:02}"


def _some(values: tuple[str, ...], count: int, random: Random) -> tuple[str, ...]:
    return tuple(random.sample(values, count))
