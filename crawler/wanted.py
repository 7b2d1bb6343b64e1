"""Which of the documents that a page lists are to be fetched? Pure.

A crawl of everything asks for every paper, so that one taken down is noticed however old it is. A narrower crawl asks
again for a paper that is held only while it may still be replaced: its meeting is not long ago, or its listing says
something else than before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from archive import Findings
from archive.records import Document


def listed_in_items(findings: Findings) -> tuple[Document, ...]:
    """The documents that agenda items link to, each once. The packs of a meeting only repeat them."""
    linked = dict.fromkeys(link.document for item in findings.items for link in item.documents)
    return tuple(document for document in findings.documents if document.id in linked and document.source_url)


def to_fetch(listed: Iterable[Document], held: Mapping[str, Document], *, again: bool) -> tuple[Document, ...]:
    """Those of the documents listed that should be asked for now; `again`: also those that are held and unchanged."""
    return tuple(document for document in listed if again or _is_news(document, held.get(document.id)))


def is_recent(day: date | None, today: date, recheck_days: int) -> bool:
    """Whether the papers of a meeting of this day may still be replaced; of one without a day they may."""
    return day is None or day >= today - timedelta(days=recheck_days)


def _is_news(listed: Document, held: Document | None) -> bool:
    return held is None or not held.sha256 or bool(listed.size and held.size and listed.size != held.size)
