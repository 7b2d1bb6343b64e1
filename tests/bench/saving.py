"""The corpus in a real archive, saved as a crawl would save it, and what was seen of it on the way.

Only that a transaction holds many meetings and many files: one for each would take longer than all that is measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import Connection, insert

from archive import Answer, Archive, Findings, save_borough
from archive.page_texts import DocumentText, PageText, digest_of
from archive.records import AgendaItem, plain
from archive.saving import save_into
from archive.tables import pages as page_rows
from archive.tables import readings_of_files
from index.tokens import WORD, fold
from tests.bench.corpus import PLANTED, MeetingPage, meetings
from tests.bench.councils import councils
from tests.bench.papers import Paper
from tests.bench.progress import Progress

SAMPLED = 5_000
"""Items over which words are counted, to choose the words of the queries by."""

_RETRIEVED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
_READER, _BODY = 1, b"No page is kept: its records are all that is indexed."
_AT_ONCE = 100  # meetings


@dataclass(slots=True)
class Tally:
    """What was saved. `planted` was counted by reading through the texts; `holding` is of the first items alone."""

    items: int = 0
    documents: int = 0
    pages: int = 0
    words: int = 0
    characters: int = 0
    sampled: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    holding: Counter[str] = field(default_factory=Counter)

    def add(self, item: AgendaItem, pages: Sequence[str]) -> None:
        """Count one more item, with the pages of its documents."""
        text = "\n".join((item.title, plain(item.decision), plain(item.minutes), plain(item.agenda), *pages))
        self.items += 1
        self.documents += len(item.documents)
        self.pages += len(pages)
        self.words += len(text.split())
        self.characters += len(text)
        self.planted.update(phrase for phrase, _ in PLANTED if phrase in text)
        if self.sampled < SAMPLED:
            self.sampled += 1
            self.holding.update({fold(word) for word in set(WORD.findall(text))})

    def share(self, word: str) -> float:
        """The share of items that hold a word."""
        return self.holding[word] / max(self.sampled, 1)


def save_corpus(archive: Archive, items: int, pages: float, progress: Progress) -> Tally:
    """Save so many items, a meeting's page at a time; their documents have so many pages each in the mean."""
    tally = Tally()
    for council in councils():
        save_borough(archive, council.borough)
    made, body = meetings(items, pages), archive.blobs.put(_BODY)
    while some := tuple(islice(made, _AT_ONCE)):
        with archive.writing() as db:
            for page in some:
                save_into(db, _answer(page), body, _findings(page))
                _save_papers(db, page.papers)
        for page in some:
            for item in page.items:
                tally.add(item, page.pages_of(item))
        progress(tally.items, items)
    return tally


def _save_papers(db: Connection, papers: Sequence[Paper]) -> None:
    """What `archive.file_texts.save_text` would say of each: read, with all its pages."""
    for paper in papers:
        pages = tuple(PageText(number, text) for number, text in enumerate(paper.pages, 1))
        text, mine = DocumentText(pages=pages, outcome="read"), {"sha256": paper.sha256, "reader": _READER}
        known = {"outcome": "read", "reason": "", "note": "", "pages_total": len(pages), "scanned": "[]"}
        db.execute(insert(readings_of_files).values(**mine, **known, digest=digest_of(text), read_scans=False))
        db.execute(
            insert(page_rows),
            [{**mine, "number": n, "text": text, "scanned": False} for n, text in enumerate(paper.pages, 1)],
        )


def _findings(page: MeetingPage) -> Findings:
    return Findings(committees=(page.committee,), meetings=(page.meeting,), items=page.items, documents=page.documents)


def _answer(page: MeetingPage) -> Answer:
    return Answer(
        url=page.meeting.source_url,
        borough=page.borough.slug,
        how="crawl",
        retrieved_at=_RETRIEVED,
        status=200,
        headers=(),
        body=_BODY,
        complete=True,
        outcome="ok",
    )
