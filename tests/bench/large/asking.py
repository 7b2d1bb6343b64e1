"""Asking an index, in a process of its own: first whether its answers are right, then how long they take."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median_high

from archive import Archive, read_settings
from index import Index, SearchRequest
from tests.bench.clocks import Taken, taken
from tests.bench.large.corpus import ITEMS, Corpus
from tests.bench.large.figures import Asked, ClassFigures
from tests.bench.large.planting import IN_MINUTES, held_in_minutes, on_a_page, planted_pages
from tests.bench.large.queries import QueryClass, query_classes

_MOST_LOOKED_FOR = 50  # planted pages


class WrongAnswer(Exception):
    """What was planted is not found as it was planted. No figure is given then."""


def ask(folder: Path, pages_an_item: float, items: int, rounds: int) -> Asked:
    """Every class so many times, once everything is warm. Raises WrongAnswer."""
    corpus = Corpus(pages_an_item)
    classes = query_classes(corpus, items)
    with Archive.open(folder) as archive:
        began = time.perf_counter()
        index = Index(folder, archive, read_settings({}))
        index.search(SearchRequest(text=IN_MINUTES))
        opening_s = time.perf_counter() - began
        try:
            verify(index, corpus, items)
            return Asked(classes=tuple(_figures(one, index, rounds) for one in classes), opening_s=opening_s)
        finally:
            index.close()


def verify(index: Index, corpus: Corpus, items: int) -> None:
    """Raises WrongAnswer unless every planted phrase is found as often, and on the page, as it was planted."""
    found = index.search(SearchRequest(text=f'"{IN_MINUTES}"')).total
    if found != held_in_minutes(items):
        raise WrongAnswer(f"{IN_MINUTES!r} is in {held_in_minutes(items):,} items, and found in {found:,}")
    planted = planted_pages(items)
    for number in planted[:: max(1, len(planted) // _MOST_LOOKED_FOR)]:
        _verify_page(index, corpus, number)


def _verify_page(index: Index, corpus: Corpus, number: int) -> None:
    phrase, meeting = on_a_page(number) or "", corpus.meeting(number // ITEMS)
    where = [
        (item.id, paper.document.id, page.number)
        for item in meeting.items
        for paper in meeting.papers
        for page in paper.text.pages
        if phrase in page.text and paper.document.id in {link.document for link in item.documents}
    ]
    hits = index.search(SearchRequest(text=f'"{phrase}"')).hits
    shown = [(hit.id, one.id, one.page) for hit in hits for one in hit.documents if one.page is not None]
    if shown != where:
        raise WrongAnswer(f"{phrase!r} stands at {where}, and is found at {shown}")


def _figures(one: QueryClass, index: Index, rounds: int) -> ClassFigures:
    first = [index.search(request) for request in one.requests]
    answered = [request for request, result in zip(one.requests, first, strict=True) if not result.refused]
    times: list[Taken] = [
        taken(lambda request=request: index.search(request))  # type: ignore[misc]
        for _ in range(rounds)
        for request in answered
    ]
    return ClassFigures(
        name=one.name,
        queries=len(one.requests),
        refused=len(first) - len(answered),
        found=median_high([result.total for result in first if not result.refused] or [0]),
        clock_s=tuple(one.clock_s for one in times),
        processor_s=tuple(one.processor_s for one in times),
    )
