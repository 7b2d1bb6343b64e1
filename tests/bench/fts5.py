"""The same work by SQLite's full-text index, FTS5, as well as we know how to ask it.

One row an item and one column a place, with no text kept; the facts of items as whole numbers in a table beside it. A
query finds its items once, with their scores, and all else is counted over these. A word is what `index.tokens` says:
FTS5's own tokeniser with its folding of accents, to which an inner apostrophe is given as a letter. An item's documents
and their pages stand in one column, with a sign between them (`Tagged.joined`): nothing need be grouped by item.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from archive import Archive
from archive.records import PLACES
from index import PER_PAGE, FacetName
from tests.bench.engines import Answer, Given
from tests.bench.progress import Progress
from tests.bench.queries import WITHIN, Query
from tests.bench.reading import Tagged, read_tagged

_APOSTROPHE = re.compile(r"(?<=[^\W_])['’](?=[^\W_])")
_LETTER = "ʼ"
_BOUND = "\ue000"
_FACTS = "name, borough, committee, year, day, position, standing"
_SETTINGS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -262144;
"""
_TABLES = f"""
CREATE VIRTUAL TABLE words USING fts5({", ".join(PLACES)}, content = '', tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE items (id INTEGER PRIMARY KEY, {_FACTS});
CREATE TABLE topics (item INT, topic INT, PRIMARY KEY (item, topic)) WITHOUT ROWID;
CREATE TABLE names (facet, name, code INT, PRIMARY KEY (facet, code)) WITHOUT ROWID;
"""
_FOUND = f"CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, {_FACTS}, score);"
_NAMED: tuple[FacetName, ...] = ("borough", "committee", "topic")
_ADD_ITEM = f"INSERT INTO items ({_FACTS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
_ADD_WORDS = f"INSERT INTO words (rowid, {', '.join(PLACES)}) VALUES (?, ?, ?, ?, ?, ?)"
_SCORE = "bm25(words, 5.0, 2.5, 2.0, 1.5, 1.0)"  # an item's own words count for most, as in this index
_NEWEST = "day DESC, committee, position, name"
_ORDERS = {
    "relevance": f"standing, score, {_NEWEST}",
    "newest": _NEWEST,
    "oldest": "day, committee, position, name",
}


