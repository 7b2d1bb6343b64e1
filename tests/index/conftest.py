"""The invented corpus in an archive, and its index: made once, for tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Archive, Settings, read_settings
from index import Index, update_index
from tests.index.corpus import fill
from tests.index.scan import Scan

LARGE = 430  # meetings of about eight items


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings as they come."""
    return read_settings({})


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Archive]:
    """The invented corpus, indexed. Not to be changed."""
    with Archive.open(tmp_path_factory.mktemp("corpus"), write=True) as archive:
        fill(archive)
        update_index(archive, archive.folder, settings)
        yield archive


@pytest.fixture(scope="session")
def index(corpus: Archive, settings: Settings) -> Iterator[Index]:
    """The index of the corpus."""
    opened = Index(corpus.folder, corpus, settings)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def scan(corpus: Archive, index: Index) -> Scan:
    """The oracle over the corpus."""
    return scan_of(corpus, index)


@pytest.fixture(scope="session")
def large_corpus(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Archive]:
    """Several thousand items with pages, indexed in several commits. Not to be changed."""
    with Archive.open(tmp_path_factory.mktemp("large"), write=True) as archive:
        for meetings in (LARGE // 2, LARGE):  # the second time, half of the items are there already
            fill(archive, meetings)
            update_index(archive, archive.folder, settings)
        yield archive


def scan_of(archive: Archive, index: Index) -> Scan:
    """The oracle over all of an archive."""
    entries = archive.entries(archive.item_ids())
    listed = {document.id for entry in entries for document in entry.documents}
    papers = {one: text for one in listed if (text := archive.text_of(one)) is not None}
    return Scan(entries, papers, index.topics)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive of the test's own."""
    with Archive.open(tmp_path / "data", write=True) as opened:
        yield opened
