"""Phrases planted on known pages of PDF, Word and scanned papers, under the items of an invented borough.

Every phrase is unique as a phrase, but its words stand on other planted pages too: only the words in their order lead
to its page. They are plain words in lower case, which are also read from a picture without a mistake.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pytest

from tests.crawler.documents.papers import RENDERED, docx, paged_docx, paragraph
from tests.crawler.documents.sheets import CATALOG, FONT, Picture, file_of, page, pages, scanned, stream
from tests.site.council import PretendBorough, PretendCommittee, PretendDocument, PretendItem, PretendMeeting
from tests.site.pdf import pdf

Kind = Literal["pdf", "word", "scanned"]

KINDS: tuple[Kind, ...] = ("pdf", "word", "scanned")
SLUG = "plantam"
NOISE = "The committee heard that repairs took longer than twenty days and asked what they had cost."
_LIGHT = (300, 60)  # points: as large as a phrase, so that a page is read from its picture in a fraction of a second
_FIRST = ("amber", "copper", "silver", "crimson", "golden", "purple", "yellow", "orange", "velvet")
_SECOND = ("heron", "badger", "falcon", "otter", "kestrel", "lobster")
_WORD, _PDF = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/pdf"


@dataclass(frozen=True, slots=True)
class Planted:
    """A phrase, the kind of paper it stands in, and where: record ids and the number of the page."""

    phrase: str
    kind: Kind
    item: str
    document: str
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Plan:
    """How many papers of each kind, of how many pages, and where in them so many phrases a page are planted.

    `all_scanned`: every page of a scan is a picture of words, else only the planted ones are, and the others blank.
    """

    papers: int
    length: int
    planted: tuple[int, ...]
    each: int
    all_scanned: bool


def planted(plan: Plan) -> tuple[PretendBorough, tuple[Planted, ...]]:
    """The borough with one paper under each item of its one meeting, and every phrase. Raises ValueError: too many."""
    phrases = _phrases()
    items, found = list[PretendItem](), list[Planted]()
    for number in range(1, plan.papers * len(KINDS) + 1):
        kind = KINDS[number % len(KINDS)]
        title = f"Paper {number}"
        on_pages = {n: tuple(next(phrases) for _ in range(plan.each)) for n in plan.planted}
        where = (kind, f"{SLUG}-i{number}", f"{SLUG}-s{number}", title)
        found += [Planted(one, *where, page=n) for n, some in on_pages.items() for one in some]
        paper = PretendDocument(
            key=f"s{number}", title=title, file_name=f"{title}.{'docx' if kind == 'word' else 'pdf'}",
            media_type=_WORD if kind == "word" else _PDF, body=_body(kind, number, plan, on_pages),
        )  # fmt: skip
        items.append(PretendItem(aiid=number, number=f"{number}.", title=f"Matter {number}", documents=(paper,)))
    return _borough(items), tuple(found)


def light_page(text: str) -> Picture:
    """A small page of one or a few lines as a scanner sees it."""
    renderer = pytest.importorskip("pypdfium2")
    lines = b" T* ".join(b"(%b) Tj" % line.encode() for line in text.split("\n"))
    words = stream(b"BT /F1 12 Tf 15 TL 12 42 Td %b ET" % lines)
    sheet = file_of([CATALOG, pages(b"4 0 R", 1), FONT, page(5, size=_LIGHT), words])
    bitmap = renderer.PdfDocument(sheet)[0].render(scale=150 / 72, grayscale=True)
    dots = bytes(bitmap.buffer)
    rows = (dots[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
    return Picture(bitmap.width, bitmap.height, b"".join(rows))


def _phrases() -> Iterator[str]:
    for second in _SECOND:
        for first in _FIRST:
            yield f"{first} {second} lanterns"
    raise ValueError(f"there are only {len(_FIRST) * len(_SECOND)} phrases")


def _body(kind: Kind, number: int, plan: Plan, on_pages: dict[int, tuple[str, ...]]) -> bytes:
    said = {n: "\n".join(f"Members saw {phrase} there." for phrase in some) for n, some in on_pages.items()}
    if kind == "scanned":
        between = light_page("The committee noted it") if plan.all_scanned else None
        return scanned([light_page(said[n]) if n in said else between for n in range(1, plan.length + 1)], size=_LIGHT)
    texts = [f"{NOISE}\n{said[n]}\n{NOISE}" if n in said else NOISE for n in range(1, plan.length + 1)]
    if kind == "pdf":
        return pdf(texts)
    return paged_docx(texts) if number % 2 else marked_docx(texts)


def marked_docx(texts: Sequence[str]) -> bytes:
    """A document in which only the marks of its last editor tell where pages ended."""
    end = f"<w:r>{RENDERED}</w:r>"
    first = (text.split("\n") for text in texts)
    return docx("".join(paragraph(end, lines[0]) + "".join(map(paragraph, lines[1:])) for lines in first))


def _borough(items: Sequence[PretendItem]) -> PretendBorough:
    meeting = PretendMeeting(
        mid=700, agenda_id=709, date=dt.date(2025, 10, 14), time=dt.time(19, 0), state="minutes", items=tuple(items)
    )
    committee = PretendCommittee(
        cid=70, name="Overview and Scrutiny Committee", category="Scrutiny", scrutiny=True, meetings=(meeting,)
    )
    return PretendBorough(slug=SLUG, name="Plantam", gss="E09999970", committees=(committee,))
