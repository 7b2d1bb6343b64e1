"""Which committee does a person mean by a name, a number or a record id? Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.errors import UsageError
from archive.ids import committee_id, hashed_id
from archive.records import Borough, Committee


def committee_given(borough: Borough, given: str, held: Iterable[Committee]) -> Committee:
    """The committee held under this number, id or name; else a new one, by its number or, of a name alone, by a hash.

    Raises UsageError for the record id of another borough's committee.
    """
    text = " ".join(given.split())
    by_id = {committee.id: committee for committee in held}
    number = re.fullmatch(rf"(?:{re.escape(borough.slug)}-c)?(\d{{1,12}})", text)
    if number:
        ident = committee_id(borough.slug, int(number[1]))
        unnamed = Committee(id=ident, borough=borough.slug, name=f"Committee {number[1]}", number=int(number[1]))
        return by_id.get(ident, unnamed)
    if re.fullmatch(r"[a-z-]+-c\d+", text):
        raise UsageError(f"{text} is no committee of {borough.name}, whose ids begin with {borough.slug}-c.")
    same = [committee for committee in by_id.values() if _plain(committee.name) == _plain(text)]
    ident = hashed_id(borough.slug, "committee", _plain(text))
    return same[0] if len(same) == 1 else Committee(id=ident, borough=borough.slug, name=text)


def _plain(name: str) -> str:
    """A name as it is compared: "Overview & Scrutiny" and "overview and scrutiny" are one."""
    return " ".join(re.findall(r"\w+", name.casefold().replace("&", " and ")))
