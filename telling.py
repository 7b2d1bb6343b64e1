"""How the command line speaks: an error as one line with its exit code, and how far long work has come."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, NoReturn, TypeVar

import click
from tqdm import tqdm

from archive.errors import OUT_OF_SPACE, OutOfSpaceError, ScrutinyError, UsageError

T = TypeVar("T")


class CommandLine(click.Group):
    """A group of commands with every error told as one line on standard error, and its exit code.

    `elsewhere` are commands whose module is imported only where one of them is asked for (or told of by --help).
    """

    def __init__(self, *args: Any, elsewhere: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in order."""
        return sorted((*super().list_commands(ctx), *self._elsewhere))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in self._elsewhere:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(self._elsewhere[cmd_name]), f"{cmd_name}_command")
        return command

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
        except Exception as problem:
            if isinstance(problem, OSError) and problem.errno in OUT_OF_SPACE:
                _leave(OutOfSpaceError.exit_code, "No space left: free some and run the same command again.")
            _leave(1, f"Unexpected, a fault of ours: {_place(problem)}. What was saved stays; please report this line.")
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Whoever reads our output may have enough of it (`| head`): then nothing is wrong."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # What is still to be written would fail once more when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0


@contextmanager
def output(path: Path | None, *, binary: bool) -> Iterator[BinaryIO]:
    """Where an answer goes: standard output, or a file that bears its name only once it is whole.

    Raises UsageError for a file that cannot be written, and for a terminal where what is written is `binary`.
    """
    stdout = sys.stdout.buffer
    if path is None and binary and stdout.isatty():
        raise UsageError("What is written is no text for a terminal: give --output FILE, or send it on with > FILE.")
    try:
        if path is None:
            yield stdout
            stdout.flush()
        else:
            with _whole_file(path) as file:
                yield file
    except OSError as problem:
        if problem.errno not in OUT_OF_SPACE:
            raise
        raise OutOfSpaceError("No space left for what is written: free some, and run the same command again.") from None


def bar(what: str, unit: str, total: int | None = None) -> tqdm[Any]:
    """A progress bar on standard error, where that is a terminal."""
    return tqdm(desc=what, unit=f" {unit}", total=total, leave=False, disable=None, file=sys.stderr, lock_args=(True,))


def counted(things: Iterable[T], progress: tqdm[Any]) -> Iterator[T]:
    """The same things; a bar moves on with each."""
    for thing in things:
        yield thing
        progress.update(1)


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


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file beside the one that is meant, and in its place when all is written."""
    part = path.with_name(f"{path.name}.part")
    try:
        file = part.open("wb")
    except OSError as problem:
        raise UsageError(f"{path} cannot be written: {problem.strerror}. Choose another with --output.") from None
    try:
        with file:
            yield file
        try:
            part.replace(path)
        except OSError as problem:
            raise UsageError(f"{path} cannot be written: {problem.strerror}. Choose another with --output.") from None
    finally:
        part.unlink(missing_ok=True)


def as_json(rows: Iterable[Any]) -> str:
    """Rows as JSON that a person can read."""
    return json.dumps(list(rows), ensure_ascii=False, indent=2, default=str)


def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    """What a signal to stop does: the same as Ctrl-C."""
    raise KeyboardInterrupt


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
