"""Which names mean the same? The acronyms that councillors use and their long forms, from `thesaurus.toml`.

An entry has `acronyms` (spellings, plurals), `long` (wordings, each of two words or more) and, where an acronym is
also an ordinary word or a name, `word = true`: it then counts in capitals alone, in query and text. The same acronym
in two entries means both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from archive.errors import SettingsError
from index.tokens import is_capitals, stem, tokens
from index.tree import Node, Phrase, Word

_FILE = "thesaurus.toml"
_KEYS = {"acronyms", "long", "word"}


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of an entry's: folded `words`, as `printed`; `capitals` where it counts in capitals alone."""

    words: tuple[str, ...]
    printed: str
    entry: int
    acronym: bool
    capitals: bool = False

    def node(self) -> Node:
        """What to look for. An acronym also counts with an 's ("the ICB's plans"), which stemming takes away.

        Not so one that stemming itself would shorten (ICS), nor one that counts in capitals.
        """
        if len(self.words) > 1:
            return Phrase(self.words)
        word = self.words[0]
        return Word(word, forms=not self.capitals and stem(word) == word, capitals=self.capitals)


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """The entries, each a tuple of its names.

    `by_first` leads from a name's first word to all names that begin with it, the longest first; `printed`
    from a name's folded words to how it is written.
    """

    entries: tuple[tuple[Name, ...], ...]
    by_first: Mapping[str, tuple[Name, ...]]
    printed: Mapping[tuple[str, ...], str]

    def names_at(self, words: Sequence[str], printed: Sequence[str]) -> tuple[Name, ...]:
        """The longest names that these folded words begin with: several where an acronym has several meanings."""
        found: list[Name] = []
        for name in self.by_first.get(words[0], ()) if words else ():
            if found and len(name.words) < len(found[0].words):
                break
            if tuple(words[: len(name.words)]) == name.words and (not name.capitals or is_capitals(printed[0])):
                found.append(name)
        return tuple(found)


@cache
def load_thesaurus() -> Thesaurus:
    """The thesaurus that comes with the package."""
    return read_thesaurus(resources.files("index").joinpath(_FILE).read_bytes())


def read_thesaurus(data: bytes) -> Thesaurus:
    """The thesaurus in these bytes. Raises SettingsError with the entry's number and what is wrong with it."""
    rows = read_rows(data, _FILE, "entry")
    entries = tuple(_entry(number, row) for number, row in enumerate(rows))
    names = [name for entry in entries for name in entry]
    _check_shared(names)
    by_first: dict[str, list[Name]] = {}
    for name in sorted(names, key=lambda name: -len(name.words)):
        by_first.setdefault(name.words[0], []).append(name)
    return Thesaurus(
        entries,
        {first: tuple(group) for first, group in by_first.items()},
        {name.words: name.printed for name in reversed(names)},
    )


def read_rows(data: bytes, file: str, table: str) -> list[dict[str, object]]:
    """The `[[table]]` rows of a TOML file of ours. Raises SettingsError where it is none, or holds anything else."""
    try:
        content = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from None
    rows = content.get(table)
    if set(content) != {table} or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SettingsError(f"{file} must hold [[{table}]] rows and nothing else")
    return rows


def _entry(number: int, row: dict[str, object]) -> tuple[Name, ...]:
    where = f"{_FILE}, entry {number + 1} ({row.get('acronyms')})"
    if unknown := sorted(set(row) - _KEYS):
        raise SettingsError(f"{where}: unknown key {unknown[0]!r}")
    word = row.get("word", False)
    if not isinstance(word, bool):
        raise SettingsError(f"{where}: `word` must be true or false")
    acronyms = [_name(text, number, where, acronym=True, word=word) for text in _texts(row, "acronyms", where)]
    long = [_name(text, number, where, acronym=False) for text in _texts(row, "long", where)]
    names = tuple(acronyms + long)
    for later, name in enumerate(names):
        if any(name.words == other.words for other in names[:later]):
            raise SettingsError(f"{where}: {name.printed!r} stands there twice (hyphens and case make no difference)")
    return names


def _texts(row: dict[str, object], key: str, where: str) -> list[str]:
    texts = row.get(key)
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise SettingsError(f"{where}: `{key}` must be a list of one text or more")
    return texts


def _name(text: str, number: int, where: str, *, acronym: bool, word: bool = False) -> Name:
    words = tuple(token.text for token in tokens(text))
    if not words or (not acronym and len(words) < 2):
        raise SettingsError(f"{where}: {text!r} must have {'a word' if acronym else 'two words or more'}")
    if word and (len(words) > 1 or not is_capitals(text)):
        raise SettingsError(f"{where}: {text!r} counts in capitals alone, so it must be one word in capitals")
    return Name(words, text, number, acronym, capitals=word)


def _check_shared(names: Sequence[Name]) -> None:
    """An acronym with two meanings must be read alike in both; a long form has one entry."""
    seen: dict[tuple[str, ...], Name] = {}
    for name in names:
        other = seen.setdefault(name.words, name)
        where = f"{_FILE}: {name.printed!r} stands in entries {other.entry + 1} and {name.entry + 1}"
        if (other.acronym, other.capitals) != (name.acronym, name.capitals):
            raise SettingsError(f"{where}, but not alike")
        if not name.acronym and other.entry != name.entry:
            raise SettingsError(f"{where}; join the two")
