"""Queries are read as the design's grammar says, and the line that tells how says so."""

from __future__ import annotations

import pytest

from index.language import read_query
from index.thesaurus import load_thesaurus
from index.tree import And, Everything, InPlace, Near, Node, Not, Or, Phrase, Prefix, Widened, Word
from tests.index.reading import LIMITS, read, words

A, B, C, D = words("aa bb cc dd")
ASB = Word("asb", forms=True)
ASB_LONG = (Phrase(("anti", "social", "behaviour")), Phrase(("antisocial", "behaviour")))
WIDE_ASB = Widened(ASB, ASB_LONG)
CALM: dict[str, Node] = {
    # words
    "": Everything(),
    " \t\n ": Everything(),
    "aa": A,
    "AA": A,
    "Àá": A,
    "aa bb": And((A, B)),
    "aa, bb; cc!": And((A, B, C)),
    "aa aa": A,
    "aa-bb": And((A, B)),
    "2022/23": And(words("2022 23")),
    "resident’s": Word("resident's", forms=True),
    "and or not near": And(words("and or not near")),
    "Aa And bb": And((A, *words("and"), B)),
    "AND/OR": And(words("and or")),
    "NOT-FOR-PROFIT": And(words("not for profit")),
    "foo:bar": And(words("foo bar")),
    "http://x.example/y": And(words("http x example y")),
    "subtitle:aa": And((*words("subtitle"), A)),
    # phrases
    '"aa bb"': Phrase(("aa", "bb")),
    "“aa bb”": Phrase(("aa", "bb")),
    "„aa bb“": Phrase(("aa", "bb")),
    "«aa bb»": Phrase(("aa", "bb")),
    '"aa"': Word("aa"),
    '"AND"': Word("and"),
    '"aa-bb"': Phrase(("aa", "bb")),
    '"aa" bb': And((Word("aa"), B)),
    'aa"bb cc"dd': And((A, Phrase(("bb", "cc")), D)),
    '"" aa': A,
    # beginnings
    "polic*": Prefix("polic"),
    "anti-soc*": And((*words("anti"), Prefix("soc"))),
    "Évalu*": Prefix("evalu"),
    # operators and how tightly they bind
    "aa AND bb": And((A, B)),
    "aa OR bb": Or((A, B)),
    "aa bb OR cc": Or((And((A, B)), C)),
    "aa OR bb cc": Or((A, And((B, C)))),
    "aa OR bb AND cc": Or((A, And((B, C)))),
    "aa (bb OR cc)": And((A, Or((B, C)))),
    "(aa bb) (cc dd)": And((A, B, C, D)),
    "aa OR (bb OR cc)": Or((A, B, C)),
    "((aa))": A,
    "aa ()": A,
    "aa NOT bb": And((A, Not(B))),
    "aa AND NOT bb": And((A, Not(B))),
    "aa -bb": And((A, Not(B))),
    "aa −bb": And((A, Not(B))),
    "aa OR -bb": Or((A, Not(B))),
    "aa -bb OR cc": Or((And((A, Not(B))), C)),
    "aa - bb": And((A, B)),
    "aa--bb": And((A, B)),
    "aa -(bb OR cc)": And((A, Not(Or((B, C))))),
    'aa -"bb cc"': And((A, Not(Phrase(("bb", "cc"))))),
    "aa -bb-cc": And((A, Not(Phrase(("bb", "cc"))))),
    "aa -polic*": And((A, Not(Prefix("polic")))),
    "NOT NOT aa": A,
    "-() aa": A,
    '-"" aa': A,
    # exclusions alone
    "-aa": And((Everything(), Not(A))),
    "NOT aa": And((Everything(), Not(A))),
    "-aa -bb": And((Everything(), Not(A), Not(B))),
    "NOT (aa bb)": And((Everything(), Not(And((A, B))))),
    # NEAR
    "aa NEAR/5 bb": Near(A, B, 5),
    "aa bb NEAR/5 cc": And((A, Near(B, C, 5))),
    "aa OR bb NEAR/5 cc": Or((A, Near(B, C, 5))),
    "aa NEAR/5 bb NEAR/3 cc": And((Near(A, B, 5), Near(B, C, 3))),
    '"aa bb" NEAR/10 polic*': Near(Phrase(("aa", "bb")), Prefix("polic"), 10),
    "(aa OR bb) NEAR/5 cc": Near(Or((A, B)), C, 5),
    "aa-bb NEAR/5 cc": Near(Phrase(("aa", "bb")), C, 5),
    "aa -(bb NEAR/5 cc)": And((A, Not(Near(B, C, 5)))),
    # places
    "title:aa": InPlace("title", A),
    "Title:aa bb": And((InPlace("title", A), B)),
    'decision:"aa bb"': InPlace("decision", Phrase(("aa", "bb"))),
    "minutes:polic*": InPlace("minutes", Prefix("polic")),
    "agenda:aa-bb": InPlace("agenda", Phrase(("aa", "bb"))),
    "aa -documents:bb": And((A, Not(InPlace("documents", B)))),
    '-title:"aa bb" cc': And((Not(InPlace("title", Phrase(("aa", "bb")))), C)),
    "title:aa OR title:bb": Or((InPlace("title", A), InPlace("title", B))),
    # other names
    "asb": WIDE_ASB,
    "ASB": WIDE_ASB,
    "aa ASB bb": And((A, WIDE_ASB, B)),
    '"ASB"': Word("asb"),
    '"anti-social behaviour"': Phrase(("anti", "social", "behaviour")),
    "anti-social behaviour": Widened(And(words("anti social behaviour")), (ASB, ASB_LONG[1])),
    "Anti Social Behaviour aa": And((Widened(And(words("anti social behaviour")), (ASB, ASB_LONG[1])), A)),
    "anti-social AND behaviour": And(words("anti social behaviour")),
    "anti-social -behaviour": And((*words("anti social"), Not(*words("behaviour")))),
    "SEND": Widened(Word("send", capitals=True), (Phrase(("special", "educational", "needs", "and", "disabilities")),)),
    "send": Word("send", forms=True),
    "special educational needs and disabilities": Widened(
        And(words("special educational needs and disabilities")), (Word("send", capitals=True),)
    ),
    "TMO": Widened(
        Word("tmo", forms=True),
        (Phrase(("tenant", "management", "organisation")), Phrase(("traffic", "management", "order"))),
    ),
    "traffic management order": Widened(And(words("traffic management order")), (Word("tmo", forms=True),)),
    "S.106": Widened(Phrase(("s", "106")), (Word("s106", forms=True), Phrase(("section", "106")))),
    "ICS": Widened(Word("ics"), (Phrase(("integrated", "care", "system")),)),
    "title:ASB": InPlace("title", WIDE_ASB),
    "aa -ASB": And((A, Not(WIDE_ASB))),
    "ASB NEAR/5 aa": Near(WIDE_ASB, A, 5),
    "title:section-106": InPlace(
        "title", Widened(Phrase(("section", "106")), (Word("s106", forms=True), Phrase(("s", "106"))))
    ),
}


