"""What is searched? Meetings of invented boroughs over twenty years, one after the other, never all at once in memory.

Always the same for one number of items. Texts are the pretend site's invented minutes, cut to the length that is
due or filled up with words of a large vocabulary. Lengths are lognormal, like those of real items: half of them
below a hundred words, and a mean above twice that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log
from random import Random

from archive.ids import document_id, item_id, meeting_id
from archive.records import AgendaItem, Block, Borough, Committee, Document, DocumentLink, Meeting, Text
from tests.bench.councils import Council, councils
from tests.bench.papers import Paper, paper_of
from tests.bench.vocabulary import vocabulary
from tests.site.council import PretendItem
from tests.site.minutes import Numbers, Sitting, standing_item, subject_item
from tests.site.subjects import common

MEDIAN_WORDS = 100
SPREAD = 1.27  # standard deviation of the lengths' logarithms: a mean of 225 words
MOST_WORDS = 20_000
FIRST_DAY = date(2006, 2, 1)
DAYS = 20 * 365

PLANTED = (("kelmarsh ledger compact", 0.001), ("the yarrowgate review", 0.01), ("members of the ostrel forum", 0.05))
"""Phrases with the share of items, and of pages, that get them; the word in the middle stands nowhere else."""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting with all that its page would give."""

    borough: Borough
    committee: Committee
    meeting: Meeting
    items: tuple[AgendaItem, ...]
    documents: tuple[Document, ...]
    papers: tuple[Paper, ...]

    def pages_of(self, item: AgendaItem) -> tuple[str, ...]:
        """The pages of an item's documents."""
        files = dict(zip((one.id for one in self.documents), self.papers, strict=False))
        return tuple(page for link in item.documents if link.document in files for page in files[link.document].pages)


def meetings(items: int, pages: float = 0) -> Iterator[MeetingPage]:
    """Meetings with so many items together, eight to eleven each but for the last.

    Their documents have so many pages each in the mean, or titles alone.
    """
    random, numbers = Random("twenty years of scrutiny"), Numbers(aiid=50_000, document=100_000)
    number, left = 4_000, items
    while left:
        number, size = number + 1, min(left, random.randint(8, 11))
        yield _Meeting(random.choice(councils()), number, numbers, random).page(size, pages)
        left -= size


class _Meeting:
    """One meeting in the making."""

    def __init__(self, council: Council, number: int, numbers: Numbers, random: Random) -> None:
        self.council, self.numbers, self.random = council, numbers, random
        self.committee, self.subjects = random.choice(council.committees)
        day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
        body = self.committee.name.split()[-1]
        self.sitting = Sitting(council.cast, self.committee.name, body, day, day - timedelta(days=40))
        self.meeting = Meeting(
            id=meeting_id(council.borough.slug, number),
            borough=council.borough.slug,
            committee=self.committee.id,
            date=day,
            status="minutes",
            published="Agenda and minutes",
            source_url=f"{council.borough.base_url}/ieListDocuments.aspx?MId={number}",
        )

    def page(self, size: int, pages: float) -> MeetingPage:
        """Its page. The shortest lengths fall to the standing items, as they do in life."""
        lengths = sorted(_length(self.random) for _ in range(size))
        standing, subjects = lengths[:3], lengths[3:]
        self.random.shuffle(subjects)
        made = [self._standing(place, words) for place, words in enumerate(standing)]
        made += [self._about(place, words) for place, words in enumerate(subjects, len(standing))]
        items = tuple(item for item, _ in made)
        documents = tuple(document for _, some in made for document in some)
        papers = tuple(paper_of(document, pages, PLANTED) for document in documents) if pages else ()
        if papers:
            documents = tuple(replace(one, sha256=paper.sha256) for one, paper in zip(documents, papers, strict=True))
        return MeetingPage(self.council.borough, self.committee, self.meeting, items, documents, papers)

    def _standing(self, place: int, words: int) -> tuple[AgendaItem, tuple[Document, ...]]:
        pretend = standing_item(common().standing[place], self.sitting, self.numbers, f"{place + 1}.", self.random)
        return self._item(pretend, place, words)

    def _about(self, place: int, words: int) -> tuple[AgendaItem, tuple[Document, ...]]:
        subject = self.random.choice(self.subjects)
        pretend = subject_item(subject, self.sitting, self.numbers, f"{place + 1}.", self.random)
        return self._item(pretend, place, words)

    def _item(self, pretend: PretendItem, place: int, words: int) -> tuple[AgendaItem, tuple[Document, ...]]:
        slug = self.council.borough.slug
        listed = tuple(
            Document(id=document_id(slug, one.key), borough=slug, title=one.title, size=one.size)
            for one in pretend.documents[:2]
        )
        agenda, left = cut(pretend.agenda, words - len(pretend.title.split()))
        decision, left = cut(pretend.decision, left)
        minutes, left = cut(pretend.minutes, left)
        item = AgendaItem(
            id=item_id(slug, pretend.aiid),
            borough=slug,
            meeting=self.meeting.id,
            position=place + 1,
            number=pretend.number,
            title=pretend.title,
            agenda=agenda,
            decision=decision,
            minutes=minutes + filler(left, self.random) + _planted(self.random),
            source_url=f"https://{slug}.example/mgAi.aspx?ID={pretend.aiid}",
            documents=tuple(DocumentLink(document=one.id, title=one.title) for one in listed),
        )
        return item, listed


def _length(random: Random) -> int:
    return min(MOST_WORDS, round(random.lognormvariate(log(MEDIAN_WORDS), SPREAD)))


def cut(text: Text, words: int) -> tuple[Text, int]:
    """At most so many words of a text, and how many are then still due."""
    kept: list[Block] = []
    for block in text:
        said = block.text.split()
        if words <= 0:
            break
        kept.append(Block(block.kind, " ".join(said[:words])) if len(said) > words else block)
        words -= len(said)
    return tuple(kept), max(words, 0)


def filler(words: int, random: Random) -> Text:
    """Paragraphs of so many drawn words together."""
    drawn, paragraphs = iter(vocabulary().draw(words, random)), []
    while words > 0:
        sentences = []
        for _ in range(random.randint(3, 6)):
            length = min(words, random.randint(8, 24))
            sentences.append(" ".join(next(drawn) for _ in range(length)).capitalize() + ".")
            words -= length
            if not words:
                break
        paragraphs.append(Block("paragraph", " ".join(sentences)))
    return tuple(paragraphs)


def _planted(random: Random) -> Text:
    drawn = ((phrase, random.random()) for phrase, _ in PLANTED)
    planted = [phrase for (phrase, share), (_, chance) in zip(PLANTED, drawn, strict=True) if chance < share]
    return tuple(Block("paragraph", f"Reference was made to {phrase} in this connection.") for phrase in planted)
