"""What every command works in: the settings, the data folder, and the archive and the index there."""

from __future__ import annotations

import threading
from pathlib import Path

import click

import index
from archive import SETTINGS, Archive, Settings, data_folder, read_settings
from crawler.reading_files import read_waiting
from telling import advance, bar


class House:
    """What every command needs: the settings and the data folder."""

    def __init__(self, given: Path | None) -> None:
        self.settings: Settings = read_settings()
        self.folder: Path = data_folder(given, self.settings)

    def archive(self, *, write: bool = False) -> Archive:
        """The archive in the data folder."""
        return Archive.open(self.folder, write=write)

    def read_documents(self, archive: Archive, stop: threading.Event | None = None) -> None:
        """Read the text of the documents that are kept and not read yet, with a progress bar, and say what was done."""
        with bar("Reading documents", "documents") as progress:
            report = read_waiting(archive, stop or threading.Event(), advance(progress))
        if report.line:
            click.echo(report.line, err=True)

    def index_up_to_date(self, archive: Archive, *, rebuild: bool = False) -> None:
        """Make the index follow the archive, with a progress bar, and say what was done."""
        with bar("Indexing", "items") as progress:
            report = index.update_index(
                archive, self.folder, self.settings, rebuild=rebuild, progress=advance(progress)
            )
        click.echo(report.line, err=True)

    def after_crawl(self, archive: Archive, stop: threading.Event) -> None:
        """What follows a scheduled crawl: its documents read, and the index brought up to date."""
        self.read_documents(archive, stop)
        self.index_up_to_date(archive)

    def index(self, archive: Archive) -> index.Index:
        """The index of this archive."""
        return index.Index(self.folder, archive, self.settings)


def settings_help() -> str:
    """The table of settings, for the help of the command line."""
    rows = (f"  SCRUTINY_{s.name} ({s.unit}; default {s.default!r}): {s.help}" for s in SETTINGS)
    return "\b\nSettings, from the environment:\n" + "\n".join(rows)
