"""The life of a process that looks at the archive beside another: `python -m index.beside DESCRIPTOR`.

It is told how to open the archive and where to write, then of batch after batch, until nobody tells it any more.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from multiprocessing.connection import Connection

from index.batches import Looking


def main(descriptor: int) -> None:
    """Look at batches until the other end of the pipe is closed. What fails is told there, and raised."""
    with suppress(EOFError, ConnectionError), Connection(descriptor) as told:
        try:
            _look(told)
        except (EOFError, ConnectionError):
            raise
        except Exception as error:
            told.send(error)


def _look(told: Connection) -> None:
    opening, folder = told.recv()
    with opening() as archive:
        looking = Looking(archive, folder)
        while True:
            for event in looking.at(told.recv()):
                told.send(event)


if __name__ == "__main__":
    main(int(sys.argv[1]))
