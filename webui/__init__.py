"""The site: reads the archive and the index, writes neither."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from archive.settings import Settings
from webui import errors, filters, headers, sources
from webui.views import about, boroughs, documents, health, records, search, topics

LONGEST_QUERY_STRING = 8_000  # characters; the longest that every browser and proxy takes (RFC 9110, 4.1)
LONGEST_BODY = 64_000  # bytes; no page takes any


def create_app(folder: Path, settings: Settings) -> Flask:
    """The WSGI application over the archive and the index of one data folder.

    Neither needs to be there yet: pages then answer 503, and recover by themselves.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask's own provider has it
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    sources.install(app, sources.Sources(folder, settings))
    filters.install(app)
    headers.guard(app)
    errors.install(app, LONGEST_QUERY_STRING)
    for area in (search, records, documents, boroughs, topics, about, health):
        app.register_blueprint(area.blueprint)
    return app
