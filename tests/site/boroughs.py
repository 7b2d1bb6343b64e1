"""Which invented boroughs are there? Eight of them, each with the committees and the habits of a real installation."""

from __future__ import annotations

from dataclasses import dataclass

from tests.site.council import PretendHabits

EVERYTHING = ("safety", "money", "housing", "streets", "care", "places", "children")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remit:
    """A committee to be made: its heading, the fields it deals with, and how often it meets in a year."""

    cid: int
    name: str
    category: str
    fields: tuple[str, ...] = ("money",)
    scrutiny: bool = False
    expired: bool = False
    yearly: int = 1


_USUAL = PretendHabits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A borough to be made. The first numbers differ from site to site, and sometimes are the same on two sites."""

    slug: str
    name: str
    gss: str
    remits: tuple[Remit, ...]
    habits: PretendHabits = _USUAL
    first_number: int = 4000


def _remits(first: int, main: str, second: str, third: str, heading: str) -> tuple[Remit, ...]:
    """Three scrutiny committees, one of them under another heading, one that has expired, and some that are none."""
    scrutiny = "Overview & Scrutiny"
    return (
        Remit(cid=first, name="Council", category="Council"),
        Remit(cid=first + 7, name="Cabinet", category="Executive", yearly=2),
        Remit(cid=first + 12, name=main, category=scrutiny, fields=EVERYTHING, scrutiny=True, yearly=4),
        Remit(cid=first + 13, name=second, category=scrutiny, fields=("children", "care"), scrutiny=True, yearly=3),
        Remit(cid=first + 31, name=third, category=heading, fields=("safety", "housing"), scrutiny=True, yearly=3),
        Remit(cid=first + 20, name="Planning Committee (Major Works)", category="Regulatory", fields=("streets",)),
        Remit(cid=first + 21, name="Licensing Sub-Committee - Panel A", category="Regulatory", fields=("safety",)),
        Remit(cid=first + 40, name="Pension Fund Panel", category="Governance"),
        Remit(cid=first + 41, name="Fairness Commission", category="Governance", fields=("places",)),
        Remit(
            cid=first + 3, name="Community Safety Commission", category=scrutiny, fields=("safety",), scrutiny=True,
            expired=True, yearly=1,
        ),
    )  # fmt: skip


OSC, CYP = "Overview and Scrutiny Committee", "Children and Young People Scrutiny Panel"

GROUNDS = (
    Ground(
        slug="eastmere", name="Eastmere", gss="E09999901",
        remits=_remits(130, OSC, CYP, "Housing and Community Safety Select Committee", "Other committees"),
    ),
    Ground(
        slug="marlow-heath", name="Marlow Heath", gss="E09999902", first_number=4000,
        remits=_remits(
            230, "Scrutiny Commission", "People Scrutiny Sub-Committee", "Safer Homes and Streets PDS Committee",
            "Policy committees",
        ),
        habits=PretendHabits(prefix="/Committees", numbering="running", service_dates="ignored"),
    ),
    Ground(
        slug="northwick-vale", name="Northwick Vale", gss="E09999903", first_number=7000,
        remits=_remits(
            300, "Overview & Scrutiny Board", "Health and Children’s Scrutiny Committee",
            "Neighbourhoods Policy Development Committee", "Advisory bodies",
        ),
        habits=PretendHabits(
            spelling="other", dates="long", documents_first=True, numbering="parts", end="empty", glyph="v",
            service_host="http://10.12.34.56:9071",
        ),
    ),
    Ground(
        slug="st-brannock", name="St Brannock", gss="E09999904", first_number=50000500,
        remits=_remits(410, OSC, CYP, "Community Scrutiny Forum - Sub-Committee", "Community"),
        habits=PretendHabits(session="czo0450xbqi155ede3ifez", glyph="§"),
    ),
    Ground(
        slug="wyvern-hill", name="Wyvern Hill", gss="E09999905", first_number=900,
        remits=_remits(120, OSC, CYP, "Safer Neighbourhoods Select Committee", "Select committees"),
        habits=PretendHabits(dates="long", documents_label="Additional documents:", glyph="o", service_titles="twice"),
    ),
    Ground(
        slug="long-tilbrook", name="Long Tilbrook", gss="E09999906", first_number=2000,
        remits=_remits(600, OSC, CYP, "Housing Scrutiny Panel", "Housing"),
    ),
    Ground(
        slug="kingsferry-marsh", name="Kingsferry Marsh", gss="E09999907", first_number=3000,
        remits=_remits(700, OSC, CYP, "Crime and Disorder Scrutiny Panel", "Joint bodies"),
        habits=PretendHabits(prefix="/about-us/democracy", numbering="running"),
    ),
    Ground(
        slug="ashcombe-fields", name="Ashcombe Fields", gss="E09999908", first_number=6000,
        remits=_remits(800, OSC, CYP, "Environment Select Committee", "Environment"),
        habits=PretendHabits(documents_first=True),
    ),
)  # fmt: skip
