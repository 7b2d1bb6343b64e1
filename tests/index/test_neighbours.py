"""Words that are typed together are liked best where they stand together."""

from __future__ import annotations

import pytest

from archive import Archive, Settings
from index import Index, SearchRequest, load_thesaurus, read_query, update_index
from index.neighbours import neighbours
from tests.index.corpus import item_of, save_meeting

FILLER = "The committee heard from officers and asked about costs and dates. " * 8


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("kerbs", []),
        ("kerb stones", [("kerb", "stones")]),
        ("kerb AND stones", [("kerb", "stones")]),
        ("old kerb stones", [("old", "kerb"), ("kerb", "stones")]),
        ("kerb OR stones", []),
        ("(old OR new) kerb*", [("OR", "kerb")]),
        ("kerb -stones old", []),
        ('"kerb stones" old', [("PHRASE", "old")]),
        ("kerb NEAR/3 stones", []),
        ("(kerb stones) OR (old lamps)", [("kerb", "stones"), ("old", "lamps")]),
        ("a b c d e f g h i j k", [*zip("abcdefgh", "bcdefghi", strict=True)]),
        ("stop and search", [("stop", "and"), ("and", "search")]),
        ("", []),
    ],
)
def test_words_side_by_side_make_pairs(text: str, pairs: list[tuple[str, str]], settings: Settings) -> None:
    node = read_query(text, thesaurus=load_thesaurus(), limits=settings).node
    found = [(getattr(one.left, "text", "?"), getattr(one.right, "text", "?")) for one in neighbours(node)]
    assert found == [tuple("?" if side in ("OR", "PHRASE") else side for side in pair) for pair in pairs]


def order(archive: Archive, settings: Settings, text: str, page: int = 1) -> list[str]:
    update_index(archive, archive.folder, settings)
    index = Index(archive.folder, archive, settings)
    found = [hit.id.removeprefix("eastmere-i") for hit in index.search(SearchRequest(text=text, page=page)).hits]
    index.close()
    return found


def test_what_stands_together_comes_before_what_is_named_more_often_apart(archive: Archive, settings: Settings) -> None:
    apart = "The kerb was loose. The kerb was low. " + FILLER + " There were stones."
    save_meeting(
        archive,
        0,
        [
            item_of(1, "Streets", minutes=apart),
            item_of(2, "Streets", minutes="It was old. " + FILLER + "Stones of the kerb were loose. "),
            item_of(3, "Streets", minutes=apart),
        ],
    )
    assert order(archive, settings, "kerb stones") == ["2", "1", "3"]


def test_pages_of_results_hold_every_item_once_however_many_there_are(archive: Archive, settings: Settings) -> None:
    for meeting in range(0, 78, 3):
        items = [
            item_of(
                meeting * 10 + place,
                "Streets",
                meeting=meeting,
                minutes="Kerb stones." if place % 3 else f"Kerb. {FILLER} Stones. Kerb. Stones.",
            )
            for place in range(10)
        ]
        save_meeting(archive, meeting, items)
    found = [one for page in range(1, 14) for one in order(archive, settings, "kerb stones", page)]
    assert (len(found), len(set(found))) == (260, 260)
