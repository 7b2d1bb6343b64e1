"""Which words are marked on an item's page, and which put it under its topics? What the index found it by, exactly.

Both ask the index's own matcher, so that the page never shows another reason than the search had.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from archive.records import Entry, Place
from archive.settings import Settings
from index import Matcher, Passage, QueryReading, Texts, Topic, load_thesaurus, passages_of, read_query
from index.matching import Span
from webui.passages import Spotter

MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class TopicReason:
    """A topic of an item, and the words in the item that put it there.

    `through_papers`: what the item says by itself would not; it is there by what stands on the pages of its documents.
    """

    slug: str
    name: str
    words: tuple[str, ...]
    through_papers: bool = False


def spotter(text: str, settings: Settings, *, widen: bool = True) -> Spotter:
    """Finds what a query meets in a text of some place; nothing where there is no query, or one that was refused."""
    reading = read(text, settings, widen=widen)
    matcher = None if reading.refused else Matcher(reading.node)

    def spot(place: Place, of: str) -> tuple[Span, ...]:
        return matcher.spans(Passage(place, of)) if matcher else ()

    return spot


def read(text: str, settings: Settings, *, widen: bool) -> QueryReading:
    """A query as the search reads it."""
    return read_query(text, thesaurus=load_thesaurus(), limits=settings, widen=widen)


def widening_matters(text: str, settings: Settings) -> bool:
    """Whether a query is read otherwise with word forms and other names than without."""
    return len({read(text, settings, widen=widen).read_as for widen in (True, False)}) > 1


def topics_of(topics: Iterable[Topic], entry: Entry, indexed: Collection[str] | None = None) -> tuple[TopicReason, ...]:
    """The topics of an item, with what of its own words put it there.

    `indexed` are the slugs under which the index counts it, who alone has read its papers; where that is not known
    (None), as for an earlier version, they are those whose query it answers by its own texts and its papers' titles.
    """
    passages = passages_of(entry)
    texts = Texts(passages)
    found = ((topic, matcher := Matcher(topic.node), matcher.matches(texts)) for topic in topics)
    return tuple(
        TopicReason(
            topic.slug, topic.name, _words(matcher, passages), through_papers=bool(entry.documents) and not by_itself
        )
        for topic, matcher, by_itself in found
        if (by_itself if indexed is None else topic.slug in indexed)
    )


def _words(matcher: Matcher, passages: Iterable[Passage]) -> tuple[str, ...]:
    """The first few different wordings that answer, as they are printed."""
    found: dict[str, str] = {}
    for passage in passages:
        for start, end in matcher.spans(passage):
            printed = " ".join(passage.text[start:end].split())
            found.setdefault(printed.casefold(), printed)
    return tuple(found.values())[:MOST_WORDS]
