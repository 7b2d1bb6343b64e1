"""The command line. Each command is a thin shell around one of the packages; those that crawl are in `crawling`.

Commands, options and exit codes are fixed by the design, section 4. An error is one line on standard error that
says what to do; only answers go to standard output.
"""

from __future__ import annotations

import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click
import waitress
from waitress import wasyncore

import index
import webui
from archive import Archive, bring_back, withhold
from archive.check import check_archive
from archive.days import today_in_london
from archive.errors import IntegrityError, UsageError
from archive.leaving import captures_of, leaving
from archive.ledger import ledgers
from archive.schedule_state import scheduled_turns
from archive.warc import write_warc
from asking import FILE, QUERY, search_options
from house import House, settings_help
from index.results import SearchRequest, SearchResult
from telling import CommandLine, as_json, bar, counted, interrupt, output
from webui.answers import render_json
from webui.coverage_answer import coverage_answer
from webui.exports import all_hits, export_lines
from webui.marks import widening_matters
from webui.searching import search
from webui.terminal import coverage_lines, note_lines, nothing_lines, result_lines, schedule_lines

_ELSEWHERE = dict.fromkeys(("boroughs", "crawl", "import", "schedule"), "crawling")


@click.group(cls=CommandLine, elsewhere=_ELSEWHERE, epilog=settings_help())
@click.option("--data", type=FILE, help="The data folder; else $SCRUTINY_DATA, else the platform's own place.")
@click.version_option(package_name="scrutiny-archive")
@click.pass_context
def main(context: click.Context, data: Path | None) -> None:
    """One searchable archive of what London's councils said in scrutiny."""
    context.obj = House(data)


@main.command("index")
@click.option("--rebuild", is_flag=True, help="Make a new generation beside the old one and switch over.")
@click.pass_obj
def index_command(house: House, rebuild: bool) -> None:
    """Bring the index up to date with the archive."""
    with house.archive() as archive:
        house.index_up_to_date(archive, rebuild=rebuild)


@main.command("search")
@QUERY
@search_options
@click.option("--json", is_flag=True, help="Exactly what the site's JSON answers, and only that.")
@click.pass_obj
def search_command(house: House, /, query: str, json: bool, **asked: Any) -> None:
    """Search, as the site does. 'scrutiny serve' explains the query language under /help/search."""
    request = SearchRequest(text=query, **asked)
    with house.archive() as archive:
        result = search(archive, house.index(archive), request)
    widened = request.widen and widening_matters(query, house.settings)
    click.echo(render_json(result) if json else "\n".join(result_lines(result, widened=widened)), nl=not json)


@main.command("export")
@QUERY
@click.option("--format", "form", type=click.Choice(("csv", "json", "warc")), required=True, help="How to write it.")
@search_options
@click.option("--output", "file", type=FILE, help="Write to this file, not to standard output.")
@click.pass_obj
def export_command(house: House, /, query: str, form: str, file: Path | None, **asked: Any) -> None:
    """Write all that a search finds, as CSV or JSON, one item after another; or, as WARC, what it was read from."""
    request = SearchRequest(text=query, **asked)
    with house.archive() as archive, output(file, binary=form == "warc") as out:
        found = house.index(archive)
        everything = form == "warc" and replace(request, sort="relevance", page=1, widen=True) == SearchRequest()
        for line in () if everything else _noted(search(archive, found, request)):
            click.echo(line, err=True)
        if form == "warc":
            items = None if everything else [hit.id for hit in all_hits(found.search, request, sys.maxsize)]
            _export_evidence(archive, items, out)
            return
        for line in export_lines(found.search, request, form):
            out.write(line.encode())


def _noted(result: SearchResult) -> tuple[str, ...]:
    return *note_lines(result), *nothing_lines(result)


def _export_evidence(archive: Archive, items: list[str] | None, out: BinaryIO) -> None:
    chosen = leaving(archive, items)
    with bar("Exporting", "captures", total=len(chosen.captures)) as progress:
        written = write_warc(archive, out, counted(captures_of(archive, chosen.captures), progress))
    kept = f"; {chosen.kept_back:,} left out, which hold or may hold what is withheld" if chosen.kept_back else ""
    click.echo(f"{written:,} captures written{kept}.", err=True)


@main.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port.")
@click.pass_obj
def serve_command(house: House, host: str, port: int) -> None:
    """Serve the site. Put a web server that speaks HTTPS before it."""
    app = webui.create_app(house.folder, house.settings)
    signal.signal(signal.SIGTERM, interrupt)
    sockets: dict[int, Any] = {}
    try:
        server = waitress.create_server(app, map=sockets, host=host, port=port, threads=8, ident=None)
    except OSError as problem:
        raise UsageError(f"Cannot listen on {host}:{port}: {problem.strerror}. Choose another with --port.") from None
    click.echo(f"The archive is served on http://{host}:{server.effective_port}/ (stop with Ctrl-C).", err=True)
    server.run()
    wasyncore.close_all(sockets)


@main.command("topics")
@click.option("--json", is_flag=True, help="As JSON.")
def topics_command(json: bool) -> None:
    """List the topics and the queries that define them."""
    rows = [{"slug": t.slug, "name": t.name, "description": t.description, "query": t.query} for t in _topics()]
    lines = (f"{row['slug']:36} {row['query']}" for row in rows)
    click.echo(as_json(rows) if json else "\n".join(lines))


@main.command("status")
@click.option("--json", is_flag=True, help="As JSON.")
@click.pass_obj
def status_command(house: House, json: bool) -> None:
    """How much of what each borough lists is held, how its last crawl ended, and what the scheduler does next."""
    with house.archive() as archive:
        coverage, turns = archive.coverage(), scheduled_turns(archive)
        whole = ledgers(archive, today_in_london()) if json else ()
    lines = (*coverage_lines(coverage), *schedule_lines(turns, datetime.now(UTC)))
    click.echo(as_json(coverage_answer(coverage, whole)) if json else "\n".join(lines))


@main.command("check")
@click.pass_obj
def check_command(house: House) -> None:
    """Check the archive and the index against each other and against their hashes; name every fault."""
    with house.archive() as archive:
        faults = [*check_archive(archive), *index.check_index(archive, house.folder)]
    for fault in faults:
        click.echo(fault)
    if faults:
        raise IntegrityError(f"{len(faults)} faults. A faulty index is mended by 'scrutiny index --rebuild', a faulty "
                             "archive by putting back its backup.")  # fmt: skip
    click.echo("No faults: archive and index are sound and agree.")


@main.command("withhold")
@click.argument("record", metavar="ID")
@click.option("--reason", default="", help="Why; visitors see it in place of the record.")
@click.option("--undo", is_flag=True, help="Bring the record back.")
@click.pass_obj
def withhold_command(house: House, record: str, reason: str, undo: bool) -> None:
    """Hide a record, and all that stands under it, from search, pages and exports; a stub says so."""
    house.archive().close()
    with house.archive(write=True) as archive:
        if undo:
            bring_back(archive, record)
        else:
            withhold(archive, record, reason, datetime.now(UTC))
        click.echo(f"{record} is {'shown again' if undo else 'withheld'}.", err=True)
        house.index_up_to_date(archive)


def _topics() -> tuple[index.Topic, ...]:
    return index.load_topics(index.load_thesaurus())


if __name__ == "__main__":
    main()
