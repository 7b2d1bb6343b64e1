"""The real pages of ../shared, taken in as a person would who saved them. None of their text is in the repository.

The two copied items do not say when they were; the days here are ours, so that their ids are made of something.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from archive import Archive, read_settings
from crawler import ImportRequest, import_files
from crawler.boroughs import known_boroughs

SHARED = Path(__file__).parents[3] / "shared"
_KINGSTON = SHARED / "pages" / "moderngov.kingston.gov.uk"
_SAVED = (
    (_KINGSTON / "Agenda_151.html", "kingston-upon-thames", None, None),
    (_KINGSTON / "ManorgatePetition.pdf", "kingston-upon-thames", None, None),
    (SHARED / "seeds" / "southwark.txt", "southwark", "Overview and Scrutiny Committee", date(2025, 10, 1)),
    (SHARED / "seeds" / "tower-hamlets.txt", "tower-hamlets", "Overview and Scrutiny Committee", date(2022, 10, 1)),
)


def take_in(archive: Archive) -> None:
    """Import them all; fails where one is refused."""
    for path, slug, committee, day in _SAVED:
        request = ImportRequest(borough=known_boroughs()[slug], committee=committee, day=day)
        (report,) = import_files(archive, [path], request, read_settings({}))
        assert not report.refused, report.line
