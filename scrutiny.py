"""The command line: the only module that knows all four packages. Each command is a thin shell around one of them.

Commands, options and exit codes are fixed by the design, section 4. An error is one line on standard error that
says what to do; only answers go to standard output.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, NoReturn

import click
import waitress
from waitress import wasyncore

import crawler
import index
import webui
from archive import Archive, bring_back, withhold
from archive.check import check_archive
from archive.database import ArchiveMissingError
from archive.days import today_in_london
from archive.errors import IntegrityError, PartialError, UsageError
from archive.leaving import captures_of, leaving
from archive.ledger import ledgers
from archive.schedule_state import scheduled_turns
from archive.warc import write_warc
from asking import DAY, FILE, search_options
from crawler.boroughs import borough_named, chosen_boroughs, known_boroughs
from crawler.rota import KINDS, Kind, timetable
from crawler.schedule import follow
from crawler.turns import Turns
from house import House, settings_help
from index.results import SearchRequest
from telling import CommandLine, bar, counted, counting, output
from webui.answers import render_json
from webui.coverage_answer import coverage_answer
from webui.exports import all_hits, export_lines
from webui.marks import widening_matters
from webui.searching import search
from webui.terminal import coverage_lines, note_lines, result_lines, schedule_lines


@click.group(cls=CommandLine, epilog=settings_help())
@click.option("--data", type=FILE, help="The data folder; else $SCRUTINY_DATA, else the platform's own place.")
@click.version_option(package_name="scrutiny-archive")
@click.pass_context
def main(context: click.Context, data: Path | None) -> None:
    """One searchable archive of what London's councils said in scrutiny."""
    context.obj = House(data)


@main.command("crawl")
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--since", type=DAY, help="Only meetings on or after this day.")
@click.option("--until", type=DAY, help="Only meetings on or before this day.")
@click.option(
    "--committee", "committees", multiple=True, help="Only this committee (308 or southwark-c308); repeatable."
)
@click.option("--all-committees", is_flag=True, help="All committees, not only scrutiny.")
@click.option("--boroughs", "file", type=FILE, help="A boroughs file, used beside the shipped rows.")
@click.option("--no-index", is_flag=True, help="Leave the index as it is.")
@click.pass_obj
def crawl_command(house: House, /, slugs: tuple[str, ...], file: Path | None, no_index: bool, **asked: Any) -> None:
    """Crawl the boroughs named, or all: scrutiny committees only unless told otherwise."""
    scope = crawler.Scope.of(**asked)
    chosen = chosen_boroughs(known_boroughs(file, _held(house)), slugs or known_boroughs(file))
    signal.signal(signal.SIGTERM, _interrupt)
    with house.archive(write=True) as archive:
        with bar("Crawling", "pages") as progress:
            reports = crawler.crawl(archive, chosen, scope, house.settings, counting(progress))
        for report in reports:
            click.echo(report.line, err=True)
        house.read_documents(archive)
        if not no_index:
            house.index_up_to_date(archive)
    problem = crawler.problem_of(reports)
    if problem is not None:
        raise problem


@main.command("import")
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--borough", "slug", required=True, help="The borough that published it, by its slug.")
@click.option("--committee", help="The committee: its name, number or record id.")
@click.option("--date", "day", type=DAY, help="The day of the meeting.")
@click.option("--url", default="", help="The address the page was saved from.")
@click.option("--boroughs", "file", type=FILE, help="A boroughs file, used beside the shipped rows.")
@click.pass_obj
def import_command(house: House, /, paths: tuple[Path, ...], slug: str, file: Path | None, **asked: Any) -> None:
    """Take in pages saved by hand: ModernGov pages, copied texts of item pages, PDF or Word documents."""
    crawler.require_files(paths)
    request = crawler.ImportRequest(borough=borough_named(known_boroughs(file, _held(house)), slug), **asked)
    with house.archive(write=True) as archive:
        reports = crawler.import_files(archive, paths, request, house.settings)
        for report in reports:
            click.echo(report.line, err=True)
        house.read_documents(archive)
        house.index_up_to_date(archive)
    refused = sum(report.refused for report in reports)
    if refused:
        raise PartialError(f"{refused} of {len(reports)} files could not be taken in; the reasons stand above.")


