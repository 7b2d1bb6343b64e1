"""Where do the pages come from? The archive and the index of one folder, opened when they are first needed.

Either may be missing when the site starts, or come back later: each request tries again until both are there.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from archive import Archive, Coverage
from archive.days import today_in_london
from archive.settings import Settings
from index import Index

_NAME = "scrutiny-sources"


class Sources:
    """One folder's archive and index, shared by the threads that answer requests."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.settings = settings
        self._folder = folder
        self._lock = threading.Lock()
        self._archive: Archive | None = None
        self._index: Index | None = None
        self._coverage: tuple[object, tuple[Coverage, ...]] | None = None

    @property
    def archive(self) -> Archive:
        """The archive, for reading alone. Raises ScrutinyError while there is none."""
        with self._lock:
            return self._opened_archive()

    @property
    def index(self) -> Index:
        """The index over this archive. Raises ScrutinyError while there is none."""
        with self._lock:
            if self._index is None:
                self._index = Index(self._folder, self._opened_archive(), self.settings)
            return self._index

    def coverage(self) -> tuple[Coverage, ...]:
        """The coverage of every borough, counted anew only when it may have changed: counting takes seconds."""
        archive = self.archive
        state = (archive.pulse(), today_in_london())
        kept = self._coverage
        if kept is None or kept[0] != state:
            kept = self._coverage = (state, archive.coverage())
        return kept[1]

    def _opened_archive(self) -> Archive:
        if self._archive is None:
            self._archive = Archive.open(self._folder)
        return self._archive


def install(app: Flask, sources: Sources) -> None:
    """Let the views of this application find their sources."""
    app.extensions[_NAME] = sources


def topic_names() -> dict[str, str]:
    """What each topic's slug is called."""
    return {topic.slug: topic.name for topic in sources().index.topics}


def sources() -> Sources:
    """The sources of the application that answers this request."""
    return cast(Sources, current_app.extensions[_NAME])
