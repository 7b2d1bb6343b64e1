"""The pretend site's own record of arrivals: no host is asked faster than the rule, and none waits for another.

Times are measured from when a request came to when the next one came, less what the site is known to have taken for
the answer: the crawler cannot have had an answer before it asked for it, so a busy machine can only make them longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.crash.children import Children
from tests.crash.towns import SLUG, village
from tests.site import PretendBorough, PretendSite, Request

pytestmark = pytest.mark.slow

DELAY_S, LONG_DELAY_S = 0.15, 3.0
LONDON = 33
SIDE_BY_SIDE = 1.15

# A fault, its value, how long the site takes for the answer, and how long the host must then be left alone.
TROUBLE: tuple[tuple[str, object, float, float], ...] = (
    ("status", 503, 0.0, DELAY_S),
    ("retry-after", 2, 0.0, 2.0),
    ("retry-after-date", 3, 0.0, 2.0),  # a date has no fractions of a second
    ("too-many", 2, 0.0, 2.0),
    ("drop", "", 0.0, DELAY_S),
    ("reset", "", 0.0, DELAY_S),
    ("short", "", 0.0, DELAY_S),
    ("cut", "", 0.0, DELAY_S),
    ("status", 404, 0.0, DELAY_S),
    ("redirect-loop", "", 0.0, DELAY_S),
    ("redirect-on", "", 0.0, DELAY_S),
    ("slow", 0.3, 0.3, 1.5),
)


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with Children() as forked:
        yield forked


def crawl(children: Children, site: PretendSite, data: Path, delay: float, *slugs: str) -> None:
    """Crawl these boroughs, or all, with a real delay."""
    file = site.boroughs_file(data.with_suffix(".toml"))
    chosen = slugs or tuple(borough.slug for borough in site.boroughs)
    setting = {"SCRUTINY_HOST_DELAY_S": str(delay)}
    ended = children.run(data, "crawl", *chosen, "--boroughs", file, "--no-index", environment=setting)
    assert ended.code in (0, 6), ended.err


def named(slug: str, meetings: int) -> PretendBorough:
    return replace(village(meetings), slug=slug, name=slug.title())


def span(requests: tuple[Request, ...]) -> float:
    """Seconds from the first request's arrival to the last's."""
    return requests[-1].began - requests[0].began


def test_no_host_is_asked_faster_than_the_rule_and_none_twice_at_once(children: Children, tmp_path: Path) -> None:
    boroughs = [named("first", 80), named("second", 80)]
    with PretendSite(boroughs) as site:
        rests: dict[tuple[str, str], tuple[float, float]] = {}
        for borough in boroughs:
            # Every sixth page, so that the breakers have no part in it.
            for meeting, (fault, value, took, rest) in zip(borough.committees[0].meetings[3::6], TROUBLE, strict=False):
                site.fault(rf"ieListDocuments.*MId={meeting.mid}\b", fault, 1, value=value, borough=borough.slug)
                rests[borough.slug, str(meeting.mid)] = (took, rest)
        crawl(children, site, tmp_path / "data", DELAY_S)
        assert len(site.requests) >= 200
        for borough in boroughs:
            struck = dict(rests)
            for earlier, later in pairwise(site.requests_to(borough.slug)):
                found = re.search(r"ieListDocuments.*MId=(\d+)", earlier.target)
                took, rest = struck.pop((borough.slug, found[1] if found else ""), (0.0, DELAY_S))
                assert later.began - earlier.began - took >= rest, (earlier, later)
                assert earlier.ended is not None
                assert earlier.ended <= later.began
            assert not [key for key in struck if key[0] == borough.slug], "a fault never struck"
        first, second = (site.requests_to(borough.slug) for borough in boroughs)
        together = min(first[-1].began, second[-1].began) - max(first[0].began, second[0].began)
        assert together > 0.7 * max(span(first), span(second))


def test_a_host_is_left_alone_through_a_kill_and_a_new_start(children: Children, tmp_path: Path) -> None:
    delay = 1.5
    with PretendSite([village(3)]) as site:
        site.fault("ieListDocuments", "slow", 1, value=0.6)
        file = site.boroughs_file(tmp_path / "boroughs.toml")
        setting = {"SCRUTINY_HOST_DELAY_S": str(delay)}
        for moment in (0.3, 1.7, 1.9, 2.2, 1.6, 2.0):
            children.run(tmp_path / "data", "crawl", SLUG, "--boroughs", file, environment=setting, kill_after=moment)
        crawl(children, site, tmp_path / "data", delay)
        gaps = [later.began - earlier.began for earlier, later in pairwise(site.requests)]
        asked = [(round(gap, 2), request.target) for gap, request in zip(gaps, site.requests[1:], strict=True)]
        assert min(gaps) >= delay, asked


def test_many_hosts_take_little_longer_than_one(children: Children, tmp_path: Path) -> None:
    boroughs = [named(f"borough-{number}", 4) for number in range(LONDON)]
    with PretendSite(boroughs) as site:
        crawl(children, site, tmp_path / "all", LONG_DELAY_S)
        together = span(site.requests)
        slowest = max(boroughs, key=lambda borough: span(site.requests_to(borough.slug)))
        assert all(len(site.requests_to(borough.slug)) >= 8 for borough in boroughs)
        site.forget_requests()
        crawl(children, site, tmp_path / "one", LONG_DELAY_S, slowest.slug)
        alone = span(site.requests)
    print(f"{LONDON} hosts side by side: {together:.1f} s; the slowest alone: {alone:.1f} s")
    assert together <= SIDE_BY_SIDE * alone
