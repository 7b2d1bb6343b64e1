"""The command line as a user runs it: a child process, its exit code, and what it said on either stream."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.crash.children import LOOPBACK, Children, Job

NONE: Mapping[str, str] = {}


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "scrutiny", *map(str, arguments)]


def run(
    *arguments: str | Path, environment: Mapping[str, str] = NONE, anew: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with these settings beside those of `LOOPBACK`. No user ever sees a traceback.

    `anew` starts Python for it, as a user's shell does; else a process that has read the program already forks one,
    which spares each command a second.
    """
    done = _started(arguments, environment) if anew else _forked(arguments, environment)
    assert "Traceback" not in done.stderr + done.stdout
    return done


def answer(folder: Path, *arguments: str) -> Any:
    """What a search answers as JSON."""
    done = run("--data", folder, "search", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _started(arguments: tuple[str | Path, ...], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, **LOOPBACK, **environment}
    return subprocess.run(command(*arguments), env=settings, capture_output=True, text=True, check=False)


def _forked(arguments: tuple[str | Path, ...], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    job = Job(arguments=tuple(map(str, arguments)), folder="", environment=dict(environment))
    ended = _children().do(job)
    return subprocess.CompletedProcess(arguments, ended.code, ended.out, ended.err)


@cache
def _children() -> Children:
    children = Children()
    atexit.register(children.close)
    return children
