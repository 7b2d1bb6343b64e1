"""What the pages say of versions, of replaced and unread papers, and of what its council shows no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import render_template_string
from flask.testing import FlaskClient

from archive import Archive
from archive.goneness import mark_gone
from index.results import DocumentHit
from tests.webui.answers import HIT
from tests.webui.conftest import Look, indexed, site
from tests.webui.holdings import READ_AT
from tests.webui.papers import fill_papers
from tests.webui.test_search_pages import link, words


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The meeting with a past."""
    folder = tmp_path_factory.mktemp("papers") / "data"
    fill_papers(folder)
    return indexed(folder)


@pytest.fixture
def client(shelf: Path) -> Iterator[FlaskClient]:
    """A visitor to it."""
    with site(shelf).test_client() as visitor:
        yield visitor


ITEM = "/items/wolden-i5001"


def run(tag: Tag | None) -> str:
    """The text of a part of a page as it runs on, with no blank where there is none."""
    assert tag is not None
    return " ".join(tag.get_text().split())


def test_an_items_history_tells_what_each_version_was_and_changed(look: Look) -> None:
    page = look(ITEM)
    told = words(page.select_one('[aria-labelledby="history"]'))
    assert "Published as draft minutes until 3 March 2026, then minutes." in told
    newest, oldest = (words(one) for one in page.select(".versions li"))
    assert newest.startswith("Version 2 as minutes first seen 3 March 2026, 2.05 pm")
    assert "title changed; minutes changed: 2 paragraphs added, 1 removed, 1 reworded" in newest
    assert "1 document added; 1 document removed" in newest
    assert oldest == "Version 1 as draft minutes first seen 3 February 2026, 2.05 pm"


def test_an_earlier_version_keeps_its_words_its_documents_and_its_state(look: Look) -> None:
    page = look(f"{ITEM}?version=1")
    assert "deployed twice" in words(page.article)
    assert words(page.select_one("article .state")) == "draft minutes"
    assert "Waiting appendix" in words(page.select_one(".papers"))
    assert "Ledger of spending" not in words(page.select_one(".papers"))
    assert "(draft minutes, version 1 of 2)" in words(page.textarea)
    assert link(page, "see what changed") == f"{ITEM}/changes?from=1&to=2"


def test_two_versions_stand_side_by_side_without_need_of_colour(look: Look) -> None:
    page = look(f"{ITEM}/changes")
    assert run(page.select_one(".difference .changed")) == (
        "The Borough Commander said that live facial recognition had been deployed [removed: twice] "
        "[added: three times] since the spring[added: , and that no image is kept]."
    )
    facts = dict(zip(map(run, page.select(".facts dt")), map(run, page.select(".facts dd")), strict=True))
    assert facts == {
        "Title": "Zebra cameras in [added: shopping] streets",
        "Published as": "[removed: draft] minutes",
        "Document added": "[added: Ledger of spending]",
        "Document removed": "[removed: Waiting appendix]",
    }
    assert [run(one) for one in page.select(".difference .removed")] == [
        "[removed: A member asked about the cost of the zebra vans.]"
    ]
    assert page.select("ins")
    assert page.select("del")


def test_versions_to_compare_can_be_chosen(look: Look, client: FlaskClient) -> None:
    assert words(look(f"{ITEM}/changes?from=2&to=1").select_one(".difference")) == words(
        look(f"{ITEM}/changes").select_one(".difference")
    )
    assert "No word differs" in words(look(f"{ITEM}/changes?from=2&to=2"))
    assert "Only one version" in words(look("/items/wolden-i5002/changes"))
    chosen = look(f"{ITEM}/changes").select("option[selected]")
    assert [str(one["value"]) for one in chosen] == ["1", "2"]
    for wrong in ("from=3", "to=0", "from=x", "to=%00", "from=99999999999"):
        assert client.get(f"{ITEM}/changes?{wrong}").status_code == 404


def test_a_meeting_tells_its_own_history(look: Look) -> None:
    page = look("/meetings/wolden-m500")
    told = words(page.select_one('[aria-labelledby="history"]'))
    assert "Published as draft minutes until 3 March 2026, then minutes." in told
    assert "draft minutes became minutes 3 March 2026" in told
    assert "first seen here as draft minutes 3 February 2026" in told


