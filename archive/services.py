"""Does a council's web service answer, and are its meeting pages refused to us?

Remembered for each borough, and asked anew after a while.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select

from archive.bodies import stamp
from archive.store import Archive
from archive.tables import captures, facts

ASKED_ANEW_AFTER = timedelta(days=30)
REFUSED_IN_A_ROW = 3
_ANSWERS, _SILENT = "answers", "silent"
_REFUSALS = frozenset({"forbidden", "challenge"})
_FACT = select(facts.c.value).where(facts.c.name == bindparam("of"))
_LAST_ANSWERS = (
    select(captures.c.outcome, captures.c.last_seen)
    .where(captures.c.borough == bindparam("of"), captures.c.url.startswith(bindparam("begin"), autoescape=False))
    .order_by(captures.c.id.desc())
    .limit(REFUSED_IN_A_ROW)
)


def service_is_worth_asking(archive: Archive, borough: str, now: datetime) -> bool:
    """Whether to ask the web service first: not where it failed to answer not long ago."""
    word, since = _remembered(archive, borough)
    return word != _SILENT or _is_long_ago(since, now)


def service_answers(archive: Archive, borough: str) -> bool:
    """Whether the web service of a borough answered when it was last asked."""
    return _remembered(archive, borough)[0] == _ANSWERS


def remember_service(archive: Archive, borough: str, now: datetime, *, answers: bool) -> None:
    """Remember whether the web service of a borough has answered."""
    word = _ANSWERS if answers else _SILENT
    with archive.writing() as db:
        db.execute(delete(facts).where(facts.c.name == _name(borough)))
        db.execute(insert(facts).values(name=_name(borough), value=f"{word} {stamp(now)}"))


def pages_are_refused(archive: Archive, borough: str, begin: str, now: datetime) -> bool:
    """Whether a borough's pages whose addresses begin so were refused to us, several in a row and not long ago.

    Told by what was kept of them, so that a crawl that is stopped and gone on with knows it too.
    """
    with archive.reading() as db:
        last = db.execute(_LAST_ANSWERS, {"of": borough, "begin": begin}).all()
    refused = len(last) == REFUSED_IN_A_ROW and all(row.outcome in _REFUSALS for row in last)
    return refused and not _is_long_ago(max(row.last_seen for row in last), now)


def _is_long_ago(since: str, now: datetime) -> bool:
    return datetime.fromisoformat(since) + ASKED_ANEW_AFTER < now


def _remembered(archive: Archive, borough: str) -> tuple[str, str]:
    with archive.reading() as db:
        kept = db.scalar(_FACT, {"of": _name(borough)}) or " "
    word, _, since = kept.partition(" ")
    return word, since


def _name(borough: str) -> str:
    return f"web service: {borough}"
