"""A process that has the readers loaded and lets each document be read by a child of its own.

Loading Python and the readers takes ten times as long as reading a short paper. So a process that did nothing else yet,
and runs a single thread, loads them once; for every job it forks a child, which confines itself as always, reads one
document, writes to a pipe of that job's alone, and ends. What a hostile file does to a child ends with that child.
`crawler.documents.start` runs it; the jobs come on its standard input, one JSON array a line.
"""

from __future__ import annotations

import json
import os
import sys

STARTED, ENDED = b"started", b"ended"


def tend() -> None:
    """Take job after job until the standard input ends: `[path of the file, path of the pipe, the job]`."""
    _load_readers()
    for line in iter(sys.stdin.buffer.readline, b""):
        file, pipe, job = json.loads(line)
        _tell(ENDED + b" %d" % _read_in_child(file, pipe, job))


def _load_readers() -> None:
    import crawler.documents.child
    import crawler.documents.pdf
    import crawler.documents.web_page
    import crawler.documents.word  # noqa: F401


def _read_in_child(file: str, pipe: str, job: str) -> int:
    """Fork, and wait for the child's end; its exit code, or less than 0 for the signal that ended it."""
    source, out = os.open(file, os.O_RDONLY), os.open(pipe, os.O_WRONLY)
    child = os.fork()
    if child == 0:
        _become_reader(source, out, job)
    os.close(source)
    os.close(out)
    _tell(STARTED)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _become_reader(source: int, out: int, job: str) -> None:
    """The child's life. It holds the document and the pipe, and nothing else of the nursery's."""
    from crawler.documents.child import main

    code = 1
    try:
        os.dup2(source, 0)
        os.dup2(out, 1)
        os.closerange(3, 64)
        # Python's own streams still remember what the nursery's were.
        sys.stdin, sys.stdout = os.fdopen(0, closefd=False), os.fdopen(1, "w", closefd=False)
        main(job)
        code = 0
    finally:
        os._exit(code)


def _tell(line: bytes) -> None:
    os.write(1, line + b"\n")
