"""Twenty years of meetings, each of ten items with their papers, page by page: always the same for its number.

The ratios are those of London's scrutiny: about one document an item, each of some ten pages with a long tail, 350
words a page. Any meeting can be made without the others, so nothing but numbers need be remembered of a corpus.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from math import log

import numpy as np

from archive.ids import document_id, item_id, meeting_id
from archive.page_texts import DocumentText, PageText
from archive.records import AgendaItem, Block, Borough, Committee, Document, DocumentLink, Meeting, Text
from tests.bench.corpus import DAYS, FIRST_DAY, MEDIAN_WORDS, MOST_WORDS, SPREAD
from tests.bench.councils import councils
from tests.bench.large.papers import Papers
from tests.bench.large.planting import in_minutes, on_a_page
from tests.bench.large.sentences import Spoken, spoken, standing
from tests.bench.large.words import Numbers

ITEMS = 10
"""Of a meeting."""

_STANDING = 3
_DOCUMENTS = (0.25, 0.35, 0.20, 0.12, 0.08)  # the share of items about a subject that have none, one, two ...
_PAGES_SPREAD, _WORDS_SPREAD = 1.1, 0.5  # standard deviations of the logarithms
_DRAWN_WORDS = 297  # of a page, on average; with the sentences about subjects these become 350
_MOST_PAGES, _MOST_PAGE_WORDS = 2_000, 3_000
_MEAN_DOCUMENTS = sum(many * share for many, share in enumerate(_DOCUMENTS)) * (ITEMS - _STANDING) / ITEMS
_TITLES = ("Report", "Appendix A", "Appendix B", "Presentation", "Background paper")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its text."""

    document: Document
    text: DocumentText


@dataclass(frozen=True, slots=True)
class LargeMeeting:
    """One meeting with its items and papers; `words` is how many there are in all of their texts."""

    borough: Borough
    committee: Committee
    meeting: Meeting
    items: tuple[AgendaItem, ...]
    papers: tuple[Paper, ...]
    words: int


class Corpus:
    """All meetings there could be, with so many pages an item on average."""

    def __init__(self, pages_an_item: float) -> None:
        self.pages_an_item = pages_an_item
        self._papers = Papers(tuple(spoken().values()))

    def meeting(self, number: int) -> LargeMeeting:
        """The meeting with this number, from 0."""
        return _Making(number, self.pages_an_item, self._papers).meeting()


