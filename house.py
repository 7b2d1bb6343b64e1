"""What every command works in: the settings, the data folder, and the archive and the index there."""

from __future__ import annotations

from pathlib import Path

import click

import index
from archive import SETTINGS, Archive, Settings, data_folder, read_settings
from archive.database import ArchiveMissingError
from archive.records import Borough
from telling import advance, bar


class House:
    """What every command needs: the settings and the data folder."""

    def __init__(self, given: Path | None) -> None:
        self.settings: Settings = read_settings()
        self.folder: Path = data_folder(given, self.settings)

    def archive(self, *, write: bool = False) -> Archive:
        """The archive in the data folder."""
        return Archive.open(self.folder, write=write)

    def index_up_to_date(self, archive: Archive, *, rebuild: bool = False) -> None:
        """Make the index follow the archive, with a progress bar, and say what was done."""
        with bar("Indexing", "items") as progress:
            report = index.update_index(
                archive, self.folder, self.settings, rebuild=rebuild, progress=advance(progress)
            )
        click.echo(report.line, err=True)

    def boroughs(self) -> tuple[Borough, ...]:
        """The boroughs that the archive holds, if there is one."""
        try:
            with self.archive() as archive:
                return archive.boroughs()
        except ArchiveMissingError:
            return ()

    def index(self, archive: Archive) -> index.Index:
        """The index of this archive."""
        return index.Index(self.folder, archive, self.settings)


def settings_help() -> str:
    """The table of settings, for the help of the command line."""
    rows = (f"  SCRUTINY_{s.name} ({s.unit}; default {s.default!r}): {s.help}" for s in SETTINGS)
    return "\b\nSettings, from the environment:\n" + "\n".join(rows)
