"""The pages of papers are searched with the items that list them, and a hit lands on its page."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from sqlalchemy import delete

from archive import Archive, Settings, bring_back, read_settings, withhold
from archive.file_texts import save_text
from archive.tables import pages
from index import (
    DocumentHit,
    Hit,
    Index,
    Matcher,
    SearchRequest,
    SearchResult,
    check_index,
    load_thesaurus,
    read_query,
    update_index,
)
from index import batches as batches_module
from index import hits as hits_module
from index.tokens import tokens
from tests.index.corpus import NOW, item_of, keep_file, keep_pages, save_meeting, text_of_pages
from tests.index.scan import Scan, spans

FILLER = "The committee heard from officers and asked about costs and dates. "
REPORT, ANNEX = "eastmere-s10", "eastmere-s11"


@pytest.fixture
def listed(archive: Archive) -> Archive:
    """An archive with one item that lists two papers, and one that lists none."""
    items = [item_of(1, "Homes", minutes="Members noted it.", papers="Report\nAnnex"), item_of(2, "Kerbs")]
    save_meeting(archive, 0, items)
    return archive


def search(archive: Archive, settings: Settings, text: str, **more: object) -> SearchResult:
    """The answer of a fresh index that has followed the archive."""
    update_index(archive, archive.folder, settings)
    index = Index(archive.folder, archive, settings)
    try:
        return index.search(SearchRequest(text=text, **more))  # type: ignore[arg-type]
    finally:
        index.close()


def ids(result: SearchResult) -> list[str]:
    return [hit.id.removeprefix("eastmere-") for hit in result.hits]


def papers_of(result: SearchResult) -> list[tuple[str, int | None, str | None]]:
    return [(one.id, one.page, one.html) for hit in result.hits for one in hit.documents]


def test_a_hit_on_a_page_gives_the_item_the_page_and_the_marked_passage(listed: Archive, settings: Settings) -> None:
    keep_pages(listed, ANNEX, "Contents.", "", "Damp was found in the flats.", "Mould.")
    result = search(listed, settings, "damp")
    assert (ids(result), result.hits[0].found_in) == (["i1"], ("documents",))
    assert papers_of(result) == [(ANNEX, 3, "<mark>Damp</mark> was found in the flats."), (REPORT, None, None)]
    assert [snippet.where for snippet in result.hits[0].snippets] == ["minutes"]
    assert result.searched.pages == 3  # the blank one says nothing that could be searched


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("noted damp mould", True),  # the item's own text and two pages together
        ('"damp walls"', False),  # over the end of a page
        ("damp NEAR/5 walls", False),
        ("damp walls", True),
        ('"walls and mould"', True),
        ("documents:damp documents:mould", True),
        ("documents:noted", False),
        ("noted -mould", False),
        ("report NEAR/9 damp", False),  # a title is a text of its own
        ("VAWG", True),
    ],
)
def test_words_are_over_the_item_with_its_papers_and_sequences_within_a_page(
    listed: Archive, settings: Settings, text: str, found: bool
) -> None:
    keep_pages(listed, REPORT, "It is damp", "walls and\nmould", "violence against women\nand girls")
    assert ids(search(listed, settings, text)) == (["i1"] if found else [])


def test_looking_in_documents_alone_looks_at_their_pages_and_elsewhere_not(listed: Archive, settings: Settings) -> None:
    keep_pages(listed, REPORT, "Kerbs were laid. Members noted it.")
    assert ids(search(listed, settings, "kerbs", found_in=("documents",))) == ["i1"]
    assert ids(search(listed, settings, "kerbs", found_in=("title",))) == ["i2"]
    elsewhere = search(listed, settings, "noted", found_in=("minutes",))
    assert papers_of(elsewhere) == [(REPORT, None, None), (ANNEX, None, None)]


def test_one_file_is_found_under_each_item_that_lists_it(archive: Archive, settings: Settings) -> None:
    save_meeting(archive, 0, [item_of(n, "Homes", papers="Report\nAgain") for n in (1, 2)])
    for document in ("s10", "s11", "s20"):
        sha256 = keep_file(archive, f"eastmere-{document}", b"the same")
    save_text(archive, sha256, 1, text_of_pages({7: "Damp"}))
    result = search(archive, settings, "damp")
    assert (result.total, sorted(ids(result)), result.searched.documents) == (2, ["i1", "i2"], 4)
    found = [(one.id, one.page) for hit in result.hits for one in hit.documents]
    assert found == [("eastmere-s10", 7), ("eastmere-s11", 7), ("eastmere-s20", 7), ("eastmere-s21", None)]


def test_a_text_read_anew_is_indexed_anew_and_one_that_says_the_same_is_not(
    listed: Archive, settings: Settings
) -> None:
    keep_pages(listed, REPORT, "Damp", "Walls")
    assert ids(search(listed, settings, "damp")) == ["i1"]
    keep_pages(listed, REPORT, "Damp", "Walls")
    assert check_index(listed, listed.folder) == ()
    assert update_index(listed, listed.folder, settings).added == 0
    keep_pages(listed, REPORT, "Mould", "Walls")  # the same file and reader
    assert check_index(listed, listed.folder) == ("index: eastmere-i1 is out of date; run `scrutiny index`",)
    assert (ids(search(listed, settings, "mould")), ids(search(listed, settings, "damp"))) == (["i1"], [])
    keep_pages(listed, REPORT, "Rot", reader=2)
    assert (ids(search(listed, settings, "rot")), ids(search(listed, settings, "mould"))) == (["i1"], [])
    assert check_index(listed, listed.folder) == ()


def test_a_withheld_paper_is_not_searched(listed: Archive, settings: Settings) -> None:
    keep_pages(listed, REPORT, "Damp")
    update_index(listed, listed.folder, settings)
    withhold(listed, REPORT, "Personal data", NOW)
    index = Index(listed.folder, listed, settings)
    assert papers_of(index.search(SearchRequest(text="damp"))) == [(ANNEX, None, None)]  # before the index follows
    index.close()
    assert ids(search(listed, settings, "damp")) == []
    bring_back(listed, REPORT)
    assert ids(search(listed, settings, "damp")) == ["i1"]


def test_the_best_page_holds_most_of_what_was_asked_and_no_other_is_read(listed: Archive, settings: Settings) -> None:
    keep_pages(
        listed, REPORT, "Damp. Damp.", "Damp. " + FILLER * 9 + "Mould.", FILLER * 9 + "Damp and mould.", "Mould."
    )
    keep_pages(listed, ANNEX, "Damp.", "Damp, damp and damp.", "Damp, damp and damp.")
    before = search(listed, settings, "damp OR mould")
    assert [(one, page) for one, page, _ in papers_of(before)] == [(REPORT, 3), (ANNEX, 2)]
    assert papers_of(before)[0][2] == f"{FILLER * 3}<mark>Damp</mark> and <mark>mould</mark>."
    with listed.writing() as db:
        db.execute(delete(pages).where(pages.c.number.not_in((2, 3))))
    assert search(listed, settings, "damp OR mould") == before


def test_a_page_as_long_as_a_book_shows_what_stands_around_its_best_hit(listed: Archive, settings: Settings) -> None:
    book = FILLER * 2_000 + "Damp. " + FILLER * 2_000 + "The flats had damp, rot and mould. " + FILLER * 2_000
    keep_pages(listed, REPORT, book)
    (hit,) = [html for _, _, html in papers_of(search(listed, settings, "damp mould")) if html]
    assert "The flats had <mark>damp</mark>, rot and <mark>mould</mark>. The committee" in hit
    (far,) = [html for _, _, html in papers_of(search(listed, settings, "rot NEAR/400 flats")) if html]
    assert "<mark>" in far
    unbroken = "a-" * 3_000 + "mould" + "-a" * 3_000
    keep_pages(listed, REPORT, unbroken)
    (cut,) = [html for _, _, html in papers_of(search(listed, settings, "mould")) if html]
    assert "<mark>mould</mark>" in cut
    assert len(cut) < 300


def test_papers_beyond_what_an_answer_may_cost_are_listed_with_their_page_and_title(
    archive: Archive, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_meeting(archive, 0, [item_of(1, "Homes", papers="A\nB\nC <c>")])
    for number in range(3):
        keep_pages(archive, f"eastmere-s1{number}", "", "Damp")
    monkeypatch.setattr(hits_module, "_MOST_WORDS", 1_100)
    found = [(page, html) for _, page, html in papers_of(search(archive, settings, "damp"))]
    assert found == [(2, "<mark>Damp</mark>"), (2, "<mark>Damp</mark>"), (2, "C &lt;c&gt;")]


def test_a_title_that_answers_is_shown_where_no_page_does(listed: Archive, settings: Settings) -> None:
    keep_pages(listed, REPORT, "Damp")
    keep_pages(listed, ANNEX, "The annex and the report.")
    found = papers_of(search(listed, settings, "report"))
    assert found == [(REPORT, None, "<mark>Report</mark>"), (ANNEX, 1, "The annex and the <mark>report</mark>.")]


def test_what_one_commit_holds_changes_no_answer(
    listed: Archive, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_pages(listed, REPORT, *[f"Damp {FILLER}" for _ in range(30)])
    whole = [search(listed, settings, text) for text in ("damp", "kerbs", "")]
    monkeypatch.setattr(batches_module, "_MOST_WORDS", 1)
    report = update_index(listed, listed.folder, settings, rebuild=True)
    assert (report.items, report.added) == (2, 2)
    assert [search(listed, settings, text) for text in ("damp", "kerbs", "")] == whole


@pytest.mark.parametrize(("most", "refused"), [(5_010, False), (5_009, True)])
def test_the_pages_that_hold_a_word_count_towards_what_a_query_may_do(
    listed: Archive, most: int, refused: bool
) -> None:
    keep_pages(listed, REPORT, *["Damp, damp and damp."] * 10)
    bounded = read_settings({"SCRUTINY_QUERY_MAX_STEPS": str(most)})
    assert search(listed, bounded, "damp").refused is refused


def test_a_topic_holds_exactly_the_items_that_its_query_finds(index: Index, scan: Scan) -> None:
    by_pages_alone = 0
    for topic in index.topics:
        under = [hit.id for hit in every_hit(index, SearchRequest(topics=(topic.slug,)))]
        assert under == [hit.id for hit in every_hit(index, SearchRequest(text=topic.query, sort="newest"))], topic.slug
        own = index.search(SearchRequest(text=topic.query, found_in=("title", "decision", "minutes", "agenda")))
        by_pages_alone += len(under) > own.total
    assert by_pages_alone > 2  # else this says little about pages


def every_hit(index: Index, asked: SearchRequest) -> list[Hit]:
    """The hits of all pages of an answer."""
    result = index.search(asked)
    further = (index.search(replace(asked, page=page)) for page in range(2, result.pages + 1))
    return [hit for page in (result, *further) for hit in page.hits]


@pytest.mark.parametrize("text", ["lantern", '"damp mould"', "nit* NEAR/4 of", "SEND", "mould -lantern", "café oxide"])
def test_each_paper_lands_on_a_page_that_holds_what_was_asked(
    index: Index, scan: Scan, settings: Settings, text: str
) -> None:
    node = read_query(text, thesaurus=load_thesaurus(), limits=settings).node
    marks = [mark for _, mark in Matcher(node).marks]
    result = index.search(SearchRequest(text=text))
    assert result.hits
    for paper in (paper for hit in result.hits for paper in hit.documents):
        read = scan.papers[paper.id].pages if paper.id in scan.papers else ()
        held = {page.number: page.text for page in read if any(spans(one, list(tokens(page.text))) for one in marks)}
        if held:
            assert paper.page in held, (text, paper)
            assert _is_cut_from(paper, held[paper.page])
        else:
            assert paper.page is None


def _is_cut_from(paper: DocumentHit, text: str) -> bool:
    """Whether what is shown of a paper stands in this text, and some of it is marked."""
    assert paper.html is not None
    shown = unescape(re.sub(r"</?mark>", "", paper.html)).strip("…")
    return "<mark>" in paper.html and " ".join(shown.split()) in " ".join(text.split())