@pytest.mark.parametrize(("text", "node"), CALM.items())
def test_a_query_is_read_as_its_grammar_says(text: str, node: Node) -> None:
    reading = read(text)
    assert reading.node == node
    assert reading.warnings == ()
    assert reading.refused is None


MENDED: dict[str, tuple[Node, str]] = {
    "(aa bb": (And((A, B)), "The bracket that opens at character 1 is never closed"),
    "aa) bb": (And((A, B)), "The bracket that closes at character 3 was never opened"),
    "(aa OR (bb cc": (Or((A, And((B, C)))), "The bracket that opens at character 1 is never closed"),
    '"aa bb': (And((A, B)), "The quotation mark at character 1 has no partner"),
    'aa "bb cc" "dd': (And((A, Phrase(("bb", "cc")), D)), "The quotation mark at character 12 has no partner"),
    'aa -"bb': (And((A, B)), "The quotation mark at character 5 has no partner"),
    "aa AND": (And((A, *words("and"))), "“AND” was searched as a plain word"),
    "OR aa": (And((*words("or"), A)), "“OR” was searched as a plain word"),
    "aa AND OR bb": (Or((And((A, *words("and"))), B)), "“AND” was searched as a plain word"),
    "NOT": (Word("not", forms=True), "“NOT” was searched as a plain word"),
    "aa -(": (A, "The bracket that opens at character 5 is never closed"),
    "aa (OR) bb": (And((A, *words("or"), B)), "“OR” was searched as a plain word"),
    "aa NEAR/5": (And((A, *words("near 5"))), "“NEAR/5” was searched as a plain word"),
    "aa NEAR bb": (And((A, *words("near"), B)), "NEAR needs a distance from 1 to 999"),
    "aa NEAR/0 bb": (And((A, *words("near 0"), B)), "NEAR needs a distance from 1 to 999"),
    "aa NEAR/1000 bb": (And((A, *words("near 1000"), B)), "NEAR needs a distance from 1 to 999"),
    "(aa bb) NEAR/5 cc": (And((A, B, C)), "NEAR/5 was read as AND"),
    "aa NEAR/5 -bb": (And((A, Not(B))), "NEAR/5 was read as AND"),
    "aa NEAR/5 title:bb": (And((A, InPlace("title", B))), "NEAR/5 was read as AND"),
    "po*": (Word("po", forms=True), "“po*” was searched as the plain word “po”"),
    "wom*n": (And(words("wom n")), "The star in “wom*n” was left out"),
    "* aa": (A, "A star needs the beginning of a word"),
    '"polic* aa"': (Phrase(("polic", "aa")), "quoted words are exact"),
    "title: aa": (And((*words("title"), A)), "“title:” was searched as a plain word"),
    "title:(aa)": (And((*words("title"), A)), "“title:” was searched as a plain word"),
    'title:"aa': (And((*words("title"), A)), "“title:” was searched as a plain word"),
    "aa near/5 bb": (And((A, *words("near 5"), B)), "“near/5” was searched as plain words: operators are in capitals"),
    "borough:aa bb": (And((*words("borough"), A, B)), "“borough:” was searched as a plain word: only title:,"),
    "Year: bb": (And((*words("year"), B)), "boroughs, committees, topics and dates are chosen as filters"),
    "!?": (Everything(), "“!?” holds no words, so everything is listed"),
    "()": (Everything(), "“()” holds no words, so everything is listed"),
    "\x00\ud800": (Everything(), "This query holds no words, so everything is listed"),
}


