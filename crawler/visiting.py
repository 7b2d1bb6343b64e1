"""Visiting one page of a run: ask, read, save what it gives, or say why it could not be had.

Whatever a site answers, a visit ends with the page done, to be tried again, given up for a named reason, or asked
for elsewhere; and all of that is saved before the next visit begins.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from archive import Answer, Archive, Settings, frontier
from archive.falls import is_unlisted
from archive.frontier import Fault, Queued, Run
from archive.goneness import mark_gone
from archive.ids import meeting_id
from archive.listing import committee_listing, documents_held, last_day_of
from archive.records import Borough, Capture, Committee
from archive.services import remember_service, service_answers
from crawler.collecting import without_collecting
from crawler.elsewhere import Elsewhere
from crawler.fetching.answers import Fetched, OutcomeName, Validators
from crawler.fetching.politeness import Verdict
from crawler.host import Host
from crawler.moderngov.readings import PageError
from crawler.moderngov.urls import PageAddress
from crawler.moderngov.webservice_urls import ServiceAddress
from crawler.scope import Scope
from crawler.taken import Arrived, Taken
from crawler.taking import take
from crawler.targets import Allowance, DocumentTarget, Target, allowance, target_of, todo_of
from crawler.wanted import is_recent, listed_in_items, to_fetch

# What a page that arrived but cannot be taken in is to politeness: one that was cut is worth another attempt.
_AS_OUTCOME: dict[str, OutcomeName] = {"cut": "cut", "error-page": "error-page", "too-large": "too-large"}


# One page is read at a time. Python runs one thread at a time anyway; but where many read at once, the others notice
# their answers late, take that for the hosts' slowness, and wait five times as long before they ask again.
_READING = threading.Lock()


@dataclass(slots=True)
class Tally:
    """What the visits of one run did so far."""

    pages: int = 0
    new: int = 0
    changed: int = 0


class Visitor:
    """Visits the pages of one run of one borough."""

    def __init__(
        self, archive: Archive, borough: Borough, run: Run, host: Host, scope: Scope, settings: Settings
    ) -> None:
        self._archive, self._borough, self._run, self._host = archive, borough, run, host
        self._scope, self._settings = scope, settings
        self._elsewhere = Elsewhere(archive, borough)
        self._service: bool | None = None
        self.tally = Tally()

    def visit(self, page: Queued) -> Verdict:
        """Ask for a page, take in what it gives, and say how to go on. Raises Stopped."""
        target = target_of(page.todo, self._borough)
        allowed = allowance(target, self._settings)
        fetched = self._restored(self._ask(page.todo.url, target, allowed, page.known), page.known)
        read = self._read(target, fetched, allowed)
        if isinstance(read, PageError):
            fetched = replace(fetched, outcome=_AS_OUTCOME.get(read.reason, "rejected"))
        challenge = isinstance(read, PageError) and read.reason == "challenge"
        said = self._host.judge(fetched, challenge=challenge, attempt=page.attempts + 1)
        if isinstance(read, Taken):
            self._take(page, target, fetched, read)
            return said
        fault = Fault(read.reason, str(read)) if isinstance(read, PageError) else Fault(fetched.outcome, fetched.note)
        if said.next == "again":
            at = datetime.fromtimestamp(said.at, UTC)
            frontier.retry(self._archive, page, at, fault, self._host.memory)
        else:
            self._give_up(page, target, self._answer(fetched, fault.reason), fault)
        return said

    def _ask(self, url: str, target: Target, allowed: Allowance, known: Capture | None) -> Fetched:
        """Ask for a page; for a paper held since long, of a host that gives no validators, only whether it is there."""
        validators = _validators(known)
        if known is not None and not validators.conditions() and self._is_settled(target):
            head = self._host.still_answers(url, allowed, known.size)
            if head is not None:
                return head
        return self._host.fetch(url, allowed, validators)

    def _is_settled(self, target: Target) -> bool:
        """Whether the target is a paper that is hardly replaced any more: only that it is there needs to be asked."""
        return isinstance(target, DocumentTarget) and not self._is_recent(last_day_of(self._archive, target.document))

    def _is_recent(self, day: date | None) -> bool:
        return is_recent(day, datetime.now(UTC).date(), self._settings.document_recheck_days)

    def leave(self, page: Queued, fault: Fault) -> None:
        """Leave a page that may not be asked for; the page that says the same as a call is asked for instead."""
        others = self._elsewhere.than(target_of(page.todo, self._borough), fault)
        if others is not None:
            frontier.instead(self._archive, self._run, page, None, others, self._host.memory)
        else:
            frontier.fail(self._archive, page, None, fault)
        self.tally.pages += 1

    def is_asked_elsewhere(self, page: Queued) -> bool:
        """Whether something else is asked for in a page's place, as such pages are refused to us; it is queued then."""
        others = self._elsewhere.than_a_refused_page(target_of(page.todo, self._borough))
        if others is not None:
            frontier.instead(self._archive, self._run, page, None, others, self._host.memory)
        return others is not None

    def _read(self, target: Target, fetched: Fetched, allowed: Allowance) -> Taken | PageError | None:
        """What a page that arrived gives, or why it cannot be taken in; None where none arrived."""
        if fetched.outcome != "ok":
            return None
        under = self._listed_under(target)
        arrived = Arrived(
            body=fetched.body,
            url=fetched.final_url,
            max_bytes=allowed.max_bytes,
            committee=under,
            service=not isinstance(target, DocumentTarget) and self._service_answers(),
            alone=self._tells_alone(target),
        )
        try:
            with _READING, without_collecting():
                return take(self._borough, target, arrived, self._scope)
        except PageError as problem:
            return problem
        except Exception as problem:
            # A fault of ours in reading one page must cost that page alone; it is reported with the page.
            return PageError("unreadable", f"our reader failed on it ({type(problem).__name__}: {problem})")

    def _tells_alone(self, target: Target) -> bool:
        if not isinstance(target, ServiceAddress) or target.meeting is None:
            return False
        return not self._elsewhere.page_was_had(target.meeting)

    def _service_answers(self) -> bool:
        """Whether the web service answers. Nobody else learns of it while this run lasts."""
        if self._service is None:
            self._service = service_answers(self._archive, self._borough.slug)
        return self._service

    def _remember_service(self, *, answers: bool) -> None:
        remember_service(self._archive, self._borough.slug, datetime.now(UTC), answers=answers)
        self._service = answers

    def _listed_under(self, target: Target) -> Committee | None:
        if isinstance(target, DocumentTarget) or target.meeting is None:
            return None
        return committee_listing(self._archive, meeting_id(self._borough.slug, target.meeting))

    def _take(self, page: Queued, target: Target, fetched: Fetched, taken: Taken) -> None:
        listed = listed_in_items(taken.findings)
        held = documents_held(self._archive, [document.id for document in listed])
        recent = any(self._is_recent(meeting.date) for meeting in taken.findings.meetings)
        wanted = to_fetch(listed, held, again=recent or self._scope.is_of_all_days)
        found = [todo_of(onward, self._borough) for onward in taken.found]
        found += [todo_of(DocumentTarget(document.id, document.source_url), self._borough) for document in wanted]
        answer = self._answer(fetched, "ok")
        if isinstance(target, ServiceAddress) and target.kind == "service-committees":
            # Before the page is done with: a crash between the two asks for it again, and forgets nothing.
            self._remember_service(answers=True)
        saved = frontier.finish(self._archive, self._run, page, answer, taken.findings, found, self._host.memory)
        self.tally.new += len(saved.new)
        self.tally.changed += len(saved.changed)
        self.tally.pages += 1

    def _give_up(self, page: Queued, target: Target, answer: Answer, fault: Fault) -> None:
        """Ask elsewhere where there is an elsewhere; else give the page up, and mark what is gone."""
        others = self._elsewhere.than(target, fault)
        if isinstance(target, ServiceAddress) and target.kind == "service-committees":
            self._remember_service(answers=False)
        if others is not None:
            frontier.instead(self._archive, self._run, page, answer, others, self._host.memory)
        else:
            self._note_gone(target, fault)
            frontier.fail(self._archive, page, answer, fault, self._host.memory)
        self.tally.pages += 1

    def _note_gone(self, target: Target, fault: Fault) -> None:
        """Mark what is gone: by its answer; or, of a meeting that its list names no more, by the site's error page,
        which is how ModernGov answers for what was taken down."""
        record = ""
        if isinstance(target, DocumentTarget):
            record = target.document
        elif isinstance(target, PageAddress) and target.kind == "meeting" and target.meeting:
            record = meeting_id(self._borough.slug, target.meeting)
        taken_down = fault.reason == "error-page" and is_unlisted(self._archive, record)
        if record and (fault.reason == "gone" or taken_down):
            mark_gone(self._archive, record, datetime.now(UTC))

    def _restored(self, fetched: Fetched, known: Capture | None) -> Fetched:
        """The answer "unchanged" as what it stands for: what was kept then, read as if it had been sent again."""
        if fetched.outcome != "not-modified" or known is None:
            return fetched
        body = self._archive.blobs.get(known.sha256)
        return replace(fetched, outcome="ok", status=known.status, headers=known.headers, body=body, complete=True)

    def _answer(self, fetched: Fetched, outcome: str) -> Answer:
        return Answer(
            url=fetched.url,
            borough=self._borough.slug,
            how="crawl",
            retrieved_at=datetime.fromtimestamp(fetched.ended_at or time.time(), UTC),
            status=fetched.status,
            headers=fetched.headers,
            body=fetched.body,
            complete=fetched.complete,
            outcome=outcome,
        )


def _validators(known: Capture | None) -> Validators:
    """What the host gave us with the bytes that are kept; nothing where none are."""
    headers = {name.lower(): value for name, value in known.headers} if known else {}
    return Validators(etag=headers.get("etag", ""), last_modified=headers.get("last-modified", ""))
