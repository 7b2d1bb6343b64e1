"""An archive in a folder of its own, holding nothing but a borough."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Archive, save_borough
from tests.archive.sample import BOROUGH


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", write=True) as opened:
        save_borough(opened, BOROUGH)
        yield opened
