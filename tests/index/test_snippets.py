"""Snippets show what was asked for, at a readable length, whole sentences where possible."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.settings import read_settings
from index.language import read_query
from index.matching import Passage
from index.results import Snippet
from index.sentences import sentences
from index.snippets import best_snippets, document_hit
from index.thesaurus import load_thesaurus
from index.tree import Node

FILLER = "The committee noted the report of the officers and thanked them for their work in the year. "


def tree(query: str) -> Node:
    return read_query(query, thesaurus=load_thesaurus(), limits=read_settings({})).node


def plain(html: str) -> str:
    return unescape(re.sub(r"</?mark>", "", html))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("  One.   Two.  ", ["One.", "Two."]),
        (
            "Cllr. Smith of St. Mary’s asked Mr. Jones. He answered.",
            ["Cllr. Smith of St. Mary’s asked Mr. Jones.", "He answered."],
        ),
        ("“It is so.” “Is it?” Yes.", ["“It is so.”", "“Is it?”", "Yes."]),
        ("It cost 3.5 million. (See 2.) 12 voted.", ["It cost 3.5 million.", "(See 2.)", "12 voted."]),
        ("e.g. this and i.e. That", ["e.g. this and i.e. That"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_says(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == parts


def test_a_snippet_is_whole_sentences_with_the_words_marked() -> None:
    text = FILLER * 5 + "The police deployed facial recognition in Walworth. " + FILLER * 5
    (snippet,) = best_snippets([Passage("minutes", text)], tree('"facial recognition"'))
    assert snippet.where == "minutes"
    assert "deployed <mark>facial recognition</mark> in" in snippet.html
    assert "…" not in snippet.html
    assert len(plain(snippet.html)) <= 260
    assert plain(snippet.html).endswith(".")


def test_a_sentence_that_is_too_long_is_cut_between_words_with_an_ellipsis() -> None:
    text = "word " * 200 + "mould " + "word " * 200
    (snippet,) = best_snippets([Passage("minutes", text)], tree("mould"))
    assert re.fullmatch(r"…(word )+<mark>mould</mark>( word)+…", snippet.html)
    assert 200 < len(plain(snippet.html)) <= 262


def test_a_snippet_keeps_within_a_block_of_the_item() -> None:
    (snippet,) = best_snippets([Passage("minutes", "Dry rot.\nDamp and mould\nWarm")], tree("mould"))
    assert snippet.html == "Damp and <mark>mould</mark>"


def test_the_lines_of_a_document_s_page_are_read_on() -> None:
    page = Passage("documents", "There was damp\nand mould\nin flats. Next.", "x-s1", 3)
    hit = document_hit("x-s1", "Report", [page], tree("mould"))
    assert hit.html == "There was damp and <mark>mould</mark> in flats. Next."


def test_the_passage_that_says_most_comes_first_and_others_add_to_it() -> None:
    minutes = f"On damp.\n{FILLER}\nOn mould, damp and heating.\n{FILLER}\nOn damp.\n{FILLER}\nOn repairs."
    found = best_snippets([Passage("minutes", minutes)], tree("damp mould repairs"))
    assert [plain(one.html) for one in found] == ["On mould, damp and heating.", "On repairs.", "On damp."]


def test_a_rare_word_is_worth_more_than_one_that_is_everywhere() -> None:
    text = "and and.\n" * 50 + "Women alone.\n" + "and and.\n" * 50
    first = best_snippets([Passage("minutes", text)], tree("women and"))[0]
    assert first.html == "<mark>Women</mark> alone."


def test_the_decision_is_shown_before_minutes_that_say_the_same() -> None:
    passages = [Passage("minutes", "Damp."), Passage("title", "Damp"), Passage("decision", "Damp.")]
    assert [one.where for one in best_snippets(passages, tree("damp"))] == ["decision", "minutes", "title"]
    assert len(best_snippets(passages, tree("damp"), limit=2)) == 2


@pytest.mark.parametrize(
    ("passages", "where"),
    [
        ([("agenda", "To note."), ("minutes", "Noted."), ("decision", "Agreed.")], "decision"),
        ([("agenda", "To note."), ("minutes", "Noted."), ("decision", " \n")], "minutes"),
        ([("title", "Title"), ("agenda", "To note.")], "agenda"),
    ],
)
@pytest.mark.parametrize("query", ["", "-fire", "elsewhere"])
def test_without_marks_the_beginning_of_the_item_is_shown(
    passages: list[tuple[str, str]], where: str, query: str
) -> None:
    given_passages = [Passage(place, text) for place, text in passages]  # type: ignore[arg-type]
    (snippet,) = best_snippets(given_passages, tree(query))
    assert snippet.where == where
    assert "<mark>" not in snippet.html


def test_a_hit_in_the_title_alone_is_shown_with_the_beginning_of_the_item() -> None:
    found = best_snippets(
        [Passage("title", "Stop and search"), Passage("minutes", "Noted.")], tree('"stop and search"')
    )
    assert found == (Snippet("title", "<mark>Stop and search</mark>"), Snippet("minutes", "Noted."))


def test_the_beginning_reads_on_over_short_lines_and_is_cut_between_words() -> None:
    found = best_snippets([Passage("minutes", "The Committee:\nAgreed.\n" + "a long tale " * 99)], tree(""))
    assert found == (Snippet("minutes", "The Committee: Agreed. …"),)
    (cut,) = best_snippets([Passage("minutes", "\n " * 9000 + "a long tale " * 99)], tree(""))
    assert re.fullmatch(r"(a long tale )+a( long)?…|(a long tale )*a long tale…", cut.html)


RESOLVED = "RESOLVED that:\n1. damp be reported every quarter; and\n2. the plan be noted."


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("damp", RESOLVED, "1. damp be reported every quarter; and…"),
        ("resolved", RESOLVED, "RESOLVED that: …"),
        ("plan", RESOLVED, "2. the plan be noted."),
        ("damp", "Damp, mould, and", "Damp, mould, and"),  # nothing follows
        ("damp", "On damp\nNext", "On damp"),  # a heading or a point of a list is whole
        ("", RESOLVED, plain(RESOLVED).replace("\n", " ")),
        ("", RESOLVED + "\n" + FILLER * 4, RESOLVED.replace("\n", " ") + " " + FILLER * 2 + "…"),
    ],
)
def test_what_goes_on_in_the_text_ends_with_an_ellipsis(query: str, text: str, shown: str) -> None:
    (snippet,) = best_snippets([Passage("decision", text)], tree(query))
    assert plain(snippet.html) == shown


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("Damp: vote | Resolution |  | Carried", "Damp: vote · Resolution · Carried"),
        (" | Damp | 12 |", "Damp · 12"),
        ("Damp | ", "Damp"),
        ("Damp |x| a|b", "Damp |x| a|b"),
    ],
)
def test_a_row_of_a_table_reads_as_a_line(row: str, shown: str) -> None:
    (own,) = best_snippets([Passage("minutes", row)], tree("damp"))
    page = document_hit("x-s1", "Paper", [Passage("documents", row, "x-s1", 3)], tree("damp"))
    assert [plain(own.html), plain(page.html or "")] == [shown, shown]


def test_a_title_stays_as_it_is_printed() -> None:
    passages = [Passage("title", "Damp | Mould"), Passage("documents", "Damp | Mould", "x-s1")]
    (own, *_) = best_snippets(passages, tree("damp mould"))
    paper = document_hit("x-s1", "Damp | Mould", passages[1:], tree("damp mould"))
    assert plain(own.html) == plain(paper.html or "") == "Damp | Mould"


def test_a_phrase_is_marked_over_the_border_of_two_cells() -> None:
    (snippet,) = best_snippets([Passage("minutes", "facial | recognition")], tree('"facial recognition"'))
    assert snippet.html == "<mark>facial · recognition</mark>"


def test_an_item_without_texts_has_no_snippet() -> None:
    assert best_snippets([Passage("title", "Apologies")], tree("")) == ()
    assert best_snippets([], tree("damp")) == ()


def test_of_a_document_the_best_page_is_shown() -> None:
    passages = [
        Passage("documents", "Damp report", "x-s1"),
        Passage("documents", "Damp. " + FILLER, "x-s1", 1),
        Passage("documents", "Damp and mould. " + FILLER, "x-s1", 41),
    ]
    hit = document_hit("x-s1", "Damp report", passages, tree("damp OR mould"))
    assert (hit.id, hit.title, hit.page) == ("x-s1", "Damp report", 41)
    assert hit.html is not None
    assert hit.html.startswith("<mark>Damp</mark> and <mark>mould</mark>.")


def test_of_a_document_found_by_its_title_the_title_is_marked() -> None:
    passages = [Passage("documents", "Damp <report>", "x-s1"), Passage("documents", "Nothing.", "x-s1", 1)]
    hit = document_hit("x-s1", "Damp <report>", passages, tree("damp"))
    assert (hit.page, hit.html) == (None, "<mark>Damp</mark> &lt;report&gt;")


def test_a_document_without_a_hit_has_neither_page_nor_passage() -> None:
    hit = document_hit("x-s1", "Report", [Passage("documents", "Dry.", "x-s1", 1)], tree("damp"))
    assert (hit.page, hit.html) == (None, None)
    assert document_hit("x-s1", "Report", [Passage("documents", "Dry.", "x-s1", 1)], tree("")).html is None


TEXTS = st.text(st.sampled_from("ab damp mould.!?\n\t\"'<>&\x00\ud800é’ "), max_size=400) | st.lists(
    st.sampled_from(["damp", "mould", "x" * 300, ".", "\n", " ", "<b>", "Next. "]), max_size=60
).map(" ".join)


@given(TEXTS, st.sampled_from(["damp", '"damp mould"', "damp NEAR/3 mould", "", "damp OR mo*"]), st.integers(20, 300))
def test_any_text_gives_snippets_of_the_length_asked_for(text: str, query: str, width: int) -> None:
    own = best_snippets([Passage("minutes", text)], tree(query), width=width)
    paper = document_hit("x-s1", "", [Passage("documents", text, "x-s1", 1)], tree(query), width=width)
    for html in [*(one.html for one in own), paper.html or ""]:
        html.encode()
        assert len(plain(html)) <= width + 2
        assert not re.search(r"[<>]", re.sub(r"</?mark>", "", html))
