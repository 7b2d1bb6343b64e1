"""Boroughs: who is covered, how much of what each lists is held, and why the rest is not."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from archive.counting import Within
from archive.days import today_in_london
from archive.ledger import ledgers
from index.results import SearchRequest
from webui import search_page
from webui.ledger_page import SHORT_MONTHS, grid
from webui.sources import sources
from webui.views.records import absent

blueprint = Blueprint("boroughs", __name__)


@blueprint.get("/boroughs/")
def listing() -> str:
    """Every borough held."""
    return render_template("boroughs.html", coverage=sources().coverage())


@blueprint.get("/boroughs/<slug>")
def borough(slug: str) -> Response:
    """One borough: its committees, its topics and its newest items, and how complete they are."""
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
            coverage=next(iter(archive.coverage(slug)), None),
            grid=grid(next(iter(ledgers(archive, today_in_london(), Within(boroughs=(slug,)))), None)),
            month_names=SHORT_MONTHS,
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
    archive, index = sources().archive, sources().index
    coverage = sources().coverage()
    return render_template(
        "status.html",
        coverage=coverage,
        alarms=[alarm for row in coverage for alarm in row.alarms],
        names={row.slug: row.name for row in coverage},
        behind=index.sequence < archive.sequence(),
    )
