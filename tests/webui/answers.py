"""Answers of a search made by hand, for what is pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from index.results import DocumentHit, FacetValue, Hit, Searched, SearchResult, Snippet

HIT = Hit(
    id="eastmere-i7",
    title="Damp & mould",
    number="7.",
    source_url="https://eastmere.example/mgAi.aspx?ID=7",
    borough_slug="eastmere",
    borough_name="Eastmere",
    committee_id="eastmere-c1",
    committee_name="Scrutiny Committee",
    meeting_id="eastmere-m5",
    meeting_date=date(2025, 10, 14),
    meeting_status="draft minutes",
    topics=("damp-and-mould",),
    found_in=("title", "minutes"),
    snippets=(Snippet("minutes", "£1.2m for <mark>damp</mark> &amp; mould"),),
    documents=(
        DocumentHit(id="eastmere-s9", title="Report on damp", page=41, html="<mark>damp</mark>"),
        DocumentHit(id="eastmere-s10", title="Plan"),
    ),
)
LOOSE = replace(
    HIT, id="eastmere-x0123456789ab", number="", committee_id=None, committee_name=None, meeting_id=None,
    meeting_date=None, meeting_status="", snippets=(), documents=(), topics=(),
)  # fmt: skip
RESULT = SearchResult(
    text="damp",
    read_as="damp",
    warnings=("A warning.",),
    total=2,
    page=1,
    pages=1,
    per_page=20,
    searched=Searched(items=10, documents=4, pages=0, unread=4),
    hits=(HIT, LOOSE),
    facets={
        "borough": (FacetValue("eastmere", "Eastmere", 2, True), FacetValue("northwick", "Northwick", 0, False)),
        "topic": (FacetValue("damp-and-mould", "Damp and mould", 1, False),),
        "committee": (
            FacetValue("eastmere-c1", "Scrutiny Committee", 1, False),
            FacetValue("northwick-c1", "Scrutiny Committee", 1, False),
            FacetValue("unknown", "Committee not known", 1, False),
        ),
        "year": (
            FacetValue("2023", "2023", 4, False),
            FacetValue("2025", "2025", 1, False),
            FacetValue("unknown", "Date not known", 1, False),
        ),
        "found_in": (FacetValue("minutes", "Minutes", 2, False),),
    },
)


def result(**changes: object) -> SearchResult:
    """The answer with some of it changed."""
    return replace(RESULT, **changes)  # type: ignore[arg-type]
