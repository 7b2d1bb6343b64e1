"""Does a council's web service answer? Remembered for each borough, and asked anew after a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from archive.bodies import stamp
from archive.store import Archive
from archive.tables import facts

ASKED_ANEW_AFTER = timedelta(days=30)


def service_is_worth_asking(archive: Archive, borough: str, now: datetime) -> bool:
    """Whether to ask the web service first: not where it failed to answer not long ago."""
    with archive.reading() as db:
        silent_since = db.scalar(select(facts.c.value).where(facts.c.name == _name(borough)))
    return silent_since is None or datetime.fromisoformat(silent_since) + ASKED_ANEW_AFTER < now


def remember_service(archive: Archive, borough: str, now: datetime, *, answers: bool) -> None:
    """Remember whether the web service of a borough has answered."""
    with archive.writing() as db:
        db.execute(delete(facts).where(facts.c.name == _name(borough)))
        if not answers:
            db.execute(insert(facts).values(name=_name(borough), value=stamp(now)))


def _name(borough: str) -> str:
    return f"web service silent: {borough}"
