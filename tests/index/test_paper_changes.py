"""What papers become: replaced, no longer listed, listed twice, withheld; and what must not be found through them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import Archive, Settings, withhold
from archive.file_texts import save_text
from archive.records import DocumentLink
from index import Index, SearchRequest, check_index, update_index
from tests.index.corpus import NOW, item_of, keep_file, keep_pages, save_meeting, text_of_pages
from tests.index.test_papers import ANNEX, REPORT, ids, papers_of, search


@pytest.fixture
def listed(archive: Archive) -> Archive:
    """An item with two papers, and one with none."""
    save_meeting(archive, 0, [item_of(1, "Homes", papers="Report\nAnnex"), item_of(2, "Kerbs")])
    return archive


def replace_file(archive: Archive, document: str, *pages: str, read: bool = True) -> None:
    """The council puts another file in the place of a document's, which is read at once or not yet."""
    sha256 = keep_file(archive, document, repr(pages).encode())
    if read:
        save_text(archive, sha256, 1, text_of_pages(dict(enumerate(pages, start=1))))


def test_a_new_file_takes_the_place_of_the_old_ones_pages(listed: Archive, settings: Settings) -> None:
    keep_pages(listed, REPORT, "Contents", "Damp", "Damp and mould")
    assert papers_of(search(listed, settings, "damp mould"))[0][:2] == (REPORT, 3)
    replace_file(listed, REPORT, "Rot", "Mould")
    assert ids(search(listed, settings, "damp")) == []
    assert papers_of(search(listed, settings, "mould"))[0][:2] == (REPORT, 2)
    assert check_index(listed, listed.folder) == ()


def test_a_new_file_that_is_not_read_yet_leaves_the_title_alone(listed: Archive, settings: Settings) -> None:
    keep_pages(listed, REPORT, "Damp")
    assert search(listed, settings, "damp").searched.unread == 1
    replace_file(listed, REPORT, "Damp", read=False)
    result = search(listed, settings, "damp")
    assert (ids(result), result.searched.pages, result.searched.unread) == ([], 0, 2)


@pytest.mark.parametrize("read", [True, False], ids=["read", "not read yet"])
def test_nothing_of_the_old_file_is_shown_before_the_index_follows(
    listed: Archive, settings: Settings, read: bool
) -> None:
    keep_pages(listed, REPORT, "Contents", "The damp lantern was lit.")
    update_index(listed, listed.folder, settings)
    replace_file(listed, REPORT, "Contents", "Nothing of that.", read=read)
    index = Index(listed.folder, listed, settings)
    shown = papers_of(index.search(SearchRequest(text="damp")))
    index.close()
    assert shown == [(REPORT, None, None), (ANNEX, None, None)]


def test_a_paper_that_is_listed_no_more_is_found_no_more(listed: Archive, settings: Settings) -> None:
    keep_pages(listed, ANNEX, "Damp")
    assert ids(search(listed, settings, "damp")) == ["i1"]
    save_meeting(listed, 0, [item_of(1, "Homes", papers="Report"), item_of(2, "Kerbs")])
    assert ids(search(listed, settings, "damp")) == []


def test_a_paper_listed_twice_under_an_item_counts_once(archive: Archive, settings: Settings) -> None:
    item, documents = item_of(1, "Homes", papers="Report")
    again = DocumentLink(document=REPORT, title="Report again")
    save_meeting(archive, 0, [(replace(item, documents=(*item.documents, again)), documents)])
    keep_pages(archive, REPORT, "Damp", "Rot")
    result = search(archive, settings, "damp")
    assert (result.total, result.searched.documents, result.searched.pages) == (1, 1, 2)
    assert {(one.id, one.page) for hit in result.hits for one in hit.documents} == {(REPORT, 1)}


def test_one_paper_under_two_items_answers_and_excludes_for_both(archive: Archive, settings: Settings) -> None:
    first, documents = item_of(1, "Homes", minutes="Lanterns", papers="Report")
    second, _ = item_of(2, "Kerbs", minutes="Bollards")
    shared = DocumentLink(document=REPORT, title="Kerbs report")
    save_meeting(archive, 0, [(first, documents), (replace(second, documents=(shared,)), ())])
    keep_pages(archive, REPORT, "Damp", "Rot")
    assert sorted(ids(search(archive, settings, "damp"))) == ["i1", "i2"]
    assert ids(search(archive, settings, "damp lanterns")) == ["i1"]
    assert ids(search(archive, settings, '"kerbs report" damp')) == ["i2"]
    assert ids(search(archive, settings, "-rot")) == []
    assert sorted(ids(search(archive, settings, "damp -zephyr"))) == ["i1", "i2"]
    assert search(archive, settings, "damp").searched.documents == 1
    withhold(archive, "eastmere-i1", "Personal data", NOW)
    assert "i1" not in ids(search(archive, settings, "damp"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"damp walls"', False),
        ("damp walls", True),
        ("damp -walls", False),
        ("documents:damp documents:walls", True),
        ("minutes:damp", False),
        ("title:homes documents:walls", True),
        ("title:homes -documents:walls", False),
        ('"the rot the damp"', False),  # the end of one paper and the beginning of the next
    ],
)
def test_pages_and_papers_never_run_into_one_another(
    listed: Archive, settings: Settings, text: str, found: bool
) -> None:
    keep_pages(listed, REPORT, "walls and the rot")
    keep_pages(listed, ANNEX, "the damp", "walls")
    assert ids(search(listed, settings, text)) == (["i1"] if found else [])


def test_what_a_page_says_is_never_markup(listed: Archive, settings: Settings) -> None:
    keep_pages(listed, REPORT, "<mark>Damp</mark> <script>alert(1)</script> & “rot”\x00\x1b[2J damp")
    (html,) = [html for _, _, html in papers_of(search(listed, settings, "damp")) if html]
    assert html.count("<") == html.count("<mark>") + html.count("</mark>")
    assert html.startswith("&lt;mark&gt;<mark>Damp</mark>&lt;/mark&gt; &lt;script&gt;")


@pytest.mark.parametrize(
    "before",
    [
        "’t is",
        "O’Neill’s",
        "SEND send",
        "l’été",
        "e\u0301te\u0301",
        "ﬁre",
        "20mph £3m",
        "1,204.5",
        "_a_b_",
        "नमस्ते",
        "😀 x",
    ],
)
def test_the_hit_is_shown_whatever_words_stand_before_it(listed: Archive, settings: Settings, before: str) -> None:
    keep_pages(listed, REPORT, f"{before} " * 400 + "the damp lantern.")
    ((_, page, html), _) = papers_of(search(listed, settings, '"damp lantern"'))
    assert page == 1
    assert "<mark>damp lantern</mark>" in (html or "")
