"""How the command line speaks: an error as one line with its exit code, and how far long work has come."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from archive.errors import ScrutinyError, UsageError


class CommandLine(click.Group):
    """A group of commands with every error told as one line on standard error, and its exit code."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command and exit with its code."""
        options["standalone_mode"] = False
        try:
            code = super().main(*args, **options)
        except ScrutinyError as problem:
            _leave(problem.exit_code, str(problem))
        except click.ClickException as problem:
            _leave(UsageError.exit_code, f"{problem.format_message()} 'scrutiny --help' tells more.")
        except (click.Abort, KeyboardInterrupt):
            _leave(6, "Stopped. What was saved stays; the same command goes on from there.")
        except BrokenPipeError:
            # Whoever read our output has enough of it (`| head`): nothing is wrong.
            sys.stdout = None
            sys.exit(0)
        except Exception as problem:
            _leave(1, f"Unexpected, a fault of ours: {_place(problem)}. What was saved stays; please report this line.")
        sys.exit(code if isinstance(code, int) else 0)


def bar(what: str, unit: str) -> tqdm[Any]:
    """A progress bar on standard error, where that is a terminal."""
    return tqdm(desc=what, unit=f" {unit}", leave=False, disable=None, file=sys.stderr, lock_args=(True,))


def advance(progress: tqdm[Any]) -> Callable[[int, int], None]:
    """A function that sets a bar to so many done of so many; safe to call from any thread."""
    lock = threading.Lock()

    def set_to(done: int, total: int) -> None:
        with lock:
            progress.total = total
            progress.update(done - progress.n)

    return set_to


def counting(progress: tqdm[Any]) -> Callable[[int], None]:
    """A function that moves a bar on; safe to call from any thread."""
    lock = threading.Lock()

    def add(done: int) -> None:
        with lock:
            progress.update(done)

    return add


def _leave(code: int, line: str) -> None:
    printable = "".join(c if c.isprintable() else " " for c in line)
    click.echo(" ".join(printable.split()), err=True)
    sys.exit(code)


def _place(problem: Exception) -> str:
    """What went wrong and where, in the words that a report needs."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(problem).__name__} at {where}: {problem}"
