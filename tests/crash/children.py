"""How are hundreds of crashes made cheap? By one process that has read all of the program and forks a child for each.

That process is `tests.crash.forker`; this is the test's end of it. A child runs the command line as a user does, with
or without the harness of `tests.crash.steps`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

LOOPBACK = {"SCRUTINY_ALLOW_LOOPBACK": "yes", "SCRUTINY_HOST_DELAY_S": "0", "PYTHONWARNINGS": "error"}
ENVIRONMENT = {**LOOPBACK, "OPENBLAS_NUM_THREADS": "1"}  # a process with threads cannot be forked soundly


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a child is to do: a command line, and how it is troubled.

    With `count` or `crash_at` its durable steps are counted, and it ends at the one asked for. It is killed after
    `kill_after` seconds, and can write no file beyond `largest_file` bytes.
    """

    arguments: tuple[str, ...]
    folder: str
    count: bool = False
    crash_at: int = 0
    kill_after: float | None = None
    largest_file: int | None = None
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child ended: its exit code, or minus the signal that ended it, and what it said.

    `growth` is how many bytes of memory it had at most beyond those it began with, `steps` the names of its durable
    steps where they were counted; both only of one that came to its end.
    """

    code: int
    out: str
    err: str
    growth: int = 0
    steps: tuple[str, ...] = ()


class Children:
    """The process that forks, while the `with` block lasts; it runs one child at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.forker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **ENVIRONMENT},
            cwd=Path(__file__).parents[2],
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate()

    def run(
        self,
        folder: Path,
        *arguments: str | Path,
        count: bool = False,
        crash_at: int = 0,
        kill_after: float | None = None,
        largest_file: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run a command on a data folder to its end, troubled as the `Job` says."""
        return self.do(
            Job(
                arguments=("--data", str(folder), *map(str, arguments)),
                folder=str(folder),
                count=count,
                crash_at=crash_at,
                kill_after=kill_after,
                largest_file=largest_file,
                environment=dict(environment or {}),
            )
        )

    def do(self, job: Job) -> Ended:
        """Do a job to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(job)) + "\n")
        self._process.stdin.flush()
        ended = json.loads(self._process.stdout.readline())
        return Ended(**{**ended, "steps": tuple(ended["steps"])})
