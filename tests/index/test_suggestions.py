"""Did you mean …? A query that finds nothing for a slip of the finger is offered without it, and only if that helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive, Settings
from index import Index, SearchRequest, update_index
from index.likeness import Alike
from index.suggestions import MOST_QUERIES, ranked, suggestions
from tests.index.corpus import item_of, keep_pages, save_meeting


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Archive]:
    """Two meetings, indexed one after the other, so that there are two dictionaries."""
    folder: Path = tmp_path_factory.mktemp("suggestions")
    with Archive.open(folder, write=True) as archive:
        save_meeting(archive, 0, [
            item_of(1, "Live facial recognition", minutes="The police trialled facial recognition.", papers="A report"),
            item_of(2, "Damp and mould", minutes="Policing was mentioned. The lamp of the town hall."),
        ], day=date(2024, 5, 1))  # fmt: skip
        keep_pages(archive, "eastmere-s10", "Canisters of nitrous oxide were found.")
        update_index(archive, folder, settings)
        save_meeting(archive, 1, [
            item_of(11, "Damp in council homes", meeting=1, minutes="Residents' homes. MTFS figures. School streets."),
        ], day=date(2025, 5, 1))  # fmt: skip
        update_index(archive, folder, settings)
        yield archive


@pytest.fixture(scope="module")
def held(house: Archive, settings: Settings) -> Iterator[Index]:
    """The index of these meetings."""
    opened = Index(house.folder, house, settings)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("facail recogntion", "facial recognition"),
        ("recogntion", "recognition"),
        ("Facail RECOGNTION", "Facial RECOGNITION"),
        ("  facail   AND (recogntion) ", "  facial   AND (recognition) "),
        ('"facail recogntion"', '"facial recognition"'),
        ("“facail recogntion”", "“facial recognition”"),
        ("title:facail", "title:facial"),
        ('title:"facail recognition"', 'title:"facial recognition"'),
        ("live-facail", "live-facial"),
        ("polise NEAR/3 trialled", "police NEAR/3 trialled"),
        ("facail -mould", "facial -mould"),
        ("facail -mould (facail OR zebra)", "facial -mould (facial OR zebra)"),
        ("nitruos oxdie", "nitrous oxide"),  # in a paper
        ("scool streets", "school streets"),
        ("recogntion polic*", "recognition polic*"),
        ("damb", "damp"),  # not lamp, of another first letter
        ("damb townhall", None),
        ("lamb town", "lamp town"),  # damp does not stand with it
        ("résidennts", "residents"),
        ("facail\u2028recogntion", "facial\u2028recognition"),
    ],
)
def test_a_slip_is_mended_in_the_query_as_it_was_typed(held: Index, typed: str, meant: str | None) -> None:
    result = held.search(SearchRequest(text=typed))
    assert (result.total, result.suggestion) == (0, meant)
    assert meant is None or held.search(SearchRequest(text=meant)).total


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nitrous or mould", "nitrous OR mould"),
        ("(Nitrous Or mould) and trialled or lamp", "(Nitrous OR mould) AND trialled OR lamp"),
        ("damp near/3 mould", "damp NEAR/3 mould"),
        ("policing not quagga facial", "policing NOT quagga facial"),
        ("policing and mould and facial", None),  # nothing answers that either
        ("facial not mould", "facial NOT mould"),
        ('"nitrous or mould"', None),  # quoted words are exact
        ("nitrous-or-mould", None),
        ("nitrous or zebra", "nitrous OR zebra"),
        ("zebra or quagga", None),
    ],
)
def test_operators_typed_small_are_offered_in_capitals_where_that_finds_something(
    held: Index, typed: str, meant: str | None
) -> None:
    result = held.search(SearchRequest(text=typed))
    assert (result.total, result.suggestion) == (0, meant)


@pytest.mark.parametrize(
    "text",
    [
        '"recogntion"',  # that very word
        "everything -recogntion zebra",
        "recogn*",  # finds something
        "recogntoin*",
        "facial council mould",  # every word is somewhere
        "polices town facial",  # in another form
        "dmp",  # too short
        "2o24 facial",
        "ASB",  # a name of the thesaurus
        "facail OR damp",  # finds something
        "wholly unlike anything there",
        "facail recogntion polise oxdie",  # no slips any more
        "",
        "()",
    ],
)
def test_what_is_no_slip_is_left_as_it_is(held: Index, text: str) -> None:
    assert held.search(SearchRequest(text=text)).suggestion is None


def test_what_is_offered_finds_something_with_the_same_filters(held: Index) -> None:
    asked = SearchRequest(text="facail")
    assert held.search(replace(asked, boroughs=("eastmere",))).suggestion == "facial"
    for nothing in (
        replace(asked, boroughs=("northford",)),
        replace(asked, years=("2025",)),
        replace(asked, since=date(2025, 1, 1)),
        replace(asked, found_in=("documents",)),
        replace(asked, topics=("damp-and-mould",)),
    ):
        assert held.search(nothing).suggestion is None
        assert held.search(replace(nothing, text="facial")).total == 0


def test_without_word_forms_a_form_that_is_there_is_offered(held: Index) -> None:
    assert held.search(SearchRequest(text="mentions")).total
    assert held.search(SearchRequest(text="mentions", widen=False)).suggestion == "mentioned"


def test_what_would_be_refused_is_not_offered(house: Archive, settings: Settings) -> None:
    for limits, offered in (
        (settings, "facial police"),
        (replace(settings, query_max_characters=len("facal police")), None),
        (replace(settings, query_max_steps=3 * 9_000), None),
    ):
        bounded = Index(house.folder, house, limits)
        assert bounded.search(SearchRequest(text="recogntion")).suggestion == "recognition"
        assert bounded.search(SearchRequest(text="facal police")).suggestion == offered
        bounded.close()


@pytest.mark.parametrize(
    ("typed", "found", "first"),
    [
        ("polcie", [Alike("police", 1, 10), Alike("polity", 2, 500)], "police"),  # fewer slips
        ("polcie", [Alike("police", 2, 5000), Alike("polciel", 1, 1)], "police"),  # unless these are slips themselves
        ("bamp", [Alike("damp", 1, 50), Alike("bump", 1, 10)], "bump"),  # the first letter is seldom wrong
        ("bamp", [Alike("damp", 1, 5000), Alike("bump", 1, 10)], "damp"),  # but it may be
        ("bamp", [Alike("bumps", 1, 10), Alike("bump", 1, 10)], "bump"),  # always the same of equals
    ],
)
def test_slips_the_first_letter_and_how_often_it_occurs_decide(typed: str, found: list[Alike], first: str) -> None:
    assert ranked(typed, found)[0] == first


def test_of_several_words_the_likeliest_are_tried_together_and_few_ways_in_all() -> None:
    alike = {
        "aaaa": [Alike("aaab", 1, 100), Alike("aaac", 1, 10)],
        "bbbb": [Alike("bbbc", 1, 100), Alike("bbbd", 1, 10)],
        "cccc": [],
    }
    tried = list(suggestions("aaaa bbbb OR cccc", alike))
    assert tried == ["aaab bbbc OR cccc", "aaab bbbd OR cccc", "aaac bbbc OR cccc"][:MOST_QUERIES]


pieces = st.sampled_from(
    ["recogntion", "facail", "Facail", "“", '"', "(", ")", "-", "NOT ", "AND ", "NEAR/2 ", " ", " ", "title:", "*", "-"]
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_nothing_but_the_words_doubted_is_changed(text: str) -> None:
    there = {"recogntion": [Alike("recognition", 1, 3)], "facail": [Alike("facial", 1, 3)]}
    for rewritten in suggestions(text, there):
        back = rewritten.replace("recognition", "recogntion").replace("facial", "facail").replace("Facial", "Facail")
        assert back == text


@given(st.text(max_size=80))
def test_any_query_is_searched_and_what_is_offered_finds_something(held: Index, text: str) -> None:
    meant = held.search(SearchRequest(text=text)).suggestion
    assert meant is None or held.search(SearchRequest(text=meant)).total