@main.command("index")
@click.option("--rebuild", is_flag=True, help="Make a new generation beside the old one and switch over.")
@click.pass_obj
def index_command(house: House, rebuild: bool) -> None:
    """Bring the index up to date with the archive."""
    with house.archive() as archive:
        house.index_up_to_date(archive, rebuild=rebuild)


@main.command("search")
@click.argument("query", default="")
@search_options
@click.option("--json", "as_json", is_flag=True, help="Exactly what the site's JSON answers, and only that.")
@click.pass_obj
def search_command(house: House, /, query: str, as_json: bool, **asked: Any) -> None:
    """Search, as the site does. 'scrutiny serve' explains the query language under /help/search."""
    request = SearchRequest(text=query, **asked)
    with house.archive() as archive:
        result = search(archive, house.index(archive), request)
    widened = request.widen and widening_matters(query, house.settings)
    click.echo(render_json(result) if as_json else "\n".join(result_lines(result, widened=widened)), nl=not as_json)


@main.command("export")
@click.argument("query", default="")
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
        for line in () if everything else note_lines(search(archive, found, request)):
            click.echo(line, err=True)
        if form == "warc":
            items = None if everything else [hit.id for hit in all_hits(found.search, request, sys.maxsize)]
            _export_evidence(archive, items, out)
            return
        for line in export_lines(found.search, request, form):
            out.write(line.encode())


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
    signal.signal(signal.SIGTERM, _interrupt)
    sockets: dict[int, Any] = {}
    try:
        server = waitress.create_server(app, map=sockets, host=host, port=port, threads=8, ident=None)
    except OSError as problem:
        raise UsageError(f"Cannot listen on {host}:{port}: {problem.strerror}. Choose another with --port.") from None
    click.echo(f"The archive is served on http://{host}:{server.effective_port}/ (stop with Ctrl-C).", err=True)
    server.run()
    wasyncore.close_all(sockets)


@main.command("schedule")
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--boroughs", "file", type=FILE, help="A boroughs file, used beside the shipped rows.")
@click.option("--once", type=click.Choice(KINDS), help="Take this one turn now, and end.")
@click.pass_obj
def schedule_command(house: House, /, slugs: tuple[str, ...], file: Path | None, once: Kind | None) -> None:
    """Crawl by the clock, in the foreground until stopped: recent meetings often, older each night, all each month."""
    rows, given, stop = timetable(house.settings), known_boroughs(file), threading.Event()
    signal.signal(signal.SIGTERM, _interrupt)
    with house.archive(write=True) as archive:
        known = known_boroughs(file, archive.boroughs())
        turns = Turns(
            archive=archive,
            boroughs={borough.slug: borough for borough in chosen_boroughs(known, slugs or given)},
            settings=house.settings,
            tell=lambda line: click.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}", err=True),
            after_crawl=lambda: house.after_crawl(archive, stop),
            stop=stop,
        )
        if not once:
            follow(turns, rows)
        elif (problem := crawler.problem_of(turns.take(once))) is not None:
            raise problem


@main.command("boroughs")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def boroughs_command(house: House, as_json: bool) -> None:
    """List the boroughs that are configured."""
    rows = known_boroughs(None, _held(house)).values()
    lines = (f"{row.slug:24} {row.name:42} {row.base_url}" for row in rows)
    click.echo(_as_json(map(asdict, rows)) if as_json else "\n".join(lines))


@main.command("topics")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def topics_command(as_json: bool) -> None:
    """List the topics and the queries that define them."""
    rows = [{"slug": t.slug, "name": t.name, "description": t.description, "query": t.query} for t in _topics()]
    lines = (f"{row['slug']:36} {row['query']}" for row in rows)
    click.echo(_as_json(rows) if as_json else "\n".join(lines))


@main.command("status")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def status_command(house: House, as_json: bool) -> None:
    """How much of what each borough lists is held, how its last crawl ended, and what the scheduler does next."""
    with house.archive() as archive:
        coverage, turns = archive.coverage(), scheduled_turns(archive)
        whole = ledgers(archive, today_in_london()) if as_json else ()
    lines = (*coverage_lines(coverage), *schedule_lines(turns, datetime.now(UTC)))
    click.echo(_as_json(coverage_answer(coverage, whole)) if as_json else "\n".join(lines))


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


def _held(house: House) -> tuple[Any, ...]:
    try:
        with house.archive() as archive:
            return archive.boroughs()
    except ArchiveMissingError:
        return ()


def _as_json(rows: Any) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=2, default=str)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