class _Making:
    """One meeting in the making."""

    def __init__(self, number: int, pages_an_item: float, papers: Papers) -> None:
        self.number, self._pages_an_item, self._papers = number, pages_an_item, papers
        self.random = random = np.random.Generator(np.random.PCG64([20, number]))
        council = councils()[int(random.integers(len(councils())))]
        self.borough, self.slug = council.borough, council.borough.slug
        self.committee, known = council.committees[int(random.integers(len(council.committees)))]
        chosen = [spoken()[known[at].slug] for at in random.integers(len(known), size=ITEMS - _STANDING)]
        self.subjects: list[Spoken] = [*standing(), *chosen]

    def meeting(self) -> LargeMeeting:
        """All of it."""
        many = self._documents()
        pages = _stochastic(
            self._lognormal(self._pages_an_item / _MEAN_DOCUMENTS, _PAGES_SPREAD, sum(many)), self.random
        )
        pages = np.minimum(pages, _MOST_PAGES)
        own = np.sort(np.exp(self.random.normal(log(MEDIAN_WORDS), SPREAD, ITEMS)))
        own = np.clip(own, 4, MOST_WORDS).astype(np.int64)
        own[_STANDING:] = self.random.permutation(own[_STANDING:])
        page_words = self._lognormal(_DRAWN_WORDS, _WORDS_SPREAD, int(pages.sum()))
        lengths = np.concatenate((own, np.clip(page_words, 3, _MOST_PAGE_WORDS).astype(np.int64)))
        holders = np.repeat(np.arange(ITEMS), many)
        about = [*self.subjects, *(self.subjects[item] for item in np.repeat(holders, pages).tolist())]
        texts, words = self._papers.pieces(lengths, about, self.random)
        papers = self._made(holders.tolist(), pages.tolist(), texts[ITEMS:])
        items = tuple(self._item(place, texts[place], papers[place]) for place in range(ITEMS))
        return LargeMeeting(
            self.borough, self.committee, self._meeting(), items, tuple(one for some in papers for one in some), words
        )

    def _documents(self) -> list[int]:
        """How many each item has."""
        some = self.random.choice(len(_DOCUMENTS), ITEMS - _STANDING, p=_DOCUMENTS).tolist()
        many = [0] * _STANDING + some
        return [max(count, 1) if on_a_page(self.number * ITEMS + at) else count for at, count in enumerate(many)]

    def _lognormal(self, mean: float, spread: float, count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.exp(self.random.normal(log(mean) - spread**2 / 2, spread, count))

    def _made(self, holders: list[int], pages: list[int], texts: list[str]) -> list[list[Paper]]:
        """The papers of each item."""
        made: list[list[Paper]] = [[] for _ in range(ITEMS)]
        begun = 0
        for item, many in zip(holders, pages, strict=True):
            own = texts[begun : begun + many]
            begun += many
            number = self.number * ITEMS + item
            if not made[item] and (phrase := on_a_page(number)):
                own[many // 2] += f"\nReference was made to {phrase} here."
            made[item].append(self._paper(number, len(made[item]), own))
        return made

    def _paper(self, number: int, place: int, texts: list[str]) -> Paper:
        key = f"s{number * ITEMS + place}"
        ident = document_id(self.slug, key)
        document = Document(
            id=ident,
            borough=self.slug,
            title=f"{_TITLES[place]} - {self.subjects[number % ITEMS].titles[0]}",
            media_type="application/pdf",
            size=f"{20 * len(texts)} KB",
            source_url=f"{self.borough.base_url}/documents/{key}/paper.pdf",
            sha256=hashlib.sha256(ident.encode()).hexdigest(),
        )
        pages = tuple(PageText(at, text) for at, text in enumerate(texts, start=1))
        return Paper(document, DocumentText(pages=pages, outcome="read", pages_total=len(pages)))

    def _item(self, place: int, text: str, papers: list[Paper]) -> AgendaItem:
        number, subject = self.number * ITEMS + place, self.subjects[place]
        minutes = (*_blocks(text), *(Block("paragraph", f"The {phrase} was noted.") for phrase in in_minutes(number)))
        titles, agenda = subject.titles, subject.agenda
        return AgendaItem(
            id=item_id(self.slug, number),
            borough=self.slug,
            meeting=self._meeting().id,
            position=place + 1,
            number=f"{place + 1}.",
            title=titles[number % len(titles)],
            agenda=_blocks(agenda[number % len(agenda)]),
            minutes=minutes,
            source_url=f"{self.borough.base_url}/mgAi.aspx?ID={number}",
            documents=tuple(DocumentLink(document=one.document.id, title=one.document.title) for one in papers),
        )

    def _meeting(self) -> Meeting:
        return Meeting(
            id=meeting_id(self.slug, self.number),
            borough=self.slug,
            committee=self.committee.id,
            date=FIRST_DAY + timedelta(days=self.number * 7_919 % DAYS),
            status="minutes",
            published="Agenda and minutes",
            source_url=f"{self.borough.base_url}/ieListDocuments.aspx?MId={self.number}",
        )


def _blocks(text: str) -> Text:
    return tuple(Block("paragraph", line.strip()) for line in text.split("\n") if line.strip())


def _stochastic(sizes: np.ndarray[tuple[int], np.dtype[np.float64]], random: np.random.Generator) -> Numbers:
    """Whole numbers of 1 or more that have the same mean, but for what lies below 1."""
    return np.maximum(np.floor(sizes + random.random(len(sizes))), 1).astype(np.int64)
