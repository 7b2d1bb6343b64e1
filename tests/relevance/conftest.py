"""The judged minutes, indexed and asked once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.relevance.judged import INVENTED, read_judged
from tests.relevance.measuring import Measured, invented_minutes, measure


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where their archive is, once they were measured."""
    return tmp_path_factory.mktemp("relevance")


@pytest.fixture(scope="session")
def measured(folder: Path) -> tuple[Measured, ...]:
    """What they gave."""
    with invented_minutes(folder) as index:
        return measure(index, read_judged(INVENTED))
