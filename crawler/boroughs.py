"""Which councils are there, and where do they publish? The shipped rows, and a file of the user's beside them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.errors import SettingsError, UsageError
from archive.records import Borough

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TEXTS = ("slug", "name", "gss", "platform", "base_url", "permission", "note")
_LISTS: Mapping[str, type] = {"former_urls": str, "scrutiny_committees": int}
_NEEDED = ("slug", "name", "base_url")


def shipped_boroughs() -> tuple[Borough, ...]:
    """The rows that come with the program, in the order of their file."""
    place = files("crawler") / "boroughs.toml"
    return _rows(place.read_text(encoding="utf-8"), str(place))


def known_boroughs(file: Path | None = None, held: Iterable[Borough] = ()) -> dict[str, Borough]:
    """Every row by its slug: shipped, then what the archive holds, then the user's file; a later one replaces.

    Raises UsageError for a missing file, SettingsError for one that cannot be read, naming the line.
    """
    rows = {row.slug: row for row in shipped_boroughs()} | {row.slug: row for row in held}
    if file is None:
        return rows
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"There is no boroughs file {file}: check the name given with --boroughs.") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsError(f"The boroughs file {file} cannot be read: {problem}") from None
    return rows | {row.slug: row for row in _rows(text, str(file))}


def chosen_boroughs(rows: Mapping[str, Borough], slugs: Iterable[str]) -> tuple[Borough, ...]:
    """The boroughs named, in that order. Raises UsageError for one that is not configured, with the nearest names."""
    return tuple(borough_named(rows, slug) for slug in dict.fromkeys(slugs))


def borough_named(rows: Mapping[str, Borough], slug: str) -> Borough:
    """One borough by its slug. Raises UsageError where there is none."""
    if slug in rows:
        return rows[slug]
    begins = slug.lower()[:4]
    near = [known for known in rows if begins and known.startswith(begins)] or [
        known for known in rows if begins and begins in known
    ]
    hint = f"Did you mean {' or '.join(near)}?" if near else "'scrutiny boroughs' lists them."
    raise UsageError(f"There is no borough {slug!r}. {hint}")


def _rows(text: str, where: str) -> tuple[Borough, ...]:
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise SettingsError(
            f"The boroughs file {where} is not TOML: {problem}. Mend that line and try again."
        ) from None
    tables = said.get("borough", [])
    if not isinstance(tables, list) or not tables or set(said) != {"borough"}:
        raise SettingsError(f"The boroughs file {where}, line 1: it must hold [[borough]] tables and nothing else.")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*borough\s*\]\]", line)]
    lines += [1] * (len(tables) - len(lines))
    rows = tuple(_row(table, f"{where}, line {line}") for table, line in zip(tables, lines, strict=False))
    slugs = [row.slug for row in rows]
    for row, line in zip(rows, lines, strict=False):
        if slugs.count(row.slug) > 1:
            raise SettingsError(f"The boroughs file {where}, line {line}: the slug {row.slug!r} stands there twice.")
    return rows


def _row(table: object, where: str) -> Borough:
    if not isinstance(table, dict):
        raise SettingsError(f"The boroughs file {where}: a borough must be a [[borough]] table.")
    unknown = sorted(set(table) - {*_TEXTS, *_LISTS})
    missing = [name for name in _NEEDED if not table.get(name)]
    if unknown or missing:
        told = f"has no {missing[0]!r}" if missing else f"says {unknown[0]!r}, which no row knows"
        raise SettingsError(f"The boroughs file {where}: the row {told}; it takes {', '.join((*_TEXTS, *_LISTS))}.")
    _check_types(table, where)
    said: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in table.items()}
    row = Borough(**said)
    _check_row(row, where)
    return row


def _check_types(table: Mapping[str, object], where: str) -> None:
    for name, value in table.items():
        if name in _TEXTS and not isinstance(value, str):
            raise SettingsError(f"The boroughs file {where}: {name} must be a text in quotes, not {value!r}.")
        if name in _LISTS:
            kind = _LISTS[name]
            if not isinstance(value, list) or not all(type(part) is kind for part in value):
                raise SettingsError(f"The boroughs file {where}: {name} must be a list of {kind.__name__} values.")


def _check_row(row: Borough, where: str) -> None:
    if not _SLUG.fullmatch(row.slug):
        raise SettingsError(
            f"The boroughs file {where}: the slug {row.slug!r} must be small letters, digits and hyphens."
        )
    if row.platform != "moderngov":
        raise SettingsError(
            f"The boroughs file {where}: the platform {row.platform!r} is not known; only moderngov is."
        )
    for url in (row.base_url, *row.former_urls):
        if not _is_web_address(url):
            raise SettingsError(
                f"The boroughs file {where}: {url!r} is not an address such as https://moderngov.example.gov.uk."
            )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query and parts.port != 0
    except ValueError:
        return False
