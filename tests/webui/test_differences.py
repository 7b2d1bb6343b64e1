"""Two wordings side by side: paragraphs found again, words told apart, and long texts given up in time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Block, Text
from webui.alignment import Effort
from webui.differences import Difference, Piece, differ, differing_words

SIGNS = {"same": "{}", "added": "[+{}]", "removed": "[-{}]"}
LINES = st.lists(st.text(alphabet="ab .,", max_size=12), max_size=6)


def text(*lines: str) -> Text:
    return tuple(Block("paragraph", line) for line in lines)


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(SIGNS[piece.kind].format(piece.text) for piece in pieces)


def told(difference: Difference) -> list[str]:
    return [f"{change.kind}: {shown(change.pieces)}" for change in difference.changes]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("The report was noted.", "The report was noted.", "The report was noted."),
        ("The report was noted.", "The report was noted and agreed.", "The report was noted [+and agreed]."),
        ("The report soon.", "The report.", "The report [-soon]."),
        ("412 homes were seen", "431 homes were seen", "[-412] [+431] homes were seen"),
        ("£1.2m was set aside", "£1.3m was set aside", "£[-1.2m] [+1.3m] was set aside"),
        ("Cllr A and Cllr C", "Cllr A, Cllr B and Cllr C", "Cllr A[+, Cllr B] and Cllr C"),
        ("", "New words", "[+New words]"),
        ("It’s agreed", "It's agreed", "[-It’s] [+It's] agreed"),
        ("two  blanks", "two blanks", "two blanks"),
    ],
)
def test_words_added_and_removed_stand_where_they_were(old: str, new: str, words: str) -> None:
    assert shown(differing_words(old, new, Effort(1_000))) == words


def test_words_shared_by_accident_count_as_changed_with_their_neighbours() -> None:
    old, new = "figures on policing for every ward in the borough", "figures on housing costs for a street in town"
    pieces = differing_words(old, new, Effort(1_000))
    assert shown(pieces) == (
        "figures on [-policing for every ward in the borough] [+housing costs for a street in town]"
    )


OLD = text("One stays.", "Two is reworded here a little.", "Three goes away.", "Four stays.")
NEW = text("One stays.", "Two was reworded here a little.", "Fifty new words came.", "Four stays.", "Six is new.")


def test_paragraphs_are_found_again_in_both_wordings() -> None:
    assert told(differ(OLD, NEW)) == [
        "same: One stays.",
        "changed: Two [-is] [+was] reworded here a little.",
        "removed: [-Three goes away.]",
        "added: [+Fifty new words came.]",
        "same: Four stays.",
        "added: [+Six is new.]",
    ]


def test_what_went_stands_before_what_came() -> None:
    kinds = [change.kind for change in differ(text("a b", "c d"), text("e f", "g h", "i j")).changes]
    assert kinds == ["removed", "removed", "added", "added", "added"]


def test_blanks_and_the_kind_of_a_paragraph_are_no_difference() -> None:
    old, new = (Block("paragraph", "a  point"),), (Block("bullet", "a point"),)
    assert [change.kind for change in differ(old, new).changes] == ["same"]


@given(LINES, LINES)
def test_both_wordings_can_be_read_off(old: list[str], new: list[str]) -> None:
    difference = differ(text(*old), text(*new))
    for lines, without in ((old, "added"), (new, "removed")):
        kept = [change for change in difference.changes if change.kind != without]
        read = ["".join(p.text for p in change.pieces if p.kind != without) for change in kept]
        assert ["".join(line.split()) for line in read] == ["".join(line.split()) for line in lines]


def test_paragraphs_far_from_a_change_are_set_aside() -> None:
    lines = [f"Paragraph {number} stays as it is." for number in range(9)]
    stretches = differ(text(*lines), text(*lines[:8], "The end.")).stretches
    assert [(stretch.aside, len(stretch.changes)) for stretch in stretches] == [(True, 7), (False, 3)]


def words(chance: random.Random, number: int, vocabulary: int) -> str:
    return " ".join(f"w{chance.randrange(vocabulary)}" for _ in range(number))


def test_a_paragraph_of_20_000_words_with_some_changes_is_compared_word_by_word() -> None:
    old = words(random.Random(1), 20_000, 3_000)
    difference = differ(text(old), text(old.replace("w7 ", "changed ")))
    assert difference.whole
    assert {piece.text for change in difference.changes for piece in change.pieces if piece.kind == "added"} == {
        "changed"
    }


def test_what_differs_throughout_is_shown_whole_and_said_so() -> None:
    chance = random.Random(1)
    difference = differ(text(words(chance, 20_000, 30)), text(words(chance, 20_000, 30)))
    assert (difference.whole, difference.aligned) == (False, True)
    assert [piece.kind for piece in difference.changes[0].pieces] == ["removed", "same", "added"]


def test_shuffled_paragraphs_without_end_are_not_aligned_and_said_so() -> None:
    chance = random.Random(1)
    old, new = (text(*(words(chance, 1, 40) for _ in range(10_000))) for _ in range(2))
    difference = differ(old, new)
    assert not difference.aligned
    assert (difference.count("removed"), difference.count("added")) == (10_000, 10_000)
