"""No template switches escaping off or lets anything run (hazards W3)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import webui

TEMPLATES = sorted((Path(webui.__file__).parent / "templates").iterdir())
FORBIDDEN = {
    "a filter that switches escaping off": r"\|\s*safe\b",
    "markup made in a template": r"Markup\(",
    "autoescape switched": r"autoescape",
    "a script": r"<\s*script",
    "an event handler": r"<[^>]*\son\w+\s*=",
    "an inline style": r"<[^>]*\sstyle\s*=",
    "an inline style sheet": r"<\s*style",
    "an unquoted attribute": r"=\{\{",
    "something of a third party": r'(?:src|href|action)="(?:https?:)?//',
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_hold_nothing_dangerous(path: Path, what: str) -> None:
    assert not re.search(FORBIDDEN[what], path.read_text(encoding="utf-8"), re.IGNORECASE), what


def test_every_template_is_a_page_that_flask_escapes() -> None:
    assert len(TEMPLATES) > 10
    assert {path.suffix for path in TEMPLATES} == {".html"}


def test_one_module_alone_makes_markup() -> None:
    sources = Path(webui.__file__).parent.rglob("*.py")
    makers = {path.name for path in sources if re.search(r"\bMarkup\(", path.read_text(encoding="utf-8"))}
    assert makers == {"markup.py"}


def test_the_style_sheet_brings_nothing_in_from_elsewhere() -> None:
    sheet = (Path(webui.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")
    assert "@import" not in sheet
    assert "url(" not in sheet
