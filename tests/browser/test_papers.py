"""Papers and versions before a reader's eyes: landing on a page, turning pages, comparing wordings, on paper too."""

from __future__ import annotations

from itertools import pairwise

import pytest
from selenium.webdriver.common.by import By

from tests.browser.test_look import FAINT
from tests.browser.visiting import PHONE, Visitor
from tests.webui.papers import ALONE

HIT = "/documents/wolden-s1?page=41&q=%22facial+recognition%22#page-41"
"""What a hit on page 41 links to (`webui.links.page_url`)."""
PAGES = (
    "/items/wolden-i5001", "/items/wolden-i5001?version=1", "/items/wolden-i5001/changes", "/items/wolden-i5004",
    "/meetings/wolden-m500", "/committees/wolden-c100", "/documents/wolden-s2", "/documents/wolden-s3",
    "/documents/wolden-s4", "/documents/wolden-s5?version=1", "/documents/wolden-s5/changes", "/documents/wolden-s6",
    "/documents/wolden-s7", HIT,
)  # fmt: skip
ON_SCREEN = """const box = document.querySelector(arguments[0]).getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight"""


def is_on_screen(reader: Visitor, selector: str) -> bool:
    return bool(reader.browser.execute_script(ON_SCREEN, selector))


def test_a_campaigner_lands_on_page_41_with_the_words_marked_and_can_cite_it(reader: Visitor) -> None:
    reader.open(HIT)
    assert is_on_screen(reader, "#page-41 h2")
    assert is_on_screen(reader, "#page-41 mark")
    assert [mark.text for mark in reader.all("#page-41 mark")] == ["facial recognition"]
    assert is_on_screen(reader, "#citation")
    assert ", page 41. https://wolden.example/documents/s1.pdf." in str(
        reader.all("#citation")[0].get_attribute("value")
    )
    reader.follow("77", ".jumps")
    assert is_on_screen(reader, "#page-77 mark")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_journalist_follows_a_hit_to_the_one_page_where_it_stands(reader: Visitor, phone: bool) -> None:
    if phone:
        reader.hold_a_phone()
    reader.search(f'"{ALONE}"')
    assert reader.read("#found") == "1 item"
    assert reader.read(".hit h3") == "1. Zebra cameras in shopping streets"
    assert [mark.text for mark in reader.all(".hit mark")] == [ALONE]
    reader.follow("Report on cameras, page 41", ".hit")
    assert reader.browser.current_url.endswith("#page-41-marked")
    assert reader.read("h1") == "Report on cameras"
    assert is_on_screen(reader, "#page-41 h2")
    assert [mark.text for mark in reader.all(".sheet mark")] == [ALONE]
    assert is_on_screen(reader, "#page-41 mark")


def test_a_campaigner_goes_from_a_search_to_a_paper_and_to_its_page(reader: Visitor) -> None:
    reader.open("/?q=cameras")
    reader.follow("Report on cameras", ".hit")
    assert reader.read("h1") == "Report on cameras"
    assert reader.all("h1 mark")
    reader.all("#go")[0].send_keys("41")
    reader.all(".turning button")[0].click()
    assert reader.browser.current_url.endswith("/documents/wolden-s1?page=41&q=cameras#page-41")
    assert is_on_screen(reader, "#page-41 h2")
    reader.follow("Page 41", "#page-41")
    reader.follow("1. Zebra cameras", ".listed")
    assert reader.read("h1") == "1. Zebra cameras in shopping streets"


def test_the_last_pages_of_a_very_long_paper_are_landed_on_too(reader: Visitor) -> None:
    reader.open("/documents/wolden-s6?page=841&q=market#page-841")
    assert is_on_screen(reader, "#page-841 mark")
    reader.open("/documents/wolden-s6#page-841")
    assert is_on_screen(reader, ".parts li:has(:target) a")
    reader.follow("801 to 850", ".parts")
    assert is_on_screen(reader, "#page-801 h2")


def test_a_journalist_sees_what_the_draft_said_and_what_became_of_it(reader: Visitor) -> None:
    reader.open("/items/wolden-i5001")
    reader.follow("What changed", ".versions")
    line = "return getComputedStyle(document.querySelector('.difference {}')).textDecorationLine"
    assert reader.ask(line.format("ins")) == "underline"
    assert reader.ask(line.format("del")) == "line-through"
    assert "deployed twice three times since the spring" in reader.ask(
        "return [...document.querySelectorAll('.unseen')].forEach(one => one.remove()),"
        " document.querySelector('.difference .changed').innerText"
    )
    first = reader.all("#from option")
    assert [option.text for option in first] == [
        "Version 2, minutes, 3 March 2026",
        "Version 1, draft minutes, 3 February 2026",
    ]


def test_on_paper_versions_and_papers_leave_out_what_is_for_the_screen(reader: Visitor) -> None:
    for path, gone, there in (
        ("/items/wolden-i5001/changes", ".compared, .trail", ".difference ins, .difference del"),
        ("/documents/wolden-s5", ".turning, .ways, .compare", ".sheet, .evidence"),
    ):
        reader.open(path)
        reader.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        try:
            assert reader.all(gone) == []
            assert reader.all(there)
        finally:
            reader.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_what_is_unchanged_opens_without_a_script(reader: Visitor) -> None:
    reader.open("/documents/wolden-s1")
    assert reader.all(".numbers a") == []
    reader.browser.find_element(By.CSS_SELECTOR, ".turning summary").click()
    assert len(reader.all(".numbers a")) == 120


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_scrolls_sideways_on_a_phone_and_all_text_can_be_read(reader: Visitor, path: str, dark: bool) -> None:
    reader.hold_a_phone(dark=dark)
    reader.open(path)
    assert reader.ask("return document.documentElement.scrollWidth") == PHONE[0]
    assert reader.ask(FAINT) == []
    reader.sit_at_a_desk(dark=dark)
    assert reader.ask(FAINT) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_main_heading_and_named_fields(reader: Visitor, path: str) -> None:
    reader.open(path)
    assert reader.ask("return document.querySelectorAll('h1').length") == 1
    unnamed = """return [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')]
        .filter(one => !(one.labels && one.labels.length) && !one.textContent.trim()).map(one => one.outerHTML)"""
    assert reader.ask(unnamed) == []
    levels = reader.ask("return [...document.querySelectorAll('h1,h2,h3')].map(one => +one.tagName[1])")
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_what_is_touched_is_large_enough(reader: Visitor) -> None:
    """Source: WCAG 2.2, 2.5.8, 24 by 24 CSS pixels."""
    reader.hold_a_phone()
    for path in ("/documents/wolden-s6", "/items/wolden-i5001/changes", "/items/wolden-i5001"):
        reader.open(path)
        small = """return [...document.querySelectorAll('button, select, summary, .parts a, .versions a, #go')]
            .filter(one => one.checkVisibility()).map(one => [one.textContent.trim(), one.getBoundingClientRect()])
            .filter(([_, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
        assert reader.ask(small) == []