class Fts5:
    """SQLite with FTS5, in a file of its own."""

    name = "SQLite FTS5"

    def build(self, given: Given, folder: Path, progress: Progress) -> None:
        """Index every item, and let FTS5 and the planner tidy up afterwards."""
        db = _connected(folder)
        db.executescript(_TABLES)
        boroughs, committees = given.archive.boroughs(), given.archive.committees()
        names = {
            "borough": _codes(one.slug for one in boroughs),
            "committee": _codes(one.id for one in committees),
            "topic": _codes(topic for topics in given.topics.values() for topic in topics),
        }
        for facet, codes in names.items():
            db.executemany(f"INSERT INTO names VALUES ('{facet}', ?, ?)", codes.items())
        for batch in read_tagged(given, progress):
            db.execute("BEGIN")
            _add(db, batch, names)
            db.execute("COMMIT")
        db.execute("INSERT INTO words (words) VALUES ('optimize')")
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint (TRUNCATE)")
        db.close()

    def open(self, archive: Archive, folder: Path) -> None:
        """Get ready to answer."""
        self._db = _connected(folder)
        self._db.executescript(_FOUND)
        named = "SELECT name FROM names WHERE facet = ? ORDER BY code"
        self._names = {facet: tuple(name for (name,) in self._db.execute(named, (facet,))) for facet in _NAMED}

    def search(self, query: Query) -> Answer:
        """The whole answer to a query."""
        where = _Filters(self._chosen("borough", query.boroughs), tuple(int(year) for year in query.years))
        match = match_of(query)
        self._db.execute("DELETE FROM found")
        self._db.execute(
            f"INSERT INTO found SELECT id, {_FACTS}, {_SCORE if query.sort == 'relevance' else '0'}"
            f" FROM words CROSS JOIN items ON items.id = words.rowid WHERE words MATCH ? AND {where.counted_at_all()}",
            (match,),
        )
        order = f"ORDER BY {_ORDERS[query.sort]} LIMIT {PER_PAGE}"
        top = self._db.execute(f"SELECT name FROM found WHERE {where.all_but()} {order}")
        return Answer(
            top=tuple(name for (name,) in top),
            total=self._number(f"SELECT count(*) FROM found WHERE {where.all_but()}"),
            facets={
                "borough": self._named("borough", self._counted("borough", where.all_but("borough"))),
                "committee": self._named("committee", self._counted("committee", where.all_but())),
                "year": {str(year): count for year, count in self._counted("year", where.all_but("year"))},
                "topic": self._named("topic", self._topics(where.all_but())),
                "found_in": dict(self._places(match, where.all_but())),
            },
        )

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _chosen(self, facet: FacetName, values: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(code for code, name in enumerate(self._names[facet]) if name in values)

    def _number(self, sql: str, *values: str) -> int:
        (number,) = self._db.execute(sql, values).fetchone()
        return int(number)

    def _counted(self, column: str, where: str) -> Iterator[tuple[int, int]]:
        return self._db.execute(f"SELECT {column}, count(*) FROM found WHERE {where} GROUP BY {column}")

    def _topics(self, where: str) -> Iterator[tuple[int, int]]:
        tables = "found CROSS JOIN topics ON topics.item = found.id"
        return self._db.execute(f"SELECT topic, count(*) FROM {tables} WHERE {where} GROUP BY topic")

    def _named(self, facet: FacetName, counts: Iterator[tuple[int, int]]) -> Mapping[str, int]:
        return {self._names[facet][code]: count for code, count in counts}

    def _places(self, match: str, where: str) -> Iterator[tuple[str, int]]:
        """What the query finds on each place alone; found items are looked up only where there are filters."""
        tables = "words" if where == "1" else "words CROSS JOIN found ON found.id = words.rowid"
        for place in PLACES:
            count = self._number(
                f"SELECT count(*) FROM {tables} WHERE words MATCH ? AND {where}", f"{{{place}}} : ({match})"
            )
            if count:
                yield place, count


class _Filters:
    """The filters of a query as conditions on an item's facts."""

    def __init__(self, boroughs: tuple[int, ...], years: tuple[int, ...]) -> None:
        chosen: dict[FacetName, tuple[int, ...]] = {"borough": boroughs, "year": years}
        self._tests = {facet: f"{facet} IN ({', '.join(map(str, codes))})" for facet, codes in chosen.items() if codes}

    def all_but(self, aside: FacetName | None = None) -> str:
        """What every filter leaves, one facet's aside; "1" where that is everything."""
        return " AND ".join(test for facet, test in self._tests.items() if facet != aside) or "1"

    def counted_at_all(self) -> str:
        """What any facet counts: an item that two filters leave out is counted nowhere."""
        return " OR ".join(self._tests.values()).join("()") if len(self._tests) > 1 else "1"


def match_of(query: Query) -> str:
    """A query in FTS5's language."""
    words = [_APOSTROPHE.sub(_LETTER, word) for word in query.words]
    match query.manner:
        case "all":
            return " AND ".join(f'"{word}"' for word in words)
        case "any":
            return " OR ".join(f'"{word}"' for word in words)
        case "phrase":
            return f'"{" ".join(words)}"'
        case "prefix":
            return f'"{words[0]}" *'
        case "near":  # FTS5 counts the words between
            return f'NEAR("{words[0]}" "{words[1]}", {WITHIN - 1})'


def _connected(folder: Path) -> sqlite3.Connection:
    db = sqlite3.connect(folder / "fts5.sqlite", isolation_level=None)
    db.executescript(_SETTINGS)
    return db


def _codes(names: Iterable[str]) -> dict[str, int]:
    return {name: code for code, name in enumerate(sorted(set(names)))}


def _add(db: sqlite3.Connection, batch: tuple[Tagged, ...], names: Mapping[str, Mapping[str, int]]) -> None:
    for one in batch:
        facts = one.facts
        year = date.fromordinal(facts.day).year
        row = (facts.id, names["borough"][facts.borough], names["committee"][facts.committee], year)
        added = db.execute(_ADD_ITEM, (*row, facts.day, facts.position, facts.standing))
        texts = (_APOSTROPHE.sub(_LETTER, text) for text in one.joined(_BOUND).values())
        db.execute(_ADD_WORDS, (added.lastrowid, *texts))
        db.executemany(
            "INSERT INTO topics VALUES (?, ?)", [(added.lastrowid, names["topic"][topic]) for topic in one.topics]
        )
