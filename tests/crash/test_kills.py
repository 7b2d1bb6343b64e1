"""A crawl that is killed again and again, at any moment, ends with the archive of an undisturbed one."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from tests.crash.canonical import canonical, difference
from tests.crash.children import Children, Ended
from tests.crash.towns import hamlet, two_towns
from tests.site import PretendBorough, PretendSite

# Two pages that cannot be had, so that the crawl ends in part: their evidence and their reasons must survive too.
PARTIAL = 6


class Crawls:
    """Crawls of one pretend site with lasting and passing failures."""

    def __init__(self, site: PretendSite, children: Children, folder: Path) -> None:
        self.site, self._children = site, children
        self._command = ("crawl", *(borough.slug for borough in site.boroughs), "--boroughs")
        self._file = site.boroughs_file(folder / "boroughs.toml")

    def crawl(self, data: Path, kill_after: float | None = None) -> Ended:
        """A crawl of both boroughs; one page is missing, one is cut, and one cannot be had at first."""
        self.site.clear_faults()
        for place, borough in enumerate(self.site.boroughs):
            mid = borough.committees[0].meetings[1].mid
            self.site.fault(rf"M(eeting)?Id={mid}\b", ("status", "cut")[place], value=("404", "")[place])
        self.site.fault("ieListMeetings|GetMeetings", "status", times=1, value=503)
        return self._children.run(data, *self._command, self._file, kill_after=kill_after)

    def check(self, data: Path) -> None:
        """Raises AssertionError where the archive or its index has a fault."""
        checked = self._children.run(data, "check")
        assert checked.code == 0, checked.out


@pytest.mark.parametrize(
    ("kills", "towns"),
    [(10, (hamlet("on"),)), pytest.param(100, two_towns(6), marks=pytest.mark.slow)],
    ids=["ten", "a hundred"],
)
def test_a_crawl_killed_at_random_moments_ends_as_an_undisturbed_one(
    tmp_path: Path, kills: int, towns: tuple[PretendBorough, ...]
) -> None:
    seed = random.randrange(10**9)
    print(f"seed {seed}")
    moments = random.Random(seed)
    with PretendSite(towns) as site, Children() as children:
        crawls = Crawls(site, children, tmp_path)
        began = time.monotonic()
        undisturbed = crawls.crawl(tmp_path / "undisturbed")
        took = time.monotonic() - began
        assert undisturbed.code == PARTIAL, undisturbed.err
        killed = 0
        while killed < kills:
            # Mostly early, so that there is always work left; now and then late, while files are read and indexed.
            killed += crawls.crawl(tmp_path / "killed", took * moments.random() ** 3).code == -signal.SIGKILL
        assert crawls.crawl(tmp_path / "killed").code == PARTIAL
        crawls.check(tmp_path / "killed")
    wanted, held = canonical(tmp_path / "undisturbed"), canonical(tmp_path / "killed")
    assert held == wanted, f"seed {seed}: {difference(wanted, held)}"
