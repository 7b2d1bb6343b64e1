"""Opening the database, and its troubles told as errors a user can mend.

The one module that knows SQLite: write-ahead log, full synchronisation (a committed page survives a power cut),
a writer that waits for the other. Everything else is plain SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.exc import DatabaseError, OperationalError

from archive.errors import IntegrityError, OutOfSpaceError, ScrutinyError, SettingsError
from archive.tables import METADATA, SCHEMA_VERSION, facts

_FILE = "archive.sqlite"
_WAIT_MS = 60_000


class ArchiveMissingError(ScrutinyError):
    """There is no archive in this folder yet."""

    exit_code = 2


def open_engine(folder: Path, *, write: bool) -> Engine:
    """An engine on the archive's database, made first where `write` allows it.

    Raises ArchiveMissingError where there is none to read, SettingsError where the folder cannot be used.
    """
    path = folder / _FILE
    try:
        if write:
            folder.mkdir(parents=True, exist_ok=True)
        elif not path.is_file():
            raise _missing(folder)
    except OSError as problem:
        raise SettingsError(
            f"The data folder {folder} cannot be used: {problem.strerror}. Name another with --data."
        ) from None
    engine = _engine(path, write=write)
    try:
        _check_version(engine, path, write=write)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _missing(folder: Path) -> ArchiveMissingError:
    return ArchiveMissingError(
        f"There is no archive in {folder}: fill one with 'scrutiny crawl' or 'scrutiny import', "
        "or name its folder with --data."
    )


@contextmanager
def mended_errors(path: Path) -> Iterator[None]:
    """Tell what the database could not do as one line that says what to do."""
    try:
        yield
    except OperationalError as problem:
        raise _told(str(problem.orig), path) from problem
    except DatabaseError as problem:
        if type(problem) is not DatabaseError:
            raise  # a statement of ours that cannot be right, as an unexpected error says
        raise IntegrityError(
            f"The archive {path} is damaged ({problem.orig}): put its last backup back, then run 'scrutiny check'."
        ) from problem


def _told(said: str, path: Path) -> ScrutinyError:
    if "full" in said or "disk I/O" in said:
        return OutOfSpaceError(
            f"No space left for the archive {path}: free some and run the same command again; nothing is lost."
        )
    if "readonly" in said or "unable to open" in said or "attempt to write" in said:
        return SettingsError(f"The archive {path} cannot be opened ({said}): check who may read and write its folder.")
    return ScrutinyError(f"The archive {path} did not answer: {said}. Try again; if it lasts, run 'scrutiny check'.")


def _engine(path: Path, *, write: bool) -> Engine:
    mode = "rwc" if write else "ro"
    address = f"sqlite:///file:{path.resolve().as_uri().removeprefix('file://')}?mode={mode}&uri=true"
    engine = create_engine(address, connect_args={"timeout": _WAIT_MS / 1000, "check_same_thread": False})

    def prepare(connection: SqliteConnection, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        if write:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    def begin(connection: Connection) -> None:
        # A writer takes its lock at once: an upgrade in mid-transaction would fail instead of waiting.
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _check_version(engine: Engine, path: Path, *, write: bool) -> None:
    """Raises SettingsError for an archive of another form. One that is not there yet is made whole or not at all."""
    found = None
    with mended_errors(path), engine.execution_options(writing=write).begin() as connection:
        if write:
            METADATA.create_all(connection)
        if inspect(connection).has_table(facts.name):
            found = connection.scalar(select(facts.c.value).where(facts.c.name == "schema"))
        if found is None and write:
            found = str(SCHEMA_VERSION)
            connection.execute(insert(facts).values(name="schema", value=found))
    if found is None:
        raise _missing(path.parent)  # a crash came before it was made
    if found != str(SCHEMA_VERSION):
        raise SettingsError(
            f"The archive {path} has the form {found}, this program reads form {SCHEMA_VERSION}: "
            "use the version of the program that wrote it."
        )
