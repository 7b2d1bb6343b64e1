"""Who looks at the archive? This process; or, where there is much to do, some beside it, a batch at a time each.

Each has a pipe of its own, of which it holds one end alone: so it ends when whoever started it does, however that was.
It is started anew and not forked, for a process may have threads and open databases; and it runs `index.beside` and not
the program that started it, whatever that is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from subprocess import Popen

from archive import Archive
from archive.errors import ScrutinyError
from index.batches import Batch, Event, Looked, Looking

Opening = Callable[[], Archive]
"""Opens the archive anew; it is sent to the other processes."""


class IndexingEndedError(ScrutinyError):
    """A process that made a part of the index is no more."""

    def __init__(self) -> None:
        super().__init__(
            "A process that read the archive for the index was ended from outside, perhaps for want of memory. "
            "Try again, with SCRUTINY_INDEX_PROCESSES=1 where memory is short; what was indexed stays."
        )


def events_of(archive: Archive, opening: Opening, batches: Sequence[Batch], folder: Path, most: int) -> Iterator[Event]:
    """What comes of looking at these batches, by at most so many processes; files lie under this folder.

    Raises what `Looking.at` raises, IndexingEndedError.
    """
    processes = min(most, len(batches))
    if processes > 1:
        yield from _beside(opening, batches, [folder / str(number) for number in range(processes)])
    else:
        looking = Looking(archive, folder)
        for batch in batches:
            yield from looking.at(batch)


def _beside(opening: Opening, batches: Sequence[Batch], folders: Sequence[Path]) -> Iterator[Event]:
    left = iter(batches)
    with _started(opening, folders) as connections:
        busy = {connection for connection in connections if _hand_over(connection, left)}
        while busy:
            for connection in wait(busy):
                assert isinstance(connection, Connection)
                event = _received(connection)
                if isinstance(event, Looked) and not _hand_over(connection, left):
                    busy.remove(connection)
                yield event


def _hand_over(connection: Connection, left: Iterator[Batch]) -> bool:
    """Whether there was a batch left to hand over."""
    batch = next(left, None)
    if batch is not None:
        connection.send(batch)
    return batch is not None


def _received(connection: Connection) -> Event:
    try:
        event: Event | Exception = connection.recv()
    except (EOFError, ConnectionError) as ended:
        raise IndexingEndedError from ended
    if isinstance(event, Exception):
        raise event
    return event


@contextmanager
def _started(opening: Opening, folders: Sequence[Path]) -> Iterator[list[Connection]]:
    """A process for each of these folders, and this end of its pipe."""
    connections, processes = list[Connection](), list[Popen[bytes]]()
    try:
        for folder in folders:
            folder.mkdir()
            ours, theirs = Pipe()
            connections.append(ours)
            with theirs:
                processes.append(_process(theirs.fileno()))
            ours.send((opening, folder))
        yield connections
    finally:
        for connection in connections:
            connection.close()
        for process in processes:
            process.wait()


def _process(descriptor: int) -> Popen[bytes]:
    """A process that finds what this one finds, and has this open file of it alone."""
    places = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "index.beside", str(descriptor)]
    # In a group of its own, out of reach of a terminal's Ctrl-C: the first process decides what becomes of the others.
    return Popen(command, env=places, pass_fds=(descriptor,), process_group=0)  # noqa: S603
