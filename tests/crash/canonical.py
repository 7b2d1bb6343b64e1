"""What does an archive hold, as bytes? Two archives that hold the same give the same bytes, whenever they came to it.

Every table is in it whole, but for what tells when and in which order something came: times, and numbers that count.
A table or a column that is new is in it until it is named here, so that nothing is left out unawares. The kept files
are in it by name and soundness.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from archive import Archive
from archive.tables import METADATA, captures, facts, frontier, runs

# What tells the order of arrival, and what a crawl remembers for itself; `_failures` has of it what the ledger shows.
_LEFT_OUT = frozenset({"changes", "frontier", "hosts", "runs"})
_WHEN = {
    "captures": frozenset({"id", "retrieved_at", "last_seen"}),
    "listings": frozenset({"last_listed"}),
    "places": frozenset({"since"}),
    "versions": frozenset({"first_seen", "last_seen"}),
    "withholdings": frozenset({"since"}),
}


def canonical(folder: Path) -> bytes:
    """The archive in this folder, a line for each row and each kept file, sorted."""
    with Archive.open(folder) as archive:
        with archive.reading() as db:
            addresses = {row.id: row.url for row in db.execute(select(captures.c.id, captures.c.url))}
            lines = [line for table in _tables() for line in _lines(db, table, addresses)]
            lines += _failures(db)
        lines += [f"blob {name} sound: {archive.blobs.is_sound(name)}" for name in archive.blobs.names()]
    return "\n".join([*sorted(lines), ""]).encode()


def difference(one: bytes, other: bytes) -> str:
    """The first lines that only one of them has, for the message of a test that fails."""
    mine, theirs = one.decode().splitlines(), other.decode().splitlines()
    lost = [f"- {line[:400]}" for line in mine if line not in set(theirs)]
    more = [f"+ {line[:400]}" for line in theirs if line not in set(mine)]
    return "\n".join([f"{len(lost)} lost, {len(more)} more, {len(mine)} and {len(theirs)} lines", *lost[:4], *more[:4]])


def _tables() -> list[Table]:
    return [table for table in METADATA.sorted_tables if table.name not in _LEFT_OUT]


def _lines(db: Connection, table: Table, addresses: dict[int, str]) -> Iterator[str]:
    for row in db.execute(select(table)):
        yield f"{table.name} {json.dumps(_said(table, row, addresses), sort_keys=True)}"


def _said(table: Table, row: Row[Any], addresses: dict[int, str]) -> dict[str, Any]:
    """The row without its times; the capture it was read from by address, and that something is gone as yes or no."""
    when = _WHEN.get(table.name, frozenset())
    said = {name: value for name, value in row._asdict().items() if name not in when}
    if "capture" in said:
        said["capture"] = _read_from(said, addresses)
    for since in ("gone", "unlisted"):
        if since in said:
            said[since] = said[since] is not None
    if table is facts:
        said["value"] = said["value"].partition(" ")[0]  # a word and since when
    return said


def _read_from(version: dict[str, Any], addresses: dict[int, str]) -> str:
    """The address that a version was read from; "a listing" for a document that was seen listed, not yet fetched."""
    body = json.loads(version["body"])
    return "a listing" if body.get("sha256") == "" else addresses.get(version["capture"], "none")


def _failures(db: Connection) -> Iterator[str]:
    """The pages that the last run of each borough could not have, and how that run ended."""
    rows = select(runs.c.borough, frontier.c.key, frontier.c.url, frontier.c.state, frontier.c.reason)
    for row in db.execute(rows.join(frontier, frontier.c.run == runs.c.id)):
        yield f"frontier {json.dumps(row._asdict())}"
    latest = {row.borough: row for row in db.execute(select(runs).order_by(runs.c.id))}
    yield from (f"run {row.borough} {row.outcome} {row.message}" for row in latest.values())
