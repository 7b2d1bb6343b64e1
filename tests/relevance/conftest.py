"""The judged minutes, indexed and asked once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.relevance.measuring import Measured, measure_invented


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where their archive is, once they were measured."""
    return tmp_path_factory.mktemp("relevance")


@pytest.fixture(scope="session")
def measured(folder: Path) -> tuple[Measured, ...]:
    """What they gave."""
    return measure_invented(folder)
