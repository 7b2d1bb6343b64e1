"""What does it take to index an archive? Each engine does it in a process of its own, which is timed and watched."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from os import getpid
from pathlib import Path

from archive import Archive
from tests.bench.clocks import Taken, taken
from tests.bench.engines import Engine, Given
from tests.bench.memory import watched
from tests.bench.progress import Progress, telling
from tests.bench.reading import read_tagged
from tests.bench.this_index import ThisIndex

READING = "reading alone"
"""What every engine has to do beside its own work."""

Topics = Mapping[str, tuple[str, ...]]
Work = Callable[[Given, Progress], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What building one index took; `peak` and `size` in bytes, the first None where the system does not say."""

    taken: Taken
    peak: int | None
    size: int


def build_all(ours: ThisIndex, others: Sequence[Engine], archive: Archive, folder: Path) -> dict[str, Built]:
    """Let every engine index the archive in a folder of its own under this one, and open what it built.

    This index comes first; the topics that it finds are told to the others. Last comes reading alone, under its name.
    """
    built = {ours.name: _built(ours, archive, folder, {})}
    topics = ours.topics()
    for other in others:
        built[other.name] = _built(other, archive, folder, topics)
    (empty := folder / "reading").mkdir()
    return built | {READING: _done(READING, _read, archive.folder, empty, topics)}


def _built(engine: Engine, archive: Archive, folder: Path, topics: Topics) -> Built:
    (own := folder / engine.name.replace(" ", "-")).mkdir()
    built = _done(f"indexing, {engine.name}", partial(_build, engine, own), archive.folder, own, topics)
    engine.open(archive, own)
    return built


def _build(engine: Engine, folder: Path, given: Given, progress: Progress) -> None:
    engine.build(given, folder, progress)


def _read(given: Given, progress: Progress) -> None:
    for _ in read_tagged(given, progress):
        pass


def _done(what: str, work: Work, archive: Path, folder: Path, topics: Topics) -> Built:
    """Do this in a new process."""
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawning) as process, watched(process.submit(getpid).result()) as peak:
        done = process.submit(_timed, what, work, archive, topics).result()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Built(done, peak.bytes, size)


def _timed(what: str, work: Work, archive: Path, topics: Topics) -> Taken:
    with Archive.open(archive) as opened, telling(what, "items") as told:
        return taken(partial(work, Given(opened, topics), told))
