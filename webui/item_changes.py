"""What differs between two versions of an item? Its facts in words, its texts side by side; pure.

Which documents may be named is the caller's to say: a version still lists those that were withheld since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.records import TEXT_NAMES, AgendaItem, DocumentLink, Meeting, TextName
from webui.alignment import Effort, TooDifferentError
from webui.dates import clock, long_date
from webui.differences import STEPS, ChangeKind, Difference, Piece, differ, differing_words
from webui.filters import counted

HEADINGS: dict[TextName, str] = {"agenda": "Agenda", "decision": "Decision", "minutes": "Minutes"}
_DONE: tuple[tuple[ChangeKind, str], ...] = (("added", "added"), ("removed", "removed"), ("changed", "reworded"))


@dataclass(frozen=True, slots=True)
class Fact:
    """Something beside the texts that changed: what it is called, and its wordings, one or both."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that changed; `notes` say what its words alone do not."""

    heading: str
    difference: Difference
    notes: tuple[str, ...]

    @property
    def told(self) -> str:
        """The same in a few words."""
        name, difference = self.heading.lower(), self.difference
        if not difference.aligned:
            return f"{name} changed throughout"
        numbers = [(difference.count(kind), done) for kind, done in _DONE if difference.count(kind)]
        if not numbers:
            return f"{name} {'cut otherwise' if self.notes else 'laid out otherwise'}"
        (number, done), *others = numbers
        alone = {change.kind for change in difference.changes} in ({"added"}, {"removed"})
        first = (
            f"{done}: {counted(number, 'paragraph')}" if alone else f"changed: {counted(number, 'paragraph')} {done}"
        )
        return ", ".join([f"{name} {first}", *(f"{n:,} {d}" for n, d in others)])


@dataclass(frozen=True, slots=True)
class ItemChanges:
    """All that differs between two versions."""

    facts: tuple[Fact, ...]
    texts: tuple[TextChange, ...]


def item_changes(
    old: AgendaItem, new: AgendaItem, status: tuple[str, str] = ("", ""), steps: int = STEPS
) -> ItemChanges:
    """From the old to the new; `status` are the states in which the two were published, `steps` the effort a text."""
    facts = (
        _fact("Title", old.title, new.title),
        _fact("Number", old.number, new.number),
        _fact("Published as", *status),
        *_documents(old.documents, new.documents),
    )
    return ItemChanges(tuple(fact for fact in facts if fact), tuple(_texts(old, new, steps)))


def in_words(old: AgendaItem, new: AgendaItem, steps: int = STEPS) -> tuple[str, ...]:
    """The same in a few words each: "minutes changed: 2 paragraphs added, 1 removed"."""
    changed = item_changes(old, new, steps=steps)
    told = [f"{fact.name.lower()} changed" for fact in changed.facts if fact.name in {"Title", "Number"}]
    told += [text.told for text in changed.texts]
    told += document_words(old.documents, new.documents)
    return tuple(told) or _beside_the_words(old, new)


def meeting_words(old: Meeting, new: Meeting) -> tuple[str, ...]:
    """What changed between two versions of a meeting, in a few words each."""
    told = list[str]()
    if old.status != new.status:
        told.append(f"{old.status or 'nothing published'} became {new.status or 'nothing published'}")
    if old.date != new.date:
        told.append(f"moved from {long_date(old.date)} to {long_date(new.date)}")
    if old.time != new.time:
        told.append(f"begins at {clock(new.time)}" if new.time else "its time is no longer given")
    if old.venue != new.venue:
        told.append(f"venue: {new.venue}" if new.venue else "its venue is no longer given")
    told += document_words(old.documents, new.documents)
    if not told and old.published != new.published:
        told.append(f"published as “{new.published}”")
    return tuple(told) or ("its address or committee at the council changed",)


def document_words(old: tuple[DocumentLink, ...], new: tuple[DocumentLink, ...]) -> Iterator[str]:
    """How many documents a list gained, lost, or calls otherwise."""
    before, after = ({link.document: link.title for link in links} for links in (old, new))
    renamed = sum(before[document] != after[document] for document in before.keys() & after.keys())
    numbers = ((len(after.keys() - before.keys()), "added"), (len(before.keys() - after.keys()), "removed"))
    yield from (f"{counted(number, 'document')} {done}" for number, done in (*numbers, (renamed, "renamed")) if number)


def _fact(name: str, old: str, new: str) -> Fact | None:
    if old == new:
        return None
    try:
        return Fact(name, differing_words(old, new, Effort(STEPS)))
    except TooDifferentError:
        both = (Piece("removed", old), Piece("same", " "), Piece("added", new))
        return Fact(name, both)


def _documents(old: tuple[DocumentLink, ...], new: tuple[DocumentLink, ...]) -> Iterator[Fact | None]:
    before, after = ({link.document: link.title for link in links} for links in (old, new))
    for document in dict.fromkeys((*before, *after)):
        if document not in after:
            yield Fact("Document removed", (Piece("removed", before[document] or "Untitled document"),))
        elif document not in before:
            yield Fact("Document added", (Piece("added", after[document] or "Untitled document"),))
        else:
            yield _fact("Document renamed", before[document], after[document])


def _texts(old: AgendaItem, new: AgendaItem, steps: int) -> Iterator[TextChange]:
    for name in TEXT_NAMES:
        before, after = getattr(old, name), getattr(new, name)
        if before != after or (name in old.cut) != (name in new.cut):
            yield TextChange(HEADINGS[name], differ(before, after, steps), tuple(_notes(name, old, new)))


def _notes(name: TextName, old: AgendaItem, new: AgendaItem) -> Iterator[str]:
    if name in old.cut and name not in new.cut:
        yield "The earlier version was cut short on the council’s page."
    if name in new.cut and name not in old.cut:
        yield "The later version was cut short on the council’s page."
    if name in new.cut and name in old.cut:
        yield "Both versions were cut short on the council’s page: what follows the cut may differ too."


def _beside_the_words(old: AgendaItem, new: AgendaItem) -> tuple[str, ...]:
    """What a version is for when no word of it is new."""
    if (old.meeting, old.position) != (new.meeting, new.position):
        return ("moved to another place in the agenda",)
    return ("its address at the council changed",)
