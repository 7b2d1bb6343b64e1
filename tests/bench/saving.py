"""The corpus in a real archive, saved as a crawl would save it, and what was seen of it on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from archive import Answer, Archive, Findings, save_borough, save_page
from archive.records import AgendaItem, plain
from index.tokens import tokens
from tests.bench.corpus import PLANTED, MeetingPage, meetings
from tests.bench.councils import councils
from tests.bench.progress import Progress

SAMPLED = 5_000
"""Items over which words are counted, to choose the words of the queries by."""

_RETRIEVED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class Tally:
    """What was saved. `planted` was counted by reading through the texts; `holding` is of the first items alone."""

    items: int = 0
    words: int = 0
    characters: int = 0
    sampled: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    holding: Counter[str] = field(default_factory=Counter)

    def add(self, item: AgendaItem) -> None:
        """Count one more item."""
        text = "\n".join((item.title, plain(item.decision), plain(item.minutes), plain(item.agenda)))
        self.items += 1
        self.words += len(text.split())
        self.characters += len(text)
        self.planted.update(phrase for phrase, _ in PLANTED if phrase in text)
        if self.sampled < SAMPLED:
            self.sampled += 1
            self.holding.update({token.text for token in tokens(text)})

    def share(self, word: str) -> float:
        """The share of items that hold a word."""
        return self.holding[word] / max(self.sampled, 1)


def save_corpus(archive: Archive, items: int, progress: Progress) -> Tally:
    """Save so many items, a meeting's page at a time."""
    tally = Tally()
    for council in councils():
        save_borough(archive, council.borough)
    for page in meetings(items):
        save_page(archive, _answer(page), _findings(page))
        for item in page.items:
            tally.add(item)
        progress(tally.items, items)
    return tally


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
        body=page.meeting.id.encode(),
        complete=True,
        outcome="ok",
    )
