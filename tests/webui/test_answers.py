"""The JSON is the design's, section 5, to the letter."""

from __future__ import annotations

import json

from tests.webui.answers import RESULT, result
from webui.answers import answer, render_json

WHOLE = {
    "id": "eastmere-i7",
    "title": "Damp & mould",
    "number": "7.",
    "url": "/items/eastmere-i7",
    "source_url": "https://eastmere.example/mgAi.aspx?ID=7",
    "borough": {"slug": "eastmere", "name": "Eastmere"},
    "committee": {"id": "eastmere-c1", "name": "Scrutiny Committee"},
    "meeting": {"id": "eastmere-m5", "date": "2025-10-14", "status": "draft minutes"},
    "topics": ["damp-and-mould"],
    "found_in": ["title", "minutes"],
    "snippets": [{"where": "minutes", "html": "£1.2m for <mark>damp</mark> &amp; mould"}],
    "documents": [
        {
            "id": "eastmere-s9",
            "title": "Report on damp",
            "page": 41,
            "html": "<mark>damp</mark>",
            "url": "/documents/eastmere-s9#page-41",
        },
        {"id": "eastmere-s10", "title": "Plan", "page": None, "html": None, "url": "/documents/eastmere-s10"},
    ],
}
LOOSE = WHOLE | {
    "id": "eastmere-x0123456789ab",
    "number": "",
    "url": "/items/eastmere-x0123456789ab",
    "committee": {"id": None, "name": None},
    "meeting": {"id": None, "date": None, "status": ""},
    "topics": [],
    "snippets": [],
    "documents": [],
}


def test_the_answer_has_exactly_the_fields_of_the_design() -> None:
    assert answer(RESULT) == {
        "query": {"text": "damp", "read_as": "damp", "warnings": ["A warning."], "suggestion": None},
        "total": 2,
        "page": 1,
        "pages": 1,
        "per_page": 20,
        "searched": {"items": 10, "documents": 4, "pages": 0},
        "items": [WHOLE, LOOSE],
        "facets": {
            name: [{"value": v.value, "label": v.label, "count": v.count, "selected": v.selected} for v in values]
            for name, values in RESULT.facets.items()
        },
    }


def test_the_facets_stand_in_the_order_of_the_design() -> None:
    facets = answer(result(facets={}))["facets"]
    assert facets == {"borough": [], "topic": [], "committee": [], "year": [], "found_in": []}
    assert isinstance(facets, dict)
    assert list(facets) == ["borough", "topic", "committee", "year", "found_in"]


def test_the_text_reads_back_as_the_answer_and_keeps_pounds_and_marks_readable() -> None:
    text = render_json(RESULT)
    assert json.loads(text) == answer(RESULT)
    assert "£1.2m for <mark>damp</mark>" in text
    assert text.endswith("}\n")


def test_half_a_character_does_not_stop_the_answer() -> None:
    assert '"text": "caf?"' in render_json(result(text="caf\ud800"))
