"""Lines become paragraphs, cut words whole ones, and nothing that no reader sees is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.documents.hyphens import settled_words
from crawler.documents.lines import cleaned, is_garbled, paragraphs
from index.tokens import tokens

FULL = "The committee heard that repairs to damp and mouldy homes took"


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (f"{FULL}\nlonger than twenty days.", f"{FULL} longer than twenty days."),
        (f"{FULL}\n\nlonger", f"{FULL}\nlonger"),
        (f"Housing\n{FULL}", f"Housing\n{FULL}"),
        (f"{FULL}\n• damp\n• mould", f"{FULL}\n• damp\n• mould"),
        (f"{FULL}\n2. Resolved\n(a) to note", f"{FULL}\n2. Resolved\n(a) to note"),
        ("\uf0b7\nDamp", "• Damp"),
        (f"{FULL}\n\n\n \n\t\nlonger", f"{FULL}\nlonger"),
        ("of\ufb01cers\x00 e\ufb00ort\u200b", "officers effort"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("recog\xad\nnition", "recognition"),
        ("2024-\n25 and Anti-\nSocial", "2024-25 and Anti-Social"),
        ("Page 1\r\nPage 2\rPage 3\x0cPage 4", "Page 1 Page 2 Page 3 Page 4"),
        ("", ""),
    ],
)
def test_lines_are_joined_where_they_go_on(lines: str, read: str) -> None:
    assert paragraphs(lines) == read


@pytest.mark.parametrize(
    ("pages", "read"),
    [
        (["recog-\nnition"], "recognition"),
        (["decision-\nmaking"], "decision-making"),
        (["self-\nassessment"], "self-assessment"),
        (["govern-\nment", "the government"], "government"),
        (["anti-\nsocial"], "anti-social"),
        (["anti-\nsocial", "antisocial"], "antisocial"),
        (["over-\nview and overview", "over-view"], "over-view and overview"),
        (["fly-\ntipping", "a tipping lorry on the fly"], "fly-tipping"),
        (["in-\nformation", "in the room"], "information"),
        (["a-\nb"], "a-b"),
        (["no cuts - at\nall"], "no cuts - at\nall"),
    ],
)
def test_a_word_that_a_line_cut_is_made_whole_as_the_document_writes_it(pages: list[str], read: str) -> None:
    assert settled_words(pages)[0] == read


def test_far_too_many_cut_words_keep_their_hyphens() -> None:
    (text,) = settled_words(["recog-\nnition " * 60_000])
    assert text.startswith("recognition ")


@given(st.text())
def test_cleaning_loses_no_word_that_could_be_found(text: str) -> None:
    plain = "".join(letter for letter in text if letter.isascii() and letter.isprintable() and letter != "-")
    assert [t.text for t in tokens(paragraphs(plain))] == [t.text for t in tokens(plain)]
    cleaned(text).encode("utf-8")
    paragraphs(text).encode("utf-8")


def test_signs_without_meaning_are_told_from_words() -> None:
    assert is_garbled("\ue001\ue002 \ue003\ue004 ok")
    assert not is_garbled("• Damp and mould \ue003")
    assert not is_garbled("")
