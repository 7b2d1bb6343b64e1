"""Does a council's web service answer? Remembered for each borough, and asked anew after a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select

from archive.bodies import stamp
from archive.store import Archive
from archive.tables import facts

ASKED_ANEW_AFTER = timedelta(days=30)
_ANSWERS, _SILENT = "answers", "silent"
_FACT = select(facts.c.value).where(facts.c.name == bindparam("of"))


def service_is_worth_asking(archive: Archive, borough: str, now: datetime) -> bool:
    """Whether to ask the web service first: not where it failed to answer not long ago."""
    word, since = _remembered(archive, borough)
    return word != _SILENT or datetime.fromisoformat(since) + ASKED_ANEW_AFTER < now


def service_answers(archive: Archive, borough: str) -> bool:
    """Whether the web service of a borough answered when it was last asked."""
    return _remembered(archive, borough)[0] == _ANSWERS


def remember_service(archive: Archive, borough: str, now: datetime, *, answers: bool) -> None:
    """Remember whether the web service of a borough has answered."""
    word = _ANSWERS if answers else _SILENT
    with archive.writing() as db:
        db.execute(delete(facts).where(facts.c.name == _name(borough)))
        db.execute(insert(facts).values(name=_name(borough), value=f"{word} {stamp(now)}"))


def _remembered(archive: Archive, borough: str) -> tuple[str, str]:
    with archive.reading() as db:
        kept = db.scalar(_FACT, {"of": _name(borough)}) or " "
    word, _, since = kept.partition(" ")
    return word, since


def _name(borough: str) -> str:
    return f"web service: {borough}"
