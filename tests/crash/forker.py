"""The process that forks a child for each job: a line of JSON in, a line of JSON out (see `tests.crash.children`).

It has one thread and has imported the whole program, so that a child costs milliseconds to start.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import crawling  # noqa: F401  # which the program itself imports only where it crawls
import scrutiny
from index import load_thesaurus, load_topics
from tests.crash.children import Ended, Job
from tests.crash.steps import Steps


def serve() -> None:
    """Run job after job until there are no more."""
    load_topics(load_thesaurus())
    assert threading.active_count() == 1
    for line in sys.stdin:
        ended = _run(Job(**json.loads(line)))
        print(json.dumps(asdict(ended)), flush=True)


def _run(job: Job) -> Ended:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder)
        child = os.fork()
        if child == 0:
            _live(job, told)
        if job.kill_after is not None:
            time.sleep(job.kill_after)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        return _ended(os.waitstatus_to_exitcode(status), told)


def _ended(code: int, told: Path) -> Ended:
    final = told / "final"
    more: dict[str, Any] = json.loads(final.read_bytes()) if final.exists() else {}
    return Ended(code=code, out=_text(told / "out"), err=_text(told / "err"), **more)


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.exists() else ""


def _live(job: Job, told: Path) -> None:
    """The child's whole life."""
    code = 1
    try:
        os.environ.update(job.environment)
        for name, descriptor in (("out", 1), ("err", 2)):
            os.dup2(os.open(told / name, os.O_WRONLY | os.O_CREAT, 0o600), descriptor)
        code = _work(job, told)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _work(job: Job, told: Path) -> int:
    began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if job.largest_file is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (job.largest_file, resource.RLIM_INFINITY))
    steps = Steps(Path(job.folder), job.crash_at)
    if job.count or job.crash_at:
        steps.install()
    try:
        scrutiny.main(list(job.arguments))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    growth = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - began)
    (told / "final").write_text(json.dumps({"growth": growth, "steps": steps.names}), "utf-8")
    return code


if __name__ == "__main__":
    serve()
