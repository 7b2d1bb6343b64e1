"""Is the site well? One line of JSON for whoever watches it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webui.sources import sources

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The archive's and the index's place in the sequence of changes, and each borough's last crawl."""
    archive, index = sources().archive, sources().index
    at, indexed = archive.sequence(), index.sequence
    last = {row.slug: row.at.isoformat() if row.at else None for row in archive.endings()}
    return jsonify(status="ok", archive_sequence=at, index_sequence=indexed, stale=indexed < at, last_run=last)
