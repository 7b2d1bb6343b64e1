"""How the pages stand on a screen: keyboard, phone, dark mode, contrast, print."""

from __future__ import annotations

from itertools import pairwise

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.visiting import PHONE, Visitor

PAGES = (
    "/", "/?q=damp&borough=eastmere&year=2024", "/?q=zebra", "/?q=facail+recogntion&standing=no",
    "/items/eastmere-i1051?q=recognition", "/items/eastmere-i9001?version=1",
    "/meetings/eastmere-m105", "/committees/eastmere-c100", "/boroughs/", "/boroughs/northwick", "/topics/",
    "/topics/facial-recognition", "/documents/eastmere-s1001", "/status", "/help/search",
)  # fmt: skip

FAINT = """
const parse = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
const over = (top, under) => { const a = top[3] === undefined ? 1 : top[3];
  return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a)); };
const ground = element => { if (!element) return [255, 255, 255];
  const own = parse(getComputedStyle(element).backgroundColor);
  return own[3] === undefined || own[3] === 1 ? own : over(own, ground(element.parentElement)); };
const light = rgb => { const [r, g, b] = rgb.slice(0, 3).map(c => { c /= 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const faint = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode, element = node.parentElement;
  if (!node.data.trim() || !element.checkVisibility() || element.closest('.unseen, .skip, .anchor')) continue;
  const style = getComputedStyle(element), under = ground(element);
  const text = light(over(parse(style.color), under)), back = light(under);
  const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  if (ratio < (large ? 3 : 4.5)) faint.push(`${node.data.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
}
return faint;
"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_scrolls_sideways_on_a_phone_and_all_text_can_be_read(visitor: Visitor, path: str, dark: bool) -> None:
    visitor.hold_a_phone(dark=dark)
    visitor.open(path)
    assert visitor.ask("return document.documentElement.scrollWidth") == PHONE[0]
    assert visitor.ask(FAINT) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_can_be_read_at_a_desk(visitor: Visitor, path: str, dark: bool) -> None:
    visitor.sit_at_a_desk(dark=dark)
    visitor.open(path)
    assert visitor.ask(FAINT) == []


def test_dark_is_dark_and_light_is_light(visitor: Visitor) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    assert visitor.ask(ground) == "rgb(251, 250, 246)"
    visitor.sit_at_a_desk(dark=True)
    assert visitor.ask(ground) == "rgb(18, 23, 21)"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_main_heading_landmarks_and_named_fields(visitor: Visitor, path: str) -> None:
    visitor.open(path)
    assert visitor.ask("return document.querySelectorAll('h1').length") == 1
    assert visitor.ask("return document.querySelectorAll('main, header.top, nav, footer').length") >= 4
    unnamed = """return [...document.querySelectorAll('input:not([type=hidden]), textarea, button')]
        .filter(one => !(one.labels && one.labels.length) && !one.textContent.trim()).map(one => one.outerHTML)"""
    assert visitor.ask(unnamed) == []
    levels = visitor.ask("return [...document.querySelectorAll('h1,h2,h3')].map(one => +one.tagName[1])")
    assert levels[0] == 1 or "/?q" in path or path == "/"
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_a_keyboard_is_enough_to_search_and_to_open_a_result(visitor: Visitor) -> None:
    assert visitor.press(Keys.TAB).text == "Skip to the content"
    visitor.press(Keys.ENTER)
    assert visitor.ask("return document.activeElement.id") == "content"
    box = visitor.press(Keys.TAB)
    assert box.get_attribute("id") == "q"
    box.send_keys("damp")
    visitor.press(Keys.ENTER)
    assert visitor.read("#found") == "18 items"
    for _ in range(120):
        focused = visitor.press(Keys.TAB)
        if focused.text.startswith("2. Damp and mould"):
            break
    width = visitor.ask("return parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert width >= 2
    visitor.press(Keys.ENTER)
    assert visitor.read("h1") == "2. Damp and mould in council homes"


def test_everything_that_takes_the_focus_shows_it(visitor: Visitor) -> None:
    visitor.open("/?q=damp")
    for _ in range(60):
        visitor.press(Keys.TAB)
        seen = "const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)]"
        style, width = visitor.ask(seen)
        assert style != "none", visitor.ask("return document.activeElement.outerHTML")[:200]
        assert width >= 2


def test_the_keyboard_reaches_the_results_without_going_through_the_filters(visitor: Visitor) -> None:
    visitor.open("/?q=damp")
    for _ in range(15):
        if visitor.press(Keys.TAB).text == "Skip the filters":
            break
    visitor.press(Keys.ENTER)
    assert visitor.press(Keys.TAB).find_elements("xpath", "ancestor::section[@id='results']")
    visitor.hold_a_phone()
    visitor.open("/?q=damp")
    assert "Skip the filters" not in [visitor.press(Keys.TAB).text for _ in range(15)]


def test_filters_open_and_close_on_a_phone_without_a_script(visitor: Visitor) -> None:
    visitor.hold_a_phone()
    visitor.open("/?q=damp")
    assert visitor.all(".filters") == []
    visitor.follow("Show filters")
    assert visitor.all(".filters")
    visitor.follow("Eastmere", ".filters")
    assert visitor.read("#found") == "6 items"
    assert visitor.all(".filters") == []


def test_what_is_touched_is_large_enough(visitor: Visitor) -> None:
    """Source: WCAG 2.2, 2.5.8, 24 by 24 CSS pixels."""
    visitor.hold_a_phone()
    visitor.open("/?q=damp&borough=eastmere#filters")
    small = """return [...document.querySelectorAll('.facet li > a, button, .tags a, .pages a, summary, .chart a')]
        .filter(one => one.checkVisibility()).map(one => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([_, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    assert visitor.ask(small) == []


def test_bars_are_as_high_as_their_numbers(visitor: Visitor) -> None:
    visitor.open("/?q=committee")
    pairs = visitor.ask("""return [...document.querySelectorAll('.chart a')].map(bar => [
        parseInt(bar.querySelector('.count').textContent),
        bar.querySelector('rect').getBoundingClientRect().height])""")
    highest, height = max(pairs)
    assert height > 50
    for count, drawn in pairs:
        assert drawn == pytest.approx(height * count / highest, abs=2)


def test_a_link_to_a_paragraph_shows_the_paragraph(visitor: Visitor) -> None:
    visitor.open("/items/eastmere-i1051#p-minutes-3")
    plain = visitor.ask("return getComputedStyle(document.getElementById('p-minutes-4')).backgroundColor")
    shown = visitor.ask("return getComputedStyle(document.getElementById('p-minutes-3')).backgroundColor")
    assert shown != plain


def test_print_leaves_out_what_cannot_be_used_on_paper(visitor: Visitor) -> None:
    visitor.open("/items/eastmere-i1051")
    visitor.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert visitor.all(".quick, .top nav, .anchor, .neighbours") == []
        assert visitor.all("article, .beside")
    finally:
        visitor.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_the_site_asks_nothing_of_anyone_else_and_runs_no_script(visitor: Visitor, address: str) -> None:
    for path in PAGES:
        visitor.open(path)
        loaded = visitor.ask("return performance.getEntriesByType('resource').map(one => one.name)")
        assert all(name.startswith(address) for name in loaded)
        assert visitor.ask("return document.scripts.length") == 0
