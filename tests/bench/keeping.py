"""A corpus that is kept between runs, in a folder that says of what size it is; or one in a temporary folder."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from archive import Archive
from tests.bench.progress import telling
from tests.bench.saving import Tally, save_corpus

_ARCHIVE, _SAYS = "archive", "corpus.json"


class OtherCorpusError(Exception):
    """The folder holds something else than was asked for; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """An archive of invented items, and what was counted of them when they were saved."""

    folder: Path
    tally: Tally


@contextmanager
def corpus_of(items: int, pages: float, kept: Path | None) -> Iterator[Corpus]:
    """A corpus of so many items, with so many pages a document: kept in this folder, saved there where it is empty.

    Raises OtherCorpusError.
    """
    if kept is not None:
        yield _kept(items, pages, kept)
    else:
        with tempfile.TemporaryDirectory(prefix="bench-corpus-") as name:
            yield _saved(items, pages, Path(name))


def _kept(items: int, pages: float, folder: Path) -> Corpus:
    says = folder / _SAYS
    if not says.exists():
        if (folder / _ARCHIVE).exists():
            raise OtherCorpusError(f"The corpus in {folder} was not saved to its end: remove the folder and try again.")
        folder.mkdir(parents=True, exist_ok=True)
        return _saved(items, pages, folder)
    said = json.loads(says.read_text(encoding="utf-8"))
    if said["asked"] != [items, pages]:
        held, each = said["asked"]
        raise OtherCorpusError(f"{folder} holds {held:,} items with {each:g} pages a document: choose another folder.")
    tally = Tally(**said["tally"])
    tally.planted, tally.holding = Counter(tally.planted), Counter(tally.holding)
    return Corpus(folder / _ARCHIVE, tally)


def _saved(items: int, pages: float, folder: Path) -> Corpus:
    with Archive.open(folder / _ARCHIVE, write=True) as archive, telling("saving the corpus", "items") as told:
        tally = save_corpus(archive, items, pages, told)
    counted = {one.name: getattr(tally, one.name) for one in fields(tally)}
    (folder / _SAYS).write_text(json.dumps({"asked": [items, pages], "tally": counted}), encoding="utf-8")
    return Corpus(folder / _ARCHIVE, tally)