def test_what_the_council_shows_no_more_says_so_wherever_it_stands(look: Look, shelf: Path) -> None:
    note = "No longer on the council’s site since 3 March 2026; this is what it said."
    page = look("/items/wolden-i5004")
    assert words(page.select_one(".gone")) == note
    assert "There was none." in words(page.article)
    assert "No longer on the council’s site since 3 March 2026." in words(page.textarea)
    assert words(page.select_one("article .state")) == "draft minutes"
    assert "(draft minutes)" in words(page.textarea)
    assert "then minutes" not in words(page)
    rows = [words(row) for row in look("/meetings/wolden-m500").select(".agenda li")]
    assert [row.endswith("no longer on the council’s site since 3 March 2026") for row in rows] == [
        False, False, False, True,
    ]  # fmt: skip
    document = look("/documents/wolden-s7")
    assert words(document.select_one(".gone")) == note
    assert "This paper was taken down." in words(document.article)
    assert look(ITEM).select(".gone") == []


def test_a_meeting_that_is_gone_is_marked_on_its_page_and_in_its_committees_list(tmp_path: Path) -> None:
    fill_papers(tmp_path)
    with Archive.open(tmp_path, write=True) as archive:
        mark_gone(archive, "wolden-m500", READ_AT)
    with site(indexed(tmp_path)).test_client() as visitor:
        assert "No longer on the council’s site since 3 February 2026" in visitor.get("/meetings/wolden-m500").text
        listed = BeautifulSoup(visitor.get("/committees/wolden-c100").data, "lxml").select_one(".meetings li")
        assert "no longer on the council’s site since 3 February 2026" in words(listed)


def test_a_document_is_read_page_by_page_with_its_evidence(look: Look) -> None:
    page = look("/documents/wolden-s1")
    assert [str(one["id"]) for one in page.select(".sheet")] == [f"page-{n}" for n in range(1, 121)]
    heading = page.select_one("#page-41 h2 a")
    assert heading is not None
    assert (words(heading), heading["href"]) == ("Page 41", "/documents/wolden-s1?page=41#page-41")
    assert "PDF" in words(page.select_one(".where"))
    assert "120 pages" in words(page.select_one(".where"))
    assert link(page, "1. Zebra cameras") == ITEM
    assert link(page, "Open it at the council") == "https://wolden.example/documents/s1.pdf"
    assert "4 February 2026, 2.05 pm" in words(page.select_one(".beside"))
    assert len(words(page.select_one(".evidence code"))) == 64


def test_a_search_hits_words_are_marked_on_the_page_it_leads_to(look: Look) -> None:
    page = look('/documents/wolden-s1?page=41&q="facial recognition in the market"')
    marks = [words(mark) for mark in page.select("#page-41 mark")]
    assert marks == ["facial recognition", "in the market"]
    assert {str(one.parent["id"]) for one in page.select(".sheet h2") if one.parent and one.parent.select("mark")} == {
        "page-41",
        "page-77",
    }
    assert 'Marked "facial recognition in the market" on 2 pages: 41, 77' in run(page.select_one(".read"))
    assert link(page, "Next marked page") == "#page-77-marked"
    assert look(link(page, "Read without marks").partition("#")[0]).select("mark") == []


def test_a_page_is_cited_with_its_number(look: Look) -> None:
    page = look("/documents/wolden-s1?page=41")
    sha256 = words(page.select_one(".evidence code"))
    assert words(page.textarea) == (
        "Wolden, Okapi Scrutiny Committee, 14 October 2025, item 1 “Zebra cameras in shopping streets”, document "
        "“Report on cameras”, page 41. https://wolden.example/documents/s1.pdf. Retrieved 4 February 2026. "
        f"SHA-256 {sha256}. Scrutiny Archive record wolden-s1, page 41."
    )
    assert "page 41" not in words(look("/documents/wolden-s1").textarea)


def test_every_line_of_a_page_can_be_linked_to(look: Look) -> None:
    page = look("/documents/wolden-s1?page=41")
    anchors = [str(a["href"])[1:] for a in page.select("#page-41 a.anchor")]
    assert anchors[:2] == ["p-page-41-1", "p-page-41-2"]
    ids = [str(one["id"]) for one in page.find_all(id=True)]
    assert set(anchors) <= set(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("s2", "This document is a scan"),
        ("s3", "Not all of this document could be read: pages 1-75 of 120 read; 76-120 not read"),
        ("s4", "This document has not been fetched yet."),
        ("s8", "Its text has not been read yet."),
    ],
)
def test_how_far_a_document_was_read_is_said(look: Look, document: str, told: str) -> None:
    assert told in words(look(f"/documents/wolden-{document}").select_one("article .notice"))


