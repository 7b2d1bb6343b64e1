"""A small thesaurus of known entries, and queries read with it."""

from __future__ import annotations

from dataclasses import replace

from archive.settings import Settings, read_settings
from index.language import QueryReading, read_query
from index.thesaurus import read_thesaurus
from index.tree import Word

LIMITS = read_settings({})
BOUNDLESS = replace(LIMITS, query_max_characters=10**7, query_max_clauses=10**6)
THESAURUS = read_thesaurus(
    b"""
    [[entry]]
    acronyms = ["ASB"]
    long = ["anti-social behaviour", "antisocial behaviour"]
    [[entry]]
    acronyms = ["VAWG"]
    long = ["violence against women and girls"]
    [[entry]]
    acronyms = ["SEND"]
    long = ["special educational needs and disabilities"]
    word = true
    [[entry]]
    acronyms = ["TMO"]
    long = ["tenant management organisation"]
    [[entry]]
    acronyms = ["TMO"]
    long = ["traffic management order"]
    [[entry]]
    acronyms = ["S106", "S.106"]
    long = ["section 106"]
    [[entry]]
    acronyms = ["ICS"]
    long = ["integrated care system"]
    """
)


def read(text: str, *, widen: bool = True, limits: Settings = LIMITS) -> QueryReading:
    return read_query(text, thesaurus=THESAURUS, limits=limits, widen=widen)


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, forms=True) for word in text.split())
