"""How to search, and what robots may do here."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from webui.help_page import ARGUMENT_HELP, QUERY_FORMS
from webui.sources import sources

blueprint = Blueprint("about", __name__)

# Searches are endless combinations of filters: records and lists lead to everything there is without them.
ROBOTS = "User-agent: *\nDisallow: /*?\nDisallow: /api/\nDisallow: /search.csv\nDisallow: /documents/*/file\n"


@blueprint.get("/help/search")
def searching() -> str:
    """Every form of query with an example, and the limits that are set."""
    return render_template("help.html", forms=QUERY_FORMS, arguments=ARGUMENT_HELP, settings=sources().settings)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """The rules for robots (RFC 9309)."""
    return Response(ROBOTS, content_type="text/plain; charset=utf-8")
