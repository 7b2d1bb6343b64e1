"""One fault server and one fetcher for a module's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.fetching.http import Fetcher

CONTACT = "https://archive.example/about"


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """A fetcher that may ask this machine."""
    with Fetcher(contact=CONTACT, allow_loopback=True) as made:
        yield made