def test_pages_that_were_not_read_have_their_place(look: Look) -> None:
    page = look("/documents/wolden-s3?page=100")
    assert "Pages 76 to 120 could not be read." in words(page.select_one("#page-76"))
    assert page.select_one("#page-76 #page-100") is not None
    assert "letters may be wrong" in words(page.select_one("#page-75"))


def test_a_document_too_long_for_one_page_has_every_anchor_and_opens_where_it_is_asked_to(look: Look) -> None:
    page = look("/documents/wolden-s6")
    assert len(page.select(".sheet")) == 50
    stub = page.select_one("#page-841")
    assert stub is not None
    assert stub.parent is not None
    assert words(stub.parent) == "801 to 850"
    there = look("/documents/wolden-s6?page=841")
    assert "market square" in words(there.select_one("section#page-841"))
    assert link(there, "Before") == "/documents/wolden-s6?page=751#page-751"
    marked = look("/documents/wolden-s6?q=market")
    assert marked.select_one("section#page-241 mark") is not None
    assert "There is no page 901" in words(look("/documents/wolden-s6?page=901"))


@pytest.mark.parametrize("given", ["0", "-1", "x", "%00", "9" * 50, "1e3", "٣"])
def test_a_page_that_cannot_be_leads_to_the_beginning(look: Look, given: str) -> None:
    assert look(f"/documents/wolden-s6?page={given}").select_one("section#page-1") is not None


def test_the_form_for_a_page_leads_to_its_own_address(client: FlaskClient) -> None:
    response = client.get("/documents/wolden-s6?go=841&q=market&widen=no")
    assert response.status_code == 303
    assert response.headers["Location"] == "/documents/wolden-s6?page=841&q=market&widen=no#page-841"


def test_every_file_that_a_document_was_can_be_read_saved_and_compared(look: Look, client: FlaskClient) -> None:
    page = look("/documents/wolden-s5")
    assert "£2.1m" in words(page.article)
    earlier = look(link(page, "Version 1"))
    assert "£1.9m" in words(earlier.article)
    assert "which was replaced" in words(earlier.select_one(".notice"))
    assert "(version 1 of 2)" in words(earlier.textarea)
    saved = client.get(link(earlier, "Save the kept file"))
    assert "1.9m" in saved.text
    assert saved.headers["Content-Type"] == "application/pdf"
    assert "Plan and costs (version 1).pdf" in saved.headers["Content-Disposition"]
    assert "2.1m" in client.get("/documents/wolden-s5/file").text
    assert client.get("/documents/wolden-s5/file?version=2").data == client.get("/documents/wolden-s5/file").data
    assert client.get("/documents/wolden-s5/file?version=3").status_code == 404
    assert client.get("/documents/wolden-s5?version=3").status_code == 404
    compared = look(link(page, "What changed"))
    assert run(compared.select_one(".difference .changed")) == "The plan costs £[removed: 1.9m] [added: 2.1m]."


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/documents/wolden-s1/changes", "Only one file of this document was ever seen here."),
        ("/documents/wolden-s4/changes", "Only one file"),
    ],
)
def test_one_file_cannot_be_compared(look: Look, address: str, told: str) -> None:
    assert told in words(look(address).select_one(".notice"))


def test_an_items_documents_keep_the_words_of_the_search(look: Look) -> None:
    assert link(look(f"{ITEM}?q=market"), "Report on cameras") == "/documents/wolden-s1?q=market"
    assert link(look(ITEM), "Report on cameras") == "/documents/wolden-s1"


def test_a_search_hit_in_a_paper_leads_to_its_page_with_the_words(shelf: Path) -> None:
    paper = DocumentHit(id="wolden-s1", title="Report on cameras", page=41, html="<mark>damp</mark> & mould")
    template = "{% import 'macros.html' as parts with context %}{{ parts.hit(hit, 'damp & mould', widen, {}) }}"
    with site(shelf).test_request_context():
        for widen, argument in ((True, ""), (False, "&widen=no")):
            hit = replace(HIT, documents=(paper,))
            shown = BeautifulSoup(render_template_string(template, hit=hit, widen=widen), "lxml")
            assert link(shown, "Report on cameras, page 41") == (
                f"/documents/wolden-s1?page=41&q=damp+%26+mould{argument}#page-41-marked"
            )
