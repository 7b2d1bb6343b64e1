"""The same work by SQLite's full-text index, FTS5, as well as we know how to ask it.

One row an item and one column a place, with no text kept; the facts of items as whole numbers in a table beside it. A
query finds its items once, with their scores, and all else is counted over these. A word is what `index.tokens` says:
FTS5's own tokeniser with its folding of accents, to which an inner apostrophe is given as a letter. Between the titles
of an item's documents stands a sign that no phrase reaches over.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from archive import Archive
from archive.records import PLACES
from index import PER_PAGE, FacetName
from tests.bench.engines import Answer
from tests.bench.progress import Progress
from tests.bench.queries import Query
from tests.bench.reading import Tagged, read_tagged

_APOSTROPHE = re.compile(r"(?<=[^\W_])['’](?=[^\W_])")
_LETTER = "ʼ"
_BOUND = " \ue000 "
_FACTS = "name, borough, committee, year, day, position, standing"
_TABLES = f"""
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -262144;
CREATE VIRTUAL TABLE words USING fts5({", ".join(PLACES)}, content = '', tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE items (id INTEGER PRIMARY KEY, {_FACTS});
CREATE TABLE topics (item INT, topic INT, PRIMARY KEY (item, topic)) WITHOUT ROWID;
CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, {_FACTS}, score);
"""
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

    def __init__(self) -> None:
        self._names: dict[FacetName, tuple[str, ...]] = {}

    def build(self, archive: Archive, folder: Path, progress: Progress) -> None:
        """Index every item of the archive, and let FTS5 and the planner tidy up afterwards."""
        self._path = folder / "fts5.sqlite"
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.executescript(_TABLES)
        self._names = {
            "borough": tuple(borough.slug for borough in archive.boroughs()),
            "committee": tuple(sorted(committee.id for committee in archive.committees())),
        }
        topics: dict[str, int] = {}
        for batch in read_tagged(archive, progress):
            self._db.execute("BEGIN")
            self._add(batch, topics)
            self._db.execute("COMMIT")
        self._names["topic"] = tuple(topics)
        self._db.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._db.execute("ANALYZE")
        self._db.execute("PRAGMA wal_checkpoint (TRUNCATE)")

    def search(self, query: Query) -> Answer:
        """The whole answer to a query."""
        where = _Filters(self._codes("borough", query.boroughs), tuple(int(year) for year in query.years))
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

    def size(self) -> int:
        """Bytes on the disk."""
        return self._path.stat().st_size

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _add(self, batch: tuple[Tagged, ...], topics: dict[str, int]) -> None:
        first = self._number("SELECT coalesce(max(id), 0) + 1 FROM items")
        boroughs, committees = (
            {name: code for code, name in enumerate(self._names[facet])} for facet in ("borough", "committee")
        )
        for id_, one in enumerate(batch, first):
            facts = one.facts
            year = date.fromordinal(facts.day).year
            place = (facts.id, boroughs[facts.borough], committees[facts.committee], year)
            row = (id_, *place, facts.day, facts.position, facts.standing)
            self._db.execute("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            self._db.execute(_ADD_WORDS, (id_, *_texts(one)))
            tags = [(id_, topics.setdefault(topic, len(topics))) for topic in one.topics]
            self._db.executemany("INSERT INTO topics VALUES (?, ?)", tags)

    def _codes(self, facet: FacetName, values: tuple[str, ...]) -> tuple[int, ...]:
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


def _texts(one: Tagged) -> tuple[str, ...]:
    texts: dict[str, list[str]] = {place: [] for place in PLACES}
    for row in one.rows:
        for place, text in row.texts:
            texts[place].append(_APOSTROPHE.sub(_LETTER, text))
    return tuple(_BOUND.join(texts[place]) for place in PLACES)
