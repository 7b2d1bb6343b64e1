"""The ledger's numbers add up, name every reason, and are counted without reading what the records say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, update

from archive import Archive, Findings, Listed, frontier, save_page, withhold
from archive.counting import EVERYTHING, Within, counted
from archive.frontier import Fault, Run, Todo
from archive.ledger import ledgers, meeting_tallies, missing_meetings
from archive.page_texts import READING_REASONS
from archive.reasons import OF_A_FILE, OF_A_PAGE, REASONS
from archive.tables import METADATA, listings, records, runs, versions
from archive.tables import frontier as frontier_table
from archive.tallies import Tally, total
from crawler.fetching.answers import OUTCOMES
from crawler.moderngov.readings import REASONS as PAGE_REASONS
from tests.archive.sample import COMMITTEE, MEETING, START, answer, item, meeting_page

TODAY = date(2026, 3, 1)
LISTED = Listed(meeting="eastmere-m5", committee="eastmere-c1", date=date(2026, 1, 15), label="Agenda")
LIST = answer(b"<html>list</html>", url="https://eastmere.example/list")


def tally(archive: Archive, within: Within = EVERYTHING) -> Tally:
    with archive.reading() as db:
        return counted(db, TODAY, within, ()).get((), Tally())


def list_of(archive: Archive, *listed: Listed) -> None:
    save_page(archive, LIST, Findings(committees=(COMMITTEE,), listed=listed))


def failed(archive: Archive, key: str, reason: str, outcome: str = "partial") -> Run:
    """A run that asked for one page and could not have it."""
    run = frontier.begin(archive, "eastmere", "all", [Todo(key, "https://eastmere.example/x")], START)
    page = frontier.next_page(archive, run)
    assert page is not None
    frontier.fail(archive, page, None, Fault(reason, reason))
    frontier.end(archive, run, outcome, outcome, START)
    return run


def test_an_empty_archive_has_nothing_to_count(archive: Archive) -> None:
    assert tally(archive) == Tally()
    assert ledgers(archive, TODAY) == ()
    assert archive.coverage()[0].tally == Tally()


@pytest.mark.parametrize("reason", [row.name for row in OUTCOMES] + [name for name, _ in PAGE_REASONS])
def test_whatever_a_crawl_says_of_a_page_the_ledger_has_a_reason_for_it(archive: Archive, reason: str) -> None:
    list_of(archive, LISTED)
    failed(archive, "meeting:5", reason)
    assert tally(archive).not_held == ((OF_A_PAGE.get(reason, "failed"), 1),)


def test_every_reason_is_one_that_is_told() -> None:
    told = {reason for reason, _ in REASONS}
    assert {*OF_A_PAGE.values(), *OF_A_FILE.values(), "failed"} == told
    assert set(OF_A_FILE) <= {name for name, _ in READING_REASONS}


@pytest.mark.parametrize(
    ("outcome", "reason"), [("closed", "closed to robots"), ("blocked", "blocked"), ("done", "waiting")]
)
def test_what_was_never_asked_for_is_missing_as_its_whole_borough_is(
    archive: Archive, outcome: str, reason: str
) -> None:
    list_of(archive, LISTED)
    run = frontier.begin(archive, "eastmere", "all", [], START)
    frontier.end(archive, run, outcome, outcome, START)
    assert tally(archive).not_held == ((reason, 1),)


@pytest.mark.parametrize(
    ("day", "label", "reason"),
    [
        (date(2026, 3, 2), "", "not yet published"),
        (date(2026, 3, 2), "Agenda", "waiting"),
        (date(2026, 2, 28), "", "waiting"),
        (None, "", "waiting"),
    ],
)
def test_a_meeting_to_come_of_which_nothing_is_listed_is_not_yet_published(
    archive: Archive, day: date | None, label: str, reason: str
) -> None:
    list_of(archive, replace(LISTED, date=day, label=label))
    assert tally(archive).not_held == ((reason, 1),)


def test_a_page_that_was_read_and_shows_nothing_is_not_yet_published(archive: Archive) -> None:
    list_of(archive, LISTED)
    save_page(archive, answer(), Findings(named=(COMMITTEE,), meetings=(replace(MEETING, status=""),)))
    assert tally(archive).not_held == (("not yet published", 1),)


def test_a_meeting_that_another_page_only_names_is_not_held(archive: Archive) -> None:
    list_of(archive, LISTED)
    save_page(archive, answer(), Findings(named=(COMMITTEE, MEETING), items=(item(),), items_from="page"))
    assert (tally(archive).held, tally(archive).not_held) == (0, (("waiting", 1),))
    (missing,) = missing_meetings(archive, "eastmere-c1", TODAY)
    assert (missing.meeting, missing.reason, missing.has_page) == ("eastmere-m5", "waiting", True)


def test_what_no_list_names_is_held_beside_the_lists(archive: Archive) -> None:
    save_page(archive, answer(), meeting_page(item()))
    assert (tally(archive).listed, tally(archive).beside, tally(archive).meetings) == (0, 1, 1)


def test_what_is_withheld_counts_as_held(archive: Archive) -> None:
    list_of(archive, LISTED)
    save_page(archive, answer(), meeting_page(item()))
    before = tally(archive)
    withhold(archive, "eastmere-c1", "The council asked.", START)
    assert tally(archive) == before
    (ledger,) = ledgers(archive, TODAY)
    assert [row.name for row in ledger.committees] == ["eastmere-c1"], "its name is withheld too"


def test_the_ledger_never_reads_what_records_say(archive: Archive) -> None:
    """At 30,000 meetings that would take seconds."""
    list_of(archive, LISTED)
    save_page(archive, answer(), meeting_page(item(7), item(8)))
    before = archive.coverage()
    with archive.writing() as db:
        db.execute(update(versions).where(versions.c.record != "eastmere-c1").values(body="not read"))
    assert archive.coverage() == before
    assert meeting_tallies(archive, TODAY, EVERYTHING)


@contextmanager
def statements(archive: Archive) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        asked.append(statement)

    with archive.reading() as db:
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_more_meetings_need_no_more_statements(archive: Archive) -> None:
    asked: list[int] = []
    for number in (5, 25):
        for other in range(5, number + 1):
            list_of(archive, replace(LISTED, meeting=f"eastmere-m{other}"))
        with statements(archive) as some:
            archive.coverage()
            ledgers(archive, TODAY)
        asked.append(len(some))
    assert asked[0] == asked[1] < 30


@dataclass(frozen=True)
class Known:
    """A meeting as the tables may have it."""

    committee: int
    day: date | None
    listed: bool
    published: str
    gone: bool
    unlisted: bool
    fault: str | None


KNOWN = st.builds(
    Known,
    committee=st.integers(1, 3),
    day=st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    listed=st.booleans(),
    published=st.sampled_from(["", "nothing", "agenda", "draft minutes", "minutes", "cancelled"]),
    gone=st.booleans(),
    unlisted=st.booleans(),
    fault=st.none() | st.sampled_from(["", "timeout", "gone", "forbidden", "too-large"]),
)


def fill(archive: Archive, meetings: list[Known]) -> None:
    when = datetime(2026, 2, 1, tzinfo=UTC).isoformat()
    with archive.writing() as db:
        for table in reversed(METADATA.sorted_tables):
            if table.name not in ("facts", "boroughs"):
                db.execute(table.delete())
        run = {"borough": "eastmere", "scope": "", "started": when, "requests": 1, "outcome": "partial", "message": ""}
        db.execute(insert(runs).values(id=1, **run))
        for number, known in enumerate(meetings):
            ident, committee = f"eastmere-m{number}", f"eastmere-c{known.committee}"
            day = known.day.isoformat() if known.day else None
            row = {"borough": "eastmere", "date": day}
            gone = when if known.gone else None
            place = {"kind": "meeting", "parent": committee, "position": 0, "current": 1, "file": "", "gone": gone}
            db.execute(insert(records).values(id=ident, published=known.published, **row, **place))
            if known.listed:
                unlisted = {"unlisted": when if known.unlisted else None, "last_listed": when, "label": "Agenda"}
                db.execute(insert(listings).values(meeting=ident, committee=committee, **row, **unlisted))
            if known.fault is not None:
                page = {"url": "", "state": "failed" if known.fault else "todo", "attempts": 0, "not_before": ""}
                said = {"key": f"meeting:{number}", "reason": known.fault, "message": ""}
                db.execute(insert(frontier_table).values(run=1, **page, **said))


def reason_of(known: Known) -> str | None:
    """Why a listed meeting is not held, as the rule says in words; None where it is."""
    if known.published not in ("", "nothing"):
        return None
    if known.gone or known.unlisted:
        return "gone"
    if known.fault:
        return OF_A_PAGE.get(known.fault, "failed")
    return "not yet published" if known.published == "nothing" else "waiting"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(meetings=st.lists(KNOWN, max_size=25))
def test_whatever_is_known_the_numbers_add_up(archive: Archive, meetings: list[Known]) -> None:
    fill(archive, meetings)
    listed = [known for known in meetings if known.listed]
    whole = tally(archive)
    assert dict(whole.not_held) == dict(Counter(filter(None, map(reason_of, listed))))
    assert whole.listed == len(listed) == whole.held + sum(number for _, number in whole.not_held)
    assert whole.beside == sum(known.published != "" for known in meetings if not known.listed)
    assert whole.unlisted == sum(known.unlisted for known in listed)
    assert total(meeting_tallies(archive, TODAY, EVERYTHING).values()) == whole
    of_committees = [row.tally for ledger in ledgers(archive, TODAY) for row in ledger.committees]
    assert total(of_committees) == whole
    assert (
        total(month.tally for ledger in ledgers(archive, TODAY) for row in ledger.committees for month in row.months)
        == whole
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    meetings=st.lists(KNOWN, max_size=25),
    committees=st.lists(st.sampled_from(["eastmere-c1", "2", "unknown", "eastmere-c9"]), max_size=2),
    years=st.lists(st.sampled_from(["2024", "2025", "unknown"]), max_size=2),
    since=st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    until=st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31)),
)
def test_filters_leave_what_they_say(
    archive: Archive,
    meetings: list[Known],
    committees: list[str],
    years: list[str],
    since: date | None,
    until: date | None,
) -> None:
    fill(archive, meetings)

    def is_within(known: Known) -> bool:
        numbers = {"eastmere-c1": 1, "2": 2}
        year = str(known.day.year) if known.day else "unknown"
        return (
            (not committees or known.committee in {numbers.get(given) for given in committees})
            and (not years or year in years)
            and (since is None or (known.day is not None and known.day >= since))
            and (until is None or (known.day is not None and known.day <= until))
        )

    within = Within(committees=tuple(committees), years=tuple(years), since=since, until=until)
    assert tally(archive, within).listed == sum(known.listed and is_within(known) for known in meetings)
