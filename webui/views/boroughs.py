"""Boroughs: who is covered, and how much of what each lists is held."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from index.results import SearchRequest
from webui import search_page
from webui.sources import sources
from webui.views.records import absent

blueprint = Blueprint("boroughs", __name__)


@blueprint.get("/boroughs/")
def listing() -> str:
    """Every borough held."""
    return render_template("boroughs.html", coverage=sources().archive.coverage())


@blueprint.get("/boroughs/<slug>")
def borough(slug: str) -> Response:
    """One borough: its coverage, its committees, its topics and its newest items."""
    archive = sources().archive
    found = archive.borough(slug)
    if found is None:
        return absent(slug)
    asked = SearchRequest(boroughs=(slug,), sort="newest")
    result = sources().index.search(asked)
    committees = archive.committees(slug)
    return make_response(
        render_template(
            "borough.html",
            borough=found,
            coverage=next((row for row in archive.coverage() if row.slug == slug), None),
            scrutiny=[committee for committee in committees if committee.scrutiny],
            others=[committee for committee in committees if not committee.scrutiny],
            asked=asked,
            result=result,
            topic_choices=search_page.choices(asked, result, "topic"),
            page=search_page,
        )
    )


@blueprint.get("/status")
def status() -> str:
    """How complete the archive is, borough by borough."""
    return render_template("status.html", coverage=sources().archive.coverage())
