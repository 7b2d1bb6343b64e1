"""The process that takes files apart has its limits, no network, nothing inherited, and is believed nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.documents import LIMITS, ReadingStoppedError, read_document
from crawler.documents.messages import MalformedError, Message, decode, encode
from tests.crawler.documents.children import children
from tests.crawler.documents.hostile import ATTRITION, attrition

ROOT = Path(__file__).parents[3]
CONFINED = """
import os, socket, subprocess, sys
from crawler.documents.confinement import confine
from crawler.documents.limits import LIMITS
confine(LIMITS, None)
try:
    {attempt}
except (PermissionError, MemoryError) as refused:
    print(type(refused).__name__)
"""


@pytest.mark.parametrize(
    ("attempt", "refused"),
    [
        ("socket.create_connection(('127.0.0.1', 9))", "PermissionError"),
        ("socket.socket(socket.AF_UNIX)", "PermissionError"),
        ("open('/tmp/written', 'w')", "PermissionError"),
        ("subprocess.run(['/bin/true'])", "PermissionError"),
        ("os.system('true')", "PermissionError"),
        ("os.fork()", "PermissionError"),
        ("os.execv('/bin/true', ['true'])", "PermissionError"),
        ("bytearray(600 * 1024 * 1024)", "MemoryError"),
        ("open('/etc/hostname', 'rb').close(); print('read')", "read"),
    ],
)
def test_what_a_reader_needs_not_do_is_refused(attempt: str, refused: str) -> None:
    code = CONFINED.format(attempt=attempt)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.stdout.strip() == refused, ran.stderr


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="only Linux shows a process's limits")
def test_the_child_holds_a_document_and_a_pipe_and_little_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRUTINY_SECRET", "not for children")
    held, kept = os.pipe()
    os.set_inheritable(held, True)
    stop, before = threading.Event(), children()
    reader = threading.Thread(target=stopped_reading, args=(stop,))
    reader.start()
    try:
        folder = Path(f"/proc/{the_new_child(before)}")
        assert soon(lambda: {int(path.name) for path in (folder / "fd").iterdir()} == {0, 1, 2})
        limits = {line[:26].strip(): line[26:].split()[:2] for line in (folder / "limits").read_text().splitlines()}
        assert limits["Max address space"] == [str(LIMITS.memory_bytes)] * 2
        assert limits["Max cpu time"] == [str(LIMITS.cpu_s), str(LIMITS.whole_s)]
        assert limits["Max file size"] == ["0", "0"]
        assert b"SECRET" not in (folder / "environ").read_bytes()
    finally:
        stop.set()
        reader.join()
        os.close(held)
        os.close(kept)
    assert children() <= before


def stopped_reading(stop: threading.Event) -> None:
    with pytest.raises(ReadingStoppedError):
        read_document(attrition([ATTRITION]), stop=stop)


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold; while modules are loaded, their files are open."""
    until = time.monotonic() + 20
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def the_new_child(before: set[int]) -> int:
    """The child's number, once it has confined itself."""
    confined: list[int] = []

    def came() -> bool:
        limits = {number: Path(f"/proc/{number}/limits").read_text(encoding="ascii") for number in children() - before}
        confined[:] = [number for number, said in limits.items() if str(LIMITS.memory_bytes) in said]
        return bool(confined)

    assert soon(came)
    return confined[0]


MESSAGES = st.builds(
    Message,
    st.sampled_from(["total", "page", "unread", "refused", "end"]),
    st.integers(0, 10**6),
    st.text(),
    st.booleans(),
)


@given(MESSAGES)
def test_a_message_arrives_as_it_was_sent(message: Message) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode(line) == message


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_a_line_that_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(MalformedError):
        decode(line)


@pytest.mark.parametrize(
    "line", [b'["page",1,"x",false]', b'["page",-1,"x",false,false]', b'["page",true,"x",false,false]', b"[" * 99_999]
)
def test_a_message_with_a_wrong_part_is_refused(line: bytes) -> None:
    with pytest.raises(MalformedError):
        decode(line)


def test_half_a_letter_from_a_child_does_no_harm() -> None:
    assert decode(b'["page",1,"x\\ud800",false,false]').text == "x?"
