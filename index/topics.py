"""Which topics are there, and which query defines each? `topics.toml`, read with the language that visitors use.

An item belongs to a topic when it answers its query; the site shows the query, so it must fit the search box.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

from archive.errors import SettingsError
from archive.settings import read_settings
from index.language import read_query
from index.thesaurus import Thesaurus, read_rows
from index.tree import Everything, Node

_FILE = "topics.toml"
_KEYS = ("slug", "name", "description", "query")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic as data; `node` is how its `query` is read, `read_as` says so."""

    slug: str
    name: str
    description: str
    query: str
    read_as: str
    node: Node


def load_topics(thesaurus: Thesaurus) -> tuple[Topic, ...]:
    """The topics that come with the package, in the file's order."""
    return read_topics(resources.files("index").joinpath(_FILE).read_bytes(), thesaurus)


def read_topics(data: bytes, thesaurus: Thesaurus) -> tuple[Topic, ...]:
    """The topics in these bytes. Raises SettingsError with the topic and what is wrong with it."""
    topics = tuple(_topic(row, thesaurus) for row in read_rows(data, _FILE, "topic"))
    for key, values in (("slug", [topic.slug for topic in topics]), ("name", [topic.name for topic in topics])):
        for value in values:
            if values.count(value) > 1:
                raise SettingsError(f"{_FILE}: two topics have the {key} {value!r}")
    return topics


def _topic(row: dict[str, object], thesaurus: Thesaurus) -> Topic:
    where = f"{_FILE}, topic {row.get('slug')!r}"
    texts = {key: value.strip() for key, value in row.items() if isinstance(value, str) and value.strip()}
    if set(row) != set(_KEYS) or set(texts) != set(_KEYS):
        raise SettingsError(f"{where}: must have {', '.join(_KEYS)}, each with a text, and nothing else")
    if not _SLUG.fullmatch(texts["slug"]):
        raise SettingsError(f"{where}: a slug is small letters, digits and hyphens")
    reading = read_query(texts["query"], thesaurus=thesaurus, limits=read_settings({}))
    if problem := reading.refused or " ".join(reading.warnings):
        raise SettingsError(f"{where}: {problem}")
    if isinstance(reading.node, Everything):
        raise SettingsError(f"{where}: the query holds no words")
    return Topic(**texts, read_as=reading.read_as, node=reading.node)
