"""The commands that need the crawler, which a search need not wait for: to crawl, to import, to list the boroughs."""

from __future__ import annotations

import signal
import threading
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

import crawler
from archive import Archive
from archive.errors import PartialError
from asking import DAY, FILE
from crawler.boroughs import borough_named, chosen_boroughs, known_boroughs
from crawler.reading_files import read_waiting
from crawler.rota import KINDS, Kind, timetable
from crawler.schedule import follow
from crawler.turns import Turns
from house import House
from telling import advance, as_json, bar, counting, interrupt


@click.command("crawl")
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
    chosen = chosen_boroughs(known_boroughs(file, house.boroughs()), slugs or known_boroughs(file))
    signal.signal(signal.SIGTERM, interrupt)
    with house.archive(write=True) as archive:
        with bar("Crawling", "pages") as progress:
            reports = crawler.crawl(archive, chosen, scope, house.settings, counting(progress))
        for report in reports:
            click.echo(report.line, err=True)
        _read_documents(archive)
        if not no_index:
            house.index_up_to_date(archive)
    problem = crawler.problem_of(reports)
    if problem is not None:
        raise problem


@click.command("import")
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
    request = crawler.ImportRequest(borough=borough_named(known_boroughs(file, house.boroughs()), slug), **asked)
    with house.archive(write=True) as archive:
        reports = crawler.import_files(archive, paths, request, house.settings)
        for report in reports:
            click.echo(report.line, err=True)
        _read_documents(archive)
        house.index_up_to_date(archive)
    refused = sum(report.refused for report in reports)
    if refused:
        raise PartialError(f"{refused} of {len(reports)} files could not be taken in; the reasons stand above.")


@click.command("schedule")
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--boroughs", "file", type=FILE, help="A boroughs file, used beside the shipped rows.")
@click.option("--once", type=click.Choice(KINDS), help="Take this one turn now, and end.")
@click.pass_obj
def schedule_command(house: House, /, slugs: tuple[str, ...], file: Path | None, once: Kind | None) -> None:
    """Crawl by the clock, in the foreground until stopped: recent meetings often, older each night, all each month."""
    rows, given, stop = timetable(house.settings), known_boroughs(file), threading.Event()
    signal.signal(signal.SIGTERM, interrupt)
    with house.archive(write=True) as archive:
        known = known_boroughs(file, archive.boroughs())
        turns = Turns(
            archive=archive,
            boroughs={borough.slug: borough for borough in chosen_boroughs(known, slugs or given)},
            settings=house.settings,
            tell=lambda line: click.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}", err=True),
            after_crawl=lambda: _after_crawl(house, archive, stop),
            stop=stop,
        )
        if not once:
            follow(turns, rows)
        elif (problem := crawler.problem_of(turns.take(once))) is not None:
            raise problem


@click.command("boroughs")
@click.option("--json", is_flag=True, help="As JSON.")
@click.pass_obj
def boroughs_command(house: House, json: bool) -> None:
    """List the boroughs that are configured."""
    rows = known_boroughs(None, house.boroughs()).values()
    lines = (f"{row.slug:24} {row.name:42} {row.base_url}" for row in rows)
    click.echo(as_json(map(asdict, rows)) if json else "\n".join(lines))


def _read_documents(archive: Archive, stop: threading.Event | None = None) -> None:
    """Read the text of the documents that are kept and not read yet, with a progress bar, and say what was done."""
    with bar("Reading documents", "documents") as progress:
        report = read_waiting(archive, stop or threading.Event(), advance(progress))
    if report.line:
        click.echo(report.line, err=True)


def _after_crawl(house: House, archive: Archive, stop: threading.Event) -> None:
    """What follows a scheduled crawl: its documents read, and the index brought up to date."""
    _read_documents(archive, stop)
    house.index_up_to_date(archive)
