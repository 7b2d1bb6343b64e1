"""A few hundred invented items in a real archive: few words, so that they meet often, in every form we tell apart."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from archive import Answer, Archive, Findings, save_borough, save_page
from archive.records import AgendaItem, Block, Borough, Committee, Document, DocumentLink, Meeting, Text

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
        save_meeting(archive, number, _items(made, number), committee=made.choice((1, 1, 2, 308, None)))


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
    save_page(archive, _answer(meeting), findings)


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


def _words(made: random.Random, count: int) -> str:
    """So many words; full stops and line ends stand between some of them."""
    chosen = [made.choice(RARE) if made.random() < 0.02 else made.choice(WORDS) for _ in range(count)]
    return "".join(word + made.choice((" ", " ", " ", ", ", ". ", "\n", " – ")) for word in chosen).strip()


def _text(words: str) -> Text:
    return tuple(Block("paragraph", line) for line in words.splitlines() if line.strip())


def _answer(meeting: Meeting) -> Answer:
    return Answer(
        url=meeting.source_url,
        borough=meeting.borough,
        how="crawl",
        retrieved_at=NOW,
        status=200,
        headers=(),
        body=meeting.id.encode(),
        complete=True,
        outcome="ok",
    )
