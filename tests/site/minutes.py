"""What was said? Invented items of an agenda, made from a subject's sentences, always alike for one seed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from archive.records import Block, BlockKind, Text, plain
from tests.site.council import NOTICE, PretendDocument, PretendItem, PretendVote
from tests.site.dates import plain_day
from tests.site.names import Cast, names_at
from tests.site.phrases import Names, filled, sentences
from tests.site.subjects import Standing, Subject, common

CUT_OVER = 1600
"""Characters of minutes over which the meeting page breaks off."""

CUT_AT = 1200
"""Characters of minutes that it then shows."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting as the one who writes its minutes needs it."""

    cast: Cast
    committee: str
    body: str
    day: date
    previous: date | None


@dataclass(slots=True)
class Numbers:
    """The next free numbers of a site. Item numbers rise, but not in the order of the items, as on real pages."""

    aiid: int
    document: int

    def item(self) -> int:
        """An agenda item id that nothing else has."""
        self.aiid += 1
        return self.aiid ^ 1

    def key(self, letter: str = "s") -> str:
        """A document key that nothing else has."""
        self.document += 1
        return f"{letter}{self.document}"


def subject_item(subject: Subject, sitting: Sitting, numbers: Numbers, number: str, random: Random) -> PretendItem:
    """An item about a subject, with its minutes, its decision, its documents and now and then a recorded vote."""
    names = _names(sitting, subject.group, random)
    title = filled(random.choice(subject.titles), names, random)
    decision = _decision(subject, names, random) if random.random() < 0.7 else ()
    minutes = _minutes(subject, names, random) + decision
    agenda = _paragraphs([random.choice(subject.agenda)], names, random)
    titles = [filled(pattern, names, random) for pattern in subject.documents]
    papers = _papers(titles[: random.randint(1, len(titles))], agenda + minutes, sitting, numbers, random)
    linked, shown = random.random() < 0.6, random.random() < 0.5
    return PretendItem(
        aiid=numbers.item(),
        number=number,
        title=title,
        agenda=agenda,
        decision=decision if shown else (),
        minutes=minutes,
        cuts=(("minutes", CUT_AT),) if len(plain(minutes)) > CUT_OVER else (),
        report=replace(papers[0], title=title) if linked else None,
        documents=papers[1:] if linked else papers,
        votes=(PretendVote(title=f"{title}: Resolution 1"),) if decision and shown and random.random() < 0.2 else (),
        subject=subject.slug,
    )


def standing_item(standing: Standing, sitting: Sitting, numbers: Numbers, number: str, random: Random) -> PretendItem:
    """An item that comes at every meeting."""
    names = dict(_names(sitting, "money", random))
    held = plain_day(sitting.previous or sitting.day)
    topic = random.choice(["damp and mould", "school transport", "the police front counter", "parks", "fly-tipping"])
    names |= {"previous": lambda _: held, "topic": lambda _: topic}
    papers: tuple[PretendDocument, ...] = ()
    if standing.slug in ("previous", "programme"):
        name = "Minutes of Previous Meeting" if standing.slug == "previous" else f"Work programme {sitting.day.year}"
        papers = _papers([name], (), sitting, numbers, random)
    return PretendItem(
        aiid=numbers.item(),
        number=number,
        title=standing.title,
        agenda=_paragraphs(standing.agenda, names, random),
        minutes=_paragraphs([random.choice(standing.minutes)], names, random) + _notice(standing),
        report=replace(papers[0], title=standing.title) if papers else None,
    )


def _notice(standing: Standing) -> Text:
    """The archive keeps items, not page furniture; so the minutes themselves say what they are, once a meeting."""
    return (Block("paragraph", NOTICE),) if standing.slug == "apologies" else ()


def _names(sitting: Sitting, group: str, random: Random) -> Names:
    names = names_at(sitting.cast, group, sitting.body, sitting.day)
    other = random.choice(sitting.cast.members[1:])
    return names | {"member2": lambda _: other}


def _minutes(subject: Subject, names: Names, random: Random) -> Text:
    said = [random.choice(subject.openings)]
    said += random.sample(subject.exchanges, random.randint(2, min(4, len(subject.exchanges))))
    said += random.sample(common().follow_ups, random.randint(0, 2))
    text = _paragraphs(said, names, random)
    if subject.table and random.random() < 0.5:
        text = text[:1] + _blocks("row", subject.table, names, random) + text[1:]
    if random.random() < 0.7:
        points = random.sample(subject.points, random.randint(3, len(subject.points)))
        text += _paragraphs([random.choice(common().leads)], names, random) + _blocks("bullet", points, names, random)
    if random.random() < 0.5:
        text += _paragraphs([random.choice(common().closings)], names, random)
    return text


def _decision(subject: Subject, names: Names, random: Random) -> Text:
    chosen = random.sample(subject.decisions, random.randint(1, min(3, len(subject.decisions))))
    said = [filled(pattern, names, random) for pattern in chosen]
    if len(said) == 1:
        return (Block("paragraph", f"RESOLVED that {said[0]}."),)
    ends = [";"] * (len(said) - 2) + ["; and", "."]
    numbered = (f"{n}. {text}{end}" for n, (text, end) in enumerate(zip(said, ends, strict=True), start=1))
    return (Block("paragraph", "RESOLVED that:"), *(Block("paragraph", text) for text in numbered))


def _paragraphs(patterns: list[str] | tuple[str, ...], names: Names, random: Random) -> Text:
    return _blocks("paragraph", patterns, names, random)


def _blocks(kind: BlockKind, patterns: list[str] | tuple[str, ...], names: Names, random: Random) -> Text:
    said = (filled(pattern, names, random) for pattern in patterns)
    return tuple(Block(kind, sentences(text) if kind == "paragraph" else text) for text in said)


def _papers(
    titles: list[str], said: Text, sitting: Sitting, numbers: Numbers, random: Random
) -> tuple[PretendDocument, ...]:
    head = f"{sitting.cast.borough}: {sitting.committee}, {plain_day(sitting.day)}"
    about = "\n\n".join(block.text for block in said[:4])
    return tuple(
        PretendDocument(
            key=numbers.key(),
            title=title,
            file_name=re.sub(r"[&():’]", "", title.replace("/", "_"))[:100] + ".pdf",  # as the vendor makes it
            pages=(f"{title}\n\n{head}\n\n{NOTICE}\n\n{about}",),
            size=f"{random.randint(60, 980)} KB" if random.random() < 0.9 else f"{random.randint(1, 9)} MB",
        )
        for title in titles
    )
