"""A power cut at any moment of a crawl leaves no row that points at bytes which are not there, or not those."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from archive import Archive
from tests.crash.power import Event, Recorder, after_cut
from tests.crash.towns import hamlet
from tests.crawler.conftest import Crawler
from tests.site import PretendSite

CHANCES = 8  # of what survives, for every moment


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("power") / "data"


@pytest.fixture(scope="module")
def events(data: Path) -> list[Event]:
    """What a whole crawl does below its data folder."""
    recorder = Recorder(data)
    with PretendSite([hamlet("off")]) as site, Archive.open(data, write=True) as archive, recorder.recording():
        Crawler(archive, data.parent).crawl(site)
    return recorder.events


def lost(events: Sequence[Event], data: Path, seed: int) -> set[str]:
    """The bytes that rows point at, and that one cut or another would lose or change."""
    chance, found = random.Random(seed), set[str]()
    for moment in range(len(events) + 1):
        hashes = {sha256 for done in events[:moment] for sha256 in done.hashes}
        for _ in range(CHANCES):
            left = after_cut(events[:moment], str(data), chance)
            found |= {sha256 for sha256 in hashes if not _is_there(left, data, sha256)}
    return found


def _is_there(left: dict[str, bytes], data: Path, sha256: str) -> bool:
    body = left.get(str(data / "blobs" / sha256[:2] / sha256))
    return body is not None and hashlib.sha256(body).hexdigest() == sha256


def test_no_power_cut_leaves_a_row_without_its_bytes(events: list[Event], data: Path) -> None:
    seed = random.randrange(10**9)
    print(f"seed {seed}")
    assert len({sha256 for done in events for sha256 in done.hashes}) >= 8
    assert lost(events, data, seed) == set()


@pytest.mark.parametrize(
    ("what", "where"),
    [("sync file", "data/blobs/tmp/*"), ("sync folder", "blobs/??"), ("sync folder", "blobs"), ("sync folder", "data")],
)
def test_a_sync_that_somebody_forgot_would_be_noticed(events: list[Event], data: Path, what: str, where: str) -> None:
    forgotten = [done for done in events if not (done.what == what and Path(done.path).match(where))]
    assert len(forgotten) < len(events)
    assert lost(forgotten, data, seed=1)
