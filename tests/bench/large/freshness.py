"""How soon is one meeting more found? It is saved as a crawl saves it, indexed, and searched for in another process."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from archive import Answer, Archive, Findings, read_settings, save_page
from archive.file_texts import save_text
from index import Index, SearchRequest, update_index
from tests.bench.large.corpus import Corpus, LargeMeeting
from tests.bench.large.figures import Fresh
from tests.bench.large.filling import READER

_BEYOND = 5_000_000  # no meeting of a corpus has such a number
_PATIENCE_S = 600.0
_PAUSE_S = 0.02


class NeverFound(Exception):
    """The new meeting was not found."""


def add_one_meeting(folder: Path, pages_an_item: float) -> Fresh:
    """Save one meeting more and index it, while another process asks for it again and again. Raises NeverFound."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    with Archive.open(folder, write=True) as archive:
        number = _BEYOND + archive.sequence()
        word = f"freshling{number}"
        searcher = context.Process(target=_searching, args=(there, folder, word))
        searcher.start()
        there.close()
        try:
            _heard(here)
            _save(archive, Corpus(pages_an_item).meeting(number), word)
            began = time.monotonic()
            update_index(archive, folder, read_settings({}))
            indexed_s = time.monotonic() - began
            found_at, longest_s = _heard(here)
        finally:
            searcher.terminate()
            searcher.join()
    return Fresh(found_s=found_at - began, indexed_s=indexed_s, answer_s=longest_s)


def _heard(here: Connection) -> tuple[float, float]:
    """What the searching process says next."""
    try:
        if here.poll(_PATIENCE_S):
            said: tuple[float, float] = here.recv()
            return said
    except EOFError:
        raise NeverFound("the searching process has ended") from None
    raise NeverFound(f"nothing was found for {_PATIENCE_S:.0f} seconds")


def _save(archive: Archive, meeting: LargeMeeting, word: str) -> None:
    """As a crawl and the reader of papers save it, with this word in a title."""
    first, *others = meeting.items
    answer = Answer(
        url=meeting.meeting.source_url,
        borough=meeting.borough.slug,
        how="crawl",
        retrieved_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        status=200,
        headers=(),
        body=meeting.meeting.id.encode(),
        complete=True,
        outcome="ok",
    )
    findings = Findings(
        meetings=(meeting.meeting,),
        items=(replace(first, title=f"{first.title}: {word}"), *others),
        documents=tuple(paper.document for paper in meeting.papers),
    )
    save_page(archive, answer, findings)
    for paper in meeting.papers:
        save_text(archive, paper.document.sha256, READER, paper.text)


def _searching(there: Connection, folder: Path, word: str) -> None:
    """What the other process does: it tells when it is ready, and when it finds the word."""
    with Archive.open(folder) as archive:
        index, longest_s = Index(folder, archive, read_settings({})), 0.0
        index.search(SearchRequest(text=word))
        there.send((time.monotonic(), longest_s))
        found = 0
        while not found:
            began = time.monotonic()
            found = index.search(SearchRequest(text=word)).total
            longest_s = max(longest_s, time.monotonic() - began)
            time.sleep(_PAUSE_S)
        there.send((time.monotonic(), longest_s))
