"""Every setting: name, default, unit and help in one table, from which help, documentation and checks derive.

Each is read from the environment as `SCRUTINY_<NAME>`. Keep the table in alphabetical order.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from archive.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table. The default's type decides how the environment's text is read."""

    name: str
    default: bool | float | int | str
    unit: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "ALLOW_LOOPBACK",
        False,
        "yes/no",
        "crawl addresses on this machine too; all other private addresses stay refused",
    ),
    Setting(
        "CA_FILE",
        "",
        "file",
        "certificates (PEM) to trust beside the usual ones, for councils whose servers send an incomplete chain",
    ),
    Setting(
        "CONTACT",
        "https://example.org/scrutiny-archive",
        "address",
        "who runs this crawler, sent in the User-Agent; put your own page or e-mail here",
    ),
    Setting("DATA", "", "folder", "where the archive and the index live; empty: the platform's user data folder"),
    Setting("DOCUMENT_DEADLINE_S", 300.0, "seconds", "the longest a document may take to arrive as a whole"),
    Setting(
        "DOCUMENT_RECHECK_DAYS",
        120,
        "days",
        "for how long after its meeting a document held may be replaced; later we ask only whether it is still there",
    ),
    Setting("EXPORT_MAX_ROWS", 1_000, "rows", "the most rows of one CSV; its page says when there are more"),
    Setting("HOST_DELAY_S", 3.0, "seconds", "the least time between two requests to one host; 0 only for loopback"),
    Setting("INDEX_CACHE_BYTES", 134_217_728, "bytes", "how much of the index's most used words a process keeps ready"),
    Setting("INDEX_LOCK_WAIT_S", 60.0, "seconds", "how long to wait for another indexer before giving up"),
    Setting(
        "INDEX_PROCESSES",
        2,
        "processes",
        "by how many processes at once the archive is read where much is to be indexed",
    ),
    Setting(
        "MAX_DOCUMENT_BYTES",
        100_000_000,
        "bytes",
        "the largest document kept, after decompression; larger ones are refused as too large",
    ),
    Setting(
        "MAX_PAGE_BYTES",
        20_000_000,
        "bytes",
        "the largest page read, after decompression; larger ones are refused as too large",
    ),
    Setting("PAGE_DEADLINE_S", 30.0, "seconds", "the longest a page may take as a whole"),
    Setting(
        "QUERY_MAX_CHARACTERS",
        500,
        "characters",
        "the longest query that is read; longer ones are refused with their reason",
    ),
    Setting("QUERY_MAX_CLAUSES", 40, "clauses", "the most words, phrases and operators in one query"),
    Setting(
        "QUERY_MAX_STEPS",
        13_000_000,
        "steps",
        "the most work of one query: texts and pages that hold its words, places in them that phrases must look at; "
        "ten million take about half a second, and costlier queries are refused with their reason",
    ),
    Setting(
        "QUERY_MAX_TERMS", 500, "terms", "the most dictionary words a query's prefixes and word forms may stand for"
    ),
    Setting(
        "REQUESTS_PER_RUN", 20_000, "requests", "the most requests to one borough in one run; reaching it is reported"
    ),
    Setting("SCHEDULE_JITTER_S", 600.0, "seconds", "scheduled crawls begin at random up to so much after their time"),
    Setting("SCHEDULE_RECENT_AHEAD_DAYS", 60, "days", "how far ahead meetings count as coming soon"),
    Setting("SCHEDULE_RECENT_BACK_DAYS", 14, "days", "how far back meetings count as recent"),
    Setting("SCHEDULE_RECENT_EVERY_H", 4.0, "hours", "how often recent and coming meetings are crawled"),
    Setting("SCHEDULE_SWEEP_DAYS", 28, "days", "how often everything of a borough is crawled, some boroughs a night"),
    Setting("SCHEDULE_SWEEP_HOUR", 3, "hour", "the hour of the night, London's clock, at which those crawls begin"),
    Setting("SCHEDULE_WINDOW_DAYS", 400, "days", "how far back meetings are crawled each night"),
    Setting("SCHEDULE_WINDOW_HOUR", 2, "hour", "the hour of the night, London's clock, at which that crawl begins"),
)

_TRUE, _FALSE = {"1", "yes", "true", "on"}, {"", "0", "no", "false", "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run, read and checked once at the start."""

    allow_loopback: bool
    ca_file: str
    contact: str
    data: str
    document_deadline_s: float
    document_recheck_days: int
    export_max_rows: int
    host_delay_s: float
    index_cache_bytes: int
    index_lock_wait_s: float
    index_processes: int
    max_document_bytes: int
    max_page_bytes: int
    page_deadline_s: float
    query_max_characters: int
    query_max_clauses: int
    query_max_steps: int
    query_max_terms: int
    requests_per_run: int
    schedule_jitter_s: float
    schedule_recent_ahead_days: int
    schedule_recent_back_days: int
    schedule_recent_every_h: float
    schedule_sweep_days: int
    schedule_sweep_hour: int
    schedule_window_days: int
    schedule_window_hour: int


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment gives them. Raises SettingsError, naming the one that cannot be used."""
    values = {s.name.lower(): _value(s, environment.get(f"SCRUTINY_{s.name}")) for s in SETTINGS}
    return Settings(**values)  # type: ignore[arg-type]  # the table and the fields are held equal by a test


def data_folder(given: Path | None, settings: Settings) -> Path:
    """The folder asked for, else `SCRUTINY_DATA`, else the platform's own place for user data."""
    if given is not None:
        return given
    return Path(settings.data) if settings.data else user_data_path("scrutiny", appauthor=False)


def _value(setting: Setting, given: str | None) -> bool | float | int | str:
    if given is None:
        return setting.default
    text = given.strip()
    if isinstance(setting.default, bool):
        return _truth(setting, text)
    if isinstance(setting.default, str):
        return _printable(setting, text)
    try:
        number = type(setting.default)(text)
    except ValueError:
        raise _wrong(setting, given, "a number") from None
    if not 0 <= number < float("inf"):
        raise _wrong(setting, given, "a number of 0 or more")
    return number


def _truth(setting: Setting, text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise _wrong(setting, text, "yes or no")
    return text.lower() in _TRUE


def _printable(setting: Setting, text: str) -> str:
    if not text.isprintable():
        raise _wrong(setting, text, "one line of text")
    return text


def _wrong(setting: Setting, given: str, wanted: str) -> SettingsError:
    return SettingsError(f"SCRUTINY_{setting.name} is {given!r}, but must be {wanted} ({setting.unit}); {setting.help}")
