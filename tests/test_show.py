"""What the README says of the demonstration is so."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.site.show import COUNCILS, show

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def test_the_readme_counts_the_invented_councils() -> None:
    assert f"invents {WORDS[COUNCILS]} councils" in README


def test_a_taken_port_is_told_before_anything_is_crawled_or_emptied(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} cannot be used: .*make demo PORT="):
            show(tmp_path, port)
    assert kept.exists()
