"""Where the real pages lie that the repository does not hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[4] / "shared"


@pytest.fixture
def real_page() -> Callable[[str], bytes]:
    """Reads a real page, or skips the test where there is none."""

    def read(name: str) -> bytes:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"{path} is not there")
        return path.read_bytes()

    return read