@pytest.mark.parametrize(("text", "node", "warning"), [(text, *row) for text, row in MENDED.items()])
def test_what_cannot_be_read_is_searched_as_plain_words_with_a_warning(text: str, node: Node, warning: str) -> None:
    reading = read(text)
    assert reading.node == node
    assert any(warning in line for line in reading.warnings), reading.warnings
    assert reading.refused is None


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("aa bb", And((Word("aa"), Word("bb")))),
        ("ASB", Word("asb")),
        ("SEND", Word("send")),
        ("anti-social behaviour", And((Word("anti"), Word("social"), Word("behaviour")))),
        ("polic*", Prefix("polic")),
        ("anti-soc* NEAR/5 aa", And((Word("anti"), Prefix("soc"), Word("aa")))),
    ],
)
def test_without_widening_every_word_is_exact_and_has_no_other_name(text: str, node: Node) -> None:
    assert read(text, widen=False).node == node


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "everything"),
        ("facial recognition", "facial AND recognition (with word forms)"),
        ('"facial recognition"', '"facial recognition"'),
        ("VAWG", 'VAWG or "violence against women and girls"'),
        ("vawg police", '(VAWG or "violence against women and girls") AND police (with word forms)'),
        ("violence against women and girls", "(violence against women and girls) or VAWG (with word forms)"),
        ("SEND", 'SEND in capitals or "special educational needs and disabilities"'),
        ("S.106", '"S.106" or S106 or "section 106"'),
        ("ICS", 'ICS or "integrated care system"'),
        ("-fire", "everything AND NOT fire (with word forms)"),
        ('aa "bb" OR polic*', '(aa AND "bb") OR polic* (with word forms)'),
        ("title:ASB", 'title:(ASB or "anti-social behaviour" or "antisocial behaviour")'),
        ("(aa OR bb) NEAR/5 cc dd", "(aa OR bb) NEAR/5 cc AND dd (with word forms)"),
        ('-("aa" "bb") "cc"', 'NOT ("aa" AND "bb") AND "cc"'),
    ],
)
def test_the_reading_is_told_in_one_line(text: str, line: str) -> None:
    assert read(text).read_as == line


def test_the_shipped_thesaurus_serves_the_shipped_settings() -> None:
    reading = read_query("VAWG", thesaurus=load_thesaurus(), limits=LIMITS)
    assert reading.read_as == 'VAWG or "violence against women and girls"'
