"""A few hundred invented items in a real archive: few words, so that they meet often, in every form we tell apart."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, date, datetime, timedelta

from archive import Answer, Archive, Findings, save_borough, save_page
from archive.file_texts import save_text
from archive.page_texts import DocumentText, PageText
from archive.records import AgendaItem, Block, Borough, Committee, Document, DocumentLink, Meeting, Text
from archive.text_lookup import text_digests

BOROUGHS = tuple(
    Borough(slug=slug, name=name, base_url=f"https://{slug}.example")
    for slug, name in (("eastmere", "Eastmere"), ("northford", "Northford"), ("southley", "Southley upon Lea"))
)
EMPTY_BOROUGH = Borough(slug="westbrook", name="Westbrook", base_url="https://westbrook.example")
WORDS = (
    *(
        "police",
        "policing",
        "policed",
        "officers",
        "report",
        "reports",
        "reported",
        "café",
        "Café",
        "CAFÉ",
        "lane-by-lane",
    ),
    *("send", "SEND", "Send", "sending", "ASB", "asb", "residents'", "resident’s", "resident", "repairs", "repair"),
    *("repaired", "damp", "mould", "housing", "houses", "house", "knife", "crime", "crimes", "facial", "recognition"),
    *("trial", "the", "of", "and", "to", "2025", "20mph", "£3m", "budget", "budgets", "die", "dying", "died"),
)
RARE = ("nitrous", "oxide", "lantern", "zephyr", "policy", "policies")
STANDING = "Apologies for Absence"
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def fill(archive: Archive, meetings: int = 30, seed: int = 7) -> None:
    """Save a borough without meetings, and so many meetings of about ten items."""
    save_borough(archive, EMPTY_BOROUGH)
    made = random.Random(seed)
    for number in range(meetings):
        items = _items(made, number)
        save_meeting(archive, number, items, committee=made.choice((1, 1, 2, 308, None)))
        for paper in (paper for _, papers in items for paper in papers):
            _keep_some_file(archive, made, paper.id)


def save_meeting(
    archive: Archive,
    number: int,
    items: list[tuple[AgendaItem, tuple[Document, ...]]],
    *,
    committee: int | None = 1,
    day: date | None = None,
) -> None:
    """Save one meeting with its items, as one page. Every seventh has no date, unless one is given."""
    borough = BOROUGHS[number % len(BOROUGHS)]
    save_borough(archive, borough)
    body = Committee(id=f"{borough.slug}-c{committee}", borough=borough.slug, name=f"Scrutiny {committee}")
    meeting = Meeting(
        id=f"{borough.slug}-m{number}",
        borough=borough.slug,
        committee=body.id if committee else None,
        date=day or (None if number % 7 == 6 else date(2022, 1, 1) + timedelta(days=(number * 97) % 1200 // 30 * 30)),
        status="minutes",
        source_url=f"https://{borough.slug}.example/m{number}",
    )
    placed = [item for item, _ in items]
    findings = Findings(
        committees=(body,) if committee else (),
        meetings=(meeting,),
        items=tuple(placed),
        documents=tuple(document for _, documents in items for document in documents),
    )
    save_page(archive, _answer(meeting.source_url, meeting.id.encode()), findings)


def item_of(
    number: int,
    title: str,
    *,
    meeting: int = 0,
    minutes: str = "",
    decision: str = "",
    agenda: str = "",
    papers: str = "",
) -> tuple[AgendaItem, tuple[Document, ...]]:
    """One item with its documents (`papers`: their titles, one a line)."""
    slug = BOROUGHS[meeting % len(BOROUGHS)].slug
    documents = tuple(
        Document(id=f"{slug}-s{number * 10 + place}", borough=slug, title=one)
        for place, one in enumerate(papers.splitlines())
    )
    item = AgendaItem(
        id=f"{slug}-i{number}",
        borough=slug,
        meeting=f"{slug}-m{meeting}",
        position=number % 10,
        number=f"{number % 10}.",
        title=title,
        minutes=_text(minutes),
        decision=_text(decision),
        agenda=_text(agenda),
        documents=tuple(DocumentLink(document=one.id, title=one.title) for one in documents),
    )
    return item, documents


def _items(made: random.Random, meeting: int) -> list[tuple[AgendaItem, tuple[Document, ...]]]:
    first = item_of(meeting * 10, STANDING, meeting=meeting, minutes=_words(made, 4))
    return [first] + [
        item_of(
            meeting * 10 + place,
            _words(made, made.randint(1, 5)),
            meeting=meeting,
            minutes=_words(made, made.choice((0, 6, 20, 45))),
            decision=_words(made, made.choice((0, 0, 8))),
            agenda=_words(made, made.choice((0, 5, 12))),
            papers="\n".join(_words(made, 4) for _ in range(made.choice((0, 0, 1, 2)))),
        )
        for place in range(1, made.randint(6, 10))
    ]


def keep_file(archive: Archive, document: str, body: bytes) -> str:
    """Keep these bytes as the file of a document, and say their hash."""
    url = f"https://{document.partition('-')[0]}.example/{document}.pdf"
    save_page(archive, _answer(url, body), Findings(file=(document, "application/pdf")))
    return hashlib.sha256(body).hexdigest()


def keep_pages(archive: Archive, document: str, *pages: str, reader: int = 1) -> None:
    """Keep a file of its own for a document, read as these pages."""
    sha256 = keep_file(archive, document, document.encode())
    save_text(archive, sha256, reader, text_of_pages(dict(enumerate(pages, start=1))))


def text_of_pages(pages: dict[int, str]) -> DocumentText:
    """What was read of a file, by the number of the page."""
    return DocumentText(pages=tuple(PageText(*page) for page in pages.items()), outcome="read", pages_total=len(pages))


def _keep_some_file(archive: Archive, made: random.Random, document: str) -> None:
    """Nothing, a file nobody has read, or one of a few that several documents are; pages may be blank or missing."""
    kind = made.random()
    if kind < 0.4:
        return
    one_of_few = b"%d" % made.randrange(20)
    sha256 = keep_file(archive, document, one_of_few if kind < 0.6 else document.encode())
    if kind < 0.95 and not text_digests(archive, (sha256,)):
        says = random.Random(sha256)
        pages = {page: _words(says, says.choice((0, 5, 15, 30))) for page in range(1, says.randint(1, 8))}
        pages.pop(2 if says.random() < 0.2 else 0, None)
        save_text(archive, sha256, says.choice((1, 2)), text_of_pages(pages))


def _words(made: random.Random, count: int) -> str:
    """So many words; full stops and line ends stand between some of them."""
    chosen = [made.choice(RARE) if made.random() < 0.02 else made.choice(WORDS) for _ in range(count)]
    return "".join(word + made.choice((" ", " ", " ", ", ", ". ", "\n", " – ")) for word in chosen).strip()


def _text(words: str) -> Text:
    return tuple(Block("paragraph", line) for line in words.splitlines() if line.strip())


def _answer(url: str, body: bytes) -> Answer:
    return Answer(
        url=url,
        borough=url.removeprefix("https://").partition(".")[0],
        how="crawl",
        retrieved_at=NOW,
        status=200,
        headers=(),
        body=body,
        complete=True,
        outcome="ok",
    )
