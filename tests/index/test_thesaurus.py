"""The thesaurus is sound data, and unsound data is told of by entry."""

from __future__ import annotations

import pytest

from archive.errors import SettingsError
from index.thesaurus import load_thesaurus, read_thesaurus

EXPECTED = {
    "ASB": "anti-social behaviour",
    "VAWG": "violence against women and girls",
    "LFR": "live facial recognition",
    "HRA": "housing revenue account",
    "MTFS": "medium term financial strategy",
    "CIL": "community infrastructure levy",
    "s106": "section 106",
    "EHCP": "education health and care plan",
    "LTNs": "low traffic neighbourhoods",
    "MOPAC": "mayor’s office for policing and crime",
    "TRAs": "tenants’ and residents’ associations",
    "A&E": "accident and emergency",
}


def folded(text: str) -> list[str]:
    return text.lower().replace("’ ", " ").replace("’", "'").replace("&", " ").replace("-", " ").split()


@pytest.mark.parametrize(("acronym", "long"), EXPECTED.items())
def test_an_acronym_and_its_long_form_stand_in_one_entry(acronym: str, long: str) -> None:
    thesaurus = load_thesaurus()
    short = thesaurus.names_at(folded(acronym), [acronym])
    full = thesaurus.names_at(folded(long), long.split())
    assert {name.entry for name in short} & {name.entry for name in full}


def test_there_are_far_more_than_eighty_pairs() -> None:
    assert len(load_thesaurus().entries) >= 200


@pytest.mark.parametrize("word", ["SEND", "MASH", "PACE", "PIP", "BID", "MAT", "SAB", "RAG"])
def test_an_acronym_that_is_also_a_word_counts_in_capitals_alone(word: str) -> None:
    thesaurus = load_thesaurus()
    assert thesaurus.names_at([word.lower()], [word])
    assert not thesaurus.names_at([word.lower()], [word.lower()])
    assert not thesaurus.names_at([word.lower()], [word.title()])


def test_an_acronym_of_two_meanings_has_both() -> None:
    names = load_thesaurus().names_at(["tmo"], ["TMO"])
    assert len({name.entry for name in names}) == 2


def test_the_longest_name_wins() -> None:
    words = ["special", "educational", "needs", "and", "disabilities", "reform"]
    assert len(load_thesaurus().names_at(words, words)[0].words) == 5


WRONG = {
    "[[entry]": "cannot be read",
    "x = 1": "must hold [[entry]] rows and nothing else",
    "entry = 1": "must hold [[entry]] rows and nothing else",
    '[[entry]]\nlong = ["a b"]': "entry 1 (None): `acronyms` must be a list",
    '[[entry]]\nacronyms = []\nlong = ["a b"]': "entry 1 ([]): `acronyms` must be a list",
    '[[entry]]\nacronyms = ["AB"]\nlong = "a b"': "entry 1 (['AB']): `long` must be a list",
    '[[entry]]\nacronyms = ["AB"]\nlong = ["a"]': "'a' must have two words or more",
    '[[entry]]\nacronyms = ["!"]\nlong = ["a b"]': "'!' must have a word",
    '[[entry]]\nacronyms = ["AB"]\nlong = ["a b"]\nnote = ""': "unknown key 'note'",
    '[[entry]]\nacronyms = ["AB"]\nlong = ["a b"]\nword = 1': "`word` must be true or false",
    '[[entry]]\nacronyms = ["ABs"]\nlong = ["a b"]\nword = true': "'ABs' counts in capitals alone",
    '[[entry]]\nacronyms = ["AB"]\nlong = ["a-b", "A b"]': "'A b' stands there twice",
    '[[entry]]\nacronyms = ["AB"]\nlong = ["a b"]\n[[entry]]\nacronyms = ["XY"]\nlong = ["a b"]': "join the two",
    '[[entry]]\nacronyms = ["AB"]\nlong = ["a b"]\n[[entry]]\nacronyms = ["AB"]\nlong = ["c d"]\nword = true': "alike",
}


@pytest.mark.parametrize(("data", "told"), WRONG.items())
def test_unsound_data_is_refused_by_entry(data: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_thesaurus(data.encode())
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_thesaurus(b"\xff")
