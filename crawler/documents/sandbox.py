"""The child process that reads one document, as its parent sees it: started, listened to, and ended in time.

A new program is started rather than this one forked, since threads may be running; it inherits the document, a pipe
and nothing else: no other descriptor, no environment but what programs need to find their letters and languages.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from crawler.documents.child import OUT_OF_MEMORY, Job
from crawler.documents.limits import Batch
from crawler.documents.messages import MalformedError, Message, decode

_ROOT = Path(__file__).parents[2]
_PIECE = 65_536
_LOOKS_AFTER_S = 0.5
_LINE_OVERHEAD = 200
_BYTES_PER_CHARACTER = 6  # a control character is escaped so in JSON
_REASONS = {OUT_OF_MEMORY: "out-of-memory", -signal.SIGKILL: "out-of-memory", -signal.SIGXCPU: "too-costly"}


class LostError(Exception):
    """The child did not come to its end. The text is one of the reading reasons."""


class ReadingStoppedError(Exception):
    """The reading was asked to stop."""


def messages(file: BinaryIO, job: Job, due: float, stop: threading.Event | None) -> Generator[Message, None, None]:
    """What a child reads in a file, up to and without its "end". Close the generator to end the child early.

    `due` is when the whole reading must end, by the monotonic clock. Raises LostError for a child that broke its limits
    or died, ReadingStoppedError soon after `stop` is set.
    """
    process = _start(file, job)
    try:
        batch, limits = Batch(job.limits.batch_pages), job.limits
        listener = _Listener(process, stop, limits.page_characters * _BYTES_PER_CHARACTER + _LINE_OVERHEAD)
        listener.until = min(due, time.monotonic() + limits.wall_s)
        for line in listener.lines():
            message = _decoded(line)
            if message.kind == "end":
                return
            if batch.ends_with(message):
                listener.until = min(due, time.monotonic() + limits.wall_s)
            yield message
        raise LostError(_REASONS.get(process.wait(), "unreadable"))
    finally:
        _end(process)


def _start(file: BinaryIO, job: Job) -> subprocess.Popen[bytes]:
    places = [place for place in sys.path if place]
    start = Path(__file__).with_name("start.py")
    # -I and -S: no environment, no user's folder, no start-up files; which packages there are is said by us.
    command = [sys.executable, "-I", "-S", "-B", str(start), str(_ROOT), job.dumped(), *places]
    return subprocess.Popen(  # noqa: S603  # this very Python, with arguments of ours
        command,
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
        bufsize=0,
    )


def _environment() -> dict[str, str]:
    languages = os.environ.get("TESSDATA_PREFIX")
    return {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"} | ({"TESSDATA_PREFIX": languages} if languages else {})


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the child and what it started, if it runs still."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _decoded(line: bytes) -> Message:
    try:
        return decode(line)
    except MalformedError:
        raise LostError("unreadable") from None


class _Listener:
    """Reads the lines of a child's standard output. `until` is when the next one must have come."""

    def __init__(self, process: subprocess.Popen[bytes], stop: threading.Event | None, longest: int) -> None:
        assert process.stdout is not None
        self._pipe = process.stdout
        self._stop = stop
        self._longest = longest
        self.until = 0.0

    def lines(self) -> Iterator[bytes]:
        """Every whole line, until the child closes its end."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._pipe, selectors.EVENT_READ)
            held = bytearray()
            while piece := self._piece(selector):
                held += piece
                if b"\n" in piece:
                    *whole, rest = bytes(held).split(b"\n")
                    held = bytearray(rest)
                    yield from whole
                if len(held) > self._longest:
                    raise LostError("unreadable")

    def _piece(self, selector: selectors.BaseSelector) -> bytes:
        while (left := self.until - time.monotonic()) > 0:
            if self._stop is not None and self._stop.is_set():
                raise ReadingStoppedError
            if selector.select(min(left, _LOOKS_AFTER_S)):
                return os.read(self._pipe.fileno(), _PIECE)
        raise LostError("too-costly")
