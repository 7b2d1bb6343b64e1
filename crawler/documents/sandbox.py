"""The child process that reads one document, as its parent sees it: started, listened to, and ended in time.

A new program is started rather than this one forked, since threads may be running; it inherits the document, a pipe
and nothing else: no other descriptor, no environment but what programs need to find their letters and languages.
"""

from __future__ import annotations

import json
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
from crawler.documents.nursery import ENDED, STARTED

_ROOT = Path(__file__).parents[2]
_PIECE = 65_536
_LOOKS_AFTER_S = 0.5
_LINE_OVERHEAD = 200
_NURSERY_S = 30.0  # to load the readers, on a busy machine
_GRACE_S = 1.0
_BYTES_PER_CHARACTER = 6  # a control character is escaped so in JSON
_REASONS = {OUT_OF_MEMORY: "out-of-memory", -signal.SIGKILL: "out-of-memory", -signal.SIGXCPU: "too-costly"}


class LostError(Exception):
    """The child did not come to its end. The text is one of the reading reasons."""


class ReadingStoppedError(Exception):
    """The reading was asked to stop."""


def messages(
    file: BinaryIO, job: Job, due: float, stop: threading.Event | None, nursery: Nursery | None
) -> Generator[Message, None, None]:
    """What a child reads in a file, up to and without its "end". Close the generator to end the child early.

    `due` is when the whole reading must end, by the monotonic clock. Raises LostError for a child that broke its limits
    or died, ReadingStoppedError soon after `stop` is set.
    """
    child = nursery.child(file, job) if nursery is not None else _Child(_run(job.dumped(), file))
    try:
        batch, limits = Batch(job.limits.batch_pages), job.limits
        listener = _Listener(child.out, stop, limits.page_characters * _BYTES_PER_CHARACTER + _LINE_OVERHEAD)
        listener.until = min(due, time.monotonic() + limits.wall_s)
        for line in listener.lines():
            message = _decoded(line)
            if message.kind == "end":
                return
            if batch.ends_with(message):
                listener.until = min(due, time.monotonic() + limits.wall_s)
            yield message
        raise LostError(_REASONS.get(child.code(), "unreadable"))
    finally:
        child.end()


def _run(job: str, source: BinaryIO | int) -> subprocess.Popen[bytes]:
    """A process of its own that reads: one document, or, without a job, as a nursery."""
    places = [place for place in sys.path if place]
    start = Path(__file__).with_name("start.py")
    # -I and -S: no environment, no user's folder, no start-up files; which packages there are is said by us.
    command = [sys.executable, "-I", "-S", "-B", str(start), str(_ROOT), job, *places]
    return subprocess.Popen(  # noqa: S603  # this very Python, with arguments of ours
        command,
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
        bufsize=0,
    )


class _Child:
    """A child that is a process of ours."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        self.out = process.stdout.fileno()
        self._process = process

    def code(self) -> int:
        """How it ended, once its output has."""
        return self._process.wait()

    def end(self) -> None:
        """End it, if it runs still."""
        _end(self._process)


class Nursery:
    """A process that lends a child for each document; see `crawler.documents.nursery`. For one thread.

    It is begun when it is first needed, and again after it had to be ended because of a child that outstayed.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def is_possible() -> bool:
        """Whether this system has what a nursery needs; elsewhere every document gets a process of its own."""
        return Path(_own(0)).exists()

    def close(self) -> None:
        """End it and whatever it runs."""
        if self._process is not None:
            if self._process.stdin is not None:
                self._process.stdin.close()
            _end(self._process)
        self._process = None

    def child(self, file: BinaryIO, job: Job) -> _Nursling:
        """A child that reads this file. Raises LostError where the nursery cannot lend one."""
        self._process = self._process or _run("", subprocess.PIPE)
        reading, writing = os.pipe()
        try:
            self._ask([_own(file.fileno()), _own(writing), job.dumped()])
            if self.said() != STARTED:
                raise LostError("unreadable")
        except BaseException:
            os.close(reading)
            self.close()
            raise
        finally:
            os.close(writing)
        return _Nursling(self, reading)

    def _ask(self, what: list[str]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(what).encode() + b"\n")
        except OSError:
            raise LostError("unreadable") from None

    def said(self, within_s: float = _NURSERY_S) -> bytes:
        """The next line that the nursery says; nothing where it does not answer in time."""
        assert self._process is not None
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            return self._process.stdout.readline().strip() if selector.select(within_s) else b""


class _Nursling:
    """A child of a nursery."""

    def __init__(self, nursery: Nursery, out: int) -> None:
        self.out = out
        self._nursery = nursery
        self._ended: int | None = None

    def code(self) -> int:
        """How it ended, once its output has."""
        if self._ended is None:
            word, _, code = self._nursery.said().partition(b" ")
            self._ended = int(code) if word == ENDED else 1
        return self._ended

    def end(self) -> None:
        """See that it has ended. One that does not end by itself at once is ended with its nursery."""
        os.close(self.out)
        if self._ended is None:
            word, _, code = self._nursery.said(_GRACE_S).partition(b" ")
            if word != ENDED:
                self._nursery.close()
            self._ended = int(code) if word == ENDED else 1


def _own(descriptor: int) -> str:
    """The path under which a process of ours finds something that is open here (Linux, proc(5))."""
    return f"/proc/{os.getpid()}/fd/{descriptor}"


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
    """Reads the lines of a child's output. `until` is when the next one must have come."""

    def __init__(self, pipe: int, stop: threading.Event | None, longest: int) -> None:
        self._pipe = pipe
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
                return os.read(self._pipe, _PIECE)
        raise LostError("too-costly")
