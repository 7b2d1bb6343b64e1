"""The archive's tables (SQLAlchemy Core, nothing that only SQLite knows).

A record's row says where it stands; what it says is in its versions, as JSON made by `archive.bodies`.
Instants are ISO 8601 texts in UTC, dates ISO texts, so that they sort as they read.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

SCHEMA_VERSION = 1

METADATA = MetaData()

facts = Table(
    "facts",
    METADATA,
    Column("name", String(120), primary_key=True),
    Column("value", Text, nullable=False),
)

boroughs = Table(
    "boroughs",
    METADATA,
    Column("slug", String(80), primary_key=True),
    Column("body", Text, nullable=False),
)

captures = Table(
    "captures",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("url", Text, nullable=False),
    Column("borough", String(80), nullable=False),
    Column("how", String(10), nullable=False),
    Column("retrieved_at", String(32), nullable=False),
    Column("last_seen", String(32), nullable=False),
    Column("status", Integer),
    Column("headers", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("outcome", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Index("captures_by_url", "borough", "url"),
    Index("captures_by_bytes", "sha256"),
)

# `published` is what of a meeting its own page shows: a word of `archive.statuses`, or "nothing"; "" until it was read.
records = Table(
    "records",
    METADATA,
    Column("id", String(120), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("borough", String(80), nullable=False),
    Column("parent", String(120)),
    Column("date", String(10)),
    Column("position", Integer, nullable=False),
    Column("current", Integer, nullable=False),
    Column("file", String(64), nullable=False),
    Column("published", String(20), nullable=False),
    Column("gone", String(32)),
    Index("records_by_parent", "parent", "kind"),
    Index("records_by_borough", "borough", "kind"),
    Index("records_by_file", "file"),
)

versions = Table(
    "versions",
    METADATA,
    Column("record", String(120), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("first_seen", String(32), nullable=False),
    Column("last_seen", String(32), nullable=False),
    Column("capture", Integer),
)

# How far each kept file could be read by which version of the reader, and the text of its pages.
readings_of_files = Table(
    "readings_of_files",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("reader", Integer, primary_key=True),
    Column("outcome", String(10), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Column("pages_total", Integer),
    Column("scanned", Text, nullable=False),
    Column("read_scans", Boolean, nullable=False),
    Column("digest", String(32), nullable=False),
)

pages = Table(
    "pages",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("reader", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("scanned", Boolean, nullable=False),
)

# What each page said of an item: the meeting page, and the item's own page. The item is composed of both.
readings = Table(
    "readings",
    METADATA,
    Column("item", String(120), primary_key=True),
    Column("source", String(10), primary_key=True),
    Column("body", Text, nullable=False),
)

# Where a document is listed: in an item, or among the packs of a meeting.
places = Table(
    "places",
    METADATA,
    Column("document", String(120), primary_key=True),
    Column("holder", String(120), primary_key=True),
    Column("since", String(32), nullable=False),
    Index("places_by_holder", "holder"),
)

# Meetings as the council's own listing names them, fetched or not: what there is to be had. `unlisted` is the time from
# which the listing names one no more.
listings = Table(
    "listings",
    METADATA,
    Column("meeting", String(120), primary_key=True),
    Column("borough", String(80), nullable=False),
    Column("committee", String(120), nullable=False),
    Column("date", String(10)),
    Column("label", Text, nullable=False),
    Column("last_listed", String(32), nullable=False),
    Column("unlisted", String(32)),
    Index("listings_by_borough", "borough", "committee"),
)

withholdings = Table(
    "withholdings",
    METADATA,
    Column("record", String(120), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("since", String(32), nullable=False),
)

changes = Table(
    "changes",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("record", String(120), nullable=False),
    sqlite_autoincrement=True,
)

runs = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("borough", String(80), nullable=False),
    Column("scope", Text, nullable=False),
    Column("started", String(32), nullable=False),
    Column("ended", String(32)),
    Column("requests", Integer, nullable=False),
    Column("outcome", String(40), nullable=False),
    Column("message", Text, nullable=False),
    Index("runs_by_borough", "borough"),
    sqlite_autoincrement=True,
)

frontier = Table(
    "frontier",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", Integer, nullable=False),
    Column("key", String(200), nullable=False),
    Column("url", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", String(32), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("message", Text, nullable=False),
    UniqueConstraint("run", "key"),
    Index("frontier_by_state", "run", "state"),
)

# What politeness remembers of each host (a JSON text of the crawler's), so that a restart forgets no Retry-After.
hosts = Table(
    "hosts",
    METADATA,
    Column("host", String(253), primary_key=True),
    Column("state", Text, nullable=False),
)
