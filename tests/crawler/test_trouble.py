"""Whatever a council's site does, a crawl goes on, says what it could not have, and harms nothing that it has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import Archive, frontier
from archive.errors import PartialError, RateLimitedError, SettingsError
from crawler import problem_of
from tests.crawler.conftest import SETTINGS, Crawler
from tests.crawler.said import everything, few_meetings, published, said
from tests.site import PretendRobots, PretendSite, small_borough

EASTMERE = few_meetings(small_borough(years=3), 3)
LARGER = few_meetings(small_borough(years=3), 6)
MIDS = sorted(published(EASTMERE))


def page_of(mid: int) -> str:
    return rf"ieListDocuments.*MId={mid}\b"


def failures(crawler: Crawler, site: PretendSite) -> dict[str, str]:
    """The pages that a crawl could not have, and the named reasons."""
    (report,) = crawler.crawl(site)
    assert report.ending.name == "partial"
    assert isinstance(problem_of([report]), PartialError)
    return {failure.key: failure.fault.reason for failure in report.failures}


@pytest.mark.parametrize(
    ("fault", "value", "reason"),
    [
        ("status", 404, "gone"),
        ("status", 410, "gone"),
        ("status", 500, "server-error"),
        ("forbidden", "", "forbidden"),
        ("challenge", "", "challenge"),
        ("error-page", "", "error-page"),
        ("empty", "", "cut"),
        ("cut", "", "cut"),
        ("short", "", "cut"),
        ("truncated-gzip", "", "cut"),
        ("drop", "", "unreachable"),
        ("redirect", "http://127.0.0.2:9/x", "redirect-refused"),
        ("redirect-loop", "", "redirect-loop"),
        ("body", "<html><body><p>Our new website</p></body></html>", "not-moderngov"),
    ],
)
def test_a_page_that_cannot_be_had_costs_that_page_alone(
    crawler: Crawler, archive: Archive, fault: str, value: object, reason: str
) -> None:
    with PretendSite([EASTMERE]) as site:
        site.fault(page_of(MIDS[2]), fault, value=value)
        assert failures(crawler, site) == {f"meeting:{MIDS[2]}": reason}
    assert archive.meeting(f"eastmere-m{MIDS[2]}") is None
    assert all(archive.meeting(f"eastmere-m{mid}") for mid in MIDS if mid != MIDS[2])
    (coverage,) = archive.coverage()
    assert (coverage.tally.missing, coverage.reasons) == (1, ((reason, 1),))


@pytest.mark.parametrize("fault", ["challenge", "error-page", "cut", "empty", "truncated-gzip"])
def test_what_is_held_stays_when_its_page_turns_bad(crawler: Crawler, archive: Archive, fault: str) -> None:
    with PretendSite([EASTMERE]) as site:
        crawler.crawl(site)
        before = everything(archive)
        site.fault(page_of(MIDS[2]), fault)
        failures(crawler, site)
    assert everything(archive) == before


def test_a_passing_failure_is_tried_again(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([EASTMERE]) as site:
        site.fault(page_of(MIDS[0]), "status", times=2, value=503)
        site.fault(page_of(MIDS[1]), "drop", times=1)
        (report,) = crawler.crawl(site)
    assert report.ending.name == "done"
    assert set(said(archive, EASTMERE)) == set(MIDS)


def test_a_page_is_tried_three_times_and_no_more(crawler: Crawler) -> None:
    with PretendSite([EASTMERE]) as site:
        site.fault(page_of(MIDS[0]), "status", value=503)
        failures(crawler, site)
        assert sum(f"MId={MIDS[0]}" in request.target for request in site.requests) == 3


@pytest.mark.parametrize(
    ("fault", "pages", "name"), [("forbidden", 3, "blocked"), ("challenge", 3, "blocked"), ("status", 5, "down")]
)
def test_a_site_that_refuses_or_fails_again_and_again_is_left_alone(
    crawler: Crawler, archive: Archive, fault: str, pages: int, name: str
) -> None:
    with PretendSite([LARGER]) as site:
        site.fault("ieListDocuments", fault)
        (report,) = crawler.crawl(site)
        tried = {request.target for request in site.requests if "ieListDocuments" in request.target}
        assert (report.ending.name, len(tried)) == (name, pages)
        assert "refused" in archive.coverage()[0].outcome or "error" in archive.coverage()[0].outcome
        site.clear_faults()
        (report,) = crawler.crawl(site)
    assert (report.ending.name, report.resumed) == ("done", True)
    assert set(said(archive, LARGER)) == set(published(LARGER))


def test_a_site_that_asks_for_hours_is_left_for_another_run_and_remembered(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([EASTMERE]) as site:
        site.fault(page_of(MIDS[0]), "too-many", value=7200)
        (report,) = crawler.crawl(site)
        host = site.base_url("eastmere").removeprefix("http://")
    assert report.ending.name == "rate-limited"
    assert isinstance(problem_of([report]), RateLimitedError)
    kept = frontier.memory_of(archive, host)
    assert kept is not None
    assert '"not_before"' in kept


@pytest.mark.parametrize("fault", ["too-many", "retry-after"])
def test_a_rest_asked_for_with_the_robots_file_is_kept_by_the_next_run_too(crawler: Crawler, fault: str) -> None:
    with PretendSite([EASTMERE]) as site:
        site.fault("robots.txt", fault, times=1, value=7200)
        for _ in range(2):
            (report,) = crawler.crawl(site)
            assert report.ending.name == "rate-limited"
        assert [request.target for request in site.requests] == ["/robots.txt"]


def test_a_rest_asked_for_with_the_head_of_a_paper_ends_the_run(crawler: Crawler) -> None:
    with PretendSite([EASTMERE]) as site:
        crawler.crawl(site)
        site.fault("documents/s", "retry-after", value=7200)
        site.forget_requests()
        (report,) = crawler.crawl(site)
        asked = [request.method for request in site.requests if "/documents/s" in request.target]
    assert (report.ending.name, asked) == ("rate-limited", ["HEAD"])


def test_a_robots_file_in_passing_trouble_is_asked_for_three_times(crawler: Crawler) -> None:
    with PretendSite([EASTMERE]) as site:
        site.fault("robots.txt", "status", times=2, value=503)
        (report,) = crawler.crawl(site)
        assert report.ending.name == "done"
        site.fault("robots.txt", "status", value=503)
        site.forget_requests()
        (report,) = crawler.crawl(site)
        assert (report.ending.name, len(site.requests)) == ("down", 3)


def test_robots_files_that_are_limited_close_no_council_to_robots(crawler: Crawler, archive: Archive) -> None:
    with PretendSite([EASTMERE]) as site:
        site.fault("robots.txt", "too-many", value=0)
        (report,) = crawler.crawl(site)
    assert report.ending.name == "rate-limited"
    assert archive.coverage()[0].closed == ""


def test_robots_are_obeyed_unless_there_is_permission(crawler: Crawler, archive: Archive) -> None:
    closed = replace(EASTMERE, robots=PretendRobots(body="User-agent: *\nDisallow: /\n"))
    with PretendSite([closed]) as site:
        (report,) = crawler.crawl(site)
        assert report.ending.name == "closed"
        assert [request.target for request in site.requests] == ["/robots.txt"]
        assert archive.coverage()[0].closed.startswith("closed")
        file = crawler.folder / "boroughs.toml"
        rows = (
            site.boroughs_file(file).read_text().replace("platform =", 'permission = "the clerk, May 2026"\nplatform =')
        )
        file.write_text(rows)
        site.boroughs_file = lambda path: path  # type: ignore[method-assign]  # the row as just written
        (report,) = crawler.crawl(site)
    assert report.ending.name == "done"


def test_pages_that_robots_close_are_named_and_not_asked_for(crawler: Crawler) -> None:
    partly = replace(EASTMERE, robots=PretendRobots(body="User-agent: *\nDisallow: /mgAi.aspx\n"))
    with PretendSite([partly]) as site:
        reasons = set(failures(crawler, site).values())
        assert not [request for request in site.requests if "mgAi" in request.target]
    assert reasons == {"closed to robots"}


def test_one_boroughs_trouble_is_not_anothers(crawler: Crawler, archive: Archive) -> None:
    other = few_meetings(small_borough("wyvern-hill", years=3))
    with PretendSite([EASTMERE, other]) as site:
        site.fault(".", "drop", borough="eastmere")
        broken, sound = crawler.crawl(site)
    assert (broken.ending.name, sound.ending.name) == ("down", "done")
    assert set(said(archive, other)) == set(published(other))


def test_the_budget_of_a_run_is_kept_reported_and_gone_on_with(crawler: Crawler, archive: Archive) -> None:
    few = replace(SETTINGS, requests_per_run=6)
    with PretendSite([EASTMERE]) as site:
        (report,) = crawler.crawl(site, settings=few)
        assert (report.ending.name, len(site.requests)) == ("budget", 6)
        assert "6 requests" in report.line
        (report,) = crawler.crawl(site)
    assert (report.ending.name, report.resumed) == ("done", True)
    assert set(said(archive, EASTMERE)) == set(MIDS)


def test_redirects_count_against_the_budget_too(crawler: Crawler) -> None:
    few = replace(SETTINGS, requests_per_run=6)
    with PretendSite([EASTMERE]) as site:
        site.fault(page_of(MIDS[-1]), "redirect-on")
        (report,) = crawler.crawl(site, settings=few)
        assert (report.ending.name, len(site.requests)) == ("budget", 6)


def test_no_delay_is_for_this_machine_only(crawler: Crawler) -> None:
    with PretendSite([EASTMERE]) as site:
        site.boroughs_file(crawler.folder / "boroughs.toml")
        file = crawler.folder / "boroughs.toml"
        file.write_text(file.read_text().replace("127.0.0.1", "moderngov.example"))
        site.boroughs_file = lambda path: path  # type: ignore[method-assign]  # the row as just written
        with pytest.raises(SettingsError, match="loopback only"):
            crawler.crawl(site)
