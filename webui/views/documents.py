"""Documents: their text page by page, their kept files, and what a new file changed."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from webui import marks
from webui.arguments import LAST_PAGE, one_line
from webui.changes_page import chosen
from webui.document_files import KINDS, file_of
from webui.document_record import document_changes_page, document_page, document_record
from webui.errors import error_page
from webui.headers import as_download
from webui.links import page_url
from webui.sources import sources
from webui.views.records import absent, number_asked

blueprint = Blueprint("documents", __name__)


@blueprint.get("/documents/<record>")
def document(record: str) -> AnyResponse:
    """A document's text; `page` opens a long one there, `q` marks words, `version` shows an earlier file.

    `go` is what the form for a page's number sends: it leads to that page's own address.
    """
    archive = sources().archive
    found = archive.document(record)
    if found is None:
        return absent(record)
    text, widen = one_line(request.args.get("q", "")), request.args.get("widen") != "no"
    version = number_asked("version")
    if go := _page_asked("go"):
        return redirect(page_url(found.id, go, text, widen=widen, version=version), 303)
    asked = _page_asked("page")
    spot = marks.spotter(text, sources().settings, widen=widen)
    page = document_page(archive, document_record(archive, found), version, asked, spot)
    if page is None:
        abort(404)
    return make_response(render_template("document.html", page=page, asked=asked, text=text, widen=widen))


@blueprint.get("/documents/<record>/changes")
def changes(record: str) -> Response:
    """What the text of one file of a document has that another has not; `from` and `to` are versions."""
    archive = sources().archive
    found = archive.document(record)
    if found is None:
        return absent(record)
    shown = document_record(archive, found)
    try:
        pair = chosen([file.number for file in shown.files], number_asked("from"), number_asked("to"))
    except ValueError:
        abort(404)
    page = document_changes_page(archive, shown, pair)
    return make_response(render_template("changes.html", page=page, entry=None, borough=shown.borough))


@blueprint.get("/documents/<record>/file")
def file(record: str) -> Response:
    """The bytes of a document as they were retrieved, to be saved and not shown; `version` gives an earlier file."""
    archive = sources().archive
    found = archive.document(record)
    if found is None:
        return absent(record)
    shown, version = document_record(archive, found), number_asked("version")
    kept = file_of(shown.files, version)
    if kept is None:
        return error_page(
            404, f"The file of “{shown.name}” is not kept here. Its page links to the council's own copy."
        )
    response = make_response(archive.blobs.get(kept.sha256))
    _kind, suffix = KINDS.get(kept.media_type, ("", ""))
    response.headers["Content-Type"] = kept.media_type if suffix else "application/octet-stream"
    return as_download(response, shown.title + (f" (version {version})" if version else ""), suffix)


def _page_asked(name: str) -> int | None:
    """A page's number, where there is one that can be; a wrong one leads to the beginning."""
    given = request.args.get(name, "").strip()
    number = int(given) if given.isascii() and given.isdigit() and len(given) < len(str(LAST_PAGE)) else 0
    return number or None
