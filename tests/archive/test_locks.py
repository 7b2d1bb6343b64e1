"""Only one at a time, across processes, and a dead holder holds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import ActiveRunError
from archive.locks import only_one

HOLD = """
import sys, time
from pathlib import Path
from archive.locks import only_one
with only_one(Path(sys.argv[1]), "crawl"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_one_is_refused_and_told_who_holds_it_until_that_one_dies(tmp_path: Path) -> None:
    lock = tmp_path / "crawl.lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(lock)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ActiveRunError, match=f"pid {holder.pid}"), only_one(lock, "crawl"):
            pass
        holder.kill()
        holder.wait()
    with only_one(lock, "crawl"):
        assert lock.read_text().strip().isdecimal()


def test_one_who_waits_gets_the_lock_when_it_is_let_go(tmp_path: Path) -> None:
    lock = tmp_path / "index.lock"
    code = HOLD.replace("time.sleep(60)", "sys.stdin.readline()")
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        holder.stdout.readline()
        holder.stdin.write("\n")
        holder.stdin.flush()
        with only_one(lock, "indexing", wait_s=600):
            assert lock.read_text() == f"{os.getpid()}\n"
